package record

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries"
)

// FoldUnit is how names of units are compared (SPEC §3): NFKC, trimmed, 村民委员会 as 村委会 and 居民委员会 as 居委会.
func FoldUnit(name string) string {
	name = strings.TrimSpace(norm.NFKC.String(name))
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
	units   []queries.Unit
	byID    map[string]int
	byName  map[string][]int
	byAlias map[string][]int
	parent  []int // position of the parent, or -1
	names   unitNames
}

func newUnitIndex(units []queries.Unit) *unitIndex {
	x := &unitIndex{
		units: units, byID: make(map[string]int, len(units)), byName: make(map[string][]int, len(units)),
		byAlias: map[string][]int{}, parent: make([]int, len(units)),
	}
	for i, unit := range units {
		x.byID[FoldUnit(unit.ID)] = i
		x.byName[FoldUnit(unit.Name)] = append(x.byName[FoldUnit(unit.Name)], i)
		for _, alias := range unit.Aliases {
			if folded := FoldUnit(alias); !slices.Contains(x.byAlias[folded], i) {
				x.byAlias[folded] = append(x.byAlias[folded], i)
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

// isWithin tells whether a unit is the root of the subtree or below it. An empty root is everything.
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

// resolve finds the one unit that text means: by id, else name, else alias, among the units within the subtree; the
// direct parent tells those of one name apart, and must not contradict the subtree.
func (x *unitIndex) resolve(text, parent, within string) (unit int, problem *Problem) {
	folded := FoldUnit(text)
	if folded == "" {
		return -1, &Problem{Field: "unit", Want: "a unit is required: its id, name or alias"}
	}
	var outside []int
	for _, found := range [][]int{x.withID(folded), x.byName[folded], x.byAlias[folded]} {
		candidates := make([]int, 0, len(found))
		for _, i := range found {
			if x.isWithin(i, within) {
				candidates = append(candidates, i)
			} else {
				outside = append(outside, i)
			}
		}
		switch len(candidates) {
		case 0:
			continue
		case 1:
			if len(found) == 1 || strings.TrimSpace(parent) == "" {
				return candidates[0], nil
			}
		}
		return x.byParent(text, parent, candidates)
	}
	if len(outside) > 0 {
		return -1, &Problem{Field: "unit", Value: text, Want: fmt.Sprintf("is %s, outside %s, to which the source is restricted", x.describe(outside), within)}
	}
	want := "is not a unit of the registry; write its id, name or alias"
	if nearest := x.nearest(folded, within); len(nearest) > 0 {
		want += "; the nearest names are " + x.describe(nearest)
	}
	return -1, &Problem{Field: "unit", Value: text, Want: want}
}

func (x *unitIndex) withID(id string) []int {
	if i, ok := x.byID[id]; ok {
		return []int{i}
	}
	return nil
}

// byParent narrows candidates of one name to the one whose direct parent is called so.
func (x *unitIndex) byParent(text, parent string, candidates []int) (int, *Problem) {
	folded := FoldUnit(parent)
	if folded == "" {
		return -1, &Problem{Field: "unit", Value: text, Want: fmt.Sprintf("is the name of %d units: %s; write the unit's id or name its parent", len(candidates), x.describe(candidates))}
	}
	narrowed := make([]int, 0, len(candidates))
	for _, i := range candidates {
		if x.parent[i] >= 0 && x.isCalled(x.parent[i], folded) {
			narrowed = append(narrowed, i)
		}
	}
	switch len(narrowed) {
	case 1:
		return narrowed[0], nil
	case 0:
		return -1, &Problem{Field: "parent", Value: parent, Want: fmt.Sprintf("is not the direct parent of any unit named %q: %s", text, x.describe(candidates))}
	}
	return -1, &Problem{Field: "unit", Value: text, Want: fmt.Sprintf("is the name of %d units under %q: %s; write the unit's id", len(narrowed), parent, x.describe(narrowed))}
}

func (x *unitIndex) isCalled(unit int, folded string) bool {
	u := x.units[unit]
	return FoldUnit(u.ID) == folded || FoldUnit(u.Name) == folded ||
		slices.ContainsFunc(u.Aliases, func(alias string) bool { return FoldUnit(alias) == folded })
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

// mostCompared bounds the work of a suggestion: beyond it a registry gets none.
const mostCompared = 20_000

// nearest returns up to three units whose names are at most two edits away (and less than half the name).
func (x *unitIndex) nearest(folded, within string) []int {
	if len(x.units) > mostCompared {
		return nil
	}
	const most = 2
	var nearest [most + 1][]int
	name := []rune(folded)
	for i, unit := range x.units {
		distance := editDistance(name, []rune(FoldUnit(unit.Name)), most)
		for _, alias := range unit.Aliases {
			distance = min(distance, editDistance(name, []rune(FoldUnit(alias)), most))
		}
		if distance <= most && 2*distance < len(name) && x.isWithin(i, within) {
			nearest[distance] = append(nearest[distance], i)
		}
	}
	all := slices.Concat(nearest[:]...)
	return all[:min(3, len(all))]
}

// editDistance is the Levenshtein distance of a and b, or most+1 when it is greater than most.
func editDistance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal, least := row[0], i+1
		row[0] = i + 1
		for j := range b {
			substitution := diagonal
			if a[i] != b[j] {
				substitution++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitution, row[j]+1, row[j+1]+1)
			least = min(least, row[j+1])
		}
		if least > most {
			return most + 1
		}
	}
	return min(row[len(b)], most+1)
}
