package record

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// looseUnit is the form in which names of units are compared that differ in writing alone: NFKC, no white space and no invisible
// characters, lower case, simplified characters, a village's committee as the village.
func looseUnit(name string) string {
	name = looseName(FoldUnit(name))
	for _, ending := range [][2]string{{"村民委员会", "村委会"}, {"居民委员会", "居委会"}, {"村村委会", "村"}, {"村委会", "村"}, {"社区居委会", "社区"}} {
		if stem, ok := strings.CutSuffix(name, ending[0]); ok {
			name = stem + ending[1]
		}
	}
	return name
}

// looseName is a name without white space and invisible characters, in lower case and simplified characters.
func looseName(name string) string {
	return Simplified(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isInvisible(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name)))
}

// behindAncestors finds units whose name stands behind names of units above them: 龙城镇李庄村, 郾城区龙城镇李庄村. Each of those names may
// be missing; nothing else may stand there.
func (x *unitIndex) behindAncestors(loose string) (found []int) {
	for start := range loose {
		if start == 0 {
			continue
		}
		for _, unit := range x.byLoose[loose[start:]] {
			if x.areAbove(unit, loose[:start]) && !slices.Contains(found, unit) {
				found = append(found, unit)
			}
		}
	}
	return found
}

// areAbove reports whether a text is made of the names of units above a unit, from the top down.
func (x *unitIndex) areAbove(unit int, text string) bool {
	if text == "" {
		return true
	}
	above := x.parent[unit]
	for steps := 0; above >= 0 && steps <= len(x.units); steps++ {
		for _, name := range x.areaNames(above) {
			if rest, ok := strings.CutSuffix(text, name); ok && name != "" && x.areAbove(above, rest) {
				return true
			}
		}
		above = x.parent[above]
	}
	return false
}

// bodies are the endings that make the name of a body of that of its area: 郾城区委 leads 郾城区.
var bodies = []string{"党工委", "党委", "委员会", "工委", "人民政府", "街道办事处", "办事处", "委"}

// areaNames lists what stands for a unit in front of the names of those below it, and for its area.
func (x *unitIndex) areaNames(unit int) (names []string) {
	for _, name := range append([]string{x.units[unit].Name}, x.units[unit].Aliases...) {
		name = looseUnit(name)
		names = append(names, name)
		for _, body := range bodies {
			if area, ok := strings.CutSuffix(name, body); ok && len(area) > len("区") {
				names = append(names, area)
			}
		}
	}
	return names
}

// byArea finds the units that lead an area of that name.
func (x *unitIndex) byArea(folded string) (found []int) {
	loose := looseUnit(folded)
	for i := range x.units {
		if slices.Contains(x.parent, i) && slices.Contains(x.areaNames(i), loose) {
			found = append(found, i)
		}
	}
	return found
}
