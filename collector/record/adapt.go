package record

import (
	"strings"
	"time"

	"yangguang/queries/model"
)

// Rules are what a source says about all its records, and what is needed to resolve them.
type Rules struct {
	Resolver    *Resolver
	Zone        *time.Location // civil days are of this zone; nil means UTC
	Within      string         // unit_id of the subtree the source is restricted to; empty means none
	Scope       string         // code for records that give none; may be empty
	Channel     string         // code for records that give none; may be empty
	InferPeriod bool           // a periodic item's record may come without period and occurred_on
	Steps       bool           // the source reports the four steps
	Online      bool           // web, feed, api, wechat
	Today       time.Time      // published_on of an online record without any date
	Began       time.Time      // when the collection began
}

// ShownOn is the civil day that a text shows, 2026-07-01; empty when it shows none.
func (r Rules) ShownOn(text string) string {
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	if strings.TrimSpace(text) == "" || r.Resolver == nil {
		return ""
	}
	day, err := r.Resolver.Date(text, zone)
	if err != nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

// Adapt resolves one disclosure, or says why it is rejected (SPEC §3).
func Adapt(fields Fields, rules Rules) (Record, *Problem) {
	record := Record{
		RecordID: strings.TrimSpace(fields.RecordID), Title: strings.TrimSpace(fields.Title), EventID: strings.TrimSpace(fields.EventID),
		Period: strings.TrimSpace(fields.Period), URL: strings.TrimSpace(fields.URL), Steps: rules.Steps, Online: rules.Online,
	}
	if IsNone(record.RecordID) {
		record.RecordID = ""
	}
	found, problem := rules.Resolver.FindUnit(fields.Unit, fields.Parent, rules.Within)
	if problem != nil {
		return Record{}, problem
	}
	record.UnitID, record.Doubt = found.ID, found.Doubt
	item, problem := rules.Resolver.Item(fields.Item)
	if problem != nil {
		return Record{}, problem
	}
	record.ItemID = item.ID
	if problem := record.readDates(fields, rules); problem != nil {
		return Record{}, problem
	}
	if problem := record.readPeriod(item, fields.PeriodMayBeNumber, rules); problem != nil {
		return Record{}, problem
	}
	if record.Scope, problem = readCode("scope", fields.Scope, rules.Scope, scopeOf); problem != nil {
		return Record{}, problem
	}
	if record.Channel, problem = readCode("channel", fields.Channel, rules.Channel, ChannelsOf); problem != nil {
		return Record{}, problem
	}
	record.Complete()
	return record, nil
}

// readDates reads the seven dates and checks that there is one to go by.
func (r *Record) readDates(fields Fields, rules Rules) *Problem {
	zone := rules.Zone
	if zone == nil {
		zone = time.UTC
	}
	for _, date := range [...]struct {
		field, text string
		day         *time.Time
	}{
		{"occurred_on", fields.OccurredOn, &r.OccurredOn},
		{"proposed_on", fields.ProposedOn, &r.ProposedOn},
		{"reviewed_on", fields.ReviewedOn, &r.ReviewedOn},
		{"approved_on", fields.ApprovedOn, &r.ApprovedOn},
		{"published_on", fields.PublishedOn, &r.PublishedOn},
		{"uploaded_on", fields.UploadedOn, &r.UploadedOn},
		{"withdrawn_on", fields.WithdrawnOn, &r.WithdrawnOn},
	} {
		if date.text == "" || strings.TrimSpace(date.text) == "" || IsNone(date.text) {
			continue
		}
		day, err := rules.Resolver.Date(date.text, zone)
		if err != nil {
			return &Problem{Field: date.field, Value: date.text, Want: err.Error()}
		}
		*date.day = day
	}
	switch {
	case !r.PublishedOn.IsZero():
	case rules.Online: // whatever other days it carries: it was seen there
		r.PublishedOn, r.DatedBySight = rules.Today, true
	case r.OccurredOn.IsZero():
		return &Problem{Field: "published_on", Want: "published_on or occurred_on is required"}
	}
	if !r.WithdrawnOn.IsZero() && r.WithdrawnOn.Before(r.PublishedOn) {
		return &Problem{Field: "withdrawn_on", Value: fields.WithdrawnOn, Want: "is before published_on, " + r.PublishedOn.Format(time.DateOnly)}
	}
	return nil
}

func (r *Record) readPeriod(item *model.Item, mayBeNumber bool, rules Rules) *Problem {
	if IsNone(r.Period) {
		r.Period = ""
	}
	if r.Period != "" {
		if mayBeNumber && shortenedMonth.MatchString(r.Period) {
			return &Problem{Field: "period", Value: r.Period, Want: errShortened.Error()}
		}
		published := r.PublishedOn
		if r.DatedBySight { // the year in which a row is read is not the one that it is about
			published = time.Time{}
		}
		period, err := rules.Resolver.Period(r.Period, published)
		if err != nil {
			return &Problem{Field: "period", Value: r.Period, Want: err.Error()}
		}
		r.PeriodFrom, r.PeriodTo = period.From, period.To
		return nil
	}
	if r.OccurredOn.IsZero() && isPeriodic(item.Cadence) && !rules.InferPeriod {
		return &Problem{Field: "period", Want: "period or occurred_on is required, because the item " + item.ID + " is due for each period (the source does not say infer_period: true)"}
	}
	return nil
}

func isPeriodic(cadence string) bool {
	switch cadence {
	case "annual", "semiannual", "quarterly", "monthly":
		return true
	}
	return false
}

// readCode reads a cell with a code, or takes the source's default for an empty one.
func readCode(field, text, otherwise string, of func(string) (string, bool)) (string, *Problem) {
	if text == "" || strings.TrimSpace(text) == "" || IsNone(text) {
		return otherwise, nil
	}
	if code, ok := of(text); ok {
		return code, nil
	}
	known := Scopes()
	if field == "channel" {
		known = Channels()
	}
	return "", &Problem{Field: field, Value: text, Want: known.Unknown(text)}
}

// scopeOf is Scopes().Read with a fast path for cells that are written as they should be.
func scopeOf(text string) (string, bool) {
	switch text {
	case "society", "社会公开":
		return "society", true
	case "party", "党内公开":
		return "party", true
	case "unit", "单位公开":
		return "unit", true
	}
	return Scopes().Understand(text)
}
