package notice

import (
	"slices"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// choice is a unit with its lapses, of which a notice may leave some out.
type choice struct {
	Unit  string
	Items []offered
}

// offered is one of them; several events of an item on one day are one.
type offered struct {
	Key, Name string
	Taken     bool
}

// keyOf names a lapse in an address.
func keyOf(row model.DemandRow) string { return row.UnitID + "/" + row.ItemID + "/" + row.Period }

// kept are the lapses that are not left out.
func kept(rows []model.DemandRow, without []string) []model.DemandRow {
	return slices.DeleteFunc(slices.Clone(rows), func(row model.DemandRow) bool { return slices.Contains(without, keyOf(row)) })
}

func choiceOf(a *page.Request, rows []model.DemandRow, without []string) choice {
	c := choice{Unit: rows[0].Unit}
	for _, row := range rows {
		key := keyOf(row)
		if slices.ContainsFunc(c.Items, func(o offered) bool { return o.Key == key }) {
			continue
		}
		c.Items = append(c.Items, offered{key, a.T("notice.offered", "Item", row.Item, "Period", a.PeriodText(row.Cadence, row.Period), "Day", row.DueOn.Format(model.DayLayout)), !slices.Contains(without, key)})
	}
	return c
}
