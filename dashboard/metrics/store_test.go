package metrics

import (
	"strings"
	"testing"

	"yangguang/queries/querytest"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// A new database without a registry has nothing to say of units; the scrape still answers.
func TestWithoutRegistry(t *testing.T) {
	page := scrapeWith(t, handler(t, querytest.Store(t), 0), "60")
	if strings.Contains(page, "disclosure_") || !strings.Contains(page, "go_goroutines") {
		t.Error(own(page))
	}
}
