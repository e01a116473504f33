package queries_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

func TestKeptDays(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 12, 31, hour, 0, 0, 0, time.FixedZone("CST", 8*3600)) }
	if got := facts.RefreshedDays(at(17)); !slices.Equal(got, []time.Time{day(2026, 12, 31)}) {
		t.Errorf("in the afternoon %v", got)
	}
	if got := facts.RefreshedDays(at(18)); !slices.Equal(got, []time.Time{day(2026, 12, 31), day(2027, 1, 1)}) {
		t.Errorf("in the evening %v", got)
	}
}

// A refresher makes the default question's snapshot by itself and others when they are asked, and follows the data.
func TestRefresherMakesWhatIsAsked(t *testing.T) {
	n := newNation(t)
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	defer stop()
	refresher := facts.NewRefresher(n.kept.Facts, func() []time.Time { return []time.Time{n.question().AsOf} }, slog.New(slog.DiscardHandler))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		refresher.Run(ctx)
	}()
	defer func() { stop(); <-ended }()
	report, _ := model.ReportNamed("obligations")
	until := func(what string, question model.Question, met int) {
		t.Helper()
		for {
			found := 0
			err := n.kept.Stream(ctx, report, question, func(row []any) error {
				if row[8] == "on_time" {
					found++
				}
				return nil
			})
			var missing *facts.NotStoredError
			if err != nil && !errors.As(err, &missing) {
				t.Fatalf("%s: %v", what, err)
			}
			if err == nil && found == met {
				return
			}
			time.Sleep(time.Second) // to ask costs more than the refresher's work
		}
	}
	until("the default question", n.question(), 0)
	n.collect("north", "000", "001", "010")
	until("after a collection", n.question(), 3)
	quarter := n.question()
	quarter.From = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	until("another window", quarter, 3)
	n.collect("south", "100")
	until("another window after a collection", quarter, 4)
	for what, window := range map[string]model.Question{"another window": quarter, "the one before, as a question of its own": quarter.Previous()} {
		// what was stored as the window before another has none before it
		want, err := ask.Run(ctx, n.direct, ask.Ranking, window)
		if err != nil {
			t.Fatal(err)
		}
		for got := want[:0]; !cmp.Equal(want, got); time.Sleep(time.Second) {
			var missing *facts.NotStoredError
			if got, err = ask.Run(ctx, n.kept, ask.Ranking, window); err != nil && !errors.As(err, &missing) {
				t.Fatalf("%s: %v", what, err)
			}
		}
	}
	n.compareParts(quarter)
}
