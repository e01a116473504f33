package record

import (
	"fmt"
	"slices"
	"strings"
)

// decide chooses among units of one name by what stands as their parent: a unit above them, by id, name or alias.
func (x *unitIndex) decide(text, parent string, candidates []int) (unit int, doubt, problem *Problem) {
	if strings.TrimSpace(parent) == "" || IsNone(parent) {
		if len(candidates) == 1 {
			return candidates[0], nil, nil
		}
		return -1, nil, &Problem{Field: "unit", Value: text, Want: fmt.Sprintf("is the name of %d units: %s; write the unit's id or name its parent", len(candidates), x.describe(candidates))}
	}
	parents := x.meant(FoldUnit(parent))
	if len(parents) == 0 {
		want := "is not a unit of the registry"
		if nearest := x.nearest(FoldUnit(parent), ""); len(nearest) > 0 {
			want += "; the nearest names are " + x.describe(nearest)
		}
		if len(candidates) == 1 {
			return candidates[0], &Problem{Field: "parent", Value: parent, Want: want + "; the unit was found by its name alone"}, nil
		}
		return -1, nil, &Problem{Field: "parent", Value: parent, Want: fmt.Sprintf("%s, and %q is the name of %d units: %s", want, text, len(candidates), x.describe(candidates))}
	}
	var below, same []int
	for _, candidate := range candidates {
		switch {
		case slices.Contains(parents, candidate):
			same = append(same, candidate)
		case slices.ContainsFunc(parents, func(parent int) bool { return x.isBelow(candidate, parent) }):
			below = append(below, candidate)
		}
	}
	if len(below) == 0 {
		below = same // a unit that stands as its own parent contradicts nothing
	}
	switch len(below) {
	case 1:
		return below[0], nil, nil
	case 0:
		return -1, nil, &Problem{Field: "parent", Value: parent, Want: fmt.Sprintf("is not above any unit named %q, which is %s; correct the unit or its parent", text, x.describe(candidates))}
	}
	return -1, nil, &Problem{Field: "unit", Value: text, Want: fmt.Sprintf("is the name of %d units under %q: %s; write the unit's id", len(below), parent, x.describe(below))}
}

// meant lists the units that a name may mean.
func (x *unitIndex) meant(folded string) []int {
	for _, stage := range x.stages() {
		if found := stage(folded); len(found) > 0 {
			return found
		}
	}
	return x.byArea(folded)
}

// isBelow reports whether a unit lies under another one, at whatever distance.
func (x *unitIndex) isBelow(unit, above int) bool {
	for steps := 0; unit >= 0 && steps <= len(x.units); steps++ {
		if unit = x.parent[unit]; unit == above {
			return true
		}
	}
	return false
}
