package page

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

func TestPercent(t *testing.T) {
	for ratio, want := range map[string]string{
		"0": "0.0 %", "1": "100.0 %", "0.9640": "96.4 %", "0.9995": "100.0 %", "0.9994": "99.9 %", "0.5625": "56.3 %", "0.3333": "33.3 %",
	} {
		if got := Percent(decimal.RequireFromString(ratio)); got != want {
			t.Errorf("%s: got %s, want %s", ratio, got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := Grouped(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestAge(t *testing.T) {
	days := func(n int64) *int64 { return &n }
	for name, test := range map[string]struct {
		state string
		days  *int64
		want  string
	}{
		"fresh": {"lapsed", days(30), ""}, "a month": {"lapsed", days(31), "old"}, "three months": {"lapsed", days(91), "older"},
		"late is never old": {"late", days(300), ""}, "unknown": {"lapsed", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Age(test.state, test.days); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWindows(t *testing.T) {
	for asOf, want := range map[string][]string{
		"2026-11-22": {
			"year 2026-01-01 ", "half 2026-07-01 ", "quarter 2026-10-01 ", "month 2026-11-01 ", "last_month 2026-10-01 2026-10-31",
			"last_quarter 2026-07-01 2026-09-30", "last_year 2025-01-01 2025-12-31",
		},
		"2026-01-31": {
			"year 2026-01-01 ", "half 2026-01-01 ", "quarter 2026-01-01 ", "month 2026-01-01 ", "last_month 2025-12-01 2025-12-31",
			"last_quarter 2025-10-01 2025-12-31", "last_year 2025-01-01 2025-12-31",
		},
	} {
		t.Run(asOf, func(t *testing.T) {
			day, err := time.Parse(time.DateOnly, asOf)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range windows(day) {
				to := ""
				if !w.to.IsZero() {
					to = w.to.Format(time.DateOnly)
				}
				got = append(got, w.name+" "+w.from.Format(time.DateOnly)+" "+to)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAddress(t *testing.T) {
	a := Address{Path: "/ranking/towns"}.With("from", "2026-07-01").With("scope", "subtree").With("lang", "en")
	for name, test := range map[string]struct{ got, want string }{
		"as it is":        {a.String(), "/ranking/towns?from=2026-07-01&lang=en&scope=subtree"},
		"taken out":       {a.With("from", "").String(), "/ranking/towns?lang=en&scope=subtree"},
		"another page":    {a.At(UnitPath("A/1?")).String(), "/unit/A%2F1%3F?from=2026-07-01&lang=en"},
		"not the same":    {a.With("from", "x").With("from", "2026-07-01").String(), a.String()},
		"nothing to keep": {Address{Path: "/"}.With("lang", "").String(), "/"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %s, want %s", test.got, test.want)
			}
		})
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[uint64]string{0: "0 B", 999: "999 B", 1000: "1.0 KB", 99_940: "99.9 KB", 340_000: "340 KB", 2_500_000: "2.5 MB", 3e12: "3000 GB"} {
		if got := (Text{}).Bytes(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
