package ask

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// filled writes into a text which rows are asked and in which order; columns are what the text calls those that are sorted by, if not by their name.
func filled(p model.RankingPart, text string, columns map[string]string) string {
	text = facts.WithoutUnset(text, map[string]string{"search": p.Search})
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
	case slices.Contains(model.Conditions(), p.Only):
		only = condition + " = '" + p.Only + "'"
	case slices.Contains(model.Codes("rating"), p.Only):
		only = "unranked = '' AND rating = '" + p.Only + "'"
	default:
		only = "ifNull(" + p.Only + " < 1, false)"
	}
	return strings.Replace(text, "/* only */ true", only, 1)
}

// partArguments are those beside the question's.
func partArguments(p model.RankingPart) []any {
	return []any{
		clickhouse.Named("search", p.Search), clickhouse.Named("limit", strconv.Itoa(p.Limit)), clickhouse.Named("offset", strconv.Itoa(p.Offset)),
	}
}

// condition is what RankingRow.Condition says of a unit.
const condition = `multiIf(essential_lapsed + essential_carried > 0, 'essential', lapsed + carried_lapsed > 0, 'others_lapsed', unverified > 0, 'unverified',
	assessed = 0, 'idle', 'clear')`

// byRating orders ratings from the best.
const byRating = "nullIf(indexOf(['excellent', 'good', 'pass', 'fail'], ifNull(toString(rating), '')), 0)"

func (s *Asker) rankingPart(ctx context.Context, question model.Question, part model.RankingPart) ([]model.PlacedUnit, error) {
	if err := part.Check(); err != nil {
		return nil, err
	}
	load, found, err := s.inForce(ctx, "ranking/part", question)
	if err != nil {
		return nil, err
	}
	if found.Results && question.Scope != "subtree" {
		if part.InGroups && question.Group == "all" {
			return s.keptMoved(ctx, load, found, question, part)
		}
		return s.keptRankingPart(ctx, load, found, question, part)
	}
	asked, err := planOf("ranking/part", load, question, found)
	if err != nil {
		return nil, err
	}
	moved := "toInt64(previous_rank) - toInt64(rank)"
	if part.InGroups {
		moved = "toInt64(previous_group_rank) - toInt64(group_rank)"
	}
	text := filled(part, asked.text, map[string]string{"moved": moved, "rating": byRating})
	units, err := s.placedUnits(ctx, "ranking/part", text, append(rankingDetails(), model.Column{Key: "found", Kind: model.Count}), append(asked.arguments, partArguments(part)...))
	if part.InGroups {
		for i := range units {
			units[i].Rank, units[i].PreviousRank = units[i].GroupRank, units[i].PreviousGroupRank
		}
	}
	return units, err
}

// keptMoved asks a snapshot for the units that moved most, of each group.
func (s *Asker) keptMoved(ctx context.Context, load uint64, found facts.Chosen, question model.Question, part model.RankingPart) (units []model.PlacedUnit, err error) {
	for _, group := range model.Codes("group") {
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
	slices.SortStableFunc(units, func(x, y model.PlacedUnit) int {
		order := cmp.Compare(x.Moved(), y.Moved())
		if part.Descending {
			return -order
		}
		return order
	})
	return units[:min(part.Limit, len(units))], nil
}

// keptRankingPart asks a snapshot, first which units make the part, then for their rows.
func (s *Asker) keptRankingPart(ctx context.Context, load uint64, found facts.Chosen, question model.Question, part model.RankingPart) ([]model.PlacedUnit, error) {
	name, columns := "ranking/kept_page", map[string]string{"rating": byRating, "rank": "-toInt64(nullIf(standing, 0))"}
	if part.Sort == "moved" || part.Sort == "unit" {
		name, columns = "ranking/kept_page_joined", map[string]string{"moved": "toInt64(nullIf(previous.rank, 0)) - toInt64(nullIf(place.rank, 0))", "unit": "u.name"}
	}
	asked, err := planOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	text := filled(part, asked.text, columns)
	var page []struct {
		UnitID string `ch:"unit_id"`
		Found  uint64 `ch:"found"`
	}
	if err := s.selectText(ctx, name, text, &page, append(asked.arguments, partArguments(part)...)); err != nil {
		return nil, err
	}
	if len(page) == 0 {
		return nil, nil
	}
	ids := make([]string, len(page))
	for i, unit := range page {
		ids[i] = unit.UnitID
	}
	if asked, err = planOf("ranking/kept_units", load, question, found); err != nil {
		return nil, err
	}
	units, err := s.placedUnits(ctx, "ranking/kept_units", asked.text, rankingDetails(), append(asked.arguments, clickhouse.Named("units", ids)))
	for i := range units {
		units[i].Found = int64(page[0].Found)
	}
	return units, err
}

func rankingDetails() []model.Column {
	report, _ := model.ReportNamed("ranking")
	return slices.Concat(report.Columns, report.Detail)
}

func (s *Asker) placedUnits(ctx context.Context, name, text string, columns []model.Column, arguments []any) ([]model.PlacedUnit, error) {
	return structsOf[model.PlacedUnit](columns, func(each func([]any) error) error { return s.askText(ctx, name, text, columns, each, arguments) })
}
