package commands

import (
	"time"

	"yangguang/collector/record"
)

// triedField is a field of a resolved record by its name in SPEC §3.
type triedField struct{ name, value string }

// triedFields are the fields of a record in the order of SPEC §3, the period followed by the days it was read as.
func triedFields(r *record.Record) []triedField {
	days := day(r.PeriodFrom)
	if !r.PeriodTo.IsZero() {
		days += " – " + day(r.PeriodTo)
	}
	return []triedField{
		{"record_id", r.RecordID},
		{"unit", r.UnitID},
		{"item", r.ItemID},
		{"title", r.Title},
		{"event_id", r.EventID},
		{"period", r.Period},
		{"period_days", days},
		{"occurred_on", day(r.OccurredOn)},
		{"proposed_on", day(r.ProposedOn)},
		{"reviewed_on", day(r.ReviewedOn)},
		{"approved_on", day(r.ApprovedOn)},
		{"published_on", day(r.PublishedOn)},
		{"uploaded_on", day(r.UploadedOn)},
		{"withdrawn_on", day(r.WithdrawnOn)},
		{"scope", r.Scope},
		{"channel", r.Channel},
		{"url", r.URL},
	}
}

func day(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.DateOnly)
}
