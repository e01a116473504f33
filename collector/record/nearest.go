package record

import (
	"slices"
	"strings"
)

// mostCompared bounds the work of a suggestion: beyond it a registry gets none.
const mostCompared = 20_000

// nearest returns up to three units whose names are at most two edits away (and less than half the name), or a part of it.
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
		if distance > most && len(name) > 2 && (strings.Contains(folded, FoldUnit(unit.Name)) || strings.Contains(FoldUnit(unit.Name), folded)) {
			distance = most // and of another length
		} else if 2*distance >= len(name) {
			continue
		}
		if distance <= most && x.isWithin(i, within) {
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
