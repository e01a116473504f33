package export

import (
	"strings"
	"unicode"
)

// formulaStarts are the characters by which a spreadsheet takes a cell for a formula, with their full-width forms,
// which some versions fold.
const formulaStarts = "=+-@＝＋－＠\t\r\n"

// harmless puts an apostrophe before a text that a spreadsheet would take for a formula; a plain number stays one.
func harmless(text string) string {
	if text != "" && text[0] < unicode.MaxASCII && (unicode.IsLetter(rune(text[0])) || unicode.IsDigit(rune(text[0]))) {
		return text
	}
	if !startsFormula(text) && !startsFormula(strings.TrimLeftFunc(text, unicode.IsSpace)) || plainNumber(text) {
		return text
	}
	return "'" + text
}

func startsFormula(text string) bool {
	for _, first := range text {
		return strings.ContainsRune(formulaStarts, first)
	}
	return false
}

// plainNumber reports whether text is an optional sign, digits and at most one point between digits: 12, -3.5, +8.
func plainNumber(text string) bool {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	whole, fraction, hasPoint := strings.Cut(text, ".")
	return digits(whole) && (!hasPoint || digits(fraction))
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}
