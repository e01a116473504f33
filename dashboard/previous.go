package dashboard

import (
	"context"

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
