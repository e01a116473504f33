package unit

import (
	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// reasons says in words why an obligation is in its state.
type reasons struct {
	*request
	covering   page.Covering
	exemptions *page.Answer[[]model.ExemptionRow]
}

// of says why an obligation is in its state.
func (r reasons) of(o model.ObligationRow) string {
	switch o.State {
	case "on_time":
		if o.PublishedOn != nil && o.DueOn != nil && o.Cadence != "standing" && o.PublishedOn.Before(*o.DueOn) {
			return r.T("why.on_time", "Count", figures.UntilDay(*o.PublishedOn, *o.DueOn))
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
			return r.T("why.pending", "Count", max(0, figures.UntilDay(r.Question.AsOf, *o.DueOn)))
		}
		return r.T("why.pending_plain")
	case "unverified":
		return r.Unverified(r.covering, o)
	case "exempt":
		return r.exempt(o)
	default:
		return r.T("why." + o.State)
	}
}

// lack says that a state's reason cannot be had; that of the other states is in the obligation itself.
func (r reasons) lack(state string) bool {
	return state == "exempt" && r.exemptions.Failed || state == "unverified" && r.covering.Unknown()
}

// exempt quotes the exemption that covers the due day, of a standing obligation the as-of day (SPEC §4).
func (r reasons) exempt(o model.ObligationRow) string {
	if r.exemptions.Failed {
		return r.T("why.exempt_unknown")
	}
	day := r.Question.AsOf
	if o.DueOn != nil && o.Cadence != "standing" {
		day = *o.DueOn
	}
	for _, e := range r.exemptions.Value {
		unit, item := e.UnitID == "*" || e.UnitID == o.UnitID, e.ItemID == "*" || e.ItemID == o.ItemID
		begun, ended := e.FromOn == nil || !e.FromOn.After(day), e.ToOn != nil && e.ToOn.Before(day)
		if unit && item && begun && !ended && e.Reason != "" {
			return r.T("why.exempt_reason", "Reason", e.Reason, "Approved", e.ApprovedBy)
		}
	}
	return r.T("why.exempt")
}
