package digest

import (
	"slices"

	"yangguang/queries/model"
)

// units are the units of a registry by their ids.
type units map[string]model.Unit

// above is a unit and what it belongs to, upwards.
func (u units) above(id string) (ids []string) {
	for range len(u) + 1 { // a registry has no cycles
		if id == "" {
			break
		}
		ids = append(ids, id)
		id = u[id].ParentID
	}
	return ids
}

// place is what a reader answers for: a role towards all units of an area, or of a unit for itself alone.
type place struct {
	role  Role
	area  string
	alone bool
}

// book finds who is reminded of a unit.
type book struct {
	units   units
	readers map[place][]int // indexes of readers
}

// newBook enters the readers with a role, then contacts of units where nobody else answers.
func newBook(registered units, readers []Reader) book {
	b := book{registered, map[place][]int{}}
	for i, reader := range readers {
		if reader.Role != "" && !reader.contact {
			at := place{reader.Role, reader.Within, false}
			b.readers[at] = append(b.readers[at], i)
		}
	}
	for i, reader := range readers {
		if !reader.contact {
			continue
		}
		places := []place{{RoleUnit, reader.Within, true}}
		switch unit := registered[reader.Within]; {
		case unit.Tier == "town" || unit.Tier == "subdistrict":
			places = append(places, place{RoleTown, unit.ID, false})
		case unit.Tier == "committee" && unit.ParentID == "":
			places = append(places, place{RoleDistrict, unit.ID, false})
		}
		for _, at := range places {
			if len(b.readers[place{at.role, at.area, false}]) == 0 {
				b.readers[at] = append(b.readers[at], i)
			}
		}
	}
	return b
}

// nearest are the readers of a role whose area is the smallest one that holds a unit.
func (b book) nearest(role Role, unit string) []int {
	if found := b.readers[place{role, unit, true}]; len(found) > 0 {
		return found
	}
	for _, area := range append(b.units.above(unit), "") {
		if found := b.readers[place{role, area, false}]; len(found) > 0 {
			return found
		}
	}
	return nil
}

// standIns are who is reminded where a role has no reader: the next above that has one. Leadership stands in for nobody.
var standIns = map[Role][]Role{RoleUnit: {RoleTown, RoleDistrict}, RoleTown: {RoleDistrict}}

// of are the readers who are reminded of a unit in some roles. relayed are those who get it in place of somebody else; without any reader these are the
// operators: nobody's reminder ends nowhere.
func (b book) of(unit string, roles []Role) (readers, relayed []int) {
	for _, role := range roles {
		found := b.nearest(role, unit)
		readers = append(readers, found...)
		for _, above := range standIns[role] {
			if len(found) == 0 {
				found = b.nearest(above, unit)
				relayed = append(relayed, found...)
			}
		}
	}
	if len(readers)+len(relayed) == 0 {
		relayed = b.nearest(RoleOperators, unit)
	}
	relayed = slices.DeleteFunc(relayed, func(i int) bool { return slices.Contains(readers, i) })
	return sortedSet(readers), sortedSet(relayed)
}

func sortedSet(indexes []int) []int {
	slices.Sort(indexes)
	return slices.Compact(indexes)
}
