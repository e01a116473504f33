package paper

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/language"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// about says in sentences what a question asks: its window, its as-of day, and what limits it.
func about(printer language.Printer, question model.Question, papers map[string]*Paper) []string {
	lines := []string{
		printer.T("pack.window", "From", question.From.Format(time.DateOnly), "To", question.To.Format(time.DateOnly)),
		printer.T("pack.as_of", "Day", question.AsOf.Format(time.DateOnly)),
	}
	if question.Group != "all" {
		lines = append(lines, printer.T("pack.limit.group", "Group", printer.CodeLabel("group", question.Group)))
	}
	if question.Within != "" {
		lines = append(lines, printer.T("pack.limit.within", "Unit", unitName(papers, question.Within)))
	}
	if question.Programme != "" {
		lines = append(lines, printer.T("pack.limit.programme", "Programme", printer.CodeLabel("programme", question.Programme)))
	}
	if question.Focus != "" {
		lines = append(lines, printer.T("pack.limit.focus", "Focus", printer.CodeLabel("focus", question.Focus)))
	}
	if question.Scope == "subtree" {
		lines = append(lines, printer.T("pack.limit.subtree"))
	}
	return lines
}

// titled is a title with whose it is, where the configuration says so.
func titled(district, title string) string {
	return strings.TrimSpace(district + " " + title)
}

// methodology says how the figures came about, with the weights in force, and by what can be told that the pages that they rest on are as they were collected.
func methodology(printer language.Printer, inputs freeze.Inputs) []string {
	a := inputs.Assessment
	total := decimal.Sum(a.Score.Coverage.Decimal, a.Score.Timeliness.Decimal, a.Score.Procedure.Decimal, a.Score.Placement.Decimal)
	share := func(weight model.Number) string { return weight.Shift(2).DivRound(total, 2).String() }
	lines := []string{
		printer.T("pack.method.states"),
		printer.T("pack.method.score",
			"Coverage", share(a.Score.Coverage), "Timeliness", share(a.Score.Timeliness), "Procedure", share(a.Score.Procedure), "Placement", share(a.Score.Placement),
			"YellowCard", a.Deductions.YellowCard.String(), "Overdue", a.Deductions.OverdueRectification.String(), "Limit", a.Deductions.Limit.String()),
		printer.T("pack.method.rating",
			"Excellent", a.Ratings.Excellent.String(), "Good", a.Ratings.Good.String(), "Pass", a.Ratings.Pass.String()),
		printer.T("pack.method.rank", "Verified", a.Verified.Shift(2).String(), "Assessed", a.MinAssessed),
	}
	if inputs.Evidence != nil {
		lines = append(lines, printer.T("pack.evidence", "Day", inputs.Evidence.Day, "Root", inputs.Evidence.Root))
	}
	return lines
}

// unitName is what the rankings call a unit; its id where they do not have it.
func unitName(papers map[string]*Paper, id string) string {
	for _, group := range rankedGroups(papers) {
		ranking := papers["ranking-"+group+".csv"]
		for _, row := range ranking.rows {
			if ranking.value(row, "unit_id") == id {
				name, _ := ranking.value(row, "unit").(string)
				return name
			}
		}
	}
	return id
}
