package figures

import (
	"slices"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// Towns are the names of the towns that villages belong to, by the village's id: villages of one name are told apart by them. If they cannot be
// had, the panel does without them and says so.
func (a *Ask) Towns(villages []string, f *page.Figure) map[string]string {
	if len(villages) == 0 {
		return nil
	}
	query := ask.AllParentNames
	if a.Large {
		slices.Sort(villages)
		query = ask.ParentNames(slices.Compact(villages))
	}
	names := page.Ask(a.Request, a.Question, query)
	a.Panels.Wait()
	if names.Failed {
		f.Lacks = a.T("lacks.towns")
	}
	return names.Value
}

// VillagesIn are the ids of the villages among the units that obligations belong to.
func VillagesIn(obligations []model.ObligationRow) (ids []string) {
	for _, o := range obligations {
		if o.Group == "villages" {
			ids = append(ids, o.UnitID)
		}
	}
	return ids
}

// Placed is a unit's group, or of a village whose town is known the town.
func (a *Ask) Placed(id, group string, towns map[string]string) string {
	if town := towns[id]; town != "" && group == "villages" {
		return town
	}
	return a.CodeLabel("group", group)
}
