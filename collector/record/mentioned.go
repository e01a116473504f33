package record

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Mentioned lists up to three units and three items that a title seems to speak of, the likeliest first, each as id and name:
// those of whose name or alias enough of the pairs of neighbouring characters stand in the title, which is half of a unit's
// and a third of an item's, as titles paraphrase items. It suggests to a person what a title rule might say, and is never
// used to resolve anything.
func (r *Resolver) Mentioned(title string) (units, items []string) {
	pairs := pairsOf(norm.NFKC.String(title))
	if len(r.units.units) <= mostCompared {
		var found []mention
		for _, unit := range r.units.units {
			found = appendMention(found, pairs, 1./2, unit.ID, append([]string{unit.Name}, unit.Aliases...))
		}
		units = likeliest(found)
	}
	var found []mention
	for _, item := range r.items.byID {
		found = appendMention(found, pairs, 1./3, item.ID, append([]string{item.Name}, item.Aliases...))
	}
	return units, likeliest(found)
}

// mention is how much of a name stands in a title.
type mention struct {
	text   string
	shared float64 // 0 to 1
	length int     // pairs shared
}

func appendMention(found []mention, title map[[2]rune]bool, least float64, id string, names []string) []mention {
	best := mention{text: id + " " + names[0]}
	for _, name := range names {
		pairs := pairsOf(norm.NFKC.String(name))
		shared := 0
		for pair := range pairs {
			if title[pair] {
				shared++
			}
		}
		if len(pairs) > 0 && float64(shared)/float64(len(pairs)) > best.shared {
			best.shared, best.length = float64(shared)/float64(len(pairs)), shared
		}
	}
	if best.shared < least {
		return found
	}
	return append(found, best)
}

func likeliest(found []mention) []string {
	slices.SortFunc(found, func(a, b mention) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(b.length, a.length), strings.Compare(a.text, b.text))
	})
	var texts []string
	for _, mention := range found[:min(3, len(found))] {
		texts = append(texts, mention.text)
	}
	return texts
}

// pairsOf returns the pairs of neighbouring characters of text.
func pairsOf(text string) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	previous := rune(0)
	for _, r := range text {
		if previous != 0 {
			pairs[[2]rune{previous, r}] = true
		}
		previous = r
	}
	return pairs
}
