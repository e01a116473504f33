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

// dueNumber is how much falls due within 7 days and within 30; it leads to the calendar of what falls due.
func (a *ask) dueNumber(due *answer[[]queries.DueRow]) number {
	n := number{Label: a.T("figure.due_7"), Href: a.address.at("/lapsed").String() + "#due"}
	if due.failed {
		n.None = a.T("panel.failed")
		return n
	}
	var soon, all uint64
	for _, row := range due.value {
		all += row.Obligations
		if untilDay(a.question.AsOf, row.DueOn) <= dueSoon {
			soon += row.Obligations
		}
	}
	n.Value, n.Unit, n.Note = grouped(int64(soon)), a.noun("items", int64(soon)), a.T("overview.due_30", "Count", int(all))
	return n
}
