package page

import (
	"context"
	"time"

	"yangguang/dashboard/access"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/verdicts"
)

// Register notes what becomes of rectification notices; *notices.Register does.
type Register interface {
	History(ctx context.Context, noticeID string) ([]notices.Event, error)
	Issue(ctx context.Context, at time.Time, drafts ...notices.Event) ([]notices.Event, error)
	Follow(ctx context.Context, at time.Time, noticeID, what, by string, doneOn time.Time, remark string) error
}

// Inspection notes what people say of what patrol has found, and draws samples for them; *verdicts.People does.
type Inspection interface {
	Say(ctx context.Context, at time.Time, by, what, reason string, ids ...uint64) error
	Draw(ctx context.Context, at time.Time, question model.Question, seed string, size int, by string) (sampleID string, err error)
	Enter(ctx context.Context, at time.Time, by, with string, entries []verdicts.Entry) (noted int, err error)
}

// User is who sends the request. What guards the address has made sure of it.
func (a *Request) User() access.User { return access.Of(a.HTTP.Context()) }
