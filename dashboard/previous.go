package dashboard

import (
	"context"
	"slices"
	"strconv"
	"time"

	"yangguang/queries"
)

// loadPrevious asks a question about the previous window in the background. One that begins before the beginning has no values (SPEC §5).
func loadPrevious[T any](a *ask, name string, question queries.Question, ask func(context.Context, queries.Question) (T, error)) *answer[T] {
	return load(a.panels, name, question.Previous(), func(ctx context.Context, previous queries.Question) (value T, err error) {
		beginning, err := a.store.Beginning(ctx, question)
		if err != nil || previous.From.Before(beginning) {
			return value, err
		}
		return ask(ctx, previous)
	})
}

// previous is what the summary of the previous window says of a group.
type previous struct {
	queries.SummaryRow
	owed bool // anything; otherwise that nothing lapsed says nothing
}

func previousOf(summary *answer[[]queries.SummaryRow], group string) previous {
	row := groupRow(summary.value, group)
	if row == nil {
		return previous{}
	}
	return previous{*row, row.Assessed+row.Unverified+row.Pending+row.Exempt+row.Undated+row.Lapsed+row.CarriedLapsed > 0}
}

// count is one of the counts, to compare with.
func (p previous) count(n int64) *int64 { return toCompare(n, p.owed) }

// toCompare is a count of the previous window, nil if it is none to compare with.
func toCompare(n int64, is bool) *int64 {
	if !is {
		return nil
	}
	return &n
}

// groupRow finds a group in the summary; a group without units is not there.
func groupRow(rows []queries.SummaryRow, group string) *queries.SummaryRow {
	for i := range rows {
		if rows[i].Group == group {
			return &rows[i]
		}
	}
	return nil
}

// compared says more, fewer or as many as in the previous window, and ends the sentence.
func (a *ask) compared(id string, change int) string {
	switch {
	case change > 0:
		return a.T(id+"_more", "Count", change)
	case change < 0:
		return a.T(id+"_fewer", "Count", -change)
	default:
		return a.T(id + "_same")
	}
}

// windowSentence says which days are assessed, and which the previous window is.
func (a *ask) windowSentence() string {
	now, previous := a.question, a.question.Previous()
	return a.T("window.about", "Shift", a.previousWords(), "From", now.From.Format(dayLayout), "To", now.To.Format(dayLayout),
		"PreviousFrom", previous.From.Format(dayLayout), "PreviousTo", previous.To.Format(dayLayout))
}

// previousWords says how the previous window lies to this one.
func (a *ask) previousWords() string {
	months := shiftedMonths(a.question.Previous().From, a.question.From)
	if !slices.Contains([]int{1, 2, 3, 6, 12}, months) {
		return ""
	}
	return a.T("window.shift." + strconv.Itoa(months))
}

// shiftedMonths is by how many months a day lies before another.
func shiftedMonths(before, after time.Time) int {
	return (after.Year()-before.Year())*12 + int(after.Month()) - int(before.Month())
}
