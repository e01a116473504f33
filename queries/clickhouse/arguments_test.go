package clickhouse_test

import (
	"strings"
	"testing"

	"yangguang/queries/clickhouse"
	"yangguang/queries/querytest"
)

// A list of ids may be as long as a source has records.
func TestLongArguments(t *testing.T) {
	store := querytest.Store(t)
	ids := make([]string, 50_000)
	for i := range ids {
		ids[i] = strings.Repeat("ж'", 50)
	}
	var got uint64
	if err := store.Conn().QueryRow(t.Context(), "SELECT length({ids:Array(String)})", clickhouse.Named("ids", clickhouse.List(ids))).Scan(&got); err != nil || got != uint64(len(ids)) {
		t.Errorf("%d of %d: %.300v", got, len(ids), err)
	}
}
