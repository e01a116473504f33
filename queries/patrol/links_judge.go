package patrol

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// Rules are how looks at addresses become findings.
type Rules struct {
	Again time.Duration  // a failure is a finding once a look so long after the first has met it as well
	Zone  *time.Location // of civil days
}

// NoteLooks stores visits at the present, and reports what they amount to: a failure that another look has confirmed is a finding, and one look at which an
// address opens mends it. Visits that tell nothing change nothing.
func NoteLooks(ctx context.Context, s *clickhouse.Store, at time.Time, rules Rules, checks []Check) error {
	if err := NoteChecks(ctx, s, at, checks); err != nil {
		return err
	}
	if err := noteNotShown(ctx, s, at, checks); err != nil {
		return err
	}
	failing, err := failingLooks(ctx, s, checks)
	if err != nil {
		return err
	}
	records := map[Key]Record{}
	for _, c := range checks {
		records[c.Record.key("")] = c.Record
	}
	var found []Finding
	for _, looks := range failing {
		if record, visited := records[Key{looks.Source, looks.RecordID, ""}]; visited {
			if finding, is := rules.finding(at, record, looks); is {
				found = append(found, finding)
			}
		}
	}
	return Report(ctx, s, at, Scope{Kinds: model.LinkFindings(), Looked: lookedAt(checks)}, found)
}

// lookedAt says of findings before whether these visits tell something of them: of their own address, or of an attachment's page, which does not link it any more.
func lookedAt(checks []Check) func(Finding) bool {
	tells := map[Key]bool{}
	for _, c := range checks {
		place := ""
		if c.ParentURL != "" {
			place = c.URL
		}
		key := c.Record.key(place)
		tells[key] = tells[key] || c.Outcome.Tells()
	}
	left := leftOut(checks)
	return func(before Finding) bool {
		key := Key{before.Source, before.RecordID, before.Place}
		return tells[key] || before.Place != "" && left(key)
	}
}

// leftOut says whether a page was seen with all of its attachments, and an address that was one of them, or the page's, is neither any more.
func leftOut(checks []Check) func(Key) bool {
	visited, whole := map[Key]bool{}, map[Key]bool{}
	for _, c := range checks {
		visited[c.Record.key(c.URL)] = true
		whole[c.Record.key("")] = whole[c.Record.key("")] || c.Files
	}
	return func(of Key) bool { return whole[Key{of.Source, of.RecordID, ""}] && !visited[of] }
}

// looks are those that tell something of an address of a record, the latest first; that one is a failure.
type looks struct {
	Source    string      `ch:"source"`
	RecordID  string      `ch:"record_id"`
	URL       string      `ch:"url"`
	ParentURL string      `ch:"parent_url"`
	At        []time.Time `ch:"at"`
	Outcomes  []string    `ch:"outcomes"`
	Statuses  []uint16    `ch:"statuses"`
	Finals    []string    `ch:"finals"`
	Details   []string    `ch:"details"`
	Opened    bool        `ch:"opened"`
	OpenedAt  time.Time   `ch:"opened_at"` // last
}

// failingLooks are the looks at what these visits were to.
func failingLooks(ctx context.Context, s *clickhouse.Store, checks []Check) (failing []looks, err error) {
	known := map[string]bool{}
	addresses := []string{}
	for _, c := range checks {
		if c.Outcome.Bad() && !known[c.URL] {
			known[c.URL] = true
			addresses = append(addresses, c.URL)
		}
	}
	text, err := sql.Text("patrol/links_failing")
	if err != nil {
		return nil, err
	}
	for part := range chunks(addresses) {
		var some []looks
		if err := s.Conn().Select(ctx, &some, text, clickhouse.Named("addresses", part)); err != nil {
			return nil, fmt.Errorf("read the last looks at what fails: %w", err)
		}
		failing = append(failing, some...)
	}
	return failing, nil
}

// finding is what looks at an address amount to, if they do: two or more of one family without another between, long enough after one another. It is called
// what the first of them was.
func (r Rules) finding(at time.Time, record Record, looks looks) (Finding, bool) {
	run := 0
	for run < len(looks.Outcomes) && Outcome(looks.Outcomes[run]).Confirms(Outcome(looks.Outcomes[0])) {
		run++
	}
	first := run - 1
	if run < 2 || looks.At[0].Sub(looks.At[first]) < r.Again {
		return Finding{}, false
	}
	f := Finding{
		Kind: looks.Outcomes[first], Source: record.Source, RecordID: record.RecordID, Version: record.Version, UnitID: record.UnitID, ItemID: record.ItemID,
		Period: record.Period, URL: looks.URL, FoundOn: r.day(at),
	}
	proof := linkProof{
		Status: int(looks.Statuses[first]), FinalURL: looks.Finals[first], Fault: looks.Details[first], FirstOn: r.day(looks.At[first]).Format(time.DateOnly),
	}
	if looks.Opened {
		proof.LastOpenOn = r.day(looks.OpenedAt).Format(time.DateOnly)
	}
	if looks.ParentURL != "" {
		f.Place = looks.URL
	} else if until := record.PublishedOn.AddDate(0, 0, record.DisplayDays); record.DisplayDays > 0 && !record.PublishedOn.IsZero() {
		proof.DisplayDays, proof.Until = record.DisplayDays, until.Format(time.DateOnly)
		if Outcome(f.Kind).Confirms(Gone) && looks.Opened && r.day(looks.At[first]).Before(until) {
			f.Kind = TakenDown
		}
	}
	text, err := json.Marshal(proof)
	if err != nil {
		panic(err) // texts and numbers can be written
	}
	f.Proof = string(text)
	return f, true
}

// linkProof is what a finding of a link shows. Days are civil days.
type linkProof struct {
	Status      int    `json:"status,omitempty"`
	FinalURL    string `json:"final_url,omitempty"`
	Fault       string `json:"fault,omitempty"`        // English sentence
	FirstOn     string `json:"first_on"`               // of the failing looks without another between, the first
	LastOpenOn  string `json:"last_open_on,omitempty"` // when it was last seen open; empty: it never was
	DisplayDays int    `json:"display_days,omitempty"`
	Until       string `json:"displayed_until,omitempty"` // it must stay up until then
}

// day is the civil day of an instant, at midnight UTC.
func (r Rules) day(at time.Time) time.Time {
	year, month, day := at.In(r.Zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
