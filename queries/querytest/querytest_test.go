package querytest_test

import (
	"testing"

	"yangguang/queries/querytest"
)

func TestMain(m *testing.M) { querytest.Main(m) }

func TestStoreIsMigrated(t *testing.T) {
	store := querytest.Store(t)
	var tables uint64
	row := store.Conn().QueryRow(t.Context(), "SELECT count() FROM system.tables WHERE database = currentDatabase()")
	if err := row.Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables < 10 {
		t.Errorf("the migrated database has %d tables", tables)
	}
}
