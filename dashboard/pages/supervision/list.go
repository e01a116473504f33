package supervision

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// noticesPage is how many notices a page lists.
const noticesPage = 100

// followedFigure lists the notices, overdue ones first.
func (a *request) followedFigure(notices *page.Answer[[]model.FollowedNotice], question model.Question) (page.Figure, error) {
	f := page.Figure{
		ID: "notices", Heading: a.T("supervision.list"), About: a.T("supervision.list_about", "Count", len(notices.Value)), Class: "span-12", Open: true,
		Failed: notices.Failed, Exports: a.Exports("notices", question),
	}
	rows, pages, err := page.Paged(a.Request, notices.Value, noticesPage, f.ID)
	if err != nil {
		return f, err
	}
	f.Pages = pages
	t := &page.Table{Label: f.Heading, Short: true, Empty: a.T("unit.no_notices"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "issue_no", Label: a.Label("issue_no"), Class: "fit"},
		{Key: "problem", Label: a.Label("problem"), Class: "wide full text"},
		{Key: "issued_on", Label: a.Label("issued_on"), Class: "fit"},
		{Key: "rectify_by", Label: a.Label("rectify_by"), Class: "fit"},
		{Key: "rectified_on", Label: a.Label("rectified_on"), Class: "fit"},
		{Key: "state", Label: a.ReportLabel("notices", "state"), Class: "fit"},
		{Key: "over", Label: a.T("supervision.over"), Class: "num"},
		{Key: "remarks", Label: a.T("supervision.remarks"), Class: "fit"},
	}}
	for _, n := range rows {
		problem := a.Inner(n.Problem).Classed("wide full text")
		if n.Item != "" && !strings.Contains(n.Problem, n.Item) {
			problem.Note = n.Item
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.noticeUnit(n), a.noticeNumber(n), problem, a.Day(&n.IssuedOn), a.noticeLimit(n), a.noticeRectified(n), a.noticeOutcome(n),
			a.over(n), a.remarks(n),
		}})
	}
	if pages == nil {
		t.Search, t.Counter = a.T("table.search_notices"), a.T("table.notices")
	}
	f.Table = t
	return f, nil
}

// noticeNumber leads to a notice of the register, where clerks note what becomes of it.
func (a *request) noticeNumber(n model.FollowedNotice) page.Cell {
	number := a.Words(n.IssueNo).Classed("fit")
	if n.Registered {
		number = number.Linked(a.Address.At("/notice").With("id", n.NoticeID).String())
	}
	return number
}

func (a *request) noticeUnit(n model.FollowedNotice) page.Cell {
	return a.UnitCell(n.UnitID, n.Unit).Classed("title").Noted(a.CodeLabel("group", n.Group))
}

func (a *request) noticeLimit(n model.FollowedNotice) page.Cell {
	if n.RectifyBy == nil {
		return a.None("supervision.no_limit").Classed("fit")
	}
	return a.Day(n.RectifyBy)
}

func (a *request) noticeRectified(n model.FollowedNotice) page.Cell {
	if n.RectifiedOn == nil {
		return a.None("none.not_rectified").Classed("fit")
	}
	return a.Day(n.RectifiedOn)
}

// noticeOutcome is what became of a notice, with the letter and colour of its state.
func (a *request) noticeOutcome(n model.FollowedNotice) page.Cell {
	c := a.State(n.Outcome, nil)
	c.Text = a.T("outcome." + n.Outcome)
	return c
}

// over is how long a notice is, or was, past its limit.
func (a *request) over(n model.FollowedNotice) page.Cell {
	if n.DaysOver == nil {
		return a.None("supervision.not_over")
	}
	return a.Days(n.DaysOver)
}

// remarks say that a unit is warned about the item again, and that it got a yellow card.
func (a *request) remarks(n model.FollowedNotice) page.Cell {
	c := page.Cell{Class: "fit"}
	if n.YellowCard {
		c.Text, c.Tag = a.Label("yellow_card"), "rating-pass"
	}
	if n.Occasion > 1 {
		c.Note = a.T("supervision.occasion", "Number", n.Occasion)
	}
	return c
}

// repeatsFigure lists the units that were warned about the same item more than once: their latest notice, the most often warned first.
func (a *request) repeatsFigure(notices *page.Answer[[]model.FollowedNotice], question model.Question) page.Figure {
	f := page.Figure{
		ID: "repeats", Heading: a.T("supervision.repeats"), About: a.T("supervision.repeats_about"), Class: "span-6", Open: true,
		Failed: notices.Failed, Own: true, Exports: a.Exports("notices", question),
	}
	t := &page.Table{Label: f.Heading, Page: 15, Short: true, Empty: a.T("supervision.no_repeats"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "times", Label: a.T("supervision.times"), Class: "num"},
		{Key: "latest", Label: a.T("supervision.latest"), Class: "fit"},
		{Key: "state", Label: a.ReportLabel("notices", "state"), Class: "fit"},
	}}
	for _, n := range repeats(notices.Value) {
		item := n.Item
		if item == "" {
			item = n.ItemID
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.noticeUnit(n), a.Words(item).Classed("wide full text"), a.Count(int64(n.Occasion)),
			a.Day(&n.IssuedOn).Noted(n.IssueNo), a.noticeOutcome(n),
		}})
	}
	f.Table = t
	a.First(&f)
	return f
}

// repeats are the latest notices of those who were warned about an item more than once.
func repeats(notices []model.FollowedNotice) []model.FollowedNotice {
	latest := map[[2]string]model.FollowedNotice{}
	for _, n := range notices {
		key := [2]string{n.UnitID, n.ItemID}
		if n.Occasion > max(1, latest[key].Occasion) {
			latest[key] = n
		}
	}
	return slices.SortedFunc(maps.Values(latest), func(x, y model.FollowedNotice) int {
		return cmp.Or(cmp.Compare(y.Occasion, x.Occasion), y.IssuedOn.Compare(x.IssuedOn), cmp.Compare(x.UnitID, y.UnitID), cmp.Compare(x.ItemID, y.ItemID))
	})
}

// cardsFigure lists the yellow cards of the window, which are those that cost points (SPEC §5).
func (a *request) cardsFigure(notices *page.Answer[[]model.FollowedNotice], question model.Question) page.Figure {
	f := page.Figure{
		ID: "cards", Heading: a.T("supervision.cards"), About: a.T("supervision.cards_about"), Class: "span-6", Open: true,
		Failed: notices.Failed, Own: true, Exports: a.Exports("notices", question),
	}
	t := &page.Table{Label: f.Heading, Page: 15, Short: true, Empty: a.T("supervision.no_cards"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "issue_no", Label: a.Label("issue_no"), Class: "fit"},
		{Key: "issued_on", Label: a.Label("issued_on"), Class: "fit"},
		{Key: "problem", Label: a.Label("problem"), Class: "wide full text"},
		{Key: "state", Label: a.ReportLabel("notices", "state"), Class: "fit"},
	}}
	for _, n := range notices.Value {
		if n.YellowCard && n.InWindow {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
				a.noticeUnit(n), a.noticeNumber(n), a.Day(&n.IssuedOn), a.Inner(n.Problem).Classed("wide full text"), a.noticeOutcome(n),
			}})
		}
	}
	f.Table = t
	a.First(&f)
	return f
}
