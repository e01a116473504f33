package unit

import (
	"cmp"
	"slices"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// obligationsPage is how many obligations a page of the table shows.
const obligationsPage = 60

// obligationsFigure lists every obligation with its state and why it is in it.
func (a *request) obligationsFigure(obligations *page.Answer[[]model.ObligationRow], question model.Question, why reasons) page.Figure {
	f := page.Figure{
		ID: "obligations", Heading: a.T("unit.obligations_heading"), About: a.T("unit.obligations_about"), Class: "span-12", Open: true,
		Failed: obligations.Failed, Exports: a.Exports("obligations", question),
	}
	t := page.Table{
		Label: f.Heading, Search: a.T("table.search_items"), Counter: a.T("table.obligations"), Page: obligationsPage, Paper: 8, Empty: a.T("unit.sentence_nothing"),
		Columns: []page.Column{
			{Key: "item", Label: a.Label("item"), Class: "title stick", Sort: "text"},
			{Key: "period", Label: a.Label("period"), Class: "fit", Sort: "text"},
			{Key: "due_on", Label: a.Label("due_on"), Class: "fit", Sort: "text"},
			{Key: "state", Label: a.Label("state"), Class: "fit", Sort: "text"},
			{Key: "why", Label: a.T("unit.why"), Class: "wide full text"},
			{Key: "published_on", Label: a.Label("published_on"), Class: "fit", Sort: "text"},
			{Key: "evidenced_on", Label: a.Label("evidenced_on"), Class: "fit", Sort: "text"},
			{Key: "procedure", Label: a.ReportLabel("obligations", "procedure"), Class: "fit"},
			{Key: "placement", Label: a.ReportLabel("obligations", "placement"), Class: "fit"},
			{Key: "source", Label: a.Label("source"), Class: "fit"},
			{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
		},
	}
	present := map[string]bool{}
	for _, o := range pressing(obligations.Value) {
		present[o.State] = true
		if why.lack(o.State) {
			f.Lacks = a.T("lacks.reasons")
		}
		t.Rows = append(t.Rows, page.Row{Tags: o.State, Cells: []page.Cell{
			a.Words(o.Item).Classed("title stick").Noted(a.CodeLabel("class", o.Class)),
			a.Period(o.Cadence, o.Period), a.DueDay(o), a.State(o.State, o.DelayDays), a.Words(why.of(o)).Classed("wide full text"),
			a.published(o), a.evidenced(o), a.flag(o.Procedure, "none.no_steps"), a.flag(o.Placement, "none.not_met"), a.source(o), a.proofLink(o),
		}})
	}
	for _, state := range model.ObligationStates() {
		if present[state] {
			t.Chips = append(t.Chips, page.Chip{Text: a.CodeLabel("state", state), Tag: state})
		}
	}
	f.Table = &t
	return f
}

// pressing puts what needs somebody's attention first: lapsed, then unverified; the rest stays in the report's order.
func pressing(obligations []model.ObligationRow) []model.ObligationRow {
	urgency := func(o model.ObligationRow) int { return slices.Index([]string{"unverified", "lapsed"}, o.State) }
	sorted := slices.Clone(obligations)
	slices.SortStableFunc(sorted, func(x, y model.ObligationRow) int { return cmp.Compare(urgency(y), urgency(x)) })
	return sorted
}

func (a *request) published(o model.ObligationRow) page.Cell {
	if o.PublishedOn == nil {
		return a.None("none.not_met").Classed("fit")
	}
	return a.Day(o.PublishedOn)
}

func (a *request) evidenced(o model.ObligationRow) page.Cell {
	if o.EvidencedOn == nil {
		return a.None("none.not_met").Classed("fit")
	}
	day := a.Day(o.EvidencedOn)
	if o.Backdated != nil && *o.Backdated == 1 {
		day.Note = a.T("unit.backdated")
	}
	return day
}

func (a *request) flag(value *int64, why string) page.Cell {
	switch {
	case value == nil:
		return a.None(why).Classed("fit")
	case *value == 1:
		return a.Words(a.T("flag.yes")).Classed("fit")
	default:
		return page.Cell{Text: a.T("flag.no"), Class: "fit"}
	}
}

// source names where the record shown came from, with its address when a browser may follow it.
func (a *request) source(o model.ObligationRow) page.Cell {
	c := a.OrNone(o.Source, "none.not_met").Classed("fit")
	if page.Followable(o.URL) {
		c.Href, c.External, c.Title = o.URL, true, o.URL
	}
	return c
}

// proofLink leads to what the source said of the record shown, and when.
func (a *request) proofLink(o model.ObligationRow) page.Cell {
	if o.PublishedOn == nil {
		return a.None("none.not_met").Classed("fit")
	}
	return a.ProofTo(o.Source, o.RecordID, o.Item, o.Period)
}

// noticesFigure lists the rectification notices to the unit.
func (a *request) noticesFigure(notices *page.Answer[[]model.NoticeRow], question model.Question) page.Figure {
	f := page.Figure{
		ID: "notices", Heading: a.T("unit.notices"), Class: "span-12", Open: true, Failed: notices.Failed, Exports: a.Exports("notices", question),
	}
	t := page.Table{Label: f.Heading, Empty: a.T("unit.no_notices"), Short: true, Columns: []page.Column{
		{Key: "issue_no", Label: a.Label("issue_no"), Class: "title"},
		{Key: "issued_on", Label: a.Label("issued_on"), Class: "fit"},
		{Key: "problem", Label: a.Label("problem"), Class: "wide full text"},
		{Key: "rectify_by", Label: a.Label("rectify_by"), Class: "fit"},
		{Key: "rectified_on", Label: a.Label("rectified_on"), Class: "fit"},
		{Key: "state", Label: a.ReportLabel("notices", "state"), Class: "fit"},
		{Key: "yellow_card", Label: a.Label("yellow_card"), Class: "fit"},
	}}
	for _, n := range notices.Value {
		card := a.Words(a.T("flag.no")).Classed("fit")
		if n.YellowCard == 1 {
			card = page.Cell{Text: a.Label("yellow_card"), Tag: "rating-pass", Class: "fit"}
		}
		number := a.Words(n.IssueNo).Classed("title").Noted(n.NoticeID)
		if n.Registered == 1 && a.Options.Register != nil {
			number = number.Linked(a.Address.At("/notice").With("id", n.NoticeID).String())
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			number, a.Day(n.IssuedOn), a.Inner(n.Problem).Classed("wide full text"),
			a.Day(n.RectifyBy), a.rectified(n), a.State(n.State, nil), card,
		}})
	}
	f.Table = &t
	return f
}

func (a *request) rectified(n model.NoticeRow) page.Cell {
	if n.RectifiedOn == nil {
		return a.None("none.not_rectified").Classed("fit")
	}
	return a.Day(n.RectifiedOn)
}
