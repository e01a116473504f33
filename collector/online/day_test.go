package online

import "testing"

func TestAddressDay(t *testing.T) {
	for text, want := range map[string]string{
		"20260701":   "2026-07-01",
		"202607/01":  "2026-07-01",
		"2026-07/01": "2026-07-01",
		"2026/0701":  "2026-07-01",
		"2026/7/1":   "2026-07-01",
		"2026/10/1":  "2026-10-01",
		"2026-12-3":  "2026-12-03",
		"202671":     "202671", // 7/1 or 71? for the reader of dates to refuse
		"2026":       "2026",
	} {
		if got := AddressDay(text); got != want {
			t.Errorf("AddressDay(%q) = %q, expected %q", text, got, want)
		}
	}
}
