package model

import "slices"

// Kind says what a column of a report holds and how Asker.Stream hands it over; nil is always "no value".
type Kind int

// The kinds of columns.
const (
	Text     Kind = iota // string
	Code                 // string, one of Codes(column key), or several joined by |
	Date                 // time.Time, a civil day at midnight UTC
	Instant              // time.Time in UTC
	Count                // int64
	Ratio                // decimal.Decimal from 0 to 1, 4 places
	Score                // decimal.Decimal in points, 2 places
	Points               // decimal.Decimal in points, up to 2 places: 9, 4.5
	Days                 // int64, whole days
	MeanDays             // decimal.Decimal in days, 2 places
	Flag                 // int64, 1 or 0
	Sentence             // string, English sentences that a collection wrote
)

// IsMeasure reports whether values are decimal.Decimal.
func (k Kind) IsMeasure() bool {
	switch k {
	case Ratio, Score, Points, MeanDays:
		return true
	}
	return false
}

// Column is one column of a report; Key is its name in SPEC §7.
type Column struct {
	Key  string
	Kind Kind
}

// Report is one report of SPEC §7, or one that lists what such a report is computed from, with its columns in order; Detail is what pages and metrics read beside them from the same
// answer and exports leave out.
type Report struct {
	Name      string
	Columns   []Column
	Detail    []Column
	OnDay     bool // it says what is so on the as-of day, whatever the window
	Operators bool // of the program itself: for those who run it
	Inner     bool // never for society, whatever its columns
}

// Answered are the columns of the answer: Columns, then Detail.
func (r Report) Answered() []Column { return slices.Concat(r.Columns, r.Detail) }

// ReportNamed finds a report by its name.
func ReportNamed(name string) (Report, bool) {
	for _, report := range Reports() {
		if report.Name == name {
			return report, true
		}
	}
	return Report{}, false
}

// Reports lists every report in the order of SPEC §7, then what explains them further; a new report is one more line here and one file in sql/reports.
func Reports() []Report {
	return []Report{
		{Name: "ranking", Columns: RankingColumns(), Detail: RankingDetail()},
		{Name: "obligations", Columns: obligationColumns(), Detail: obligationDetail()},
		{Name: "lapsed", Columns: obligationColumns(), Detail: obligationDetail(), OnDay: true},
		{Name: "items", Columns: itemColumns()},
		{Name: "summary", Columns: summaryColumns(), Detail: summaryDetail()},
		{Name: "sites", Columns: siteColumns(), Detail: siteDetail(), OnDay: true},
		{Name: "records", Columns: recordColumns(), Detail: []Column{{ForSociety, Flag}}},
		{Name: "rejects", Columns: rejectColumns(), Inner: true},
		{Name: "notices", Columns: noticeColumns(), Detail: noticeDetail()},
		{Name: "sources", Columns: sourceColumns(), Detail: sourceDetail()},
		{Name: "remarks", Columns: remarkColumns()},
		{Name: "inspections", Columns: inspectionColumns(), OnDay: true},
		{Name: "observations", Columns: observationColumns(), Detail: observationDetail(), OnDay: true},
		{Name: "catalogue", Columns: catalogueColumns()},
		{Name: "calendar", Columns: calendarColumns()},
		{Name: "exemptions", Columns: exemptionColumns()},
		{Name: "audit", Columns: auditColumns(), Operators: true, Inner: true},
		{Name: "findings", Columns: findingColumns(), Detail: findingDetail(), OnDay: true, Inner: true},
		{Name: "link_checks", Columns: linkCheckColumns(), OnDay: true, Inner: true},
		{Name: "sample", Columns: sampleColumns(), OnDay: true, Inner: true},
	}
}
