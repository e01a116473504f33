package queries

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"
)

// resultsRow is a unit, or a group of one of the two windows.
type resultsRow struct {
	RankingRow
	UnitCount            int64            `column:"units"`
	OrganisationCoverage *decimal.Decimal `column:"organisation_coverage"`
	MemberCoverage       *decimal.Decimal `column:"member_coverage"`
	ClearUnits           *decimal.Decimal `column:"clear_units"`
	Earlier              int64            `column:"earlier"`
}

// Results asks for the ranking and the summaries of a question about all groups at once. Errors: *NotKeptError.
func (s *Asker) Results(ctx context.Context, question Question) (Results, error) {
	columns := slices.Concat(rankingColumns(), rankingDetail(), []Column{
		{"units", Count}, {"organisation_coverage", Ratio}, {"member_coverage", Ratio}, {"clear_units", Ratio}, {"earlier", Flag},
	})
	rows, err := structsOf[resultsRow](columns, func(columns []Column, each func([]any) error) error {
		return s.ask(ctx, "ranking/with_summaries", columns, question, each)
	})
	if err != nil {
		return Results{}, err
	}
	var results Results
	summaries := map[int64]map[string]SummaryRow{}
	for _, row := range rows {
		if row.UnitID != "" {
			results.Units = append(results.Units, row.RankingRow)
			continue
		}
		if summaries[row.Earlier] == nil {
			summaries[row.Earlier] = map[string]SummaryRow{}
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
func (r resultsRow) summary() SummaryRow {
	return SummaryRow{
		Group: r.Group, Units: r.UnitCount, Assessed: r.Assessed, Coverage: r.Coverage, Timeliness: r.Timeliness, EvidencedTimeliness: r.EvidencedTimeliness,
		Procedure: r.Procedure, Placement: r.Placement, OrganisationCoverage: r.OrganisationCoverage, MemberCoverage: r.MemberCoverage,
		ClearUnits: r.ClearUnits, Lapsed: r.Lapsed, CarriedLapsed: r.CarriedLapsed, Unverified: r.Unverified, Pending: r.Pending, Score: r.Score,
		OnTime: r.OnTime, Late: r.Late, Exempt: r.Exempt, Undated: r.Undated, Backdated: r.Backdated, Overexposed: r.Overexposed, EvidenceShare: r.EvidenceShare,
	}
}
