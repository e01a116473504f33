package pack

import (
	"context"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// part is one report of a pack: a CSV, and a sheet of the workbook.
type part struct {
	file     string
	report   model.Report
	group    string // of a ranking
	question model.Question
	rows     func(ctx context.Context, each func([]any) error) error // of what is no report; nil: the report is asked
}

// parts lists the reports of a pack in their order: the rankings of the groups that have units, then what explains them, then what they rest on.
func (p *Packs) parts(ctx context.Context, question model.Question) ([]part, error) {
	summary, err := ask.Run(ctx, p.store, ask.Summary, question)
	if err != nil {
		return nil, err
	}
	parts := []part{{file: "summary.csv", report: named("summary"), question: question}}
	for _, row := range summary {
		if row.Units == 0 || row.Group == "all" {
			continue
		}
		ranked := question
		ranked.Group = row.Group
		parts = append(parts, part{file: "ranking-" + row.Group + ".csv", report: named("ranking"), group: row.Group, question: ranked})
	}
	for _, name := range []string{"lapsed", "items", "sites", "notices", "obligations", "sources", "rejects"} {
		parts = append(parts, part{file: name + ".csv", report: named(name), question: question})
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
	for _, own := range []model.Report{sinceReport(), sinceRanking()} {
		if own.Name == name {
			return own
		}
	}
	report, _ := model.ReportNamed(name) // the names above are those of SPEC §7
	return report
}
