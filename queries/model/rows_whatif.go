package model

import (
	"time"

	"github.com/shopspring/decimal"
)

// MovedUnit is a unit that two loads of the registry give another place, score, rating or count. Change is appears, vanishes (of one of them it is no
// unit of the question) or changes.
type MovedUnit struct {
	Change              string           `column:"effect"`
	UnitID              string           `column:"unit_id"`
	Unit                string           `column:"unit"`
	Group               string           `column:"group"`
	RankBefore          *int64           `column:"rank_before"` // in its group
	RankAfter           *int64           `column:"rank_after"`
	ScoreBefore         *decimal.Decimal `column:"score_before"`
	ScoreAfter          *decimal.Decimal `column:"score_after"`
	ScoreChange         *decimal.Decimal `column:"score_change"`
	RatingBefore        string           `column:"rating_before"`
	RatingAfter         string           `column:"rating_after"`
	CoverageBefore      *decimal.Decimal `column:"coverage_before"`
	CoverageAfter       *decimal.Decimal `column:"coverage_after"`
	TimelinessBefore    *decimal.Decimal `column:"timeliness_before"`
	TimelinessAfter     *decimal.Decimal `column:"timeliness_after"`
	AssessedBefore      *int64           `column:"assessed_before"`
	AssessedAfter       *int64           `column:"assessed_after"`
	LapsedBefore        *int64           `column:"lapsed_before"`
	LapsedAfter         *int64           `column:"lapsed_after"`
	CarriedLapsedBefore *int64           `column:"carried_lapsed_before"`
	CarriedLapsedAfter  *int64           `column:"carried_lapsed_after"`
	UnverifiedBefore    *int64           `column:"unverified_before"`
	UnverifiedAfter     *int64           `column:"unverified_after"`
}

// MovedObligation is an obligation that two loads of the registry have in another state or due on another day, or that one of them has alone.
type MovedObligation struct {
	Change          string     `column:"effect"` // appears, vanishes, changes
	UnitID          string     `column:"unit_id"`
	Unit            string     `column:"unit"`
	Group           string     `column:"group"`
	ItemID          string     `column:"item_id"`
	Item            string     `column:"item"`
	Class           string     `column:"class"`
	Period          string     `column:"period"`
	DueOnBefore     *time.Time `column:"due_on_before"`
	DueOnAfter      *time.Time `column:"due_on_after"`
	StateBefore     string     `column:"state_before"`
	StateAfter      string     `column:"state_after"`
	DelayDaysBefore *int64     `column:"delay_days_before"`
	DelayDaysAfter  *int64     `column:"delay_days_after"`
}

// MovedUnits and MovedObligations are lists of a comparison of two loads of the registry, and MovedGroups their groups. They are no reports of SPEC §7,
// since they are of no registry in force.
func MovedUnits() Report {
	return Report{Name: "whatif_units", Columns: []Column{
		{"effect", Code},
		{"unit_id", Text},
		{"unit", Text},
		{"group", Code},
		{"rank_before", Count},
		{"rank_after", Count},
		{"score_before", Score},
		{"score_after", Score},
		{"score_change", Score},
		{"rating_before", Code},
		{"rating_after", Code},
		{"coverage_before", Ratio},
		{"coverage_after", Ratio},
		{"timeliness_before", Ratio},
		{"timeliness_after", Ratio},
		{"assessed_before", Count},
		{"assessed_after", Count},
		{"lapsed_before", Count},
		{"lapsed_after", Count},
		{"carried_lapsed_before", Count},
		{"carried_lapsed_after", Count},
		{"unverified_before", Count},
		{"unverified_after", Count},
	}}
}

func MovedObligations() Report {
	return Report{Name: "whatif_obligations", Columns: []Column{
		{"effect", Code},
		{"unit_id", Text},
		{"unit", Text},
		{"group", Code},
		{"item_id", Text},
		{"item", Text},
		{"class", Code},
		{"period", Text},
		{"due_on_before", Date},
		{"due_on_after", Date},
		{"state_before", Code},
		{"state_after", Code},
		{"delay_days_before", Days},
		{"delay_days_after", Days},
	}}
}

func MovedGroups() Report {
	return Report{Name: "whatif_groups", Columns: []Column{
		{"group", Code},
		{"units_before", Count},
		{"units_after", Count},
		{"score_before", Score},
		{"score_after", Score},
		{"coverage_before", Ratio},
		{"coverage_after", Ratio},
		{"timeliness_before", Ratio},
		{"timeliness_after", Ratio},
		{"clear_units_before", Ratio},
		{"clear_units_after", Ratio},
		{"assessed_before", Count},
		{"assessed_after", Count},
		{"lapsed_before", Count},
		{"lapsed_after", Count},
		{"carried_lapsed_before", Count},
		{"carried_lapsed_after", Count},
		{"unverified_before", Count},
		{"unverified_after", Count},
		{"pending_before", Count},
		{"pending_after", Count},
	}}
}
