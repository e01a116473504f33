package deploy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/programtest"
)

// askClickHouse asks what the panels ask of ClickHouse, as an account that only reads: the sample district in directory.
func askClickHouse(t *testing.T, directory string, fill *strings.Replacer) {
	t.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(t))
	config, err := config.Read(filepath.Join(directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := application.Open(t.Context(), config, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	until := time.Now()
	macros := strings.NewReplacer("$__fromTime", fmt.Sprintf("toDateTime(%d)", until.AddDate(0, 0, -90).Unix()), "$__toTime", fmt.Sprintf("toDateTime(%d)", until.Unix()))
	ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"readonly": 1}))
	answered := 0
	for _, q := range questions(t) {
		if q.RawSQL == "" {
			continue
		}
		answered++
		statement := fill.Replace(macros.Replace(q.RawSQL))
		found, err := a.Store.Conn().Query(ctx, statement)
		if err != nil {
			t.Errorf("%s: %v\n%s", q.panel, err, statement)
			continue
		}
		lines := 0
		for found.Next() {
			lines++
		}
		if err := found.Err(); err != nil || lines == 0 {
			t.Errorf("%s: %d lines, %v\n%s", q.panel, lines, err, statement)
		}
		for _, column := range found.Columns() {
			if column == "" || strings.Contains(column, "(") {
				t.Errorf("%s: the column %q has no name", q.panel, column)
			}
		}
	}
	if answered < 4 {
		t.Errorf("%d panels ask ClickHouse", answered)
	}
	if err := a.Store.Conn().Exec(ctx, "TRUNCATE TABLE rejected_rows"); err == nil {
		t.Error("an account that only reads could write")
	}
}
