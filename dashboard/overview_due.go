package dashboard

import (
	"context"

	"yangguang/queries"
)

// due asks what falls due in the next days.
func (a *ask) due() *answer[[]queries.DueRow] {
	return load(a.panels, "due", a.question, func(ctx context.Context, question queries.Question) ([]queries.DueRow, error) {
		return a.store.Due(ctx, question, dueDays)
	})
}

// dueLink says how much falls due within 7 days and within 30, and leads to the calendar of it.
func (a *ask) dueLink(due *answer[[]queries.DueRow]) *link {
	if due.failed {
		return nil // the calendar says so
	}
	var soon, all uint64
	for _, row := range due.value {
		all += row.Obligations
		if untilDay(a.question.AsOf, row.DueOn) <= dueSoon {
			soon += row.Obligations
		}
	}
	return &link{
		Text: a.T("overview.due", "Soon", grouped(int64(soon)), "All", grouped(int64(all))),
		Href: a.address.at("/lapsed").with("group", a.address.get("group")).String() + "#calendar",
	}
}
