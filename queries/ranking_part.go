package queries

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// RankingPart says which part of a ranking is asked. Ranks are told among all units of the question's group, whatever part is asked.
type RankingPart struct {
	Search        string // words, each of which the unit's name, its parent's or its unit_id must have, in any case and width
	Only          string // one of RankingOnly; empty: all
	Sort          string // one of RankingSorts; empty: by rank, unranked ones last
	Descending    bool   // the column sorted by; units without a value come last either way
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
}

// RankingOnly are the kinds of units that a part of a ranking can be limited to.
func RankingOnly() []string { return append(Codes("rating"), "lapsing", "unranked") }

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

// order is what the part is sorted by before rank and unit_id, in SQL.
func (p RankingPart) order() string {
	column := map[string]string{
		"moved":  "toInt64(previous_rank) - toInt64(rank)",
		"rating": "indexOf(['excellent', 'good', 'pass', 'fail'], ifNull(toString(rating), ''))",
	}[p.Sort]
	switch {
	case p.Sort == "" || p.Sort == "rank" && !p.Descending:
		return ""
	case column == "":
		column = p.Sort
	}
	direction := " ASC"
	if p.Descending {
		direction = " DESC"
	}
	return column + direction + " NULLS LAST,"
}

// RankingPart answers a part of the report ranking. Errors: *UserError for what cannot be asked.
func (s *Store) RankingPart(ctx context.Context, question Question, part RankingPart) ([]PlacedUnit, error) {
	if err := part.Check(); err != nil {
		return nil, err
	}
	report, _ := ReportNamed("ranking")
	return structsOf[PlacedUnit](append(slices.Concat(report.Columns, report.Detail), Column{"found", Count}), func(columns []Column, each func([]any) error) error {
		return s.askText(ctx, "ranking/part", columns, question, each, func(text string) string { return strings.Replace(text, "/* order */", part.order(), 1) },
			clickhouse.Named("search", part.Search), clickhouse.Named("only", part.Only),
			clickhouse.Named("limit", strconv.Itoa(part.Limit)), clickhouse.Named("offset", strconv.Itoa(part.Offset)))
	})
}

// RankingTotals counts the units of the report ranking.
func (s *Store) RankingTotals(ctx context.Context, question Question) (totals RankingTotals, err error) {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return totals, err
	}
	text, question, err := s.formulate(ctx, "ranking/totals", load, question)
	if err != nil {
		return totals, err
	}
	var rows []RankingTotals
	if err := s.Conn().Select(ctx, &rows, text, question.arguments(text, load)...); err != nil {
		return totals, fmt.Errorf("ask ranking/totals: %w", err)
	}
	return rows[0], nil
}
