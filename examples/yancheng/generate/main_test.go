package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	cases := map[string]struct {
		arguments []string
		status    int
		says      string
	}{
		"a first month":          {[]string{"--to", "2025-01-31"}, 0, "ledgers through 2025-01-31"},
		"an impossible last day": {[]string{"--to", "2025-02-30"}, 2, "a date like"},
		"an unknown flag":        {[]string{"--until", "2025-02-28"}, 2, "until"},
		"before the beginning":   {[]string{"--to", "2024-01-31"}, 1, "2025-01-01"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var said bytes.Buffer
			status := run(append([]string{"--dir", t.TempDir()}, c.arguments...), &said, &said)
			if status != c.status || !strings.Contains(said.String(), c.says) {
				t.Errorf("status %d and %q, want %d and %q", status, said.String(), c.status, c.says)
			}
		})
	}
}
