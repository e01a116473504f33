package model

import "time"

// MonthRow counts the obligations of a window that fall due in one month, standing and undated ones left out, and the units that owe them.
type MonthRow struct {
	Number     uint32 `ch:"month"` // 202607
	OnTime     uint64 `ch:"on_time"`
	Late       uint64 `ch:"late"`
	Lapsed     uint64 `ch:"lapsed"`
	Evidenced  uint64 `ch:"evidenced"` // on time by the evidence too (SPEC §5 evidenced_timeliness)
	Unverified uint64 `ch:"unverified"`
	Pending    uint64 `ch:"pending"`
	Units      uint64 `ch:"units"` // with something assessed
	MetUnits   uint64 `ch:"met_units"`
	Members    uint64 `ch:"members"` // of those units
	MetMembers uint64 `ch:"met_members"`
}

// CellRow counts the obligations of a window that a unit, or a town with its villages, has of one item.
type CellRow struct {
	RowID           string `ch:"row_id"`
	Name            string `ch:"name"`
	Tier            string `ch:"tier"`
	ItemID          string `ch:"item_id"`
	Item            string `ch:"item"`
	Class           string `ch:"class"`
	OnTime          uint64 `ch:"on_time"`
	Late            uint64 `ch:"late"`
	Lapsed          uint64 `ch:"lapsed"`
	Unverified      uint64 `ch:"unverified"`
	Pending         uint64 `ch:"pending"`
	Exempt          uint64 `ch:"exempt"`
	Undated         uint64 `ch:"undated"`
	OldestLapseDays int64  `ch:"oldest_lapse_days"`
	Found           uint64 `ch:"found"` // how many rows there are beside the limit
}

// ChannelRow counts the records of an item's met obligations that were published through one channel; a record through several is in the row of each.
type ChannelRow struct {
	ItemID  string `ch:"item_id"`
	Item    string `ch:"item"`
	Channel string `ch:"channel"` // empty: the records name none
	Records uint64 `ch:"records"`
	Allowed bool   `ch:"allowed"` // the item allows the channel
	OfItem  uint64 `ch:"of_item"` // records of the item through any channel
}

// OverexposedRow is a record shown to society though its item does not allow it (SPEC §5). Days are civil days at midnight UTC.
type OverexposedRow struct {
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	ItemID      string     `ch:"item_id"`
	Item        string     `ch:"item"`
	Title       string     `ch:"title"`
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	PublishedOn time.Time  `ch:"published_on"`
	WithdrawnOn *time.Time `ch:"withdrawn_on"`
	Channel     string     `ch:"channel"`
	Scopes      []string   `ch:"scopes"`      // that the item allows
	ForSociety  bool       `ch:"for_society"` // shown to society, as its item allows
	Found       uint64     `ch:"found"`       // how many there are beside the limit
}

// MisplacedRow is a record that does not satisfy placement (SPEC §5). Days are civil days at midnight UTC.
type MisplacedRow struct {
	UnitID         string     `ch:"unit_id"`
	Unit           string     `ch:"unit"`
	ItemID         string     `ch:"item_id"`
	Item           string     `ch:"item"`
	Period         string     `ch:"period"`
	Title          string     `ch:"title"`
	Source         string     `ch:"source"`
	RecordID       string     `ch:"record_id"`
	PublishedOn    time.Time  `ch:"published_on"`
	WithdrawnOn    *time.Time `ch:"withdrawn_on"`
	DisplayDays    uint16     `ch:"display_days"` // it must stay up
	Scope          string     `ch:"scope"`
	Channel        string     `ch:"channel"`
	Scopes         []string   `ch:"scopes"`   // that the item allows; none: any
	Channels       []string   `ch:"channels"` // likewise
	ScopeAllowed   bool       `ch:"scope_allowed"`
	ChannelAllowed bool       `ch:"channel_allowed"`
	Displayed      bool       `ch:"displayed"`   // it is up, or was for display_days
	MetPlaced      bool       `ch:"met_placed"`  // another record of its obligation satisfies placement
	ForSociety     bool       `ch:"for_society"` // shown to society, as its item allows
	Found          uint64     `ch:"found"`       // how many there are beside the limit
}

// FlowRow says how far the met obligations of a group, or all, got through the four steps (SPEC §5 procedure), each by any of its records
// from sources with steps.
type FlowRow struct {
	Group     string `ch:"group"`
	Met       uint64 `ch:"met"`
	WithSteps uint64 `ch:"with_steps"` // with a record from a source with steps; such a record always has the fourth, published_on
	Proposed  uint64 `ch:"proposed"`
	Reviewed  uint64 `ch:"reviewed"`
	Approved  uint64 `ch:"approved"`
	Complete  uint64 `ch:"complete"` // one record has all four days
	InOrder   uint64 `ch:"in_order"` // one record has them in order
}

// StepTimeRow says how many days a step took over the records that have its day and that of the step before, in order.
type StepTimeRow struct {
	Step          string  `ch:"step"` // reviewed, approved, published, each since the step before; whole: from proposed to published
	Records       uint64  `ch:"records"`
	FirstQuartile float64 `ch:"first_quartile"` // days
	Median        float64 `ch:"median"`
	ThirdQuartile float64 `ch:"third_quartile"`
	Longest       int64   `ch:"longest"`
}

// BrokenRow is a record that lacks a step or has its steps out of order. Days are civil days at midnight UTC.
type BrokenRow struct {
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	ItemID      string     `ch:"item_id"`
	Item        string     `ch:"item"`
	Period      string     `ch:"period"`
	Title       string     `ch:"title"`
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	ProposedOn  *time.Time `ch:"proposed_on"`
	ReviewedOn  *time.Time `ch:"reviewed_on"`
	ApprovedOn  *time.Time `ch:"approved_on"`
	PublishedOn time.Time  `ch:"published_on"`
	MetInOrder  bool       `ch:"met_in_order"` // another record of its obligation has all steps in order
	ForSociety  bool       `ch:"for_society"`  // shown to society, as its item allows
	Found       uint64     `ch:"found"`        // how many there are beside the limit
}

// BackdatedRow is a record that the evidence says was published later than it claims (SPEC §3). Days are civil days at midnight UTC.
type BackdatedRow struct {
	UnitID      string    `ch:"unit_id"`
	Unit        string    `ch:"unit"`
	ItemID      string    `ch:"item_id"`
	Item        string    `ch:"item"`
	Title       string    `ch:"title"`
	Source      string    `ch:"source"`
	RecordID    string    `ch:"record_id"`
	PublishedOn time.Time `ch:"published_on"`
	EvidencedOn time.Time `ch:"evidenced_on"`
	Days        int64     `ch:"days"`        // between the two
	ByUpload    bool      `ch:"by_upload"`   // the uploaded day says so
	ByEarlier   bool      `ch:"by_earlier"`  // an earlier version showed that day; of neither: a collection in which it was not yet there
	ForSociety  bool      `ch:"for_society"` // shown to society, as its item allows
	Found       uint64    `ch:"found"`       // how many there are beside the limit
}

// EvidenceRow counts the evidence of a source's records that the window published. Instants are in UTC.
type EvidenceRow struct {
	Source       string    `ch:"source"`
	Online       bool      `ch:"online"`
	Records      uint64    `ch:"records"`
	Uploaded     uint64    `ch:"uploaded"`      // with uploaded_on
	SeenToCome   uint64    `ch:"seen_to_come"`  // a collection before had not got them yet
	WithEvidence uint64    `ch:"with_evidence"` // from an online source or with uploaded_on
	DatedBySight uint64    `ch:"dated_by_sight"`
	Backdated    uint64    `ch:"backdated"`
	FirstSeen    time.Time `ch:"first_seen"` // of the record seen first
	LastSeen     time.Time `ch:"last_seen"`  // of the record seen last
}

// Assessed is how many obligations are on time, late or lapsed.
func (m MonthRow) Assessed() uint64 { return m.OnTime + m.Late + m.Lapsed }

// Month is the month's first day.
func (m MonthRow) Month() time.Time {
	return time.Date(int(m.Number/100), time.Month(m.Number%100), 1, 0, 0, 0, 0, time.UTC)
}
