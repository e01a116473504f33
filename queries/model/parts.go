package model

import "slices"

// DefaultPartUnits is how many units a part has at most: few enough that their answers are computed again within some seconds of a new record, so many that a
// country has some hundreds.
const DefaultPartUnits = 2000

// PartPrefix begins the names of parts among the roots of subtrees; no unit_id begins so.
const PartPrefix = "\x01"

// PartsOf divides all units, each once, into packs of at most so many that lie together: whole subtrees, neighbours by id in one pack. A
// part is named after its first unit; changes elsewhere in the tree leave it as it is.
func PartsOf(units []Unit, most int) map[string][]string {
	below := map[string][]string{}
	for _, unit := range units {
		below[unit.ParentID] = append(below[unit.ParentID], unit.ID)
	}
	sizes := map[string]int{}
	var measure func(id string) int
	measure = func(id string) int {
		sizes[id] = 1
		slices.Sort(below[id])
		for _, child := range below[id] {
			sizes[id] += measure(child)
		}
		return sizes[id]
	}
	measure("")
	parts := map[string][]string{}
	var pack []string
	closePack := func() {
		if len(pack) > 0 {
			parts[PartPrefix+pack[0]] = pack
		}
		pack = nil
	}
	var add func(id string)
	add = func(id string) {
		pack = append(pack, id)
		for _, child := range below[id] {
			add(child)
		}
	}
	var split func(id string)
	split = func(id string) {
		if id != "" {
			pack = append(pack, id)
		}
		var large []string
		for _, child := range below[id] {
			switch {
			case sizes[child] > most:
				large = append(large, child)
				continue
			case len(pack)+sizes[child] > most:
				closePack()
			}
			add(child)
		}
		closePack()
		for _, child := range large {
			split(child)
		}
	}
	split("")
	return parts
}

// PartRows are the parts as rows of subtrees: name and unit_id.
func PartRows(units []Unit, most int) (rows [][2]string) {
	for name, members := range PartsOf(units, most) {
		for _, unit := range members {
			rows = append(rows, [2]string{name, unit})
		}
	}
	return rows
}
