package querytest

import (
	"context"
	"os"
	"strconv"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// Database is a connection to one.
type Database interface{ Conn() driver.Conn }

// Execute runs statements, after the end of the test too.
func Execute(t testing.TB, store Database, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if err := store.Conn().Exec(context.Background(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// Scaled is a number that a variable of the environment makes greater: tests are small by default.
func Scaled(t testing.TB, variable string, usual int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return number
}

// Number is the only value of an answer.
func Number(t testing.TB, store Database, query string) int64 {
	t.Helper()
	var got int64
	if err := store.Conn().QueryRow(t.Context(), query).Scan(&got); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return got
}

// OverBothProtocols runs a test on an empty database over HTTP and over the native protocol.
func OverBothProtocols(t *testing.T, test func(t *testing.T, store *ask.Asker)) {
	t.Run("http", func(t *testing.T) { test(t, Empty(t, false)) })
	t.Run("native", func(t *testing.T) { test(t, Empty(t, true)) })
}

// Rows are those of a report, by the keys of its columns.
func Rows(t testing.TB, store *ask.Asker, name string, question model.Question) []map[string]any {
	t.Helper()
	report, found := model.ReportNamed(name)
	if !found {
		t.Fatalf("no report %s", name)
	}
	var rows []map[string]any
	err := store.Stream(t.Context(), report, question, func(values []any) error {
		row := map[string]any{}
		for i, column := range report.Columns {
			row[column.Key] = values[i]
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
