package queries

import (
	"cmp"
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
}

// RankingOnly are the kinds of units that a part of a ranking can be limited to; a measure stands for the units that are not whole in it.
func RankingOnly() []string {
	return append(Codes("rating"), "lapsing", "unranked", "procedure", "placement")
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

// fill writes into a text which rows are asked and in which order; columns are what the text calls those that are sorted by, if not by their name.
func (p RankingPart) fill(text string, columns map[string]string) string {
	text = leaner(text, map[string]string{"search": p.Search})
	direction := " ASC"
	if p.Descending {
		direction = " DESC"
	}
	column, named := columns[p.Sort]
	if !named {
		column = p.Sort
	}
	if p.Sort != "" {
		text = strings.Replace(text, "/* order */", column+direction+" NULLS LAST,", 1)
	}
	only := ""
	switch {
	case p.Only == "":
		return text
	case p.Only == "lapsing":
		only = "lapsed + carried_lapsed > 0"
	case p.Only == "unranked":
		only = "unranked != ''"
	case slices.Contains(Codes("rating"), p.Only):
		only = "unranked = '' AND rating = '" + p.Only + "'"
	default:
		only = "ifNull(" + p.Only + " < 1, false)"
	}
	return strings.Replace(text, "/* only */ true", only, 1)
}

// arguments are those beside the question's.
func (p RankingPart) arguments() []any {
	return []any{
		clickhouse.Named("search", p.Search), clickhouse.Named("limit", strconv.Itoa(p.Limit)), clickhouse.Named("offset", strconv.Itoa(p.Offset)),
	}
}

// byRating orders ratings from the best.
const byRating = "nullIf(indexOf(['excellent', 'good', 'pass', 'fail'], ifNull(toString(rating), '')), 0)"

// RankingPart answers a part of the report ranking. Errors: *UserError for what cannot be asked.
func (s *Store) RankingPart(ctx context.Context, question Question, part RankingPart) ([]PlacedUnit, error) {
	if err := part.Check(); err != nil {
		return nil, err
	}
	load, found, err := s.inForce(ctx, "ranking/part", question)
	if err != nil {
		return nil, err
	}
	if found.results && question.Scope != "subtree" {
		if part.InGroups && question.Group == "all" {
			return s.keptMoved(ctx, load, found, question, part)
		}
		return s.keptRankingPart(ctx, load, found, question, part)
	}
	asked, err := formulateOf("ranking/part", load, question, found)
	if err != nil {
		return nil, err
	}
	moved := "toInt64(previous_rank) - toInt64(rank)"
	if part.InGroups {
		moved = "toInt64(previous_group_rank) - toInt64(group_rank)"
	}
	text := part.fill(asked.text, map[string]string{"moved": moved, "rating": byRating})
	units, err := s.placedUnits(ctx, text, append(rankingDetails(), Column{"found", Count}), append(asked.arguments, part.arguments()...))
	if part.InGroups {
		for i := range units {
			units[i].Rank, units[i].PreviousRank = units[i].GroupRank, units[i].PreviousGroupRank
		}
	}
	return units, err
}

// keptMoved asks an edition for the units that moved most, of each group.
func (s *Store) keptMoved(ctx context.Context, load uint64, found chosen, question Question, part RankingPart) (units []PlacedUnit, err error) {
	for _, group := range Codes("group") {
		if group == "all" {
			continue
		}
		question.Group = group
		of, err := s.keptRankingPart(ctx, load, found, question, part)
		if err != nil {
			return nil, err
		}
		units = append(units, of...)
	}
	slices.SortStableFunc(units, func(x, y PlacedUnit) int {
		order := cmp.Compare(x.moved(), y.moved())
		if part.Descending {
			return -order
		}
		return order
	})
	return units[:min(part.Limit, len(units))], nil
}

// moved is by how many places a unit has risen; 0 where that is not known.
func (p PlacedUnit) moved() int64 {
	if p.Rank == nil || p.PreviousRank == nil {
		return 0
	}
	return *p.PreviousRank - *p.Rank
}

// keptRankingPart asks an edition, first which units make the part, then for their rows.
func (s *Store) keptRankingPart(ctx context.Context, load uint64, found chosen, question Question, part RankingPart) ([]PlacedUnit, error) {
	name, columns := "ranking/kept_page", map[string]string{"rating": byRating, "rank": "-toInt64(nullIf(standing, 0))"}
	if part.Sort == "moved" || part.Sort == "unit" {
		name, columns = "ranking/kept_page_joined", map[string]string{"moved": "toInt64(nullIf(previous.rank, 0)) - toInt64(nullIf(place.rank, 0))", "unit": "u.name"}
	}
	asked, err := formulateOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	text := part.fill(asked.text, columns)
	var page []struct {
		UnitID string `ch:"unit_id"`
		Found  uint64 `ch:"found"`
	}
	if err := s.selectText(ctx, name, text, &page, append(asked.arguments, part.arguments()...)); err != nil {
		return nil, err
	}
	if len(page) == 0 {
		return nil, nil
	}
	ids := make([]string, len(page))
	for i, unit := range page {
		ids[i] = unit.UnitID
	}
	if asked, err = formulateOf("ranking/kept_units", load, question, found); err != nil {
		return nil, err
	}
	units, err := s.placedUnits(ctx, asked.text, rankingDetails(), append(asked.arguments, clickhouse.Named("units", ids)))
	for i := range units {
		units[i].Found = int64(page[0].Found)
	}
	return units, err
}

func rankingDetails() []Column {
	report, _ := ReportNamed("ranking")
	return slices.Concat(report.Columns, report.Detail)
}

func (s *Store) placedUnits(ctx context.Context, text string, columns []Column, arguments []any) ([]PlacedUnit, error) {
	units, err := structsOf[PlacedUnit](columns, func(columns []Column, each func([]any) error) error {
		return stream(ctx, s.Conn(), columns, text, arguments, each)
	})
	if err != nil {
		return nil, fmt.Errorf("ask for a part of a ranking: %w", err)
	}
	return units, nil
}

// RankingTotals counts the units of the report ranking.
func (s *Store) RankingTotals(ctx context.Context, question Question) (RankingTotals, error) {
	var rows []RankingTotals
	if err := s.selectFormulated(ctx, "ranking/totals", &rows, question); err != nil {
		return RankingTotals{}, err
	}
	return rows[0], nil
}
