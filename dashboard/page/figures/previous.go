package figures

import (
	"context"
	"slices"
	"strconv"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// LoadPrevious asks a question about the previous window in the background. One that begins before the beginning has no values (SPEC §5).
func LoadPrevious[T any](a *Ask, name string, question model.Question, answer func(context.Context, model.Question) (T, error)) *page.Answer[T] {
	return page.Load(a.Panels, name, question.Previous(), func(ctx context.Context, _ model.Question) (T, error) {
		return askPrevious(ctx, a, question, answer)
	})
}

func askPrevious[T any](ctx context.Context, a *Ask, question model.Question, answer func(context.Context, model.Question) (T, error)) (value T, err error) {
	previous := question.Previous()
	beginning, err := ask.Run(ctx, a.Store, ask.Beginning, question)
	if err != nil || previous.From.Before(beginning) {
		return value, err
	}
	return answer(ctx, previous)
}

// OwedBefore asks in the background whether anything was owed in the window before: otherwise that nothing lapsed says nothing.
func (a *Ask) OwedBefore(question model.Question) *page.Answer[bool] {
	return page.Load(a.Panels, "previous ranking", question, func(ctx context.Context, question model.Question) (bool, error) {
		if results, known := ask.RememberedResults(ctx, a.Store, question); known {
			before := GroupRow(results.Before, question.Group)
			return before != nil && before.Owed(), nil
		}
		totals, err := askPrevious(ctx, a, question, ask.RankingTotals.From(a.Store))
		return totals.Owing > 0, err
	})
}

// Previous is what the summary of the previous window says of a group.
type Previous struct{ model.SummaryRow }

// PreviousOf is what the previous window says of a group, nothing where it does not know it.
func PreviousOf(summary *page.Answer[[]model.SummaryRow], group string) Previous {
	row := GroupRow(summary.Value, group)
	if row == nil {
		return Previous{}
	}
	return Previous{*row}
}

// Count is one of the counts, to compare with.
func (p Previous) Count(n int64) *int64 { return ToCompare(n, p.Owed()) }

// ToCompare is a count of the previous window, nil if it is none to compare with.
func ToCompare(n int64, is bool) *int64 {
	if !is {
		return nil
	}
	return &n
}

// GroupRow finds a group in the summary; a group without units is not there.
func GroupRow(rows []model.SummaryRow, group string) *model.SummaryRow {
	for i := range rows {
		if rows[i].Group == group {
			return &rows[i]
		}
	}
	return nil
}

// Compared says more, fewer or as many as in the previous window, and ends the sentence.
func (a *Ask) Compared(id string, change int) string {
	switch {
	case change > 0:
		return a.T(id+"_more", "Count", change)
	case change < 0:
		return a.T(id+"_fewer", "Count", -change)
	default:
		return a.T(id + "_same")
	}
}

// WindowSentence says which days are assessed, and which the previous window is.
func (a *Ask) WindowSentence() string {
	now, previous := a.Question, a.Question.Previous()
	return a.T("window.about", "Shift", a.previousWords(), "From", now.From.Format(page.DayLayout), "To", now.To.Format(page.DayLayout),
		"PreviousFrom", previous.From.Format(page.DayLayout), "PreviousTo", previous.To.Format(page.DayLayout))
}

// previousWords says how the previous window lies to this one.
func (a *Ask) previousWords() string {
	months := shiftedMonths(a.Question.Previous().From, a.Question.From)
	if !slices.Contains([]int{1, 2, 3, 6, 12}, months) {
		return ""
	}
	return a.T("window.shift." + strconv.Itoa(months))
}

// shiftedMonths is by how many months a day lies before another.
func shiftedMonths(before, after time.Time) int {
	return (after.Year()-before.Year())*12 + int(after.Month()) - int(before.Month())
}
