package clickhouse

import (
	"testing"
)

func TestOlderThan(t *testing.T) {
	t.Parallel()
	for version, older := range map[string]bool{
		"26.3": false, "26.3.1.896": false, "26.10.1.1": false, "27.1": false, "26.2.19.43": true, "25.8.3.66": true, "9.12": true, "26": true, "": false,
		"head": false, "26.x": false,
	} {
		if got := olderThan(version, "26.3"); got != older {
			t.Errorf("%q is older than 26.3: %v, want %v", version, got, older)
		}
	}
}
