package figures

import (
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries"
)

// Reasons says in words why an obligation is in its state.
type Reasons struct {
	*Ask
	Covering   page.Covering
	Exemptions *page.Answer[[]queries.ExemptionRow]
}

// Of says why an obligation is in its state.
func (r Reasons) Of(o queries.ObligationRow) string {
	switch o.State {
	case "on_time":
		if o.PublishedOn != nil && o.DueOn != nil && o.Cadence != "standing" && o.PublishedOn.Before(*o.DueOn) {
			return r.T("why.on_time", "Count", UntilDay(*o.PublishedOn, *o.DueOn))
		}
		return r.T("why.on_time_plain")
	case "late":
		if o.DelayDays != nil {
			return r.T("why.late", "Count", *o.DelayDays)
		}
		return r.T("why.late_plain")
	case "lapsed":
		if o.DelayDays != nil && o.LapsedAfterOn != nil {
			return r.T("why.lapsed", "Day", o.LapsedAfterOn.Format(page.DayLayout), "Count", *o.DelayDays)
		}
		return r.T("why.lapsed_plain")
	case "pending":
		if o.DueOn != nil {
			return r.T("why.pending", "Count", max(0, UntilDay(r.Question.AsOf, *o.DueOn)))
		}
		return r.T("why.pending_plain")
	case "unverified":
		return r.Unverified(o)
	case "exempt":
		return r.exempt(o)
	default:
		return r.T("why." + o.State)
	}
}

// Unverified names the sources that cover the obligation and fail now; it is not verified while what covers it has not been collected.
func (r Reasons) Unverified(o queries.ObligationRow) string {
	if r.Covering.Unknown() {
		return r.T("why.unverified_unknown")
	}
	var failing []string
	for _, source := range r.Covering.Failing(o.ItemID) {
		failing = append(failing, source.Source)
	}
	names := strings.Join(failing, r.T("list.comma"))
	switch {
	case o.LookedOn == nil && names != "":
		return r.T("why.never_looked_sources", "Sources", names)
	case o.LookedOn == nil && r.Covering.Nobody(o.ItemID):
		return r.T("why.no_source")
	case o.LookedOn == nil:
		return r.T("why.never_looked")
	case names != "":
		return r.T("why.not_looked_sources", "Day", o.LookedOn.Format(page.DayLayout), "Sources", names)
	default:
		return r.T("why.not_looked", "Day", o.LookedOn.Format(page.DayLayout))
	}
}

// Lack tells that a state's reason cannot be had; that of the other states is in the obligation itself.
func (r Reasons) Lack(state string) bool {
	return state == "exempt" && r.Exemptions.Failed || state == "unverified" && r.Covering.Unknown()
}

// exempt quotes the exemption that covers the due day, of a standing obligation the as-of day (SPEC §4).
func (r Reasons) exempt(o queries.ObligationRow) string {
	if r.Exemptions.Failed {
		return r.T("why.exempt_unknown")
	}
	day := r.Question.AsOf
	if o.DueOn != nil && o.Cadence != "standing" {
		day = *o.DueOn
	}
	for _, e := range r.Exemptions.Value {
		unit, item := e.UnitID == "*" || e.UnitID == o.UnitID, e.ItemID == "*" || e.ItemID == o.ItemID
		begun, ended := e.FromOn == nil || !e.FromOn.After(day), e.ToOn != nil && e.ToOn.Before(day)
		if unit && item && begun && !ended && e.Reason != "" {
			return r.T("why.exempt_reason", "Reason", e.Reason, "Approved", e.ApprovedBy)
		}
	}
	return r.T("why.exempt")
}

// DueDay is when an obligation is due.
func (a *Ask) DueDay(o queries.ObligationRow) page.Cell {
	if o.DueOn == nil {
		return a.None("none.undated").Classed("fit")
	}
	return a.Day(o.DueOn)
}
