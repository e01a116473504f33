// Package record turns what a source says about one disclosure into a record: dates, period, unit, item, scope and
// channel resolved (SPEC §3). Every kind of source goes through Adapt, so that all obey the same rules.
package record

import (
	"fmt"
	"time"

	"yangguang/collector/table"
)

// Fields is one disclosure as its source writes it; empty means not given.
type Fields struct {
	RecordID, Unit, Parent, Item, Title, EventID, Period                                 string
	OccurredOn, ProposedOn, ReviewedOn, ApprovedOn, PublishedOn, UploadedOn, WithdrawnOn string
	Scope, Channel, URL                                                                  string
}

// Record is one disclosure, resolved. Days are civil days in the configured time zone at midnight UTC; zero is none.
type Record struct {
	RecordID     string
	Derived      bool // RecordID was derived from the content
	UnitID       string
	ItemID       string
	Title        string
	EventID      string
	EventKey     string // EventID, or else the title folded by NFKC, lower case, no white space
	Period       string // as written
	PeriodFrom   time.Time
	PeriodTo     time.Time
	OccurredOn   time.Time
	ProposedOn   time.Time
	ReviewedOn   time.Time
	ApprovedOn   time.Time
	PublishedOn  time.Time
	UploadedOn   time.Time
	WithdrawnOn  time.Time
	Scope        string
	Channel      string
	URL          string
	Steps        bool
	Online       bool
	DatedBySight bool   // carried no date: PublishedOn is Rules.Today, to be kept from the first sight
	Hash         uint64 // of all of the above but RecordID, Derived and, when DatedBySight, PublishedOn
}

// Problem says why a row is rejected.
type Problem struct {
	Field string // key of the field, "unit" …; empty when the row as a whole is meant
	Value string // as written; empty when it is missing
	Want  string // what is wrong and what would be right, the end of an English sentence
}

// Error is an English sentence: field, value, what would be right.
func (p *Problem) Error() string {
	switch {
	case p.Field == "":
		return p.Want
	case p.Value == "":
		return p.Field + ": " + p.Want
	}
	return fmt.Sprintf("%s: %q %s", p.Field, p.Value, p.Want)
}

// Columns are the columns of a ledger in the order of SPEC §3, by key and by Chinese name. FieldsOf reads rows whose
// header begins with them; a source may append names of its own to each.
func Columns() []table.Column {
	return []table.Column{
		{Key: "record_id", Names: []string{"记录编号"}},
		{Key: "unit", Names: []string{"单位"}, Required: true},
		{Key: "parent", Names: []string{"上级单位"}},
		{Key: "item", Names: []string{"事项"}, Required: true},
		{Key: "title", Names: []string{"标题"}},
		{Key: "event_id", Names: []string{"事件编号"}},
		{Key: "period", Names: []string{"所属期"}},
		{Key: "occurred_on", Names: []string{"发生日期"}},
		{Key: "proposed_on", Names: []string{"提出日期"}},
		{Key: "reviewed_on", Names: []string{"审核日期"}},
		{Key: "approved_on", Names: []string{"审批日期"}},
		{Key: "published_on", Names: []string{"公开日期"}},
		{Key: "uploaded_on", Names: []string{"上传日期"}},
		{Key: "withdrawn_on", Names: []string{"撤下日期"}},
		{Key: "scope", Names: []string{"公开范围"}},
		{Key: "channel", Names: []string{"公开渠道"}},
		{Key: "url", Names: []string{"链接"}},
	}
}

// FieldsOf reads a row whose table.Header starts with Columns.
func FieldsOf(row table.Row) Fields {
	return Fields{
		RecordID: row.At(0), Unit: row.At(1), Parent: row.At(2), Item: row.At(3), Title: row.At(4), EventID: row.At(5), Period: row.At(6),
		OccurredOn: row.At(7), ProposedOn: row.At(8), ReviewedOn: row.At(9), ApprovedOn: row.At(10), PublishedOn: row.At(11),
		UploadedOn: row.At(12), WithdrawnOn: row.At(13), Scope: row.At(14), Channel: row.At(15), URL: row.At(16),
	}
}
