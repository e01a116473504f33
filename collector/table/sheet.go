package table

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
)

// sheetReader streams the rows of one sheet.
type sheetReader struct {
	book   *workbook
	ctx    context.Context //nolint:containedctx // lives for one call
	merges *merges
	each   func(line int, cells []string) error
}

// readSheet finds the header among the first rows and hands on those below it.
func (w *workbook) readSheet(ctx context.Context, sheet sheetPart, header Header, each func(Row) error) error {
	merges, err := readMerges(sheet.part)
	if err != nil {
		return &Error{Sheet: sheet.name, Text: err.Error()}
	}
	var layout *layout
	var waiting []candidate
	pass := func(line int, cells []string) error {
		if row, ok := layout.newRow(line, cells); ok {
			return each(row)
		}
		return nil
	}
	settle := func() error {
		found, at, err := header.find(sheet.name, waiting)
		if err != nil {
			return err
		}
		layout = found
		for _, row := range waiting[at+1:] {
			if err := pass(row.line, row.cells); err != nil {
				return err
			}
		}
		waiting = nil
		return nil
	}
	reader := sheetReader{book: w, ctx: ctx, merges: merges, each: func(line int, cells []string) error {
		if layout != nil {
			return pass(line, cells)
		}
		if waiting = append(waiting, candidate{line: line, cells: cells}); len(waiting) < headerRows {
			return nil
		}
		return settle()
	}}
	if err := reader.read(sheet); err != nil {
		return err
	}
	if layout == nil {
		return settle()
	}
	return nil
}

func (s *sheetReader) read(sheet sheetPart) error {
	part, err := sheet.part.Open()
	if err != nil {
		return fmt.Errorf("open sheet %q: %w", sheet.name, err)
	}
	defer part.Close()
	decoder := xml.NewDecoder(part)
	line := 0
	for {
		token, err := rawToken(decoder)
		if err != nil {
			return &Error{Sheet: sheet.name, Line: line, Text: "the workbook is damaged: " + err.Error()}
		}
		switch element := token.(type) {
		case xml.StartElement:
			if element.Name.Local != "row" {
				continue
			}
			line++
			if number, err := strconv.Atoi(attribute(element, "r")); err == nil && number >= line && number <= lastRow {
				line = number
			}
			cells, own, err := s.row(decoder)
			if err != nil {
				return &Error{Sheet: sheet.name, Line: line, Text: "the workbook is damaged: " + err.Error()}
			}
			if cells = s.merges.fill(line, cells); !own {
				continue // nothing but the continuation of merged cells
			}
			if err := s.each(line, cells); err != nil {
				return err
			}
			if line%1024 == 0 && s.ctx.Err() != nil {
				return s.ctx.Err()
			}
		case xml.EndElement:
			if element.Name.Local == "sheetData" {
				return nil
			}
		}
	}
}

// row reads the cells of a row; own tells whether any has a value.
func (s *sheetReader) row(decoder *xml.Decoder) (cells []string, own bool, err error) {
	column := -1
	for {
		token, err := rawToken(decoder)
		if err != nil {
			return nil, false, err
		}
		switch element := token.(type) {
		case xml.StartElement:
			if element.Name.Local != "c" { // an extension
				if _, err := cellContent(decoder, false); err != nil {
					return nil, false, err
				}
				continue
			}
			column++
			if reference := attribute(element, "r"); reference != "" {
				if column, _, err = cellPosition(reference); err != nil {
					return nil, false, err
				}
			}
			text, err := s.cell(decoder, element)
			if err != nil {
				return nil, false, err
			}
			if blank(text) {
				continue
			}
			for len(cells) <= column {
				cells = append(cells, "")
			}
			cells[column], own = text, true
		case xml.EndElement:
			return cells, own, nil
		}
	}
}

// cell reads one cell: dates as ISO dates, everything else as text.
func (s *sheetReader) cell(decoder *xml.Decoder, start xml.StartElement) (string, error) {
	kind := attribute(start, "t")
	value, err := cellContent(decoder, kind == "inlineStr")
	if err != nil {
		return "", err
	}
	switch kind {
	case "s":
		if value == "" {
			return "", nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(s.book.strings) {
			return "", fmt.Errorf("shared string %q does not exist", value)
		}
		return s.book.strings[i], nil
	case "inlineStr", "str":
		return unescapeText(value), nil
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[value], nil
	case "e", "d":
		return value, nil
	}
	value = strings.TrimSpace(value)
	if style, err := strconv.Atoi(attribute(start, "s")); err == nil && style >= 0 && style < len(s.book.dates) && s.book.dates[style] {
		if serial, err := strconv.ParseFloat(value, 64); err == nil {
			if text, ok := serialText(serial, s.book.from1904); ok {
				return text, nil
			}
		}
	}
	return numberText(value), nil
}

// cellContent reads up to the end of a cell and returns its value, <v>, or its inline text, all <t> but those of phonetic
// readings. Token by token, as decoding into a struct takes several times as long.
func cellContent(decoder *xml.Decoder, inline bool) (string, error) {
	wanted := "v"
	if inline {
		wanted = "t"
	}
	text, reading, phonetic := "", false, false
	for depth := 1; depth > 0; {
		token, err := rawToken(decoder)
		if err != nil {
			return "", err
		}
		switch element := token.(type) {
		case xml.StartElement:
			depth++
			phonetic = phonetic || element.Name.Local == "rPh"
			reading = !phonetic && element.Name.Local == wanted
		case xml.EndElement:
			depth--
			reading = false
			phonetic = phonetic && element.Name.Local != "rPh"
		case xml.CharData:
			if reading {
				text += string(element)
			}
		}
	}
	return text, nil
}

// rawToken is the next token; the end of the file is an error, because a sheet's end is known by its last tag.
func rawToken(decoder *xml.Decoder) (xml.Token, error) {
	token, err := decoder.RawToken()
	if errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	return token, err
}

func attribute(element xml.StartElement, name string) string {
	for _, attribute := range element.Attr {
		if attribute.Name.Local == name && attribute.Name.Space == "" {
			return attribute.Value
		}
	}
	return ""
}

// cellPosition reads a reference such as AB12: column from 0, row from 1.
func cellPosition(reference string) (column, row int, err error) {
	i := 0
	for ; i < len(reference) && reference[i] >= 'A' && reference[i] <= 'Z' && column <= lastColumn; i++ {
		column = column*26 + int(reference[i]-'A') + 1
	}
	row, err = strconv.Atoi(reference[i:])
	if err != nil || column < 1 || column > lastColumn || row < 1 || row > lastRow {
		return 0, 0, fmt.Errorf("%q is not a cell", reference)
	}
	return column - 1, row, nil
}

var escapedCharacter = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescapeText undoes _x000D_ and its like (ECMA-376 part 1, 22.9.2.19).
func unescapeText(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escapedCharacter.ReplaceAllStringFunc(text, func(escaped string) string {
		code, err := strconv.ParseUint(escaped[2:6], 16, 16)
		if err != nil {
			return escaped
		}
		return string(rune(code))
	})
}
