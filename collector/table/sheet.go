package table

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

const (
	lastRow    = 1 << 20
	lastColumn = 1 << 14
	// spare is how many columns right of the header are held in memory; what stands further right is counted.
	spare = 64
)

// sheetReader streams the rows of one sheet.
type sheetReader struct {
	book    *workbook
	sheet   sheetPart
	notes   *annotations
	wanted  int // columns
	covered int // values that merged cells do not show
	each    func(line int, cells rowCells) error
}

// brokenText says what is wrong with a part that cannot be read, and what helps where its packing is broken.
func brokenText(err error) string {
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the workbook is damaged (" + err.Error() + "); open it in Excel or WPS and save it again"
	}
	return err.Error()
}

// readSheet finds the header among the first rows and hands on those below it.
func (w *workbook) readSheet(ctx context.Context, sheet sheetPart, header Header, each func(Row) error) error {
	notes, err := w.readAnnotations(ctx, sheet)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return &Error{Sheet: sheet.name, Text: brokenText(err)}
	}
	var body *body
	var waiting []candidate
	var deep *deepTable // where no header is within the first rows
	reader := sheetReader{book: w, sheet: sheet, notes: notes, wanted: lastColumn}
	pass := func(line int, cells rowCells) error {
		row, ok := body.row(line, cells, "")
		reader.wanted = max(reader.wanted, body.layout.width+spare) // another table may be wider
		if ok {
			return each(row)
		}
		return nil
	}
	settle := func() error {
		layout, below, err := header.find(sheet.name, waiting)
		var mistake *Error
		if errors.As(err, &mistake) && mistake.headerless {
			if deep == nil {
				deep = &deepTable{header: header, names: header.names(), problem: mistake}
			}
			return nil // what stands further down says whether it is a table
		}
		if err != nil {
			return err
		}
		layout.from1904 = w.from1904
		body = newBody(header, layout, true)
		reader.wanted = layout.width + spare
		for _, row := range waiting[below:] {
			if err := pass(row.line, row.rowCells); err != nil {
				return err
			}
		}
		waiting = nil
		return nil
	}
	reader.each = func(line int, cells rowCells) error {
		switch {
		case body != nil:
			return pass(line, cells)
		case deep != nil:
			deep.add(line, cells.texts)
			return nil
		}
		if waiting = append(waiting, candidate{line: line, rowCells: cells}); len(waiting) < headerRows {
			return nil
		}
		return settle()
	}
	defer func() {
		if body != nil {
			body.report(reader.covered)
		}
	}()
	if err := reader.read(ctx); err != nil {
		return err
	}
	if body == nil && deep == nil {
		if err := settle(); err != nil {
			return err
		}
	}
	if deep != nil {
		return deep.note(sheet.name, waiting)
	}
	return nil
}

// deepTable looks for a table in what stands below the rows among which a header is looked for.
type deepTable struct {
	header  Header
	names   map[string]int
	problem *Error // of the first rows
	line    int    // of the first header
	wide    int    // rows with three values or more
}

func (d *deepTable) add(line int, texts []string) {
	if _, missing := d.header.recognised(d.names, texts); len(missing) == 0 && d.line == 0 {
		d.line = line
	}
	if len(slices.DeleteFunc(slices.Clone(texts), blank)) >= 3 {
		d.wide++
	}
}

// note says what became of the sheet, and returns why it has no rows.
func (d *deepTable) note(sheet string, first []candidate) error {
	if d.line == 0 || explanationName.MatchString(FoldName(sheet)) {
		d.header.noteSheet(sheet, first, d.wide)
		return d.problem
	}
	what := fmt.Sprintf("the header stands below row %d, the last in which it is looked for; delete rows above it", first[len(first)-1].line)
	d.header.note(Note{Sheet: sheet, Line: d.line, What: "the sheet is not read: " + what, Kind: Unread})
	return &Error{Sheet: sheet, Line: d.line, headerless: true, recognised: len(d.header.Columns), Text: what}
}

func (s *sheetReader) read(ctx context.Context) error {
	part, err := s.sheet.part.Open()
	if err != nil {
		return fmt.Errorf("open sheet %q: %w", s.sheet.name, err)
	}
	defer part.Close()
	bounded := newBoundedReader(ctx, part)
	decoder := xml.NewDecoder(bounded)
	line := 0
	damaged := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &Error{Sheet: s.sheet.name, Line: line, Text: "the workbook is damaged: " + err.Error()}
	}
	for {
		token, err := rawToken(decoder)
		if err != nil {
			return damaged(err)
		}
		bounded.next()
		switch element := token.(type) {
		case xml.StartElement:
			if element.Name.Local != "row" {
				continue
			}
			line++
			if number, err := strconv.Atoi(attribute(element, "r")); err == nil && number >= line && number <= lastRow {
				line = number
			}
			if line > lastRow {
				return damaged(errors.New("it has more rows than a sheet can have"))
			}
			cells := rowCells{links: s.notes.links[line], wanted: s.wanted}
			if err := s.row(decoder, bounded, &cells); err != nil {
				return damaged(err)
			}
			values := cells.values()
			covered := s.notes.merges.fill(line, &cells)
			s.covered += covered
			if values <= covered {
				continue // nothing but what merged cells show or cover
			}
			if err := s.each(line, cells); err != nil {
				return err
			}
		case xml.EndElement:
			if element.Name.Local == "sheetData" {
				return nil
			}
		}
	}
}

// row reads the cells of a row.
func (s *sheetReader) row(decoder *xml.Decoder, bounded *boundedReader, cells *rowCells) error {
	column := -1
	for {
		token, err := rawToken(decoder)
		if err != nil {
			return err
		}
		bounded.next()
		switch element := token.(type) {
		case xml.StartElement:
			if element.Name.Local != "c" { // an extension
				if _, err := cellContent(decoder, false); err != nil {
					return err
				}
				continue
			}
			column++
			if reference := attribute(element, "r"); reference != "" {
				if column, _, err = cellPosition(reference); err != nil {
					return err
				}
			}
			if column >= lastColumn {
				return fmt.Errorf("it has more columns than a sheet can have")
			}
			text, nature, link, err := s.cell(decoder, element)
			if err != nil {
				return err
			}
			if link != "" && column < cells.wanted {
				cells.link(column, link)
			}
			if blank(text) && nature != NoResult {
				continue
			}
			cells.set(column, text, nature)
		case xml.EndElement:
			return nil
		}
	}
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
