package record

import (
	"slices"
	"strings"
)

// mostCompared bounds the work of a suggestion: beyond it a registry gets none.
const mostCompared = 20_000

// nearest returns up to three units of which a name or alias is at most two edits away (and less than half the name), holds it or is a part of it.
func (x *unitIndex) nearest(folded, within string) []int {
	if len(x.units) > mostCompared {
		return nil
	}
	const most = 2
	var nearest [most + 1][]int
	name := []rune(folded)
	for i, unit := range x.units {
		distance := most + 1
		for _, called := range append([]string{unit.Name}, unit.Aliases...) {
			distance = min(distance, nameDistance(name, FoldUnit(called), most))
		}
		if distance <= most && x.isWithin(i, within) {
			nearest[distance] = append(nearest[distance], i)
		}
	}
	all := slices.Concat(nearest[:]...)
	return all[:min(3, len(all))]
}

// nameDistance is how many edits a unit's name is away; most where one of the two holds the other, as 李庄村委会 does 李庄, and more where it is not near.
func nameDistance(name []rune, called string, most int) int {
	other := []rune(called)
	if distance := editDistance(name, other, most); 2*distance < len(name) && distance <= most {
		return distance
	}
	if len(name) > 1 && len(other) > 1 && (strings.Contains(string(name), called) || strings.Contains(called, string(name))) {
		return most
	}
	return most + 1
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
