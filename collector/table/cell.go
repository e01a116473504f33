package table

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Nature is what a cell of a sheet holds; a cell of a CSV file is always text.
type Nature uint8

const (
	Text       Nature = iota
	Number            // without a number format that says more
	Percent           // a number shown in hundredths; its text is the number itself, 0.95 for 95 %
	Date              // a number shown as a date or a time
	Month             // a number shown as a month, or as a year, whose text then is the year alone
	ErrorValue        // #REF! and the like
	NoResult          // a formula whose result is not stored
)

// cell reads one cell: dates as ISO dates, everything else as text, and the address that a formula HYPERLINK gives.
func (s *sheetReader) cell(decoder *xml.Decoder, start xml.StartElement) (text string, nature Nature, link string, err error) {
	kind := attribute(start, "t")
	content, err := cellContent(decoder, kind == "inlineStr")
	if err != nil {
		return "", Text, "", err
	}
	value := content.text
	if content.hasFormula {
		link = linkOf(content.formula)
	}
	switch kind {
	case "s":
		if value == "" {
			return "", Text, link, nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(s.book.strings) {
			return "", Text, "", fmt.Errorf("shared string %q does not exist", value)
		}
		return s.book.strings[i], Text, link, nil
	case "inlineStr", "str":
		return unescapeText(value), Text, link, nil
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[value], Text, link, nil
	case "e":
		return value, ErrorValue, link, nil
	case "d":
		return value, Date, link, nil
	}
	if value = strings.TrimSpace(value); value == "" {
		if content.hasFormula {
			return "", NoResult, link, nil
		}
		return "", Text, link, nil
	}
	style := cellStyle{}
	if i, err := strconv.Atoi(attribute(start, "s")); err == nil && i >= 0 && i < len(s.book.styles) {
		style = s.book.styles[i]
	}
	text, nature = style.show(value, s.book.from1904)
	return text, nature, link, nil
}

// show writes a number as it is read.
func (s cellStyle) show(value string, from1904 bool) (string, Nature) {
	if s.date {
		if serial, err := strconv.ParseFloat(value, 64); err == nil {
			if text, ok := serialText(serial, from1904); ok {
				switch {
				case s.year && len(text) > len("2026-"):
					return text[:len("2026")], Month
				case s.month:
					return text, Month
				}
				return text, Date
			}
		}
	}
	if s.percent {
		return numberText(value), Percent
	}
	if s.digits != "" {
		if text, ok := digitsText(value, s.digits); ok {
			return text, Number
		}
	}
	return numberText(value), Number
}

// content is what stands in a cell.
type content struct {
	text       string // value or inline text
	formula    string
	hasFormula bool
}

// cellContent reads up to the end of a cell: its value, <v>, or its inline text, all <t> but those of phonetic readings, and
// its formula. Token by token, as decoding into a struct takes several times as long.
func cellContent(decoder *xml.Decoder, inline bool) (c content, err error) {
	wanted := "v"
	if inline {
		wanted = "t"
	}
	into, phonetic := (*string)(nil), false
	for depth := 1; depth > 0; {
		token, err := rawToken(decoder)
		if err != nil {
			return content{}, err
		}
		switch element := token.(type) {
		case xml.StartElement:
			depth++
			phonetic = phonetic || element.Name.Local == "rPh"
			into = nil
			switch {
			case !phonetic && element.Name.Local == wanted:
				into = &c.text
			case element.Name.Local == "f":
				into, c.hasFormula = &c.formula, true
			}
		case xml.EndElement:
			depth--
			into = nil
			phonetic = phonetic && element.Name.Local != "rPh"
		case xml.CharData:
			if into != nil {
				if len(*into)+len(element) > largestToken {
					return content{}, errToken
				}
				*into += string(element)
			}
		}
	}
	return c, nil
}

// linkFormula is a formula that shows a link whose address is written in it.
var linkFormula = regexp.MustCompile(`(?i)^\s*=?\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")*)"`)

// linkOf is the address that a formula links to; "" when it is computed or none.
func linkOf(formula string) string {
	if found := linkFormula.FindStringSubmatch(formula); found != nil {
		return strings.ReplaceAll(found[1], `""`, `"`)
	}
	return ""
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

// errorTexts are a spreadsheet's error values as CSV files have them.
var errorTexts = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true, "#NULL!": true, "#NUM!": true, "#SPILL!": true, "#CALC!": true,
	"#GETTING_DATA": true, "#FIELD!": true, "#BLOCKED!": true, "#CONNECT!": true, "#UNKNOWN!": true, "#BUSY!": true, "#PYTHON!": true,
}

// isErrorText reports whether a text is an error value, or the signs that stand for a number in too narrow a column.
func isErrorText(text string) bool {
	text = strings.TrimSpace(text)
	return errorTexts[strings.ToUpper(text)] || len(text) > 2 && strings.Trim(text, "#") == ""
}

var shortenedNumber = regexp.MustCompile(`^[+-]?\d(?:[.,]\d+)?[eE]\+?\d{1,3}$`)

// idFlaw says why a cell cannot be an id; "" when it may be one.
func idFlaw(text string, nature Nature) string {
	switch {
	case nature == Number && len(text) > 15 && len(strings.Trim(text, "0123456789")) == 0:
		return "is a number of more than 15 digits, of which the spreadsheet has lost the last ones; format the column as text and write it again in full"
	case shortenedNumber.MatchString(strings.TrimSpace(text)):
		return "is a number that a spreadsheet has shortened; format the column as text and write it again in full"
	}
	return ""
}
