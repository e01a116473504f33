package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLogLevels(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("China", 8*3600)
	for _, test := range []struct {
		level string
		want  []string
	}{
		{"", []string{"a warning", "an error"}},
		{"error", []string{"an error"}},
		{"info", []string{"news", "a warning", "an error"}},
		{"debug", []string{"detail", "news", "a warning", "an error"}},
	} {
		for _, format := range []string{"", "text", "json"} {
			var out bytes.Buffer
			logger := Log{Level: test.level, Format: format}.Logger(&out, zone)
			logger.Debug("detail")
			logger.Info("news")
			logger.Warn("a warning")
			logger.Error("an error")
			var got []string
			for line := range strings.Lines(out.String()) {
				at, message := "", ""
				if format == "json" {
					var record struct{ Time, Msg string }
					if err := json.Unmarshal([]byte(line), &record); err != nil {
						t.Fatal(err)
					}
					at, message = record.Time, record.Msg
				} else if _, err := fmt.Sscanf(line, "time=%s ", &at); err != nil {
					t.Fatal(err)
				} else {
					_, message, _ = strings.Cut(strings.TrimSpace(line), "msg=")
					message = strings.Trim(message, `"`)
				}
				if !strings.HasSuffix(at, "+08:00") {
					t.Errorf("the time %q is of another clock", at)
				}
				got = append(got, message)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("level %q, format %q: logged %q, want %q", test.level, format, got, test.want)
			}
		}
	}
}
