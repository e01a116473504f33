package terminal

import (
	"net/url"
	"testing"
	"time"

	"yangguang/dashboard/export"
)

// TestComparisonOfExports asks by the flag what the address asks, which is answered by the same query.
func TestComparisonOfExports(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, compare := range []string{"", "previous", "year"} {
		flags := QuestionFlags{From: "2026-07-01", To: "2026-09-30", Group: "villages", Compare: compare}
		asked, err := flags.Question(now)
		if err != nil {
			t.Fatal(err)
		}
		address := url.Values{"from": {flags.From}, "to": {flags.To}, "group": {flags.Group}, "compare": {compare}}
		if want, err := export.ParseQuestion(address, now); err != nil || asked != want {
			t.Errorf("--compare %s asks %+v, the address %+v, %v", compare, asked, want, err)
		}
		if before := asked.Previous().From.Format(time.DateOnly); before != map[string]string{"": "2026-04-01", "previous": "2026-04-01", "year": "2025-07-01"}[compare] {
			t.Errorf("--compare %s compares with what begins on %s", compare, before)
		}
	}
}
