package page

import (
	"context"
	"time"

	"yangguang/queries/notices"
)

// Register notes what becomes of rectification notices; *notices.Register does.
type Register interface {
	History(ctx context.Context, noticeID string) ([]notices.Event, error)
	Issue(ctx context.Context, at time.Time, drafts ...notices.Event) ([]notices.Event, error)
	Follow(ctx context.Context, at time.Time, noticeID, what, by string, doneOn time.Time, remark string) error
}

// Clerk is the user who sends the request, and whether he may note what becomes of notices. His password was asked for before.
func (a *Request) Clerk() (name string, clerk bool) {
	name, _, given := a.HTTP.BasicAuth()
	return name, given && name != "" && a.Options.Clerk != nil && a.Options.Clerk(name)
}
