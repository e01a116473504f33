package pack

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries/model"
)

// longestName is how many characters a name may have: file systems and sheets of paper end somewhere.
const longestName = 60

// CheckName reports whether a name can name a pack, a file on every system and a part of an address; else it is a *model.UserError.
func CheckName(name string) error {
	wrong := func(expected string) error {
		return &model.UserError{Parameter: "name", Value: name, Expected: expected}
	}
	if !utf8.ValidString(name) || name == "" || utf8.RuneCountInString(name) > longestName {
		return wrong("a name of 1 to 60 characters, such as 2026年第三季度")
	}
	if !norm.NFC.IsNormalString(name) {
		return wrong("the name in Unicode's composed form, " + norm.NFC.String(name))
	}
	for _, character := range name {
		if !isLetterOrDigit(character) && !unicode.IsMark(character) && !strings.ContainsRune(" -_.,+·、，—～()（）《》〔〕", character) {
			return wrong("letters, digits, spaces and - _ . + · ( ) （ ） , only")
		}
	}
	first, _ := utf8.DecodeRuneInString(name)
	if !isLetterOrDigit(first) && !strings.ContainsRune("（《〔(", first) {
		return wrong("a name that begins with a letter, a digit or a bracket")
	}
	if strings.HasSuffix(name, " ") || strings.HasSuffix(name, ".") {
		return wrong("a name that does not end with a space or a full stop")
	}
	device, _, _ := strings.Cut(strings.ToUpper(name), ".")
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, device) || len(device) == 4 && (strings.HasPrefix(device, "COM") || strings.HasPrefix(device, "LPT")) {
		return wrong("a name that Windows does not keep for a device")
	}
	return nil
}

// isLetterOrDigit takes 〇 for a digit, as years are written.
func isLetterOrDigit(character rune) bool {
	return unicode.In(character, unicode.L, unicode.Nd, unicode.Nl)
}
