package programtest

import (
	"errors"
	"path/filepath"
	"testing"

	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
)

// ChangeDatabase runs SQL in the program's database.
func ChangeDatabase(t *testing.T, p Program, statements ...string) {
	t.Helper()
	running, err := engine.Start(t.Context(), engine.Options{DataDir: filepath.Join(p.Directory, "data"), Library: p.EnginePath})
	if err != nil {
		t.Fatal(err)
	}
	store, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running})
	if err != nil {
		t.Fatal(errors.Join(err, running.Close()))
	}
	for _, statement := range statements {
		if err := store.Conn().Exec(t.Context(), statement); err != nil {
			t.Error(err)
		}
	}
	if err := errors.Join(store.Close(), running.Close()); err != nil {
		t.Fatal(err)
	}
}
