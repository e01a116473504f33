package dashboard

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// evidenceBody is what pages/evidence.html shows.
type evidenceBody struct {
	Sentence, About string
	Numbers         []number
	Groups, Sources figure
	Months          figure
	Backdated       figure
}

// evidence answers: how much of the timeliness that is claimed does the evidence bear out, and which records claim an earlier day?
func evidence(_ context.Context, a *ask) (content, error) {
	question := a.question
	summary := load(a.panels, "summary", question, a.store.Summary)
	before := loadPrevious(a, "previous summary", question, a.store.Summary)
	backdated := loadRecords(a, "backdated", question, limited(a, a.store.Backdated))
	sources := loadRecords(a, "evidence", question, a.store.Evidence)
	areas := a.loadAreas()
	months := load(a.panels, "months", question, a.store.Months)
	a.panels.wait()

	now := groupRow(summary.value, question.Group)
	body := evidenceBody{
		Sentence: a.evidenceSentence(now), About: a.windowSentence() + a.T("evidence.about"),
		Numbers:   a.evidenceNumbers(now, previousOf(before, question.Group)),
		Sources:   a.evidenceFigure(sources),
		Backdated: a.backdatedFigure(backdated),
	}
	var err error
	body.Groups, err = a.groupMeasures("evidence", summary,
		groupMeasure{"timeliness", "var(--measure-1)", "", func(r queries.SummaryRow) *decimal.Decimal { return r.Timeliness }},
		groupMeasure{"evidenced_timeliness", "var(--measure-3)", "third", func(r queries.SummaryRow) *decimal.Decimal { return r.EvidencedTimeliness }})
	if err != nil {
		return content{}, fmt.Errorf("evidence: %w", err)
	}
	if body.Months, err = a.monthsFigure("timeliness_months", months, question, timelinessShares()); err != nil {
		return content{}, fmt.Errorf("evidence: %w", err)
	}
	body.Months.Class = "span-12"
	a.narrow(areas, &body.Sources, &body.Backdated)
	return content{Title: a.T("nav.evidence"), Nav: "evidence", Filters: analysisFilters(), Charts: true, Body: body}, nil
}

func (a *ask) evidenceSentence(now *queries.SummaryRow) string {
	switch {
	case now == nil:
		return a.T("overview.unknown")
	case now.Timeliness == nil || now.EvidencedTimeliness == nil:
		return a.T("evidence.sentence_none")
	}
	return a.T("evidence.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Claimed", percent(*now.Timeliness),
		"Evidenced", percent(*now.EvidencedTimeliness), "Count", now.Backdated)
}

func (a *ask) evidenceNumbers(now *queries.SummaryRow, before previous) []number {
	if now == nil {
		return nil
	}
	numbers := []number{
		a.ratioNumber("claimed", now.Timeliness, before.Timeliness),
		a.ratioNumber("evidenced", now.EvidencedTimeliness, before.EvidencedTimeliness),
		a.ratioNumber("evidence_share", now.EvidenceShare, before.EvidenceShare),
		a.countedNumber("backdated", "records", now.Backdated, before.count(before.Backdated)),
	}
	if now.EvidenceShare == nil {
		numbers[2].None = a.T("none.not_met")
	}
	ranking := a.address.at("/ranking/" + a.question.Group)
	numbers[0].Href, numbers[1].Href = ranking.with("sort", "timeliness").String()+"#units", ranking.with("sort", "evidenced_timeliness").String()+"#units"
	numbers[2].Href, numbers[3].Href = "#sources", "#backdated"
	return numbers
}

// backdatedFigure lists the records whose evidence is later than the day they claim, most days first.
func (a *ask) backdatedFigure(backdated *answer[[]queries.BackdatedRow]) figure {
	f := a.recordsFigure("backdated", a.T("evidence.backdated"), backdated.failed)
	t := recordsTable(f.Heading, a.T("evidence.backdated_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "claims", Label: a.T("evidence.claims"), Class: "fit", Sort: "text"},
		{Key: "evidenced_on", Label: a.Label("evidenced_on"), Class: "fit", Sort: "text"},
		{Key: "difference", Label: a.T("evidence.difference"), Class: "num", Sort: "number"},
		{Key: "by", Label: a.T("evidence.by"), Class: "fit"},
		{Key: "source", Label: a.Label("source"), Class: "fit", Sort: "text"},
		{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
	}
	for _, r := range backdated.value {
		f.About = a.foundBy(r.Found, len(backdated.value), "evidence.order")
		by := "evidence.by_collection"
		if r.ByUpload {
			by = "evidence.by_upload"
		} else if r.ByEarlier {
			by = "evidence.by_earlier"
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(r.UnitID, r.Unit), a.note(a.words(r.Item).class("wide full text"), r.Title, r.ForSociety), a.day(&r.PublishedOn), a.day(&r.EvidencedOn), a.days(&r.Days),
			a.words(a.T(by)).class("fit"), a.words(r.Source).class("fit"), a.proofTo(r.Source, r.RecordID, r.Item, ""),
		}})
	}
	f.Table = &t
	return f
}

// evidenceFigure lists what evidence the records of each source carry.
func (a *ask) evidenceFigure(sources *answer[[]queries.EvidenceRow]) figure {
	f := figure{
		ID: "sources", Heading: a.T("evidence.sources"), About: a.T("evidence.sources_about"), Class: "span-7", Open: true,
		Failed: sources.failed, Own: true, Exports: a.exports("records", a.question),
	}
	t := table{Label: f.Heading, Short: true, Empty: a.T("panel.empty"), Columns: []column{{Key: "source", Label: a.Label("source"), Class: "title"}}}
	for _, key := range []string{"records", "with_evidence", "uploaded", "seen_to_come", "dated_by_sight"} {
		t.Columns = append(t.Columns, column{Key: key, Label: a.T("evidence." + key), Title: a.T("evidence." + key + "_title"), Class: "num"})
	}
	t.Columns = append(t.Columns, column{Key: "backdated", Label: a.Label("backdated"), Class: "num"}, column{Key: "seen", Label: a.T("evidence.seen"), Class: "fit"})
	for _, r := range sources.value {
		kind := "evidence.ledger"
		if r.Online {
			kind = "evidence.online"
		}
		with := a.count(int64(r.WithEvidence))
		with.Note = percent(shareOf(r.WithEvidence, r.Records))
		seen := a.words(a.instant(r.FirstSeen)).class("fit")
		if r.LastSeen.After(r.FirstSeen) {
			seen.Note = a.T("evidence.seen_to", "Instant", a.instant(r.LastSeen))
		}
		name := a.sourceLink(r.Source)
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(name.Text).href(name.Href).class("title").note(a.T(kind)), a.count(int64(r.Records)), with, a.count(int64(r.Uploaded)),
			a.count(int64(r.SeenToCome)), a.count(int64(r.DatedBySight)), a.count(int64(r.Backdated)), seen,
		}})
	}
	f.Table = &t
	return f
}
