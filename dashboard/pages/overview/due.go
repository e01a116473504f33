package overview

import (
	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// due asks what falls due in the next days.
func (a *request) due() *page.Answer[[]model.DueRow] {
	return page.Ask(a.Request, a.Question, ask.Due(figures.DueDays))
}

// dueLink says how much falls due within 7 days and within 30, and leads to the calendar of it.
func (a *request) dueLink(due *page.Answer[[]model.DueRow]) *page.Link {
	if due.Failed {
		return nil // the calendar says so
	}
	var soon, all uint64
	for _, row := range due.Value {
		all += row.Obligations
		if figures.UntilDay(a.Question.AsOf, row.DueOn) <= figures.DueSoon {
			soon += row.Obligations
		}
	}
	return &page.Link{
		Text: a.T("overview.due", "Soon", page.Grouped(int64(soon)), "All", page.Grouped(int64(all))),
		Href: a.Address.At("/lapsed").With("group", a.Address.Get("group")).String() + "#calendar",
	}
}
