package figures

import (
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// Unverified names the sources that cover the obligation and fail now; it is not verified while what covers it has not been collected.
func (a *Ask) Unverified(c page.Covering, o model.ObligationRow) string {
	if c.Unknown() {
		return a.T("why.unverified_unknown")
	}
	var failing []string
	for _, source := range c.Failing(o.ItemID) {
		failing = append(failing, source.Source)
	}
	names := strings.Join(failing, a.T("list.comma"))
	switch {
	case o.LookedOn == nil && names != "":
		return a.T("why.never_looked_sources", "Sources", names)
	case o.LookedOn == nil && c.Nobody(o.ItemID):
		return a.T("why.no_source")
	case o.LookedOn == nil:
		return a.T("why.never_looked")
	case names != "":
		return a.T("why.not_looked_sources", "Day", o.LookedOn.Format(page.DayLayout), "Sources", names)
	default:
		return a.T("why.not_looked", "Day", o.LookedOn.Format(page.DayLayout))
	}
}

// DueDay is when an obligation is due.
func (a *Ask) DueDay(o model.ObligationRow) page.Cell {
	if o.DueOn == nil {
		return a.None("none.undated").Classed("fit")
	}
	return a.Day(o.DueOn)
}
