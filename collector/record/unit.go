package record

import (
	"fmt"
	"slices"
	"strings"

	"yangguang/queries/model"
)

// FoldUnit is how names of units are compared (SPEC §3): NFKC, trimmed, 村民委员会 as 村委会 and 居民委员会 as 居委会.
func FoldUnit(name string) string {
	name = FoldItem(name)
	if stem, ok := strings.CutSuffix(name, "村民委员会"); ok {
		return stem + "村委会"
	}
	if stem, ok := strings.CutSuffix(name, "居民委员会"); ok {
		return stem + "居委会"
	}
	return name
}

// unitIndex finds units by what they are called. Positions are those of units.
type unitIndex struct {
	units   []model.Unit
	byID    map[string]int
	byName  map[string][]int
	byAlias map[string][]int
	byLoose map[string][]int // by ids, names and aliases in looseUnit's form
	parent  []int            // position of the parent, or -1
	names   unitNames
}

func newUnitIndex(units []model.Unit) *unitIndex {
	x := &unitIndex{
		units: units, byID: make(map[string]int, len(units)), byName: make(map[string][]int, len(units)),
		byAlias: map[string][]int{}, byLoose: make(map[string][]int, len(units)), parent: make([]int, len(units)),
	}
	for i, unit := range units {
		x.byID[FoldUnit(unit.ID)] = i
		x.byName[FoldUnit(unit.Name)] = append(x.byName[FoldUnit(unit.Name)], i)
		for _, alias := range unit.Aliases {
			if folded := FoldUnit(alias); !slices.Contains(x.byAlias[folded], i) {
				x.byAlias[folded] = append(x.byAlias[folded], i)
			}
		}
		for _, name := range append([]string{unit.ID, unit.Name}, unit.Aliases...) {
			if loose := looseUnit(name); loose != "" && !slices.Contains(x.byLoose[loose], i) {
				x.byLoose[loose] = append(x.byLoose[loose], i)
			}
		}
	}
	for i, unit := range units {
		x.parent[i] = -1
		if parent, ok := x.byID[FoldUnit(unit.ParentID)]; ok && unit.ParentID != "" {
			x.parent[i] = parent
		}
	}
	return x
}

// isWithin reports whether a unit is the root of the subtree or below it. An empty root is everything.
func (x *unitIndex) isWithin(unit int, root string) bool {
	if root == "" {
		return true
	}
	for steps := 0; unit >= 0 && steps <= len(x.units); steps++ {
		if x.units[unit].ID == root {
			return true
		}
		unit = x.parent[unit]
	}
	return false
}

// resolve finds the one unit that text means among those within the subtree: by id, else name, else alias, else by what differs from
// them in writing alone, else by a name behind those of units above it. parent, a unit above it, tells those of one name apart, and must
// not contradict. doubt is what of parent is not understood and hinders nothing.
func (x *unitIndex) resolve(text, parent, within string) (unit int, doubt, problem *Problem) {
	folded := FoldUnit(text)
	if folded == "" {
		return -1, nil, &Problem{Field: "unit", Want: "a unit is required: its id, name or alias"}
	}
	var outside []int
	for _, stage := range x.stages() {
		found := stage(folded)
		candidates := make([]int, 0, len(found))
		for _, i := range found {
			if x.isWithin(i, within) {
				candidates = append(candidates, i)
			} else {
				outside = append(outside, i)
			}
		}
		if len(candidates) > 0 {
			return x.decide(text, parent, candidates)
		}
	}
	if len(outside) > 0 {
		return -1, nil, &Problem{Field: "unit", Value: text, Want: fmt.Sprintf("is %s, outside %s, to which the source is restricted", x.describe(outside), within)}
	}
	want := "is not a unit of the registry; write its id, name or alias"
	if ditto[folded] {
		want = "stands for the row above; write the unit's id, name or alias in every row"
	}
	if nearest := x.nearest(folded, within); len(nearest) > 0 {
		want += "; the nearest names are " + x.describe(nearest)
	}
	return -1, nil, &Problem{Field: "unit", Value: text, Want: want}
}

// ditto are the marks that stand for what the row above has.
var ditto = map[string]bool{"同上": true, "〃": true, "″": true, "\"": true, "″同上": true, "上同": true}

// stages are the ways to find units by what they are called, the surest first.
func (x *unitIndex) stages() []func(folded string) []int {
	return []func(string) []int{
		x.withID,
		func(name string) []int { return x.byName[name] },
		func(name string) []int { return x.byAlias[name] },
		func(name string) []int { return x.byLoose[looseUnit(name)] },
		func(name string) []int { return x.behindAncestors(looseUnit(name)) },
	}
}

func (x *unitIndex) withID(id string) []int {
	if i, ok := x.byID[id]; ok {
		return []int{i}
	}
	return nil
}

// describe lists a few units for an error message: id, name and the parent's name.
func (x *unitIndex) describe(units []int) string {
	const most = 5
	var b strings.Builder
	for n, i := range units {
		if n > 0 {
			b.WriteString(", ")
		}
		if n == most {
			fmt.Fprintf(&b, "and %d more", len(units)-most)
			break
		}
		fmt.Fprintf(&b, "%s %s", x.units[i].ID, x.units[i].Name)
		if parent := x.parent[i]; parent >= 0 {
			fmt.Fprintf(&b, " (%s)", x.units[parent].Name)
		}
	}
	return b.String()
}
