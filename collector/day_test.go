package collector_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/storage"
)

// The server thinks in the configured time zone and gives its days as midnight there; the days stored must be the same everywhere.
func TestDaysOfEvidenceInEveryTimeZone(t *testing.T) {
	for _, name := range []string{"Asia/Shanghai", "UTC", "America/New_York"} {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			running, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), TimeZone: name, Command: querytest.Command(t)})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := running.Close(); err != nil {
					t.Error(err)
				}
			})
			store, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running, Database: "yangguang_days"})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if err := storage.Migrate(t.Context(), store); err != nil {
				t.Fatal(err)
			}
			o := &observer{t: t, store: ask.New(facts.New(store)), site: site{config: "c"}, zone: zone}
			// 23:30 and 00:30 of one and the next civil day, half a day of UTC on either side.
			o.now = time.Date(2026, 7, 1, 23, 30, 0, 0, zone)
			o.mustLook("a")
			o.now = time.Date(2026, 7, 2, 0, 30, 0, 0, zone)
			o.mustLook("b", "a")
			o.now = time.Date(2026, 7, 2, 23, 30, 0, 0, zone)
			o.mustLook("c", "b", "a")
			o.expectUnseen("a", "-")
			o.expectUnseen("b", "2026-07-01")
			o.expectUnseen("c", "2026-07-02")
			o.expect("days of the collections", "SELECT toString(day) AS line FROM collections FINAL ORDER BY collection_id", "2026-07-01", "2026-07-02", "2026-07-02")

			probe, err := records.Begin(t.Context(), store, records.Start{Source: "page", Kind: "web", Started: o.now, Day: civil.From(o.now, zone), ConfigHash: "c", Online: true})
			if err != nil {
				t.Fatal(err)
			}
			if got := probe.LastLook(1); got != civil.Date(2026, 7, 2) {
				t.Errorf("the last look was on %s", got)
			}
			if err := probe.Abandon(t.Context(), o.now, "only asked"); err != nil {
				t.Fatal(err)
			}
		})
	}
}
