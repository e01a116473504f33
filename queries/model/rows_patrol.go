package model

import "time"

// What a finding is, or what a person says of it.
const (
	FindingOpen      = "open"
	FindingConfirmed = "confirmed"
	FindingDismissed = "dismissed"
	FindingMended    = "mended"
	FindingReopened  = "reopened" // said of one that is open since
)

// FindingRow is what patrol has found of a record, to be checked by a person: advice, no part of any score. Instants are in UTC, days civil.
type FindingRow struct {
	ID            uint64     `ch:"finding_id"`
	Kind          string     `ch:"finding"`       // one of Codes("finding")
	State         string     `ch:"finding_state"` // one of Codes("finding_state")
	UnitID        string     `ch:"unit_id"`
	Unit          string     `ch:"unit"`
	Group         string     `ch:"group"`
	ItemID        string     `ch:"item_id"`
	Item          string     `ch:"item"`
	Period        string     `ch:"period"`
	FoundOn       time.Time  `ch:"found_on"` // day on which it was first found, of this time
	NotedAt       time.Time  `ch:"noted_at"` // instant of the same
	Source        string     `ch:"source"`
	RecordID      string     `ch:"record_id"`
	Version       uint64     `ch:"version"`
	Title         string     `ch:"title"`
	PublishedOn   *time.Time `ch:"published_on"`
	Place         string     `ch:"place"` // of an attachment its address; empty: the record itself
	URL           string     `ch:"url"`
	OtherSource   string     `ch:"other_source"` // of copied and repeated: the text that it resembles
	OtherRecordID string     `ch:"other_record_id"`
	OtherVersion  uint64     `ch:"other_version"`
	OtherUnit     string     `ch:"other_unit"`
	OtherTitle    string     `ch:"other_title"`
	Proof         string     `ch:"proof"`   // JSON; private data are masked in it
	Private       bool       `ch:"private"` // about private data: for whoever has signed in
	Said          string     `ch:"said"`    // the last verdict that counts; empty: none
	Reason        string     `ch:"reason"`
	SaidBy        string     `ch:"said_by"`
	SaidAt        *time.Time `ch:"said_at"`
	MendedAt      *time.Time `ch:"mended_at"`
	Found         uint64     `ch:"found"` // how many there are of which this is listed
}

// FindingCount is how many findings a kind, unit or item has, by their states.
type FindingCount struct {
	Key       string     `ch:"key"` // code or id
	Name      string     `ch:"name"`
	Group     string     `ch:"group"` // of a unit
	Open      uint64     `ch:"open"`
	Confirmed uint64     `ch:"confirmed"`
	Dismissed uint64     `ch:"dismissed"`
	Mended    uint64     `ch:"mended"`
	Private   uint64     `ch:"private"` // open or confirmed ones about private data
	Oldest    *time.Time `ch:"oldest"`  // day on which the oldest that stands was found
}

// Standing is how many are open or confirmed.
func (c FindingCount) Standing() uint64 { return c.Open + c.Confirmed }

// Patrolled is how far patrol has come with what a question asks; nil: it has never been there. Instants are in UTC.
type Patrolled struct {
	LinksAt    *time.Time `ch:"links_at"`   // the last visit whose outcome says something
	TextsAt    *time.Time `ch:"texts_at"`   // when the last text was read
	Addresses  uint64     `ch:"addresses"`  // that were visited ever
	Recent     uint64     `ch:"recent"`     // of them within PatrolDays days before the as-of day with an outcome that says something
	Failing    uint64     `ch:"failing"`    // of the recent: do not open
	NotKnown   uint64     `ch:"not_known"`  // whose last visit says nothing: robots, our own network, else
	Texts      uint64     `ch:"texts"`      // that were looked at
	Outcome    string     `ch:"outcome"`    // of the last round of visits, to all units: done, own_network, interrupted, failed; empty: there was none
	Waiting    uint64     `ch:"waiting"`    // addresses that it did not come to
	Unreadable uint64     `ch:"unreadable"` // of which no text could be had
}

// PatrolDays is for how long a visit says something of an address.
const PatrolDays = 14

// DrawnRecord is a record of a sample.
type DrawnRecord struct {
	Source      string    `ch:"source"`
	RecordID    string    `ch:"record_id"`
	Version     uint64    `ch:"version"`
	UnitID      string    `ch:"unit_id"`
	ItemID      string    `ch:"item_id"`
	Period      string    `ch:"period"`
	Title       string    `ch:"title"`
	PublishedOn time.Time `ch:"published_on"`
	URL         string    `ch:"url"`
	Among       uint64    `ch:"among"` // of how many it was drawn
}

// SampleRow is a sample that was drawn for inspectors, with what persons and patrol say of its records. Counts of agreement are of records of which both
// have said something.
type SampleRow struct {
	SampleID    string    `ch:"sample_id"`
	DrawnAt     time.Time `ch:"drawn_at"`
	DrawnBy     string    `ch:"drawn_by"`
	Seed        string    `ch:"seed"`
	Size        uint64    `ch:"size"`  // records drawn
	Among       uint64    `ch:"among"` // of so many
	From        time.Time `ch:"from_on"`
	To          time.Time `ch:"to_on"`
	Group       string    `ch:"group"`
	Within      string    `ch:"within"`
	WithinName  string    `ch:"within_name"`
	Entered     uint64    `ch:"entered"`
	BothFault   uint64    `ch:"both_fault"`
	BothClear   uint64    `ch:"both_clear"`
	OnlyMachine uint64    `ch:"only_machine"`
	OnlyPerson  uint64    `ch:"only_person"`
	Unknown     uint64    `ch:"unknown"` // entered, but patrol has not looked
}

// Compared is of how many records both persons and patrol have said something.
func (s SampleRow) Compared() uint64 { return s.BothFault + s.BothClear + s.OnlyMachine + s.OnlyPerson }

// SampledRow is a record of a sample as its sheet lists it.
type SampledRow struct {
	SampleID    string     `ch:"sample_id"`
	Number      uint64     `ch:"number"` // from 1
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	ItemID      string     `ch:"item_id"`
	Item        string     `ch:"item"`
	Period      string     `ch:"period"`
	Title       string     `ch:"title"`
	PublishedOn time.Time  `ch:"published_on"`
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	URL         string     `ch:"url"`
	Verdict     string     `ch:"verdict"` // fault, clear; empty: none entered
	Remark      string     `ch:"remark"`
	EnteredBy   string     `ch:"entered_by"`
	EnteredAt   *time.Time `ch:"entered_at"`
	Machine     string     `ch:"machine"` // fault, clear; empty: patrol has not looked at it, or could not
}
