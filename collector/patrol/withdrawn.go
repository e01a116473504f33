package patrol

import (
	"context"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
)

// MendWithdrawn reports what was found of records that have been withdrawn since as mended: they are visited no more, and need not open.
func MendWithdrawn(ctx context.Context, asker *ask.Asker, question model.Question, at time.Time) error {
	withdrawn, err := ask.Run(ctx, asker, ask.FoundWithdrawn(model.LinkFindings()), question)
	if err != nil || len(withdrawn) == 0 {
		return err
	}
	is := map[model.RecordName]bool{}
	for _, record := range withdrawn {
		is[record] = true
	}
	return patrol.Report(ctx, asker.Store, at, patrol.Scope{
		Kinds: model.LinkFindings(), Looked: func(before patrol.Finding) bool {
			return is[model.RecordName{Source: before.Source, RecordID: before.RecordID}]
		},
	}, nil)
}
