// Package placement shows whether what is disclosed reaches those it is for, by a channel that its item allows.
package placement

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Pages: []page.Page{{Name: "placement", Pattern: "/placement", Build: build}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what placement.html shows.
type view struct {
	Sentence, About   string
	Numbers           []page.Number
	Overexposed       page.Figure
	Channels, Groups  page.Figure
	Misplaced, Lowest page.Figure
}

// build answers: is anything shown to those it is not for, and is the rest where it belongs, for as long as it should be?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	question := a.Question
	overexposed := figures.AskRecords(a.Ask, question, ask.Overexposed(a.Listed()))
	misplaced := figures.AskRecords(a.Ask, question, ask.Misplaced(a.Listed()))
	channels := figures.AskRecords(a.Ask, question, ask.Channels)
	summary, before := a.Summaries(question)
	lowest := page.Load(a.Panels, "lowest", question, a.Lowest("placement", func(r model.RankingRow) *decimal.Decimal { return r.Placement }))
	areas := a.LoadAreas()
	a.Panels.Wait()

	now := figures.GroupRow(summary.Value, question.Group)
	body := view{
		Sentence: a.sentence(now, misplaced), About: a.WindowSentence() + a.T("placement.about"),
		Numbers:     a.numbers(now, figures.PreviousOf(before, question.Group), misplaced),
		Overexposed: a.overexposedFigure(overexposed), Misplaced: a.misplacedFigure(misplaced),
		Lowest: a.LowestFigure(lowest, "placement", func(r model.RankingRow) *decimal.Decimal { return r.Placement }),
	}
	var err error
	if body.Channels, err = a.channelsFigure(channels); err == nil {
		body.Groups, err = a.GroupMeasures("placement", summary, figures.GroupMeasure{Key: "placement", Fill: "var(--measure-1)", Decal: "", Of: func(r model.SummaryRow) *decimal.Decimal { return r.Placement }})
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("placement: %w", err)
	}
	a.Narrow(areas, &body.Overexposed, &body.Misplaced, &body.Channels)
	return page.Content{
		Title: a.T("nav.placement"), Nav: "placement", Filters: figures.AnalysisFilters(), Charts: true, Body: body,
	}, nil
}

func misplacedFound(misplaced *page.Answer[[]model.MisplacedRow]) int64 {
	if len(misplaced.Value) == 0 {
		return 0
	}
	return int64(misplaced.Value[0].Found)
}

func (a *request) sentence(now *model.SummaryRow, misplaced *page.Answer[[]model.MisplacedRow]) string {
	switch {
	case a.Large && now != nil && now.Placement != nil:
		return a.T("placement.sentence_many", "Day", a.LongDay(a.Question.AsOf, a.Now), "Count", now.Overexposed, "Ratio", page.Percent(*now.Placement))
	case now == nil || misplaced.Failed:
		return a.T("overview.unknown")
	case now.Placement == nil && now.Overexposed == 0:
		return a.T("placement.sentence_none")
	}
	return a.T("placement.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Count", now.Overexposed, "Misplaced", misplacedFound(misplaced))
}

func (a *request) numbers(now *model.SummaryRow, before figures.Previous, misplaced *page.Answer[[]model.MisplacedRow]) []page.Number {
	if now == nil {
		return nil
	}
	numbers := []page.Number{a.CountedNumber("overexposed", "records", now.Overexposed, before.Count(before.Overexposed)), a.RatioNumber("placement", now.Placement, before.Placement)}
	if now.Placement == nil {
		numbers[1].None = a.T("none.not_met")
	}
	if !misplaced.Failed {
		numbers = append(numbers, a.Counted("misplaced", "records", misplacedFound(misplaced)))
	}
	numbers[0].Href, numbers[1].Href = "#overexposed", a.Address.At("/ranking/"+a.Question.Group).With("sort", "placement").String()+"#units"
	if len(numbers) > 2 {
		numbers[2].Href = "#misplaced"
	}
	return numbers
}

// allowed names the scopes or channels that an item allows.
func (a *request) allowed(domain string, codes []string) string {
	var names []string
	for _, code := range codes {
		names = append(names, a.CodeLabel(domain, code))
	}
	return a.T("placement.allowed", "Names", strings.Join(names, a.T("list.comma")))
}

// overexposedFigure lists what society was shown though the item does not allow it.
func (a *request) overexposedFigure(overexposed *page.Answer[[]model.OverexposedRow]) page.Figure {
	f := a.RecordsFigure("overexposed", a.T("placement.overexposed"), overexposed.Failed)
	t := figures.RecordsTable(f.Heading, a.T("placement.overexposed_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "allowed_scopes", Label: a.T("placement.allowed_scopes"), Class: "full text"},
		{Key: "channel", Label: a.Label("channel"), Class: "fit", Sort: "text"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit", Sort: "text"},
		{Key: "withdrawn_on", Label: a.Label("withdrawn_on"), Class: "fit", Sort: "text"},
		{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
	}
	for _, r := range overexposed.Value {
		f.About = a.Found(r.Found, len(overexposed.Value))
		withdrawn := a.None("placement.still_up").Classed("fit")
		if r.WithdrawnOn != nil && !r.WithdrawnOn.After(a.Question.AsOf) {
			withdrawn = a.Day(r.WithdrawnOn)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(r.UnitID, r.Unit), a.Note(a.Words(r.Item).Classed("wide full text"), r.Title, r.ForSociety), a.Words(a.allowed("scope", r.Scopes)).Classed("full text"),
			a.OrNone(a.NamesOf("channel", r.Channel), "none.not_given").Classed("fit"), a.Day(&r.PublishedOn), withdrawn, a.ProofTo(r.Source, r.RecordID, r.Item, ""),
		}})
	}
	f.Table = &t
	return f
}

// misplacedFigure lists what is in a scope or channel that the item does not allow, or was taken down too early.
func (a *request) misplacedFigure(misplaced *page.Answer[[]model.MisplacedRow]) page.Figure {
	f := a.RecordsFigure("misplaced", a.T("placement.misplaced"), misplaced.Failed)
	t := figures.RecordsTable(f.Heading, a.T("placement.misplaced_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "period", Label: a.Label("period"), Class: "fit", Sort: "text"},
		{Key: "problem", Label: a.T("placement.problem"), Class: "wide full text"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit", Sort: "text"},
		{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
	}
	tags := map[string]bool{}
	for _, r := range misplaced.Value {
		f.About = a.Found(r.Found, len(misplaced.Value))
		problems, kinds := a.misplacement(r)
		for _, kind := range kinds {
			tags[kind] = true
		}
		problem := a.Words(strings.Join(problems, a.T("proof.change_separator"))).Classed("wide full text")
		if r.MetPlaced {
			problem.Note = a.T("placement.met_otherwise")
		}
		t.Rows = append(t.Rows, page.Row{Tags: strings.Join(kinds, " "), Cells: []page.Cell{
			a.UnitCell(r.UnitID, r.Unit), a.Note(a.Words(r.Item).Classed("wide full text"), r.Title, r.ForSociety), a.OrNone(r.Period, "none.no_period").Classed("fit"), problem,
			a.Day(&r.PublishedOn), a.ProofTo(r.Source, r.RecordID, r.Item, r.Period),
		}})
	}
	for _, kind := range []string{"scope", "channel", "early"} {
		if tags[kind] {
			t.Chips = append(t.Chips, page.Chip{Text: a.T("placement.chip_" + kind), Tag: kind})
		}
	}
	f.Table = &t
	return f
}

// misplacement says what is wrong with where a record was shown, and of which kinds it is.
func (a *request) misplacement(r model.MisplacedRow) (problems, kinds []string) {
	name := func(domain, code string) string {
		if code == "" {
			return a.T("placement.not_named")
		}
		return a.NamesOf(domain, code)
	}
	if !r.ScopeAllowed {
		problems = append(problems, a.T("placement.wrong_scope", "Name", name("scope", r.Scope), "Allowed", a.allowed("scope", r.Scopes)))
		kinds = append(kinds, "scope")
	}
	if !r.ChannelAllowed {
		problems = append(problems, a.T("placement.wrong_channel", "Name", name("channel", r.Channel), "Allowed", a.allowed("channel", r.Channels)))
		kinds = append(kinds, "channel")
	}
	if !r.Displayed && r.WithdrawnOn != nil {
		problems = append(problems, a.T("placement.early", "Days", figures.UntilDay(r.PublishedOn, *r.WithdrawnOn), "Due", r.DisplayDays, "Day", r.WithdrawnOn.Format(page.DayLayout)))
		kinds = append(kinds, "early")
	}
	return problems, kinds
}
