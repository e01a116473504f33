package paper

import (
	"cmp"
	"context"
	"html/template"
	"io"
	"math/big"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

const (
	SheetsFile  = "units.html"
	mostSheets  = 120 // units that get a sheet; the tables have all
	sheetLosses = 6   // items of a sheet: it fits on A4
	sheetTodos  = 10
)

// printedSheets is units.html: a sheet of A4 for each unit that is called up.
type printedSheets struct {
	Language, Title, Name string
	About                 []string
	Sheets                []unitSheet
	Empty, Limit          string
	Signed                string
}

// unitSheet is what one unit lost, what it can do about it, and until when.
type unitSheet struct {
	Unit, Place, Counts, Total string
	Figures                    []figure
	Losses, Todo               printedTable
}

// WriteSheets writes a sheet for each unit that is rated below pass, has something lapsed or is overdue with a rectification, the lowest score first.
func WriteSheets(ctx context.Context, w io.Writer, store *ask.Asker, of Subject) error {
	printer, question := of.Printer, of.Question
	units, sizes, err := calledUp(ctx, store, question)
	if err != nil {
		return err
	}
	shown := printedSheets{
		Language: map[string]string{"zh": "zh-CN", "en": "en"}[printer.Language()], Title: titled(of.District, printer.T("pack.sheet.title")), Name: of.Name,
		About: []string{
			printer.T("pack.window", "From", question.From.Format(time.DateOnly), "To", question.To.Format(time.DateOnly)),
			printer.T("pack.as_of", "Day", question.AsOf.Format(time.DateOnly)),
		},
		Signed: printer.T("pack.sheet.signed"),
	}
	if len(units) == 0 {
		shown.Empty = printer.T("pack.sheet.none")
	}
	if len(units) > mostSheets {
		shown.Limit = printer.T("pack.sheet.limit", "Count", len(units), "Shown", mostSheets)
		units = units[:mostSheets]
	}
	s := sheets{printer, of.Inputs.Assessment}
	for _, unit := range units {
		one := question
		one.Unit, one.Within, one.Group = unit.UnitID, "", "all"
		obligations, err := ask.Run(ctx, store, ask.Obligations, one)
		if err != nil {
			return err
		}
		lapsed, err := ask.Run(ctx, store, ask.Lapsed, one)
		if err != nil {
			return err
		}
		shown.Sheets = append(shown.Sheets, s.of(unit, sizes[unit.Group], obligations, lapsed))
	}
	page, err := template.ParseFS(templates, "templates/units.html", "templates/paper.html")
	if err != nil {
		return err
	}
	return page.Execute(w, shown)
}

// calledUp are the units that get a sheet, and how many units each group has.
func calledUp(ctx context.Context, store *ask.Asker, question model.Question) (units []model.RankingRow, sizes map[string]int, err error) {
	all := question
	all.Group = "all" // ranks in the groups are known where all are asked about
	ranked, err := ask.Run(ctx, store, ask.Ranking, all)
	sizes = map[string]int{}
	for _, unit := range ranked {
		sizes[unit.Group]++
		called := unit.Rating == "fail" || unit.Lapsed+unit.CarriedLapsed+unit.OverdueRectifications > 0
		if called && (question.Group == "all" || unit.Group == question.Group) {
			units = append(units, unit)
		}
	}
	slices.SortStableFunc(units, func(a, b model.RankingRow) int {
		switch {
		case a.Score == nil && b.Score == nil:
			return 0
		case a.Score == nil: // last
			return 1
		case b.Score == nil:
			return -1
		}
		return cmp.Or(a.Score.Cmp(*b.Score), cmp.Compare(a.UnitID, b.UnitID))
	})
	return units, sizes, err
}

// sheets makes the parts of the sheets.
type sheets struct {
	printer    language.Printer
	assessment model.Assessment
}

func (s sheets) of(unit model.RankingRow, size int, obligations, lapsed []model.ObligationRow) unitSheet {
	apart := score.Of(s.assessment, obligations, unit.YellowCards, unit.OverdueRectifications)
	group := s.printer.CodeLabel("group", unit.Group)
	sheet := unitSheet{
		Unit: unit.Unit, Place: s.printer.T("pack.sheet.unranked", "Group", group),
		Counts: s.printer.T("pack.sheet.lapsed", "Lapsed", unit.Lapsed, "Carried", unit.CarriedLapsed, "Overdue", unit.OverdueRectifications),
		Losses: s.losses(apart), Todo: s.todo(apart, lapsed),
	}
	if unit.Parent != "" {
		sheet.Unit = unit.Parent + " " + unit.Unit
	}
	if unit.GroupRank != nil {
		sheet.Place = s.printer.T("pack.sheet.rank", "Group", group, "Count", size, "Rank", *unit.GroupRank)
	}
	sheet.Figures = []figure{{s.printer.Label("score"), "—"}, {s.printer.Label("rating"), "—"}, {s.printer.Label("coverage"), "—"}, {s.printer.Label("timeliness"), "—"}}
	if unit.Score != nil {
		sheet.Figures[0].Value, sheet.Figures[1].Value = unit.Score.StringFixed(2), s.printer.CodeLabel("rating", unit.Rating)
	}
	for i, ratio := range []*decimal.Decimal{unit.Coverage, unit.Timeliness} {
		if ratio != nil {
			sheet.Figures[2+i].Value = ratio.Shift(2).StringFixed(1) + " %"
		}
	}
	if apart.Score != nil && apart.Best != nil && unit.Score != nil && apart.Score.FloatString(2) == unit.Score.StringFixed(2) {
		lost := new(big.Rat)
		for _, item := range apart.Items {
			lost.Add(lost, item.TotalLost())
		}
		deducted := "0.00"
		if unit.Deductions != nil {
			deducted = unit.Deductions.StringFixed(2)
		}
		sheet.Total = s.printer.T("pack.sheet.total", "Lost", lost.FloatString(2), "Deducted", deducted, "Score", unit.Score.StringFixed(2), "Best", apart.Best.FloatString(2))
	}
	return sheet
}

// losses are the items that cost most, with what each lost in every measure.
func (s sheets) losses(apart score.UnitScore) printedTable {
	t := printedTable{Heading: s.printer.T("pack.sheet.losses"), Columns: []printedColumn{{s.printer.Label("item"), "text"}, {s.printer.T("pack.sheet.lost"), "number"}}}
	for _, measure := range score.Measures() {
		t.Columns = append(t.Columns, printedColumn{s.printer.Label(measure), "number"})
	}
	more := 0
	for _, item := range apart.Items {
		if item.TotalLost().Sign() == 0 {
			continue
		}
		if len(t.Rows) == sheetLosses {
			more++
			continue
		}
		row := []printedCell{{Text: item.Item, Class: "text", Note: s.printer.CodeLabel("class", item.Class)}, {Text: item.TotalLost().FloatString(2), Class: "number"}}
		for _, lost := range item.Lost {
			text := "—"
			if lost != nil {
				text = lost.FloatString(2)
			}
			row = append(row, printedCell{Text: text, Class: "number"})
		}
		t.Rows = append(t.Rows, row)
	}
	if more > 0 {
		t.Notes = append(t.Notes, s.printer.T("pack.sheet.more", "Count", more, "File", "obligations.csv"))
	}
	return t
}

// todo is what is lapsed, oldest first, carried ones included, then what else would win points, the most first; each with its day.
func (s sheets) todo(apart score.UnitScore, lapsed []model.ObligationRow) printedTable {
	t := printedTable{Heading: s.printer.T("pack.sheet.todo"), Columns: []printedColumn{
		{s.printer.T("pack.sheet.todo"), "text"}, {s.printer.T("pack.sheet.by"), "short"}, {s.printer.T("pack.sheet.gain"), "number"},
	}}
	gains := map[[3]string]string{}
	key := func(o model.ObligationRow) [3]string { return [3]string{o.ItemID, o.Period, dayOf(o.DueOn)} }
	var others []score.Chance
	for _, chance := range apart.Chances {
		if chance.Kind == "lapsed" {
			gains[key(*chance.Obligation)] = "+" + chance.Gain.FloatString(2)
		} else {
			others = append(others, chance)
		}
	}
	for _, o := range lapsed {
		t.add(o.Item, s.printer.Period(o.Cadence, o.Period), s.printer.T("pack.sheet.do.lapsed"), s.overdueSince(o), cmp.Or(gains[key(o)], "—"))
	}
	for _, chance := range others {
		period, by := "", s.printer.T("pack.sheet.no_due")
		if o := chance.Obligation; o != nil {
			period = s.printer.Period(o.Cadence, o.Period)
			if o.DueOn != nil && chance.Kind == "pending" {
				by = s.printer.T("pack.sheet.due", "Day", dayOf(o.DueOn))
			}
		}
		if chance.Kind == "rectification" {
			by = s.printer.T("pack.sheet.overdue_plain")
		}
		t.add(chance.Item, period, s.printer.T("pack.sheet.do."+chance.Kind, "Count", chance.Count), by, "+"+chance.Gain.FloatString(2))
	}
	if more := len(t.Rows) - sheetTodos; more > 0 {
		t.Rows = t.Rows[:sheetTodos]
		t.Notes = append(t.Notes, s.printer.T("pack.sheet.more", "Count", more, "File", "obligations.csv"))
	}
	return t
}

// add adds something to do to a sheet.
func (t *printedTable) add(item, period, what, by, gain string) {
	text := what
	if item != "" {
		text = item
		if period != "" {
			text += " " + period
		}
		text += " · " + what
	}
	t.Rows = append(t.Rows, []printedCell{{Text: text, Class: "text"}, {Text: by, Class: "short"}, {Text: gain, Class: "number"}})
}

func (s sheets) overdueSince(o model.ObligationRow) string {
	if o.DueOn == nil || o.DelayDays == nil {
		return s.printer.T("pack.sheet.overdue_plain")
	}
	return s.printer.T("pack.sheet.overdue", "Day", dayOf(o.DueOn), "Days", *o.DelayDays)
}

// dayOf writes a civil day; nil: empty.
func dayOf(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}
