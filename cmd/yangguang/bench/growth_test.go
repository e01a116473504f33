package bench

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	driver "github.com/ClickHouse/clickhouse-go/v2"

	"yangguang/cmd/yangguang/programtest"
	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/records"
	"yangguang/queries/storage"
)

// What the growth is measured on: records of three years, so many a unit that China's 700,000 units have 100 million.
const (
	growthFrom, growthTo = "2024-01-01", "2026-11-22"
	growthRecordsPerUnit = 143
	growthOrgans         = "11"
)

// growthPlaces is where the real register of places lies (make places); "": places are invented.
func growthPlaces() string { return os.Getenv("YANGGUANG_GROWTH_PLACES") }

// growthDistrict is the first of every country.
func growthDistrict() string {
	if growthPlaces() == "" {
		return "X110101"
	}
	return "110101"
}

// growth is what one size costs. Seconds are the best of some warm rounds where a thing is asked repeatedly; read rows are those that ClickHouse
// read for the answer.
type growth struct {
	Records, Units, Obligations        uint64
	Seed                               string
	StoreSeconds, SnapshotSeconds      float64
	MergeSeconds                       float64 // after storing, until ClickHouse has merged what it wants to; of a large country much is merged while storing
	Parts                              int     // of which the snapshot was made in that time
	RegistryMegabytes, StoreMegabytes  float64 // the most that the process had in memory, without ClickHouse: loading the registry, then storing
	DiskBytes                          uint64
	District, Summary, Top, Bare       float64
	DistrictRows, SummaryRows, TopRows uint64
	DistrictAlone                      float64            // seconds of the same district alone in a database
	Refresh                            float64            // seconds until the country's answers have a record that was just collected
	Pages                              map[string]float64 // seconds of the first answer, nothing being remembered but what pages before asked
}

// growthPages are the pages of a whole country that are measured, in this order.
func growthPages() []string {
	return []string{"/", "/lapsed", "/ranking/villages", "/ranking/towns?scope=subtree", "/supervision", "/sites"}
}

// BenchmarkGrowth stores simulated countries of growing size, makes the snapshot of each, and asks for one district's ranking, the country's summary
// and the first hundred of its ranking. YANGGUANG_GROWTH lists the numbers of records, 1000000 without it (a minute); 1000000,10000000,100000000
// take hours. Places are invented, or real ones with YANGGUANG_GROWTH_PLACES. In YANGGUANG_GROWTH_DIR countries are kept, and what was measured, in growth.csv: an interrupted run goes on there. Another
// YANGGUANG_GROWTH_SEED, another country.
func BenchmarkGrowth(b *testing.B) {
	b.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(b))
	directory := cmp.Or(os.Getenv("YANGGUANG_GROWTH_DIR"), b.TempDir())
	seed := cmp.Or(os.Getenv("YANGGUANG_GROWTH_SEED"), "1")
	p := programtest.Program{Directory: directory, EnginePath: programtest.EngineLibrary(b)}
	for b.Loop() {
		var measured []growth
		for text := range strings.SplitSeq(cmp.Or(os.Getenv("YANGGUANG_GROWTH"), "1000000"), ",") {
			records, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				b.Fatalf("YANGGUANG_GROWTH: %v", err)
			}
			measured = append(measured, grow(b, p, records, seed))
		}
		for _, m := range measured {
			b.Logf("%d records of %d units: stored at %.0f rows/s (merged %.0f s later) with at most %.0f MB (the registry: %.0f MB), %.0f MB on disk; snapshot of %d obligations (%d parts) in %.0f s",
				m.Records, m.Units, float64(m.Records)/m.StoreSeconds, m.MergeSeconds, m.StoreMegabytes, m.RegistryMegabytes, float64(m.DiskBytes)/1e6, m.Obligations, m.Parts, m.SnapshotSeconds)
			b.Logf("  one district %.3f s (%d rows read), alone in a database %.3f s, ratio %.2f", m.District, m.DistrictRows, m.DistrictAlone, m.District/m.DistrictAlone)
			b.Logf("  a new record is in the country's answers after %.1f s", m.Refresh)
			for _, page := range growthPages() {
				b.Logf("  page %s %.2f s", page, m.Pages[page])
			}
			b.Logf("  summary %.3f s (%d rows), first hundred %.3f s (%d rows); bare GROUP BY unit %.3f s, ratios %.2f and %.2f",
				m.Summary, m.SummaryRows, m.Top, m.TopRows, m.Bare, m.Summary/m.Bare, m.Top/m.Bare)
		}
		writeGrowth(b, filepath.Join(directory, "growth.csv"), measured)
	}
}

// grow measures one size, or reads what was measured before.
func grow(b *testing.B, p programtest.Program, records uint64, seed string) (m growth) {
	b.Helper()
	name := fmt.Sprintf("%d-%s", records, seed)
	path := filepath.Join(p.Directory, name, "measured.json")
	if text, err := os.ReadFile(path); err == nil {
		if err := json.Unmarshal(text, &m); err != nil {
			b.Fatalf("%s: %v", path, err)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		b.Fatal(err)
	}
	keep := func() {
		text, err := json.MarshalIndent(m, "", "  ")
		if err == nil {
			err = os.WriteFile(path, text, 0o644)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	m.Seed, m.Units = seed, records/growthRecordsPerUnit
	if m.Units <= 5000 {
		b.Fatalf("YANGGUANG_GROWTH: %d records are %d units; of no more than 5,000 there is no snapshot to measure", records, m.Units)
	}
	if m.StoreSeconds == 0 {
		storeCountry(b, p, name, &m)
		keep()
	}
	if m.MergeSeconds == 0 {
		m.MergeSeconds = mergeCountry(b, p, name)
		keep()
	}
	measureAnswers(b, p, name, seed, &m, keep)
	m.Pages = answerPages(b, p, name)
	keep()
	return m
}

// measureAnswers makes the snapshot and asks the database.
func measureAnswers(b *testing.B, p programtest.Program, name, seed string, m *growth, keep func()) {
	b.Helper()
	country, closeCountry := openCountry(b, filepath.Join(p.Directory, name))
	defer closeCountry()
	made := 0
	making := timed(b, func() error {
		return country.StoreSnapshot(b.Context(), growthQuestion(), progressTo("snapshot of "+name, &made))
	})
	if m.SnapshotSeconds == 0 || made > 0 {
		m.SnapshotSeconds, m.Parts = making.Seconds(), made
		keep()
	}
	m.Obligations, m.DiskBytes = count(b, country, "SELECT count() FROM facts"),
		count(b, country, "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase()")
	m.Bare, _ = bestAnswer(b, func(ctx context.Context) error {
		return country.Conn().Exec(ctx, "SELECT unit_id, count() FROM facts GROUP BY unit_id FORMAT Null")
	})
	m.Summary, m.SummaryRows = bestAnswer(b, func(ctx context.Context) error {
		_, err := ask.Run(ctx, country, ask.Summary, growthQuestion())
		return err
	})
	m.Top, m.TopRows = bestAnswer(b, func(ctx context.Context) error {
		_, err := ask.Run(ctx, country, ask.RankingPart(model.RankingPart{Limit: 100}), growthQuestion())
		return err
	})
	district := growthQuestion()
	district.Within = growthDistrict()
	m.District, m.DistrictRows = bestAnswer(b, func(ctx context.Context) error { return rank(ctx, country, district) })
	keep()
	m.Refresh = refresh(b, country)
	m.DistrictAlone = districtAlone(b, p, country, seed)
	keep()
}

// refresh collects one record of one village while a refresher runs: the seconds until the country's answers have it.
func refresh(b *testing.B, country *ask.Asker) (seconds float64) {
	b.Helper()
	ctx, stop := context.WithCancel(b.Context())
	refresher := facts.NewRefresher(country.Facts, func() []time.Time { return []time.Time{growthQuestion().AsOf} }, slog.New(slog.DiscardHandler))
	var running sync.WaitGroup
	running.Go(func() { refresher.Run(ctx) })
	defer running.Wait()
	defer stop()
	snapshotSince(b, country, time.Now())

	var unit, item string
	err := country.Conn().QueryRow(ctx, `SELECT unit_id, toString(item_id) FROM duties
		WHERE load_id = (SELECT max(load_id) FROM loads) AND cadence = 'monthly' ORDER BY unit_id DESC LIMIT 1`).Scan(&unit, &item)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	collection, err := records.Begin(ctx, country.Store, records.Start{Source: "growth", Kind: "ledger", Started: now, Day: civil.From(now, time.UTC)})
	if err != nil {
		b.Fatal(err)
	}
	batch := records.NewBatch(1)
	batch.Add(&records.RecordVersion{
		Version: collection.FirstVersion, RecordID: now.Format(time.RFC3339Nano), UnitID: unit, ItemID: item, Title: "刚公开", PublishedOn: growthQuestion().AsOf,
		Hash: uint64(now.UnixNano()), Place: "growth",
	})
	var counts records.Counts
	err = collection.StageRecords(ctx, batch)
	if err == nil {
		counts, err = collection.Publish(ctx, records.Publication{})
	}
	ended := time.Now()
	if err == nil {
		err = collection.Finish(ctx, ended, counts, records.Ending{Outcome: model.Look})
	}
	if err != nil {
		b.Fatal(err)
	}
	snapshotSince(b, country, ended)
	return time.Since(ended).Seconds()
}

// snapshotSince waits for a snapshot that knows what was known at an instant.
func snapshotSince(b *testing.B, country *ask.Asker, instant time.Time) {
	b.Helper()
	for count(b, country, fmt.Sprintf("SELECT count() FROM editions WHERE toUnixTimestamp64Milli(known_at) >= %d", instant.UnixMilli())) < 2 {
		select {
		case <-b.Context().Done():
			b.Fatal(b.Context().Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// answerPages asks what is served of a country for pages.
func answerPages(b *testing.B, p programtest.Program, name string) map[string]float64 {
	b.Helper()
	site, end := openSite(b, filepath.Join(p.Directory, name, "yangguang.yaml"))
	defer end()
	seconds := map[string]float64{}
	for _, page := range growthPages() {
		separator := "?"
		if strings.Contains(page, "?") {
			separator = "&"
		}
		took, _ := answer(b, site, page+separator+"as_of="+growthTo)
		seconds[page] = took.Seconds()
	}
	return seconds
}

// districtAlone is the time of the first district's ranking in a database of its own: of the district with the same units, and what is above it.
func districtAlone(b *testing.B, p programtest.Program, country *ask.Asker, seed string) float64 {
	b.Helper()
	units := count(b, country, fmt.Sprintf(`SELECT countIf(root_id = '%[1]s') + countIf(unit_id = '%[1]s' AND root_id != '%[1]s') FROM subtrees
		WHERE load_id = (SELECT max(load_id) FROM loads)`, growthDistrict()))
	name := "alone-" + seed
	storeCountry(b, p, name, &growth{Units: units, Seed: seed})
	alone, closeAlone := openCountry(b, filepath.Join(p.Directory, name))
	defer closeAlone()
	district := growthQuestion()
	district.Within = growthDistrict()
	seconds, _ := bestAnswer(b, func(ctx context.Context) error { return rank(ctx, alone, district) })
	return seconds
}

// storeCountry simulates a country into a directory, going on with what is there, and says how many records this run stored, how long it took and
// how much memory.
func storeCountry(b *testing.B, p programtest.Program, name string, m *growth) {
	b.Helper()
	fmt.Fprintf(os.Stderr, "storing %s: %d units …\n", name, m.Units)
	command := p.Command(b, "simulate", "--dir", name, "--units", strconv.FormatUint(m.Units, 10), "--from", growthFrom, "--to", growthTo,
		"--records-per-unit", strconv.Itoa(growthRecordsPerUnit), "--organs", growthOrgans, "--seed", m.Seed, "--direct")
	if places := growthPlaces(); places != "" {
		command.Args = append(command.Args, "--places", places)
	}
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	scanner := bufio.NewScanner(out)
	for scanner.Scan() { // the registry, a line a source; the last of rows and seconds is the whole
		most := greatestMegabytes(command.Process.Pid)
		if strings.HasPrefix(scanner.Text(), "registry loaded") {
			m.RegistryMegabytes = most
			forgetGreatest(b, command.Process.Pid)
			continue
		}
		m.StoreMegabytes = max(m.StoreMegabytes, most)
		var rows uint64
		var took float64
		if n, _ := fmt.Sscanf(scanner.Text(), "%d rows, %f s", &rows, &took); n == 2 {
			m.Records, m.StoreSeconds = rows, took
		}
	}
	if err := errors.Join(scanner.Err(), command.Wait()); err != nil {
		b.Fatalf("store %s: %v", name, err)
	}
}

// restAfterMerges is how long nothing is merged until nothing more is expected to be.
const restAfterMerges = 5 * time.Second

// mergeCountry waits until a country's parts have been merged, and says how many seconds that took.
func mergeCountry(b *testing.B, p programtest.Program, name string) float64 {
	b.Helper()
	country, closeCountry := openCountry(b, filepath.Join(p.Directory, name))
	defer closeCountry()
	began := time.Now()
	last := began
	for time.Since(last) < restAfterMerges {
		if count(b, country, "SELECT count() FROM system.merges") > 0 {
			last = time.Now()
		}
		select {
		case <-b.Context().Done():
			b.Fatal(b.Context().Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
	return last.Sub(began).Seconds()
}

// forgetGreatest makes greatestMegabytes begin again (proc(5), clear_refs).
func forgetGreatest(b *testing.B, process int) {
	b.Helper()
	err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", process), []byte("5"), 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a system without it tells no memory either
		b.Fatal(err)
	}
}

// greatestMegabytes is the most that a process has had in memory; 0 where the system does not say so.
func greatestMegabytes(process int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, _ := strconv.ParseFloat(strings.Fields(size)[0], 64)
			return kilobytes / 1000
		}
	}
	return 0
}

// openCountry opens a country's database over the native protocol, which says what an answer read.
func openCountry(b *testing.B, directory string) (store *ask.Asker, end func()) {
	b.Helper()
	running, err := engine.Start(b.Context(), engine.Options{
		DataDir: filepath.Join(directory, "data"), TimeZone: "Asia/Shanghai", NativePort: true, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	opened, err := clickhouse.Open(b.Context(), clickhouse.Options{Engine: running, Native: true})
	if err != nil {
		b.Fatal(errors.Join(err, running.Close()))
	}
	store = ask.New(facts.New(opened))
	if err := storage.Migrate(b.Context(), store.Store); err != nil {
		b.Fatal(errors.Join(err, store.Close(), running.Close()))
	}
	return store, func() {
		if err := errors.Join(store.Close(), running.Close()); err != nil {
			b.Error(err)
		}
	}
}

func growthQuestion() model.Question {
	asOf, err := time.Parse(time.DateOnly, growthTo)
	if err != nil {
		panic(err)
	}
	return model.Question{}.WithDefaults(asOf)
}

func count(b *testing.B, store *ask.Asker, query string) (n uint64) {
	b.Helper()
	if err := store.Conn().QueryRow(b.Context(), query).Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}

// bestAnswer asks some times: the least seconds, and the rows that one answer read.
func bestAnswer(b *testing.B, ask func(ctx context.Context) error) (seconds float64, rows uint64) {
	b.Helper()
	best := time.Hour
	for range warmRounds {
		rows = 0
		ctx := driver.Context(b.Context(), driver.WithProgress(func(p *driver.Progress) { rows += p.Rows }))
		best = min(best, timed(b, func() error { return ask(ctx) }))
	}
	return best.Seconds(), rows
}

// progressTo tells at times how far something has come.
func progressTo(what string, count *int) func(made, of int) {
	told := time.Now()
	return func(made, of int) {
		*count = of
		if time.Since(told) > 10*time.Second || made == of {
			told = time.Now()
			fmt.Fprintf(os.Stderr, "%s: %d of %d\n", what, made, of)
		}
	}
}

// writeGrowth writes what was measured for deploy/benchmark/plot.mjs.
func writeGrowth(b *testing.B, path string, measured []growth) {
	b.Helper()
	var text strings.Builder
	text.WriteString("records,units,seed,store_seconds,merge_seconds,registry_megabytes,store_megabytes,disk_bytes,obligations,edition_seconds,district_seconds,district_rows," +
		"district_alone_seconds,summary_seconds,summary_rows,top_seconds,top_rows,bare_seconds,overview_seconds,lapsed_seconds\n")
	for _, m := range measured {
		fmt.Fprintf(&text, "%d,%d,%s,%.1f,%.1f,%.0f,%.0f,%d,%d,%.1f,%.3f,%d,%.3f,%.3f,%d,%.3f,%d,%.3f,%.2f,%.2f\n", m.Records, m.Units, m.Seed, m.StoreSeconds, m.MergeSeconds, m.RegistryMegabytes,
			m.StoreMegabytes, m.DiskBytes, m.Obligations, m.SnapshotSeconds, m.District, m.DistrictRows, m.DistrictAlone, m.Summary, m.SummaryRows, m.Top, m.TopRows, m.Bare, m.Pages["/"], m.Pages["/lapsed"])
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		b.Fatal(err)
	}
}

func rank(ctx context.Context, store *ask.Asker, question model.Question) error {
	report, _ := model.ReportNamed("ranking")
	return store.Stream(ctx, report, question, func([]any) error { return nil })
}

func timed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	started := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}
