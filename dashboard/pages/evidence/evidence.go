// Package evidence shows how much of the timeliness is evidenced, and what is back-dated.
package evidence

import (
	"context"
	"embed"
	"fmt"

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
	return page.Section{Files: files, Pages: []page.Page{{Name: "evidence", Pattern: "/evidence", Build: build}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what evidence.html shows.
type view struct {
	Sentence, About string
	Numbers         []page.Number
	Groups, Sources page.Figure
	Months          page.Figure
	Backdated       page.Figure
}

// build answers: how much of the timeliness that is claimed does the evidence bear out, and which records claim an earlier day?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	question := a.Question
	summary, before := a.Summaries(question)
	backdated := figures.AskRecords(a.Ask, question, ask.Backdated(a.Listed()))
	sources := figures.AskRecords(a.Ask, question, ask.Evidence)
	areas := a.LoadAreas()
	months := page.Ask(a.Request, question, ask.Months)
	a.Panels.Wait()

	now := figures.GroupRow(summary.Value, question.Group)
	body := view{
		Sentence: a.sentence(now), About: a.WindowSentence() + a.T("evidence.about"),
		Numbers:   a.numbers(now, figures.PreviousOf(before, question.Group)),
		Sources:   a.figure(sources),
		Backdated: a.backdatedFigure(backdated),
	}
	var err error
	body.Groups, err = a.GroupMeasures("evidence", summary,
		figures.GroupMeasure{Key: "timeliness", Fill: "var(--measure-1)", Decal: "", Of: func(r model.SummaryRow) *decimal.Decimal { return r.Timeliness }},
		figures.GroupMeasure{Key: "evidenced_timeliness", Fill: "var(--measure-3)", Decal: "third", Of: func(r model.SummaryRow) *decimal.Decimal { return r.EvidencedTimeliness }})
	if err != nil {
		return page.Content{}, fmt.Errorf("evidence: %w", err)
	}
	if body.Months, err = a.MonthsFigure("timeliness_months", months, question, figures.TimelinessShares()); err != nil {
		return page.Content{}, fmt.Errorf("evidence: %w", err)
	}
	body.Months.Class = "span-12"
	a.Narrow(areas, &body.Sources, &body.Backdated)
	return page.Content{Title: a.T("nav.evidence"), Nav: "evidence", Filters: figures.AnalysisFilters(), Charts: true, Body: body}, nil
}

func (a *request) sentence(now *model.SummaryRow) string {
	switch {
	case now == nil:
		return a.T("overview.unknown")
	case now.Timeliness == nil || now.EvidencedTimeliness == nil:
		return a.T("evidence.sentence_none")
	}
	return a.T("evidence.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Claimed", page.Percent(*now.Timeliness),
		"Evidenced", page.Percent(*now.EvidencedTimeliness), "Count", now.Backdated)
}

func (a *request) numbers(now *model.SummaryRow, before figures.Previous) []page.Number {
	if now == nil {
		return nil
	}
	numbers := []page.Number{
		a.RatioNumber("claimed", now.Timeliness, before.Timeliness),
		a.RatioNumber("evidenced", now.EvidencedTimeliness, before.EvidencedTimeliness),
		a.RatioNumber("evidence_share", now.EvidenceShare, before.EvidenceShare),
		a.CountedNumber("backdated", "records", now.Backdated, before.Count(before.Backdated)),
	}
	if now.EvidenceShare == nil {
		numbers[2].None = a.T("none.not_met")
	}
	ranking := a.Address.At("/ranking/" + a.Question.Group)
	numbers[0].Href, numbers[1].Href = ranking.With("sort", "timeliness").String()+"#units", ranking.With("sort", "evidenced_timeliness").String()+"#units"
	numbers[2].Href, numbers[3].Href = "#sources", "#backdated"
	return numbers
}

// backdatedFigure lists the records whose evidence is later than the day they claim, most days first.
func (a *request) backdatedFigure(backdated *page.Answer[[]model.BackdatedRow]) page.Figure {
	f := a.RecordsFigure("backdated", a.T("evidence.backdated"), backdated.Failed)
	t := figures.RecordsTable(f.Heading, a.T("evidence.backdated_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "claims", Label: a.T("evidence.claims"), Class: "fit", Sort: "text"},
		{Key: "evidenced_on", Label: a.Label("evidenced_on"), Class: "fit", Sort: "text"},
		{Key: "difference", Label: a.T("evidence.difference"), Class: "num", Sort: "number"},
		{Key: "by", Label: a.T("evidence.by"), Class: "fit"},
		{Key: "source", Label: a.Label("source"), Class: "fit", Sort: "text"},
		{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
	}
	for _, r := range backdated.Value {
		f.About = a.FoundBy(r.Found, len(backdated.Value), "evidence.order")
		by := "evidence.by_collection"
		if r.ByUpload {
			by = "evidence.by_upload"
		} else if r.ByEarlier {
			by = "evidence.by_earlier"
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(r.UnitID, r.Unit), a.Note(a.Words(r.Item).Classed("wide full text"), r.Title, r.ForSociety), a.Day(&r.PublishedOn), a.Day(&r.EvidencedOn), a.Days(&r.Days),
			a.Words(a.T(by)).Classed("fit"), a.Words(r.Source).Classed("fit"), a.ProofTo(r.Source, r.RecordID, r.Item, ""),
		}})
	}
	f.Table = &t
	return f
}

// figure lists what evidence the records of each source carry.
func (a *request) figure(sources *page.Answer[[]model.EvidenceRow]) page.Figure {
	f := page.Figure{
		ID: "sources", Heading: a.T("evidence.sources"), About: a.T("evidence.sources_about"), Class: "span-7", Open: true,
		Failed: sources.Failed, Own: true, Exports: a.Exports("records", a.Question),
	}
	t := page.Table{Label: f.Heading, Short: true, Empty: a.T("panel.empty"), Columns: []page.Column{{Key: "source", Label: a.Label("source"), Class: "title"}}}
	for _, key := range []string{"records", "with_evidence", "uploaded", "seen_to_come", "dated_by_sight"} {
		t.Columns = append(t.Columns, page.Column{Key: key, Label: a.T("evidence." + key), Title: a.T("evidence." + key + "_title"), Class: "num"})
	}
	t.Columns = append(t.Columns, page.Column{Key: "backdated", Label: a.Label("backdated"), Class: "num"}, page.Column{Key: "seen", Label: a.T("evidence.seen"), Class: "fit"})
	for _, r := range sources.Value {
		kind := "evidence.ledger"
		if r.Online {
			kind = "evidence.online"
		}
		with := a.Count(int64(r.WithEvidence))
		with.Note = page.Percent(figures.ShareOf(r.WithEvidence, r.Records))
		seen := a.Words(a.Instant(r.FirstSeen)).Classed("fit full")
		if r.LastSeen.After(r.FirstSeen) {
			seen.Note = a.T("evidence.seen_to", "Instant", a.Instant(r.LastSeen))
		}
		name := a.SourceLink(r.Source)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(name.Text).Linked(name.Href).Classed("title").Noted(a.T(kind)), a.Count(int64(r.Records)), with, a.Count(int64(r.Uploaded)),
			a.Count(int64(r.SeenToCome)), a.Count(int64(r.DatedBySight)), a.Count(int64(r.Backdated)), seen,
		}})
	}
	f.Table = &t
	return f
}
