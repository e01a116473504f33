package dashboard

import (
	"context"

	"yangguang/queries"
)

// Questions is what the pages ask; *queries.Store answers.
type Questions interface {
	Ranking(context.Context, queries.Question) ([]queries.RankingRow, error)
	Obligations(context.Context, queries.Question) ([]queries.ObligationRow, error)
	Lapsed(context.Context, queries.Question) ([]queries.ObligationRow, error)
	Items(context.Context, queries.Question) ([]queries.ItemRow, error)
	Summary(context.Context, queries.Question) ([]queries.SummaryRow, error)
	Notices(context.Context, queries.Question) ([]queries.NoticeRow, error)
	Sources(context.Context, queries.Question) ([]queries.SourceRow, error)
}
