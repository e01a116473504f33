package unit

import (
	"context"
	"time"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

// historyFigure follows a unit through the months: the score of what fell due in each, by SPEC §5 without deductions, and what became of it.
func (a *request) historyFigure(obligations *page.Answer[[]model.ObligationRow], question model.Question) (page.Figure, error) {
	f := page.Figure{
		ID: "history", Heading: a.T("unit.history"), About: a.T("unit.history_about"), Class: "span-7", Failed: obligations.Failed, Own: true, Exports: a.Exports("obligations", question),
	}
	due := map[time.Time][]model.ObligationRow{}
	for _, o := range obligations.Value {
		if o.DueOn != nil && o.Cadence != "standing" {
			month := time.Date(o.DueOn.Year(), o.DueOn.Month(), 1, 0, 0, 0, 0, time.UTC)
			due[month] = append(due[month], o)
		}
	}
	if len(due) == 0 {
		return f, nil
	}
	states := []string{"on_time", "late", "lapsed", "unverified", "pending"}
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "month", Label: a.T("months.month"), Class: "title"}, {Key: "score", Label: a.Label("score"), Class: "num"}}}
	for _, state := range states {
		t.Columns = append(t.Columns, page.Column{Key: state, Label: a.CodeLabel("state", state), Class: "num"})
	}
	line := chart.LineSeries{Name: a.Label("score"), Colour: "var(--compare-1)", Symbol: "circle", Dashes: "solid"}
	var labels []string
	months := a.MonthsOf(question)
	for _, month := range months {
		label := a.T("unit.month", "Month", int(month.Month()))
		if year := figures.YearMark(month, months[0]); year != "" {
			label += "\n" + year
		}
		labels = append(labels, label)
		p, points := chart.Point{Value: "-"}, a.None("none.no_assessed")
		if exact := score.Of(a.Options.Assessment(), due[month], 0, 0).Score; exact != nil {
			value, _ := exact.Float64()
			points = page.Cell{Text: exact.FloatString(2), Sort: exact.FloatString(2), Class: "num", Kind: model.Score}
			p = chart.Point{Value: value, Link: a.MonthHref(month), Tip: []string{month.Format("2006-01"), a.Label("score") + "  " + points.Text}}
		}
		line.Points = append(line.Points, p)
		cells := []page.Cell{a.Words(month.Format("2006-01")).Classed("title"), points}
		for _, state := range states {
			cells = append(cells, a.Count(inState(due[month], state)))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	f.Table = t
	f.About += a.AxisNote([]chart.LineSeries{line}, "")
	var err error
	f.Chart, err = chart.Lines(a.T("unit.history_aria"), labels, "{value}", line)
	return f, err
}

func inState(obligations []model.ObligationRow, state string) (n int64) {
	for _, o := range obligations {
		if o.State == state {
			n++
		}
	}
	return n
}

// standing is a unit's place in one window.
type standing struct {
	question model.Question
	unit     model.RankingRow // rank and score
}

// longestStanding is up to how many days a window may have for those before the previous one to be shown: earlier ones would lie years back.
const longestStanding = 190

// standings are a unit's places in the window, the previous one and, of a window up to half a year, the two before. Of very many units only what
// is stored is said.
func (a *request) standings(ctx context.Context, question model.Question, unit model.RankingRow) []standing {
	previous := question.Previous()
	all := []standing{{question, unit}, {previous, model.RankingRow{Rank: unit.PreviousRank, Score: unit.PreviousScore}}}
	rows, err := a.rankedEarlier(ctx, question)
	if err != nil {
		a.Panels.Fail("earlier windows", err)
	}
	for _, row := range rows {
		if row.UnitID == unit.UnitID {
			earlier := previous.Previous()
			return append(all, standing{earlier, row}, standing{earlier.Previous(), model.RankingRow{Rank: row.PreviousRank, Score: row.PreviousScore}})
		}
	}
	return all
}

// rankedEarlier is the ranking of the window before the previous one; none of a long window, of very many units, and from before the beginning on.
func (a *request) rankedEarlier(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	if figures.UntilDay(question.From, question.To) > longestStanding || a.Large {
		return nil, nil
	}
	earlier := question.Previous().Previous()
	earlier.Unit = ""
	beginning, err := ask.Run(ctx, a.Store, ask.Beginning, question)
	if err != nil || earlier.From.Before(beginning) {
		return nil, err
	}
	return a.Units(ctx, earlier)
}

// standingsFigure lists a unit's score and place in this window and those before.
func (a *request) standingsFigure(all []standing, question model.Question) page.Figure {
	f := page.Figure{
		ID: "windows", Heading: a.T("unit.windows"), About: a.T("unit.windows_about"), Class: "span-5", Open: true, Own: true, Exports: a.Exports("ranking", question),
	}
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{
		{Key: "window", Label: a.T("filter.window"), Class: "title"}, {Key: "score", Label: a.Label("score"), Class: "num"}, {Key: "rank", Label: a.Label("rank"), Class: "num"},
	}}
	for _, one := range all {
		rank := a.None("unit.not_ranked")
		if one.unit.Rank != nil {
			rank = a.Count(*one.unit.Rank)
		}
		from, to, asOf := one.question.From.Format(page.DayLayout), one.question.To.Format(page.DayLayout), one.question.AsOf.Format(page.DayLayout)
		then := a.Address.With("from", from).With("to", to).With("as_of", asOf)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(from + " – " + to).Linked(then.String()).Classed("title").Noted(a.T("foot.as_of", "Day", asOf)), a.Score(one.unit.Score), rank,
		}})
	}
	f.Table = t
	return f
}

// fiveFigure lists the five institutions and which of them the unit has.
func (a *request) fiveFigure(lacking *page.Answer[[]model.LackingRow], unit model.RankingRow, question model.Question) page.Figure {
	f := page.Figure{
		ID: "institutions", Heading: a.T("unit.five"), About: a.T("unit.institutions", "Count", unit.Institutions), Class: "span-5", Open: true,
		Failed: lacking.Failed, Own: true, Exports: a.Exports("ranking", question),
	}
	has := map[string]bool{}
	for _, row := range lacking.Value {
		for _, institution := range row.Established {
			has[institution] = true
		}
	}
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "institution", Label: a.T("unit.institution"), Class: "title"}, {Key: "established", Label: a.T("supervision.established"), Class: "fit"}}}
	for _, institution := range model.Codes("institution") {
		established := page.Cell{Text: a.T("flag.no"), Class: "fit", Tag: "rating-pass"}
		if has[institution] || len(lacking.Value) == 0 { // whoever lacks nothing is not listed
			established = a.Words(a.T("flag.yes")).Classed("fit")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{a.Words(a.CodeLabel("institution", institution)).Classed("title"), established}})
	}
	f.Table = t
	return f
}
