package record

import (
	"maps"
	"slices"
	"strings"

	"yangguang/queries/model"
)

// Nearest returns up to three of the texts that one may have been meant to be, the nearest first: those that it begins, those few edits away (at most two
// or a third of its letters), and those that it is a part of or that are a part of it. Texts are compared after NFKC, without white space and case.
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
		switch {
		case strings.HasPrefix(string(other), string(folded)):
			distance = 0 // cut short
		case distance <= most && 2*distance <= len(folded):
		case len(other) > 1 && (strings.Contains(string(folded), string(other)) || strings.Contains(string(other), string(folded))):
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

// DidYouMean asks whether the nearest of the texts was meant: "; did you mean feed?". Empty: none is near.
func DidYouMean(text string, among []string) string {
	nearest := Nearest(text, among)
	if len(nearest) == 0 {
		return ""
	}
	return "; did you mean " + nearest[0] + "?"
}

// Unknown says that a text is none of the vocabulary, what there is, and which may have been meant.
func (c Codes) Unknown(text string) string {
	want := "is unknown; one of " + c.String()
	if nearest := c.Nearest(text); nearest != "" {
		want += "; the nearest is " + nearest
	}
	return want
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

// nearest names up to three items that a text may have been meant to be.
func (x *itemIndex) nearest(text string) string {
	var names []string
	called := map[string]*model.Item{}
	for _, id := range slices.Sorted(maps.Keys(x.byID)) {
		item := x.byID[id]
		for _, name := range append([]string{item.ID, item.Name}, item.Aliases...) {
			if _, taken := called[name]; !taken {
				called[name] = item
				names = append(names, name)
			}
		}
	}
	var nearest []string
	for _, name := range Nearest(text, names) {
		item := called[name]
		if said := item.ID + " " + item.Name; !slices.Contains(nearest, said) {
			nearest = append(nearest, said)
		}
	}
	return strings.Join(nearest, ", ")
}
