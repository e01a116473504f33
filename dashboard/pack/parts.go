package pack

import (
	"context"

	"yangguang/dashboard/pack/paper"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// parts lists the reports of a pack in their order: the rankings of the groups that have units, then what explains them, then what they rest on.
func (p *Packs) parts(ctx context.Context, question model.Question) ([]paper.Part, error) {
	summary, err := ask.Run(ctx, p.store, ask.Summary, question)
	if err != nil {
		return nil, err
	}
	parts := []paper.Part{{File: "summary.csv", Report: named("summary"), Question: question}}
	for _, row := range summary {
		if row.Units == 0 || row.Group == "all" {
			continue
		}
		ranked := question
		ranked.Group = row.Group
		parts = append(parts, paper.Part{File: "ranking-" + row.Group + ".csv", Report: named("ranking"), Group: row.Group, Question: ranked})
	}
	for _, name := range []string{"lapsed", "items", "sites", "notices", "obligations", "sources", "rejects"} {
		parts = append(parts, paper.Part{File: name + ".csv", Report: named(name), Question: question})
	}
	return parts, nil
}

// keyOf are the columns that tell the rows of a report apart; what they leave alike is told apart by its order.
func keyOf(report string) []string {
	switch report {
	case "ranking", "sites":
		return []string{"unit_id"}
	case "since_ranking":
		return []string{"group", "unit_id"}
	case "obligations", "lapsed", "since":
		return []string{"unit_id", "item_id", "period", "due_on"}
	case "items":
		return []string{"item_id"}
	case "patrol":
		return []string{"unit_id", "finding"}
	case "summary":
		return []string{"group"}
	case "notices":
		return []string{"notice_id"}
	case "sources":
		return []string{"source"}
	default: // rejects
		return []string{"source", "place"}
	}
}

func named(name string) model.Report {
	for _, own := range []model.Report{sinceReport(), sinceRanking(), patrolReport()} {
		if own.Name == name {
			return own
		}
	}
	report, _ := model.ReportNamed(name) // the names above are those of SPEC §7
	return report
}
