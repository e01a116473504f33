package works

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yangguang/queries/clickhouse"
)

// Other says that another process does what one may do at a time.
type Other struct {
	Work
	busy string // English sentence: what it does
}

func (o Other) Error() string {
	return fmt.Sprintf("%s by %s since %s; try again when it has ended", o.busy, o.Describe(), o.BegunAt.UTC().Format(time.RFC3339))
}

// BeginAlone begins a work that one process does at a time; end it with End. The error is an Other, which says what is busy, while another process does it: one
// of another machine's, of which nothing else is known, is taken to have ended after its longest time. Two that begin at once may both be told of the other,
// and never both go on.
func BeginAlone(ctx context.Context, s *clickhouse.Store, kind, subject, busy string, longest time.Duration) (Work, error) {
	nothing := func(context.Context, Work) (string, error) { return "", nil }
	if _, err := ClearKilled(ctx, s, kind, nothing); err != nil {
		return Work{}, err
	}
	own, err := Begin(ctx, s, kind, subject)
	if err != nil {
		return Work{}, err
	}
	under, err := Of(ctx, s, kind)
	if err == nil {
		at := slices.IndexFunc(under, func(w Work) bool {
			isOwn := w.Owner == own.Owner && w.BegunAt.Equal(own.BegunAt)
			return w.Subject == subject && !isOwn && time.Since(w.BegunAt) < longest
		})
		if at < 0 {
			return own, nil
		}
		err = Other{under[at], busy}
	}
	return Work{}, errors.Join(err, End(context.WithoutCancel(ctx), s, own))
}
