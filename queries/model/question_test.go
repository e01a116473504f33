package model

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func day(text string) time.Time {
	parsed, err := ParseDay("day", text)
	if err != nil {
		panic(err)
	}
	return parsed
}

// Compared with the year before, a window moves by twelve months whatever it touches; where the usual previous window is just that, it is one question.
func TestCompareYear(t *testing.T) {
	for name, test := range map[string]struct{ from, to, wantFrom, wantTo, compare string }{
		"a quarter":    {"2026-07-01", "2026-09-30", "2025-07-01", "2025-09-30", CompareYear},
		"a month":      {"2024-02-01", "2024-02-29", "2023-02-01", "2023-02-28", CompareYear},
		"two years":    {"2025-01-01", "2026-12-31", "2024-01-01", "2025-12-31", CompareYear},
		"year to date": {"2026-01-01", "2026-11-22", "2025-01-01", "2025-11-22", ""},
	} {
		t.Run(name, func(t *testing.T) {
			asked := Question{From: day(test.from), To: day(test.to), Compare: CompareYear}.WithDefaults(day(test.to))
			if before := asked.Previous(); !before.From.Equal(day(test.wantFrom)) || !before.To.Equal(day(test.wantTo)) || asked.Compare != test.compare {
				t.Errorf("got %s to %s, compare %q", before.From.Format(DayLayout), before.To.Format(DayLayout), asked.Compare)
			}
		})
	}
	usual := Question{From: day("2026-07-01"), To: day("2026-09-30")}.WithDefaults(day("2026-09-30"))
	if asked := (Question{From: usual.From, To: usual.To, Compare: ComparePrevious}).WithDefaults(day("2026-09-30")); asked != usual || asked.Check() != nil {
		t.Errorf("previous is the question %+v, want the usual %+v", asked, usual)
	}
	var user *UserError
	if err := (Question{Compare: "month"}).WithDefaults(day("2026-11-22")).Check(); !errors.As(err, &user) || user.Parameter != "compare" {
		t.Errorf("another comparison: %v", err)
	}
}

func TestPreviousWindow(t *testing.T) {
	for name, test := range map[string]struct{ from, to, asOf, wantFrom, wantTo, wantAsOf string }{
		"one month":                  {"2026-07-01", "2026-07-31", "2026-08-10", "2026-06-01", "2026-06-30", "2026-07-10"},
		"a quarter":                  {"2026-04-01", "2026-06-30", "2026-06-30", "2026-01-01", "2026-03-31", "2026-03-31"},
		"a half-year":                {"2026-01-01", "2026-06-30", "2026-07-15", "2025-07-01", "2025-12-31", "2026-01-15"},
		"year to date":               {"2026-01-01", "2026-11-22", "2026-11-22", "2025-01-01", "2025-11-22", "2025-11-22"},
		"year to leap day":           {"2024-01-01", "2024-02-29", "2024-02-29", "2023-11-01", "2023-12-31", "2023-12-31"},
		"four months":                {"2026-02-15", "2026-05-31", "2026-06-30", "2025-02-15", "2025-05-31", "2025-06-30"},
		"five months of a leap year": {"2024-01-01", "2024-05-10", "2024-02-29", "2023-01-01", "2023-05-10", "2023-02-28"},
		"seven to eleven months":     {"2026-01-31", "2026-07-01", "2026-12-01", "2025-01-31", "2025-07-01", "2025-12-01"},
		"a year":                     {"2026-01-01", "2026-12-31", "2026-11-22", "2025-01-01", "2025-12-31", "2025-11-22"},
		"thirteen months":            {"2025-12-01", "2026-12-31", "2026-12-31", "2024-11-01", "2025-11-30", "2025-11-30"},
		"part of two months":         {"2026-03-15", "2026-04-10", "2026-04-10", "2026-01-15", "2026-02-10", "2026-02-10"},
		"clamped":                    {"2026-03-30", "2026-03-30", "2026-03-30", "2026-02-28", "2026-02-28", "2026-02-28"},
		"last day stays last day":    {"2026-02-28", "2026-02-28", "2026-02-28", "2026-01-31", "2026-01-31", "2026-01-31"},
		"28 of a leap February":      {"2024-02-28", "2024-02-29", "2024-03-30", "2024-01-28", "2024-01-31", "2024-02-29"},
		"over a year":                {"2024-12-01", "2026-01-31", "2026-01-31", "2023-10-01", "2024-11-30", "2024-11-30"},
	} {
		t.Run(name, func(t *testing.T) {
			from, to, asOf := PreviousWindow(day(test.from), day(test.to), day(test.asOf))
			got := []string{from.Format(DayLayout), to.Format(DayLayout), asOf.Format(DayLayout)}
			if diff := cmp.Diff([]string{test.wantFrom, test.wantTo, test.wantAsOf}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A window of a month, two, a quarter, half a year, a year or more whole months is preceded by one of as many that ends the day before it; another one by
// the same months of the year before.
func TestPreviousWindowOfWholeMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2020, time.Month(rapid.IntRange(1, 120).Draw(t, "first month")), 1, 0, 0, 0, 0, time.UTC)
		further := rapid.IntRange(0, 30).Draw(t, "further months")
		to := LastOfMonth(from.AddDate(0, further, 0))
		previousFrom, previousTo, _ := PreviousWindow(from, to, to)
		follows := previousTo.AddDate(0, 0, 1).Equal(from)
		if further == 3 || further == 4 || (further > 5 && further < 11) {
			follows = previousFrom.Equal(from.AddDate(-1, 0, 0)) && previousTo.Equal(LastOfMonth(previousFrom.AddDate(0, further, 0)))
		}
		if previousFrom.Day() != 1 || !follows {
			t.Fatalf("%s…%s before %s…%s", previousFrom, previousTo, from, to)
		}
	})
}

func TestWithDefaults(t *testing.T) {
	today := day("2026-11-22")
	for name, test := range map[string]struct{ given, want Question }{
		"nothing asked": {Question{}, Question{From: day("2026-01-01"), To: today, AsOf: today, Group: "all", Scope: "own"}},
		"as of a day last year": {
			Question{AsOf: day("2025-06-30")},
			Question{From: day("2025-01-01"), To: day("2025-06-30"), AsOf: day("2025-06-30"), Group: "all", Scope: "own"},
		},
		"a window looked at later": {
			Question{From: day("2026-04-01"), To: day("2026-06-30"), Group: "towns", Scope: "subtree"},
			Question{From: day("2026-04-01"), To: day("2026-06-30"), AsOf: today, Group: "towns", Scope: "subtree"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.given.WithDefaults(today)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	good := Question{}.WithDefaults(day("2026-11-22"))
	if err := good.Check(); err != nil {
		t.Errorf("the default question: %v", err)
	}
	for name, test := range map[string]struct {
		change    func(*Question)
		parameter string
		message   string
	}{
		"reversed":  {func(q *Question) { q.From = day("2026-12-01") }, "from", "a date not after to, 2026-11-22"},
		"ancient":   {func(q *Question) { q.From = day("1899-12-31") }, "from", "1970-01-01"},
		"group":     {func(q *Question) { q.Group = "cities" }, "group", "one of organs, towns, villages, district, all"},
		"scope":     {func(q *Question) { q.Scope = "all" }, "scope", "one of own, subtree"},
		"programme": {func(q *Question) { q.Programme = "x" }, "programme", "party"},
		"focus":     {func(q *Question) { q.Focus = "x" }, "focus", "integrity"},
	} {
		t.Run(name, func(t *testing.T) {
			question := good
			test.change(&question)
			var user *UserError
			if err := question.Check(); !errors.As(err, &user) || user.Parameter != test.parameter || !strings.Contains(err.Error(), test.message) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestParseKnownAt(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for text, want := range map[string]string{
		"2026-09-30":                "2026-09-30T15:59:59.999Z",
		"2026-09-30T08:00:00+08:00": "2026-09-30T00:00:00Z",
		"2026-09-30T08:00Z":         "2026-09-30T08:00:00Z",
		"2026-09-30 08:00:00+09:00": "2026-09-29T23:00:00Z",
		"2026-09-30T08:00:00.125":   "2026-09-30T00:00:00.125Z",
		"2026-09-30T08:00":          "2026-09-30T00:00:00Z",
		"2026-09-30 08:00:01":       "2026-09-30T00:00:01Z",
		"2026-09-30 08:00":          "2026-09-30T00:00:00Z",
	} {
		got, err := ParseKnownAt(text, shanghai)
		if err != nil || got.UTC().Format(time.RFC3339Nano) != want {
			t.Errorf("%s: got %s, %v; want %s", text, got.UTC(), err, want)
		}
	}
	for _, text := range []string{"yesterday", "2026-02-30", "2026-09-30T25:00", "2026-09-30T08:00:00 08:00", "1969-12-31", "9999-01-01T00:00:00Z"} {
		var user *UserError
		if got, err := ParseKnownAt(text, shanghai); !errors.As(err, &user) || user.Parameter != "known_at" || user.Value != text {
			t.Errorf("%s: got %s, %v", text, got, err)
		}
	}
}
