package queries_test

import (
	"errors"
	"testing"
	"time"

	"yangguang/queries"
	"yangguang/queries/querytest"
)

// Every report's query gives just the report's columns with the kinds they should have, and nothing of an empty district.
func TestReportsAnswer(t *testing.T) {
	store := querytest.Store(t)
	question := queries.Question{}.WithDefaults(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	ignore := func([]any) error { return nil }
	ranking, _ := queries.ReportNamed("ranking")
	if err := store.Stream(t.Context(), ranking, question, ignore); !errors.Is(err, queries.ErrNoRegistry) {
		t.Errorf("without a registry: %v", err)
	}
	if err := store.Conn().Exec(t.Context(), `
		INSERT INTO loads (load_id, loaded_at, timezone, coverage_weight, essential_weight, venue_weight)
		VALUES (1, now64(3) - 1, 'Asia/Shanghai', 1, 1, 1)`); err != nil {
		t.Fatal(err)
	}
	for _, report := range queries.Reports() {
		t.Run(report.Name, func(t *testing.T) {
			if err := store.Stream(t.Context(), report, question, ignore); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("snapshot", func(t *testing.T) {
		if _, err := store.Snapshot(t.Context(), question); err != nil {
			t.Error(err)
		}
	})
}
