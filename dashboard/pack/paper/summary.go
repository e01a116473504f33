package paper

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"time"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

//go:embed templates/*.html
var templates embed.FS

// printed is meeting.html: what a meeting reads on paper.
type printed struct {
	Language, Title, Name string
	Signed                string // lines to be filled in by hand
	About                 []string
	Sentence              string
	FiguresHeading        string
	Figures               []figure
	Tables                []printedTable
	MethodHeading         string
	Method                []string
}

type figure struct{ Label, Value string }

// printedTable is one table over as many pages as it takes; its header is repeated on each.
type printedTable struct {
	Heading string
	Columns []printedColumn
	Rows    [][]printedCell
	Notes   []string
	Empty   string // instead of the table when it has no rows
	Long    bool   // goes over pages; a short one stands whole on one
}

type printedColumn struct{ Label, Class string }

// printedCell is a text, with a note, and with a bar of that many percent beside it where a bar helps to compare.
type printedCell struct {
	Text, Class string
	Note        string // small, below
	Bar         string // empty: none
}

// WriteSummary writes meeting.html.
func WriteSummary(w io.Writer, of Subject, papers map[string]*Paper) error {
	page, err := template.ParseFS(templates, "templates/meeting.html", "templates/paper.html")
	if err != nil {
		return err
	}
	printer, question := of.Printer, of.Question
	s := summary{printer, papers, of.Zone}
	known := printer.T("pack.known_at", "Instant", question.KnownAt.In(of.Zone).Format("2006-01-02 15:04"))
	shown := printed{
		Language: map[string]string{"zh": "zh-CN", "en": "en"}[printer.Language()], Title: titled(of.District, printer.T("pack.title")), Signed: printer.T("pack.signed"), Name: of.Name,
		About: append(about(printer, question, papers), known), FiguresHeading: printer.T("pack.figures"),
		MethodHeading: printer.T("pack.method"), Method: append(methodology(printer, of.Inputs), printer.T("pack.none")),
	}
	shown.Sentence, shown.Figures = s.figures(question)
	tables := append(s.since(of), s.groups(), s.items(), s.failing())
	for _, group := range rankedGroups(papers) {
		tables = append(tables, s.ranking(group))
	}
	for _, table := range append(tables, s.lapsed(), s.sites(), s.notices(), s.patrolled(), s.confirmed()) {
		if len(table.Rows) > 0 || table.Empty != "" {
			shown.Tables = append(shown.Tables, table)
		}
	}
	return page.Execute(w, shown)
}

// summary makes the parts of the printed page.
type summary struct {
	printer language.Printer
	papers  map[string]*Paper
	zone    *time.Location
}

// figures are the key figures over everything asked: the last row of the report summary.
func (s summary) figures(question model.Question) (sentence string, figures []figure) {
	paper := s.papers["summary.csv"]
	if len(paper.rows) == 0 {
		return "", nil
	}
	row := paper.rows[len(paper.rows)-1]
	for _, key := range []string{
		"coverage", "timeliness", "evidenced_timeliness", "organisation_coverage", "member_coverage", "clear_units", "lapsed", "carried_lapsed",
	} {
		figures = append(figures, figure{s.printer.ReportLabel("summary", key), s.text(paper, row, key)})
	}
	return s.printer.T("pack.sentence", "Day", question.AsOf.Format(time.DateOnly), "Units", s.text(paper, row, "units"),
		"Assessed", s.text(paper, row, "assessed"), "Lapsed", s.text(paper, row, "lapsed"), "Carried", s.text(paper, row, "carried_lapsed")), figures
}

// table shows columns of a report, at most so many rows.
func (s summary) table(paper *Paper, heading string, most int, keys ...string) printedTable {
	t := printedTable{Heading: heading}
	for _, key := range keys {
		t.Columns = append(t.Columns, printedColumn{s.printer.ReportLabel(paper.Part.Report.Name, key), s.class(paper, key)})
	}
	for _, row := range paper.rows[:min(most, len(paper.rows))] {
		var cells []printedCell
		for _, key := range keys {
			cells = append(cells, printedCell{Text: s.text(paper, row, key), Class: s.class(paper, key)})
		}
		t.Rows = append(t.Rows, cells)
	}
	if paper.Count > len(t.Rows) {
		t.Notes = append(t.Notes, s.printer.T("pack.more", "Shown", len(t.Rows), "Count", paper.Count, "File", paper.Part.File))
	}
	return t
}

func (s summary) groups() printedTable {
	paper := s.papers["summary.csv"]
	return s.table(paper.where(func(row []any) bool { return paper.value(row, "units") != int64(0) }), s.printer.T("pack.groups"), keptRows, "group", "units", "assessed", "coverage", "timeliness",
		"evidenced_timeliness", "organisation_coverage", "clear_units", "lapsed", "carried_lapsed", "unverified")
}

// ranking shows one group's units in order, each score with a bar, and the places won or lost since the previous window.
func (s summary) ranking(group string) printedTable {
	paper := s.papers["ranking-"+group+".csv"]
	keys := []string{"rank", "unit", "score", "rating", "coverage", "timeliness", "evidenced_timeliness", "lapsed", "carried_lapsed", "oldest_lapse_days"}
	if group == "villages" {
		keys = slices.Insert(keys, 2, "parent")
	}
	t := s.table(paper, s.printer.T("pack.ranking", "Group", s.printer.CodeLabel("group", group)), keptRows, keys...)
	t.Long = len(t.Rows) >= longRows
	t.Columns = slices.Insert(t.Columns, 1, printedColumn{s.printer.T("pack.change"), "number"})
	score := slices.Index(keys, "score")
	for i, row := range paper.rows[:len(t.Rows)] {
		t.Rows[i][score].Bar = bar(paper.value(row, "score"))
		t.Rows[i] = slices.Insert(t.Rows[i], 1, printedCell{Text: places(paper.value(row, "rank"), paper.value(row, "previous_rank")), Class: "number"})
	}
	if paper.ranked() < len(t.Rows) {
		t.Notes = append(t.Notes, s.printer.T("pack.unranked"))
	}
	return t
}

// longRows is from how many rows a table may go over pages. None begins a page of its own: a few rows would leave most of one empty.
const longRows = 15

// printedLapses is how many lapses are printed: some ten pages.
const printedLapses = 400

func (s summary) lapsed() printedTable {
	t := s.table(s.papers["lapsed.csv"], s.printer.T("pack.lapsed"), printedLapses, "unit", "item", "class", "period", "due_on", "delay_days")
	t.Long, t.Empty = len(t.Rows) >= longRows, s.printer.T("pack.lapsed.none")
	t.Columns = slices.Insert(t.Columns, 0, printedColumn{s.printer.T("pack.number"), "number"})
	paper, parents := s.papers["lapsed.csv"], s.parents()
	for i := range t.Rows {
		if id, _ := paper.value(paper.rows[i], "unit_id").(string); parents[id] != "" {
			t.Rows[i][0].Note = parents[id]
		}
		t.Rows[i] = slices.Insert(t.Rows[i], 0, printedCell{Text: fmt.Sprint(i + 1), Class: "number"})
	}
	return t
}

// parents are what the villages printed belong to: several may bear one name.
func (s summary) parents() map[string]string {
	parents := map[string]string{}
	if paper := s.papers["ranking-villages.csv"]; paper != nil {
		for _, row := range paper.rows {
			id, _ := paper.value(row, "unit_id").(string)
			parents[id], _ = paper.value(row, "parent").(string)
		}
	}
	return parents
}

func (s summary) items() printedTable {
	paper := s.papers["items.csv"]
	return s.table(paper.where(func(row []any) bool { return paper.value(row, "lapsed") != int64(0) }), s.printer.T("pack.items"), 15,
		"item", "class", "units", "assessed", "coverage", "timeliness", "lapsed")
}

func (s summary) sites() printedTable {
	return s.table(s.papers["sites.csv"], s.printer.T("pack.sites"), keptRows, "rank", "unit", "score", "venue", "organisation", "operation", "disclosure",
		"publicity", "inspected_on", "timeliness_before", "timeliness_after", "observations")
}

func (s summary) notices() printedTable {
	paper := s.papers["notices.csv"]
	open := paper.where(func(row []any) bool { return paper.value(row, "state") != "closed" })
	return s.table(open, s.printer.T("pack.notices"), keptRows, "notice_id", "unit", "problem", "issued_on", "rectify_by", "state", "yellow_card")
}

// patrolled counts what patrol has found by kind; what nobody has confirmed is to be checked, and names nobody.
func (s summary) patrolled() printedTable {
	paper, kept := s.papers["patrol.csv"]
	if !kept {
		return printedTable{}
	}
	t := s.table(paper.where(func(row []any) bool { return paper.value(row, "unit_id") == nil }), s.printer.T("pack.patrol"), keptRows, "finding", "finding_open", "finding_confirmed")
	t.Notes, t.Empty = append(t.Notes, s.printer.T("pack.patrol.about")), s.printer.T("pack.patrol.none")
	return t
}

// confirmed are the findings that people have confirmed, by unit.
func (s summary) confirmed() printedTable {
	paper, kept := s.papers["patrol.csv"]
	if !kept {
		return printedTable{}
	}
	return s.table(paper.where(func(row []any) bool { return paper.value(row, "unit_id") != nil }), s.printer.T("pack.patrol.confirmed"), keptRows, "unit", "finding", "finding_confirmed")
}

// failing are the sources that could not be collected last: what they cover cannot be verified.
func (s summary) failing() printedTable {
	paper := s.papers["sources.csv"]
	return s.table(paper.where(func(row []any) bool { return paper.value(row, "last_outcome") != "success" }), s.printer.T("pack.failing"), keptRows,
		"source", "kind", "last_success", "last_outcome", "error")
}

// where are the rows kept that hold, as if the report had no others.
func (p *Paper) where(holds func(row []any) bool) *Paper {
	few := &Paper{Part: p.Part}
	for _, row := range p.rows {
		if holds(row) {
			few.rows = append(few.rows, row)
		}
	}
	few.Count = len(few.rows)
	return few
}
