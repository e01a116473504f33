package ledger

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// compareNames orders paths by their names, numbers in them as numbers: 9月 before 10月.
func compareNames(a, b string) int {
	return cmp.Or(slices.CompareFunc(strings.Split(filepath.ToSlash(a), "/"), strings.Split(filepath.ToSlash(b), "/"), compareName), strings.Compare(a, b))
}

func compareName(a, b string) int {
	a, b = norm.NFKC.String(a), norm.NFKC.String(b)
	for a != "" && b != "" {
		first, second := digits(a), digits(b)
		if first == "" || second == "" {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		a, b = a[len(first):], b[len(second):]
		first, second = strings.TrimLeft(first, "0"), strings.TrimLeft(second, "0")
		if order := cmp.Or(cmp.Compare(len(first), len(second)), strings.Compare(first, second)); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(a), len(b))
}

// digits is the number that a text begins with.
func digits(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}
