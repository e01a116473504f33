package page

import (
	"context"
	"time"

	"yangguang/queries/model"
	"yangguang/queries/notices"
)

// Register drafts rectification notices and notes what becomes of them; *notices.Register does.
type Register interface {
	Demands(ctx context.Context, question model.Question) ([]model.DemandRow, error)
	WorkingDay(ctx context.Context, question model.Question, count int) (time.Time, error)
	History(ctx context.Context, noticeID string) ([]notices.Event, error)
	Issue(ctx context.Context, at time.Time, drafts ...notices.Event) ([]notices.Event, error)
	Follow(ctx context.Context, at time.Time, noticeID, what, by string, doneOn time.Time, remark string) error
}

// Clerk is the user who sends the request, and whether he may note what becomes of notices. His password was asked for before.
func (a *Request) Clerk() (name string, clerk bool) {
	name, _, given := a.HTTP.BasicAuth()
	return name, given && name != "" && a.Options.Clerk != nil && a.Options.Clerk(name)
}
