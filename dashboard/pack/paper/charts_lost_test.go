package paper

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// Scores that all lie above 90 are drawn as points lost, written on a sheet for the chart to read; others as scores from 0 to 100.
func TestChartOfHighScores(t *testing.T) {
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	if err := bundle.Add(Messages); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		scores []string
		lost   []string
	}{
		"high":         {[]string{"99.50", "97.25", "90.01"}, []string{"0.50", "2.75", "9.99"}},
		"one at 90":    {[]string{"99.50", "90"}, nil},
		"without one":  {[]string{"99.50", ""}, nil},
		"far below 90": {[]string{"60.00"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := NewWorkbook(bundle.Printer("zh"), model.Question{}.WithDefaults(day), "")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = w.Close() }()
			ranking := &Paper{Part: Part{Report: model.Report{Name: "ranking", Columns: []model.Column{{Key: "unit"}, {Key: "score", Kind: model.Score}}}}, Sheet: "排名"}
			for _, score := range test.scores {
				var value any
				if score != "" {
					value = decimal.RequireFromString(score)
				}
				ranking.Add([]any{"单位", value})
			}
			drawn := w.scores(chart{paper: ranking, category: "unit", series: []series{{"score", "0F766E"}}}.of("得分", 1, len(test.scores)))
			if drawn.lost != (test.lost != nil) {
				t.Fatalf("drawn as points lost: %v", drawn.lost)
			}
			if !drawn.lost {
				return
			}
			for round := range 2 { // a second chart stands below
				if drawn, err = w.tabulateLost(w.scores(chart{paper: ranking, category: "unit", series: []series{{"score", "0F766E"}}}.of("得分", 1, len(test.scores)))); err != nil {
					t.Fatal(err)
				}
				if first := 2 + round*len(test.lost); drawn.first != first || drawn.last != first+len(test.lost)-1 {
					t.Errorf("rows %d to %d, want them from %d", drawn.first, drawn.last, first)
				}
			}
			rows, err := w.book.File().GetRows("失分")
			if err != nil || len(rows) != 1+2*len(test.lost) {
				t.Fatalf("%v, %v", rows, err)
			}
			for i, want := range test.lost {
				if rows[1+i][1] != want {
					t.Errorf("row %d: %s lost, want %s", i, rows[1+i][1], want)
				}
			}
		})
	}
}
