package record

import (
	"slices"
	"strings"
	"sync"
)

// unitNames is what units are called, ready to be looked for in a text: by the first character the lengths, in characters,
// that names and aliases beginning with it have.
type unitNames struct {
	once    sync.Once
	lengths map[rune][]int
}

// UnitsNamed lists what of a text is the name or an alias of a unit of the registry, as it stands there, the longest first.
func (r *Resolver) UnitsNamed(text string) (names []string) {
	index := r.units
	index.names.once.Do(index.measureNames)
	letters := []rune(text)
	for start, first := range letters {
		for _, length := range index.names.lengths[first] {
			if start+length > len(letters) {
				continue
			}
			name := string(letters[start : start+length])
			folded := FoldUnit(name)
			if len(index.byName[folded])+len(index.byAlias[folded]) > 0 && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return names
}

func (x *unitIndex) measureNames() {
	x.names.lengths = map[rune][]int{}
	measure := func(name string) {
		letters := []rune(name)
		if len(letters) > 0 && !slices.Contains(x.names.lengths[letters[0]], len(letters)) {
			x.names.lengths[letters[0]] = append(x.names.lengths[letters[0]], len(letters))
		}
	}
	for _, known := range []map[string][]int{x.byName, x.byAlias} {
		for name := range known {
			measure(name)
			for short, long := range map[string]string{"村委会": "村民委员会", "居委会": "居民委员会"} {
				if stem, ok := strings.CutSuffix(name, short); ok {
					measure(stem + long)
				}
			}
		}
	}
}
