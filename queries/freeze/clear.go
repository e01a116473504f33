package freeze

import (
	"context"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/works"
)

// ClearInterrupted removes what freezes have left whose processes were killed, and says so in a line each.
func ClearInterrupted(ctx context.Context, s *clickhouse.Store) (said []string, err error) {
	return works.ClearKilled(ctx, s, "freeze", func(ctx context.Context, w works.Work) (string, error) { return clearFreeze(ctx, s, w) })
}

// clearFreeze removes what a freeze has stored that was never finished.
func clearFreeze(ctx context.Context, s *clickhouse.Store, w works.Work) (said string, err error) {
	var name string
	var known time.Time
	var found, finished bool
	row := s.Conn().QueryRow(ctx, `SELECT count() > 0, max(finished) = 1, any(name), max(known_at) FROM freezes WHERE toString(toUnixTimestamp64Milli(known_at)) = {known:String}`,
		clickhouse.Named("known", w.Subject))
	if err := row.Scan(&found, &finished, &name, &known); err != nil || !found || finished {
		return "", err
	}
	if err := Abandon(ctx, s, Freeze{Name: name, KnownAt: known}); err != nil {
		return "", err
	}
	return "removed what the interrupted freeze of " + name + " had left; its name is free again", nil
}
