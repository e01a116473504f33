package clickhouse_test

import (
	"errors"
	"testing"

	"golang.org/x/sync/errgroup"

	"yangguang/queries/querytest"
)

// Statements of a session follow one another, however many ask at once; none of them ends it.
func TestSessionTwiceAtOnce(t *testing.T) {
	store := querytest.Store(t)
	session, end, err := store.Session(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Conn().Exec(t.Context(), "CREATE TEMPORARY TABLE held (n UInt64)"); err != nil {
		t.Fatal(err)
	}
	group, ctx := errgroup.WithContext(t.Context())
	for range 8 {
		group.Go(func() error {
			for range 40 {
				var count uint64
				if err := session.Conn().QueryRow(ctx, "SELECT count() FROM held").Scan(&count); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := errors.Join(group.Wait(), end()); err != nil {
		t.Error(err)
	}
}
