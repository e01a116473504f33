package whatif

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	sentences "yangguang/dashboard/whatif"
	"yangguang/queries/model"
	"yangguang/queries/whatif"
)

func lines(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}

// column is a column of a report, as a page has it.
func column(a *page.Request, report, key string, kind model.Kind) page.Column {
	made := page.Column{Key: key, Label: a.ReportLabel(report, key), Sort: "text", Class: "fit"}
	switch kind {
	case model.Count, model.Ratio, model.Score, model.Days:
		made.Sort, made.Class = "number", "num"
	}
	return made
}

func columns(a *page.Request, report model.Report, without ...string) (made []page.Column) {
	for _, of := range report.Columns {
		if !slices.Contains(without, of.Key) {
			made = append(made, column(a, report.Name, of.Key, of.Kind))
		}
	}
	return made
}

// mostListed is how many units, and how many obligations, a result lists; its exports have them all.
const mostListed = 200

// panel is a figure that shows one table and exports another, of the same rows with every figure before and after in a column of its own.
func panel(a *page.Request, report model.Report, shown, whole *page.Table, about string) page.Figure {
	shown.Label = a.Report(report.Name)
	figure := page.Figure{
		ID: strings.TrimPrefix(report.Name, "whatif_"), Heading: a.Report(report.Name), About: about, Class: "span-12", Open: true, Own: true, Table: shown, Held: whole,
	}
	a.OwnExports(&figure)
	a.FirstOf(&figure, mostListed)
	return figure
}

// heads are columns of a page, of which the first names the row.
func heads(a *page.Request, keys ...string) (made []page.Column) {
	for i, key := range keys {
		column := page.Column{Key: key, Label: a.Label(key), Sort: "number", Class: "num"}
		if i == 0 {
			column.Sort, column.Class = "text", "title"
		}
		made = append(made, column)
	}
	return made
}

func groupsPanel(a *page.Request, result whatif.Result) page.Figure {
	report := model.MovedGroups()
	shown := &page.Table{Short: true, Columns: heads(a, "group", "units", "score", "coverage", "timeliness", "clear_units", "assessed", "lapsed", "carried_lapsed", "unverified", "pending")}
	whole := &page.Table{Columns: columns(a, report)}
	for _, row := range sentences.GroupRows(result.Groups) {
		cells := []page.Cell{
			a.Words(a.CodeLabel("group", row.Group)).Classed("title"),
			a.Count(row.UnitsBefore), a.Count(row.UnitsAfter), a.Score(row.ScoreBefore), a.Score(row.ScoreAfter), a.Ratio(row.CoverageBefore), a.Ratio(row.CoverageAfter),
			a.Ratio(row.TimelinessBefore), a.Ratio(row.TimelinessAfter), a.Ratio(row.ClearUnitsBefore), a.Ratio(row.ClearUnitsAfter), a.Count(row.AssessedBefore), a.Count(row.AssessedAfter),
			a.Count(row.LapsedBefore), a.Count(row.LapsedAfter), a.Count(row.CarriedLapsedBefore), a.Count(row.CarriedLapsedAfter), a.Count(row.UnverifiedBefore), a.Count(row.UnverifiedAfter),
			a.Count(row.PendingBefore), a.Count(row.PendingAfter),
		}
		whole.Rows = append(whole.Rows, page.Row{Cells: cells})
		shown.Rows = append(shown.Rows, page.Row{Cells: append(cells[:1:1], pairs(cells[1:])...)})
	}
	return panel(a, report, shown, whole, a.T("what_if.groups_about"))
}

func unitsPanel(a *page.Request, result whatif.Result) page.Figure {
	report := model.MovedUnits()
	shown := &page.Table{
		Page: 25, Search: a.T("what_if.search"), Empty: a.T("what_if.no_units"),
		Columns: heads(a, "unit", "group", "effect", "score_change", "score", "group_rank", "rating", "coverage", "timeliness", "assessed", "lapsed", "carried_lapsed", "unverified"),
	}
	for _, at := range []int{1, 2, 6} {
		shown.Columns[at].Sort, shown.Columns[at].Class = "text", "fit"
	}
	whole := &page.Table{Columns: columns(a, report, "unit_id")}
	for _, row := range result.Units {
		effect, unit, group := a.Words(a.CodeLabel("effect", row.Change)).Classed("fit"), unitCell(a, row.UnitID, row.Unit), a.Words(a.CodeLabel("group", row.Group)).Classed("fit")
		moved := change(a, row.ScoreChange)
		figures := []page.Cell{
			a.Score(row.ScoreBefore), a.Score(row.ScoreAfter), count(a, row.RankBefore), count(a, row.RankAfter), code(a, "rating", row.RatingBefore), code(a, "rating", row.RatingAfter),
			a.Ratio(row.CoverageBefore), a.Ratio(row.CoverageAfter), a.Ratio(row.TimelinessBefore), a.Ratio(row.TimelinessAfter), count(a, row.AssessedBefore), count(a, row.AssessedAfter),
			count(a, row.LapsedBefore), count(a, row.LapsedAfter), count(a, row.CarriedLapsedBefore), count(a, row.CarriedLapsedAfter), count(a, row.UnverifiedBefore), count(a, row.UnverifiedAfter),
		}
		shown.Rows = append(shown.Rows, page.Row{Cells: append([]page.Cell{unit, group, effect, moved}, pairs(figures)...)})
		whole.Rows = append(whole.Rows, page.Row{Cells: slices.Concat([]page.Cell{effect, unit, group}, figures[2:4], figures[:2], []page.Cell{moved}, figures[4:])})
	}
	return panel(a, report, shown, whole, a.T("what_if.units_about", "Count", len(result.Units)))
}

func obligationsPanel(a *page.Request, result whatif.Result) page.Figure {
	report := model.MovedObligations()
	shown := &page.Table{
		Page: 25, Search: a.T("what_if.search"), Empty: a.T("what_if.no_obligations"),
		Columns: heads(a, "unit", "item", "period", "effect", "state_before", "state_after", "due_on"),
	}
	for i := range shown.Columns {
		if i > 0 {
			shown.Columns[i].Sort, shown.Columns[i].Class = "text", "fit"
		}
	}
	shown.Columns[1].Class = "wide"
	whole := &page.Table{Columns: columns(a, report, "unit_id", "item_id", "class")}
	for _, row := range result.Obligations {
		effect, unit := a.Words(a.CodeLabel("effect", row.Change)).Classed("fit"), unitCell(a, row.UnitID, row.Unit)
		item, period := page.Cell{Text: row.Item, ID: row.ItemID, Class: "wide"}, a.Words(row.Period).Classed("fit")
		due := []page.Cell{day(a, row.DueOnBefore), day(a, row.DueOnAfter)}
		states := []page.Cell{state(a, row.StateBefore, row.DelayDaysBefore), state(a, row.StateAfter, row.DelayDaysAfter)}
		shown.Rows = append(shown.Rows, page.Row{Cells: slices.Concat([]page.Cell{unit, item, period, effect}, states, pairs(due))})
		whole.Rows = append(whole.Rows, page.Row{Cells: slices.Concat([]page.Cell{effect, unit, a.Words(a.CodeLabel("group", row.Group)), item, period}, due, states,
			[]page.Cell{count(a, row.DelayDaysBefore), count(a, row.DelayDaysAfter)})})
	}
	about := a.T("what_if.obligations_about", "Count", result.Tally.Obligations)
	if len(result.Obligations) < result.Tally.Obligations {
		about += a.T("what_if.obligations_first", "Shown", page.Grouped(int64(len(result.Obligations))))
	}
	return panel(a, report, shown, whole, about)
}

// pairs are figures before and after, each two of them in one cell; those that do not differ are said once.
func pairs(of []page.Cell) (made []page.Cell) {
	for before, after := range inPairs(of) {
		cell := after
		if x, y := plain(before), plain(after); x != y {
			cell = page.Cell{Text: x + " → " + y, Sort: after.Sort, Class: after.Class, Kind: after.Kind}
		}
		made = append(made, cell)
	}
	return made
}

func inPairs(of []page.Cell) iter.Seq2[page.Cell, page.Cell] {
	return func(yield func(page.Cell, page.Cell) bool) {
		for i := 0; i+1 < len(of); i += 2 {
			if !yield(of[i], of[i+1]) {
				return
			}
		}
	}
}

func plain(cell page.Cell) string {
	if cell.None {
		return "—"
	}
	return cell.Text
}

func unitCell(a *page.Request, id, name string) page.Cell {
	return page.Cell{Text: name, ID: id, Href: a.Address.Only(page.UnitPath(id), "lang").String(), Class: "title"}
}

func count(a *page.Request, n *int64) page.Cell {
	if n == nil {
		return a.None("what_if.none").Classed("num")
	}
	return a.Count(*n)
}

func change(a *page.Request, by *decimal.Decimal) page.Cell {
	cell := a.Score(by)
	if by != nil && by.IsPositive() {
		cell.Text = "+" + cell.Text
	}
	return cell
}

func code(a *page.Request, column, value string) page.Cell {
	if value == "" {
		return a.None("what_if.none").Classed("fit")
	}
	return a.Words(a.CodeLabel(column, value)).Classed("fit")
}

func day(a *page.Request, on *time.Time) page.Cell {
	if on == nil {
		return a.None("what_if.none").Classed("fit")
	}
	return a.Day(on)
}

func state(a *page.Request, of string, delay *int64) page.Cell {
	if of == "" {
		return a.None("what_if.none").Classed("fit")
	}
	return a.State(of, delay)
}
