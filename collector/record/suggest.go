package record

import (
	"slices"
	"strings"
)

// Nearest returns up to three of the texts that one may have been meant to be, the nearest first: those few edits away, at most two or a third of
// its letters, and those that it is a part of or that are a part of it. Texts are compared after NFKC, without white space and case.
func Nearest(text string, among []string) []string {
	folded := []rune(strings.ToLower(strings.Join(strings.Fields(FoldItem(text)), "")))
	if len(folded) < 2 {
		return nil
	}
	most := max(2, len(folded)/3)
	type near struct {
		text     string
		distance int
	}
	var found []near
	for _, candidate := range among {
		other := []rune(strings.ToLower(strings.Join(strings.Fields(FoldItem(candidate)), "")))
		distance := editDistance(folded, other, most)
		part := len(other) > 1 && (strings.Contains(string(folded), string(other)) || strings.Contains(string(other), string(folded)))
		switch {
		case distance <= most && 2*distance <= len(folded):
		case part:
			distance = most + 1
		default:
			continue
		}
		found = append(found, near{candidate, distance})
	}
	slices.SortStableFunc(found, func(a, b near) int { return a.distance - b.distance })
	var nearest []string
	for _, one := range found[:min(3, len(found))] {
		nearest = append(nearest, one.text)
	}
	return nearest
}

// Nearest says which code of the vocabulary an unknown text may have been meant to be: party (党内公开). Empty: none is near.
func (c Codes) Nearest(text string) string {
	named := map[string]Code{}
	var among []string
	for _, code := range c {
		for _, name := range append([]string{code.Code}, code.Names...) {
			named[name] = code
			among = append(among, name)
		}
	}
	for _, name := range Nearest(text, among) {
		return Codes{named[name]}.String()
	}
	return ""
}
