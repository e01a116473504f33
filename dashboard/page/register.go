package page

import (
	"context"
	"time"

	"yangguang/dashboard/access"
	"yangguang/queries/notices"
)

// Register notes what becomes of rectification notices; *notices.Register does.
type Register interface {
	History(ctx context.Context, noticeID string) ([]notices.Event, error)
	Issue(ctx context.Context, at time.Time, drafts ...notices.Event) ([]notices.Event, error)
	Follow(ctx context.Context, at time.Time, noticeID, what, by string, doneOn time.Time, remark string) error
}

// User is who sends the request. What guards the address has made sure of it.
func (a *Request) User() access.User { return access.Of(a.HTTP.Context()) }
