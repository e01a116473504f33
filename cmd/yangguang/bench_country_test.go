package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"
	"time"

	"yangguang/queries"
)

// benchmarkUnits is the size of the country, unless YANGGUANG_BENCH_UNITS says another; it takes editions from queries.DefaultKeepAbove on.
const benchmarkUnits = 8000

// The window and the as-of day of the country.
const countryFrom, countryTo = "2026-01-01", "2026-10-31"

// BenchmarkCountry prints what a country costs: to make its edition, whole and after a day's further records; to summarise and to rank it beside a
// bare GROUP BY of what the edition keeps; and one district's ranking there beside the same district alone in a database.
func BenchmarkCountry(b *testing.B) {
	b.Setenv("YANGGUANG_ENGINE_LIBRARY", engineLibrary(b))
	units := benchmarkUnits
	if text := os.Getenv("YANGGUANG_BENCH_UNITS"); text != "" {
		var err error
		if units, err = strconv.Atoi(text); err != nil {
			b.Fatalf("YANGGUANG_BENCH_UNITS: %v", err)
		}
	}
	p := newProgram(b)
	country, alone := simulated(b, p, "country", units), simulated(b, p, "alone", 275)
	asOf, err := time.Parse(time.DateOnly, countryTo)
	if err != nil {
		b.Fatal(err)
	}
	nation := queries.Question{}.WithDefaults(asOf)
	district := nation
	district.Within = districtOf(b, alone)
	for b.Loop() {
		making := timed(b, func() error { return country.store.KeepEdition(b.Context(), nation, nil) })
		var kept uint64
		if err := country.store.Conn().QueryRow(b.Context(), "SELECT count() FROM kept_obligations").Scan(&kept); err != nil {
			b.Fatal(err)
		}
		b.Logf("%d units: edition of %d obligations in two windows made in %.1f s", units, kept, making.Seconds())

		bare := timedBest(b, func() error {
			return country.store.Conn().Exec(b.Context(), "SELECT unit_id, count() FROM kept_obligations GROUP BY unit_id FORMAT Null")
		})
		summary := timedBest(b, func() error { _, err := country.store.Summary(b.Context(), nation); return err })
		ranking := timedBest(b, func() error { return rank(b, country.store, nation) })
		b.Logf("summary %.2f s, ranking of all %.2f s; bare GROUP BY unit of what is kept %.2f s, ratios %.1f and %.1f",
			summary.Seconds(), ranking.Seconds(), bare.Seconds(), summary.Seconds()/bare.Seconds(), ranking.Seconds()/bare.Seconds())

		among, by := time.Hour, time.Hour
		for range warmRounds { // in turn, because other programs disturb
			among = min(among, timed(b, func() error { return rank(b, country.store, district) }))
			by = min(by, timed(b, func() error { return rank(b, alone.store, district) }))
		}
		b.Logf("one district's ranking among %d units %.2f s, alone %.2f s, ratio %.2f", units, among.Seconds(), by.Seconds(), among.Seconds()/by.Seconds())
		b.ReportMetric(making.Seconds(), "edition-s")
		b.ReportMetric(summary.Seconds(), "summary-s")
		b.ReportMetric(among.Seconds()/by.Seconds(), "district-ratio")
	}
}

// simulated opens a simulated country of so many units.
func simulated(b *testing.B, p program, name string, units int) *application {
	b.Helper()
	fmt.Fprintf(os.Stderr, "simulating %d units …\n", units)
	p.succeed(b, "simulate", "--dir", name, "--units", strconv.Itoa(units), "--from", countryFrom, "--to", countryTo, "--direct")
	config, err := readConfig(p.directory + "/" + name + "/yangguang.yaml")
	if err != nil {
		b.Fatal(err)
	}
	a, err := openApplication(b.Context(), config, io.Discard)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	return a
}

// districtOf is the unit below which the one district of a database lies.
func districtOf(b *testing.B, a *application) (id string) {
	b.Helper()
	if err := a.store.Conn().QueryRow(b.Context(), "SELECT parent_id FROM units WHERE tier = 'town' LIMIT 1").Scan(&id); err != nil {
		b.Fatal(err)
	}
	return id
}

func rank(b *testing.B, store *queries.Store, question queries.Question) error {
	report, _ := queries.ReportNamed("ranking")
	return store.Stream(b.Context(), report, question, func([]any) error { return nil })
}

func timed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	started := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}

func timedBest(b *testing.B, do func() error) time.Duration {
	b.Helper()
	least := time.Hour
	for range warmRounds {
		least = min(least, timed(b, do))
	}
	return least
}
