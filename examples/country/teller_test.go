package country

import (
	"reflect"
	"testing"
	"time"

	"yangguang/collector/record"
)

func TestWhatHappensInRealLedgersHappens(t *testing.T) {
	c := laidOut(t, year(3000))
	records := told(c, originals, 0, c.Size())
	seen := map[string]int{}
	ids := map[string]bool{}
	periods := map[string]int{}
	for _, r := range records {
		if ids[r.RecordID] {
			t.Errorf("record id %s is used twice", r.RecordID)
		}
		ids[r.RecordID] = true
		for _, on := range []time.Time{r.OccurredOn, r.ProposedOn, r.ReviewedOn, r.ApprovedOn, r.PublishedOn, r.UploadedOn, r.WithdrawnOn} {
			if on.After(c.To) {
				t.Fatalf("%s knows %s, after the last day", r.RecordID, iso(on))
			}
		}
		if !r.PeriodTo.IsZero() {
			periods[r.UnitID+r.ItemID+iso(r.PeriodTo)]++
		}
		for what, is := range map[string]bool{
			"backdated":             r.UploadedOn.Sub(r.PublishedOn) > 3*24*time.Hour,
			"a step missing":        r.ApprovedOn.IsZero(),
			"steps out of order":    r.ApprovedOn.After(r.PublishedOn),
			"withdrawn":             !r.WithdrawnOn.IsZero(),
			"never made public":     r.PublishedOn.IsZero(),
			"neither day nor steps": r.Period == "" && r.OccurredOn.IsZero() && r.ApprovedOn.IsZero(),
			"no channel":            r.Channel == "",
			"overexposed":           r.ItemID == "JC3" && r.Scope == "society",
			"without a period":      r.ItemID == "JC3" && r.Period == "",
			"with an event id":      r.EventID != "",
		} {
			if is {
				seen[what]++
			}
		}
	}
	if share := float64(len(records)) / float64(c.Size()); share < 25 || share > 60 {
		t.Errorf("%.1f records a unit in a year", share)
	}
	for _, what := range []string{
		"backdated", "a step missing", "steps out of order", "withdrawn", "never made public", "neither day nor steps", "no channel", "overexposed",
		"without a period", "with an event id",
	} {
		if seen[what] == 0 || seen[what] > len(records)/4 {
			t.Errorf("%s: %d of %d", what, seen[what], len(records))
		}
	}
	several := 0
	for _, posts := range periods {
		if posts > 1 {
			several++
		}
	}
	if several == 0 {
		t.Error("no period has several posts")
	}
}

func TestCorrectionsPutMistakesRight(t *testing.T) {
	c := laidOut(t, year(3000))
	first := map[string]record.Record{}
	for _, r := range told(c, originals, 0, c.Size()) {
		first[r.RecordID] = r
	}
	corrected := told(c, corrections, 0, c.Size())
	if share := float64(len(corrected)) / float64(len(first)); share < .003 || share > .02 {
		t.Errorf("%d of %d records are corrected", len(corrected), len(first))
	}
	changed := 0
	for _, r := range corrected {
		mistaken, ok := first[r.RecordID]
		if !ok {
			t.Fatalf("%s was never entered", r.RecordID)
		}
		if !reflect.DeepEqual(r, mistaken) {
			changed++
		}
		mistaken.Title, mistaken.Scope, mistaken.ApprovedOn = r.Title, r.Scope, r.ApprovedOn
		if !reflect.DeepEqual(r, mistaken) {
			t.Fatalf("%s: more than a title, a scope and a step was changed", r.RecordID)
		}
	}
	if changed < len(corrected)*9/10 {
		t.Errorf("%d of %d corrections change something", changed, len(corrected))
	}
}

func TestCountingIsTelling(t *testing.T) {
	c := laidOut(t, year(1500))
	for _, stage := range []stage{originals, corrections} {
		if counted, told := c.count(stage, 0, c.Size()), len(told(c, stage, 0, c.Size())); counted != told {
			t.Errorf("%d rows counted, %d told", counted, told)
		}
	}
}
