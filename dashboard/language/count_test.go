package language

import "testing"

func TestCounted(t *testing.T) {
	for name, of := range map[string]struct {
		name  string
		value any
		want  any
	}{
		"small":    {"Count", 7, count(7)},
		"unsigned": {"Units", uint64(9727), count(9727)},
		"year":     {"Year", 2026, 2026},
		"text":     {"Count", "9727", "9727"},
	} {
		if got := counted(of.name, of.value); got != of.want {
			t.Errorf("%s: %v (%T)", name, got, got)
		}
	}
	for n, want := range map[count]string{0: "0", 999: "999", 9727: "9,727", -1234567: "-1,234,567", -123: "-123"} {
		if got := n.String(); got != want {
			t.Errorf("%d is written %s", int64(n), got)
		}
	}
}
