package ask

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

// resultsRow is a unit, or a group of one of the two windows.
type resultsRow struct {
	model.RankingRow
	UnitCount            int64            `column:"units"`
	OrganisationCoverage *decimal.Decimal `column:"organisation_coverage"`
	MemberCoverage       *decimal.Decimal `column:"member_coverage"`
	ClearUnits           *decimal.Decimal `column:"clear_units"`
	LapsingUnits         int64            `column:"lapsing_units"`
	Earlier              int64            `column:"earlier"`
}

// results are the ranking and the summaries of a question about all groups at once.
func (s *Asker) results(ctx context.Context, question model.Question, _ []any) (model.Results, error) {
	columns := slices.Concat(model.RankingColumns(), model.RankingDetail(), []model.Column{
		{Key: "units", Kind: model.Count},
		{Key: "organisation_coverage", Kind: model.Ratio},
		{Key: "member_coverage", Kind: model.Ratio},
		{Key: "clear_units", Kind: model.Ratio},
		{Key: "lapsing_units", Kind: model.Count},
		{Key: "earlier", Kind: model.Flag},
	})
	rows, err := structsOf[resultsRow](columns, func(each func([]any) error) error {
		return s.ask(ctx, "ranking/with_summaries", columns, question, each)
	})
	if err != nil {
		return model.Results{}, err
	}
	var results model.Results
	summaries := map[int64]map[string]model.SummaryRow{}
	for _, row := range rows {
		if row.UnitID != "" {
			results.Units = append(results.Units, row.RankingRow)
			continue
		}
		if summaries[row.Earlier] == nil {
			summaries[row.Earlier] = map[string]model.SummaryRow{}
		}
		summaries[row.Earlier][row.Group] = row.summary()
	}
	for _, group := range []string{"organs", "towns", "villages", "district", "all"} {
		now := summaries[0][group]
		now.Group = group // also of a group without units
		results.Groups = append(results.Groups, now)
		if before, found := summaries[1][group]; found {
			results.Before = append(results.Before, before)
		}
	}
	return results, nil
}

// summary is a group's row of the report summary.
func (r resultsRow) summary() model.SummaryRow {
	return model.SummaryRow{
		Group: r.Group, Units: r.UnitCount, Assessed: r.Assessed, Coverage: r.Coverage, Timeliness: r.Timeliness, EvidencedTimeliness: r.EvidencedTimeliness,
		Procedure: r.Procedure, Placement: r.Placement, OrganisationCoverage: r.OrganisationCoverage, MemberCoverage: r.MemberCoverage,
		ClearUnits: r.ClearUnits, Lapsed: r.Lapsed, CarriedLapsed: r.CarriedLapsed, Unverified: r.Unverified, Pending: r.Pending, Score: r.Score,
		OnTime: r.OnTime, Late: r.Late, Exempt: r.Exempt, Undated: r.Undated, Backdated: r.Backdated, Overexposed: r.Overexposed, EvidenceShare: r.EvidenceShare,
		LapsingUnits: r.LapsingUnits,
	}
}
