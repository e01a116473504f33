package queries

import "slices"

// Kind says what a column of a report holds and how Store.Stream hands it over; nil is always "no value".
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

// isMeasure tells whether values are decimal.Decimal.
func (k Kind) isMeasure() bool {
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

// Report is one report of SPEC §7, or one that lists what such a report is told from, with its columns in order; Detail is what pages and metrics read beside them from the same
// answer and exports leave out.
type Report struct {
	Name    string
	Columns []Column
	Detail  []Column
}

// answered are the columns of the answer: Columns, then Detail.
func (r Report) answered() []Column { return slices.Concat(r.Columns, r.Detail) }

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
		{Name: "ranking", Columns: rankingColumns(), Detail: rankingDetail()},
		{Name: "obligations", Columns: obligationColumns(), Detail: obligationDetail()},
		{Name: "lapsed", Columns: obligationColumns(), Detail: obligationDetail()},
		{Name: "items", Columns: itemColumns()},
		{Name: "summary", Columns: summaryColumns(), Detail: summaryDetail()},
		{Name: "sites", Columns: siteColumns(), Detail: siteDetail()},
		{Name: "records", Columns: recordColumns(), Detail: []Column{{forSociety, Flag}}},
		{Name: "rejects", Columns: rejectColumns()},
		{Name: "notices", Columns: noticeColumns()},
		{Name: "sources", Columns: sourceColumns(), Detail: sourceDetail()},
		{Name: "remarks", Columns: remarkColumns()},
		{Name: "inspections", Columns: inspectionColumns()},
		{Name: "observations", Columns: observationColumns(), Detail: observationDetail()},
		{Name: "catalogue", Columns: catalogueColumns()},
		{Name: "calendar", Columns: calendarColumns()},
		{Name: "exemptions", Columns: exemptionColumns()},
	}
}

func rankingColumns() []Column {
	return []Column{
		{"rank", Count},
		{"previous_rank", Count},
		{"unit_id", Text},
		{"unit", Text},
		{"tier", Code},
		{"parent", Text},
		{"score", Score},
		{"previous_score", Score},
		{"rating", Code},
		{"coverage", Ratio},
		{"timeliness", Ratio},
		{"evidenced_timeliness", Ratio},
		{"procedure", Ratio},
		{"placement", Ratio},
		{"verified", Ratio},
		{"evidence_share", Ratio},
		{"deductions", Points},
		{"assessed", Count},
		{"on_time", Count},
		{"late", Count},
		{"lapsed", Count},
		{"carried_lapsed", Count},
		{"essential_lapsed", Count},
		{"pending", Count},
		{"unverified", Count},
		{"exempt", Count},
		{"undated", Count},
		{"mean_delay_days", MeanDays},
		{"oldest_lapse_days", Days},
		{"backdated", Count},
		{"overexposed", Count},
		{"yellow_cards", Count},
		{"open_rectifications", Count},
		{"overdue_rectifications", Count},
		{"institutions", Count},
		{"stars", Count},
	}
}

func obligationColumns() []Column {
	return []Column{
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"item", Text},
		{"programme", Code},
		{"class", Code},
		{"period", Text},
		{"due_on", Date},
		{"state", Code},
		{"published_on", Date},
		{"evidenced_on", Date},
		{"backdated", Flag},
		{"delay_days", Days},
		{"procedure", Flag},
		{"placement", Flag},
		{"record_id", Text},
		{"source", Text},
		{"url", Text},
	}
}

func itemColumns() []Column {
	return []Column{
		{"item_id", Text},
		{"item", Text},
		{"class", Code},
		{"units", Count},
		{"assessed", Count},
		{"coverage", Ratio},
		{"timeliness", Ratio},
		{"lapsed", Count},
	}
}

func summaryColumns() []Column {
	return []Column{
		{"group", Code},
		{"units", Count},
		{"assessed", Count},
		{"coverage", Ratio},
		{"timeliness", Ratio},
		{"evidenced_timeliness", Ratio},
		{"procedure", Ratio},
		{"placement", Ratio},
		{"organisation_coverage", Ratio},
		{"member_coverage", Ratio},
		{"clear_units", Ratio},
		{"lapsed", Count},
		{"carried_lapsed", Count},
		{"unverified", Count},
		{"pending", Count},
	}
}

func siteColumns() []Column {
	return []Column{
		{"rank", Count},
		{"unit_id", Text},
		{"unit", Text},
		{"score", Score},
		{"venue", Score},
		{"organisation", Score},
		{"operation", Score},
		{"disclosure", Score},
		{"publicity", Score},
		{"inspected_on", Date},
		{"demonstration_since", Date},
		{"timeliness_before", Ratio},
		{"timeliness_after", Ratio},
		{"observations", Count},
	}
}

func recordColumns() []Column {
	return []Column{
		{"record_id", Text},
		{"unit_id", Text},
		{"unit", Text},
		{"parent", Text},
		{"item_id", Text},
		{"item", Text},
		{"title", Text},
		{"event_id", Text},
		{"period", Text},
		{"occurred_on", Date},
		{"proposed_on", Date},
		{"reviewed_on", Date},
		{"approved_on", Date},
		{"published_on", Date},
		{"uploaded_on", Date},
		{"withdrawn_on", Date},
		{"scope", Code},
		{"channel", Code},
		{"url", Text},
		{"source", Text},
		{"first_seen", Instant},
		{"evidenced_on", Date},
		{"backdated", Flag},
	}
}

func rejectColumns() []Column {
	return []Column{
		{"source", Text},
		{"place", Text},
		{"reason", Sentence},
		{"content", Text},
		{"seen", Instant},
	}
}

func remarkColumns() []Column {
	return []Column{
		{"source", Text},
		{"place", Text},
		{"fate", Code},
		{"remark", Sentence},
		{"nearest", Sentence},
		{"parts", Count},
		{"seen", Instant},
	}
}

func noticeColumns() []Column {
	return []Column{
		{"notice_id", Text},
		{"issue_no", Text},
		{"issued_on", Date},
		{"unit_id", Text},
		{"unit", Text},
		{"item_id", Text},
		{"problem", Text},
		{"rectify_by", Date},
		{"rectified_on", Date},
		{"yellow_card", Flag},
		{"state", Code},
	}
}

func sourceColumns() []Column {
	return []Column{
		{"source", Text},
		{"kind", Code},
		{"last_success", Instant},
		{"last_outcome", Code},
		{"read", Count},
		{"new", Count},
		{"changed", Count},
		{"unchanged", Count},
		{"rejected", Count},
		{"not_understood", Count},
		{"error", Sentence},
	}
}

func rankingDetail() []Column {
	return []Column{{"group", Code}, {"parent_id", Text}, {"unranked", Text}, {"essential_carried", Count}, {"group_rank", Count}, {"previous_group_rank", Count}}
}

func obligationDetail() []Column {
	return []Column{{"group", Code}, {"cadence", Code}, {"looked_on", Date}, {"lapsed_after_on", Date}, {forSociety, Flag}, {"undated_with_steps", Flag}}
}

func summaryDetail() []Column {
	return []Column{
		{"score", Score},
		{"on_time", Count},
		{"late", Count},
		{"exempt", Count},
		{"undated", Count},
		{"backdated", Count},
		{"overexposed", Count},
		{"evidence_share", Ratio},
	}
}

func sourceDetail() []Column {
	return []Column{{"failing_since", Instant}, {"failures", Count}}
}
