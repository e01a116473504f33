package clickhouse_test

import (
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/querytest"
)

// overBothProtocols runs a test with an empty database over HTTP and over the native protocol.
func TestParametersReachNestedViews(t *testing.T) {
	querytest.OverBothProtocols(t, func(t *testing.T, store *ask.Asker) {
		querytest.Execute(t, store,
			`CREATE VIEW inner_view AS SELECT {day:Date32} AS day, {name:String} AS name, {instant:DateTime64(3, 'UTC')} AS instant, {names:Array(String)} AS names, {maybe:Nullable(Date32)} AS maybe`,
			`CREATE VIEW outer_view AS SELECT * FROM inner_view(day = {outer_day:Date32}, name = {outer_name:String}, instant = {outer_instant:DateTime64(3, 'UTC')}, names = {outer_names:Array(String)}, maybe = {outer_maybe:Nullable(Date32)})`)
		for _, test := range []struct {
			name      string
			day       string
			text      string
			instant   time.Time
			names     []string
			maybe     any
			wantMaybe *time.Time
		}{
			{"plain", "2026-11-22", "郾城区", time.Date(2026, 11, 22, 8, 0, 0, 123e6, time.UTC), []string{"a", "b"}, "2026-01-01", new(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))},
			{"quotes and lines", "1970-01-01", "it's a \\ \"line\"\n\tnext `{x:String}`", time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), []string{"it's", `back\slash`, "a,b]", "line\nnext"}, nil, nil},
			{"empty", "2199-12-31", "", time.Date(2099, 12, 31, 23, 59, 59, 999e6, time.UTC), []string{}, nil, nil},
		} {
			t.Run(test.name, func(t *testing.T) {
				var day, instant time.Time
				var text string
				var names []string
				var maybe *time.Time
				row := store.Conn().QueryRow(t.Context(), `SELECT day, name, instant, names, maybe FROM outer_view(outer_day = {d:Date32}, outer_name = {n:String},
					outer_instant = {i:DateTime64(3, 'UTC')}, outer_names = {a:Array(String)}, outer_maybe = {m:Nullable(Date32)})`,
					clickhouse.Named("d", test.day), clickhouse.Named("n", test.text), clickhouse.DateNamed("i", test.instant, clickhouse.MilliSeconds),
					clickhouse.Named("a", test.names), clickhouse.Named("m", test.maybe))
				if err := row.Scan(&day, &text, &instant, &names, &maybe); err != nil {
					t.Fatal(err)
				}
				if got := day.Format(time.DateOnly); got != test.day {
					t.Errorf("Date32 %s came back as %s", test.day, got)
				}
				if text != test.text {
					t.Errorf("String %q came back as %q", test.text, text)
				}
				if !instant.Equal(test.instant) {
					t.Errorf("DateTime64 %s came back as %s", test.instant, instant)
				}
				if difference := cmp.Diff(test.names, names); difference != "" {
					t.Errorf("Array(String) (-sent +came):\n%s", difference)
				}
				if difference := cmp.Diff(test.wantMaybe, maybe); difference != "" {
					t.Errorf("Nullable(Date32) (-want +got):\n%s", difference)
				}
			})
		}
	})
}
