package clickhouse_test

import (
	"context"
	"errors"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/querytest"
)

func TestAbandonedQueryEndsInClickHouse(t *testing.T) {
	querytest.OverBothProtocols(t, func(t *testing.T, store *ask.Asker) {
		const running = "SELECT toInt64(count()) FROM system.processes WHERE current_database = currentDatabase() AND query LIKE '%cityHash64%' AND query NOT LIKE '%processes%'"
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ended := make(chan error, 1)
		go func() {
			var sum uint64
			ended <- store.Conn().QueryRow(ctx, "SELECT sum(cityHash64(number)) FROM numbers(1000000000000)").Scan(&sum)
		}()
		for querytest.Number(t, store, running) == 0 {
			select {
			case err := <-ended:
				t.Fatalf("the query ended by itself: %v", err)
			default:
			}
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the abandoned query gave %v", err)
		}
		for querytest.Number(t, store, running) != 0 { // the test's time limit bounds it
		}
	})
}
