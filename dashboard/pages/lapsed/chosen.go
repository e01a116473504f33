package lapsed

import (
	"yangguang/dashboard/page"
)

// chosenUnit is a unit of the list, to be chosen for a rectification notice.
type chosenUnit struct{ ID, Name string }

// chosenUnits are the units of the page of the list, in its order; none where no notice can be drafted.
func (a *request) chosenUnits(listed *page.Answer[listing], by string) (units []chosenUnit) {
	if a.Options.Register == nil || listed.Failed {
		return nil
	}
	known := map[string]bool{}
	add := func(id, name string) {
		if !known[id] {
			known[id] = true
			units = append(units, chosenUnit{id, name})
		}
	}
	for _, lapse := range listed.Value.rows {
		add(lapse.UnitID, lapse.Unit)
	}
	if by == "unit" {
		for _, group := range listed.Value.groups {
			add(group.ID, group.Name)
		}
	}
	return units
}
