package model

import (
	"slices"
	"strings"
)

// RankingPart says which part of a ranking is asked. Ranks are computed among all units of the question's group, whatever part is asked.
type RankingPart struct {
	Search        string // words, each of which the unit's name, its parent's or its unit_id must have, in any case and width
	Only          string // one of RankingOnly; empty: all
	Sort          string // one of RankingSorts; empty: by rank, unranked ones last
	Descending    bool   // the column sorted by; units without a value come last either way
	InGroups      bool   // by moved only: ranks are those in each unit's own group instead
	Limit, Offset int
}

// PlacedUnit is a row of a part of a ranking.
type PlacedUnit struct {
	RankingRow
	Found int64 `column:"found"` // how many units the part is taken from: of the group, those sought
}

// RankingTotals count the units of a ranking.
type RankingTotals struct {
	Units   uint64            `ch:"units"`
	Ranked  uint64            `ch:"ranked"`
	Lapsing uint64            `ch:"lapsing"` // with something lapsed, carried or of the window
	Ratings map[string]uint64 `ch:"ratings"` // of the ranked ones

	OpenRectifications    uint64 `ch:"open_rectifications"`
	OverdueRectifications uint64 `ch:"overdue_rectifications"`
	YellowCards           uint64 `ch:"yellow_cards"`
	OverdueUnits          uint64 `ch:"overdue_units"` // with a rectification overdue

	Owing uint64 `ch:"owing"` // that owed anything, whatever became of it
}

// RankingOnly are the kinds of units that a part of a ranking can be limited to; a measure stands for the units that are not whole in it.
func RankingOnly() []string {
	return slices.Concat(Codes("rating"), Conditions(), []string{"lapsing", "unranked", "procedure", "placement"})
}

// Conditions are what a unit can come to, of which it has one, the worst first: something essential lapsed, something else only, something unverified,
// nothing of these, nothing assessed.
func Conditions() []string {
	return []string{"essential", "others_lapsed", "unverified", "clear", "idle"}
}

// Condition is one of Conditions. What could not be verified is never clear.
func (r RankingRow) Condition() string {
	switch {
	case r.EssentialLapsed+r.EssentialCarried > 0:
		return "essential"
	case r.Lapsed+r.CarriedLapsed > 0:
		return "others_lapsed"
	case r.Unverified > 0:
		return "unverified"
	case r.Assessed == 0:
		return "idle"
	default:
		return "clear"
	}
}

// RankingSorts are the columns by which a part of a ranking can be sorted; moved is by how many places a unit has risen.
func RankingSorts() []string {
	return []string{
		"rank", "moved", "unit", "score", "rating", "coverage", "timeliness", "evidenced_timeliness", "procedure", "placement", "verified", "deductions",
		"assessed", "lapsed", "oldest_lapse_days",
	}
}

// Check reports the first thing wrong with what is asked as a *UserError.
func (p RankingPart) Check() error {
	if p.Only != "" && !slices.Contains(RankingOnly(), p.Only) {
		return &UserError{"only", p.Only, "one of " + strings.Join(RankingOnly(), ", ")}
	}
	if p.Sort != "" && !slices.Contains(RankingSorts(), p.Sort) {
		return &UserError{"sort", p.Sort, "one of " + strings.Join(RankingSorts(), ", ") + ", with a - before it for the other way round"}
	}
	return nil
}

// Moved is by how many places a unit has risen; 0 where that is not known.
func (p PlacedUnit) Moved() int64 {
	if p.Rank == nil || p.PreviousRank == nil {
		return 0
	}
	return *p.PreviousRank - *p.Rank
}

// Results are the reports ranking and summary of a question about few units, and the summary of the window before it, none where that begins before
// the beginning: what most pages show, in one question.
type Results struct {
	Units          []RankingRow
	Groups, Before []SummaryRow
}

// OfGroup is what the same question, which was about all, gives about one ranking group.
func (r Results) OfGroup(group string) (of Results) {
	if group == "all" {
		return r
	}
	for _, unit := range r.Units {
		if unit.Group == group {
			unit.Rank, unit.PreviousRank = unit.GroupRank, unit.PreviousGroupRank
			of.Units = append(of.Units, unit)
		}
	}
	isOther := func(row SummaryRow) bool { return row.Group != group }
	of.Groups, of.Before = slices.DeleteFunc(slices.Clone(r.Groups), isOther), slices.DeleteFunc(slices.Clone(r.Before), isOther)
	return of
}
