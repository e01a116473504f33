package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/storage"
)

// interruptedRows is many batches long.
const interruptedRows = 30_000

// interruption is a Progress that does something once, when so many rows have been handed over.
type interruption struct {
	after int
	do    func()
	rows  int
}

func (i *interruption) Total(int64) {}

func (i *interruption) Advance(_ int64, rows int) {
	before := i.rows
	i.rows += rows
	if before < i.after && i.rows >= i.after {
		i.do()
	}
}

// longLedger has one bad row, one record twice and otherwise good rows.
func longLedger(title string) string {
	rows := []string{"R1 V3 - G1 先 2026Q1 2026-04-01", "bad nobody - G1 坏 2026Q1 2026-04-01"}
	for i := range interruptedRows - len(rows) {
		rows = append(rows, fmt.Sprintf("R%d V3 - G1 %s%d 2026Q1 2026-04-01", i+1, title, i%7))
	}
	return ledgerOf(rows...)
}

// state is everything that counts after a collection, without when it was.
func (p *place) state() []string {
	p.t.Helper()
	return append(p.lines(`SELECT concatWithSeparator(' ', toString(count()), toString(uniqExact(record_id)), toString(uniqExact(record_id, version)),
			toString(sum(cityHash64(record_id, unit_id, title, place, hash))))
		FROM (SELECT * FROM record_versions ORDER BY source, record_id, version DESC LIMIT 1 BY source, record_id)`), p.rejects()...)
}

func (p *place) leftovers() []string {
	p.t.Helper()
	return append(
		p.lines("SELECT name FROM system.tables WHERE database = currentDatabase() AND (name LIKE 'collecting%' OR name LIKE 'rejecting%' OR name LIKE 'comparing%')"),
		p.lines("SELECT toString(source) FROM collections FINAL WHERE outcome = 'running'")...)
}

// uninterrupted is what a place looks like after collections of these ledgers, one a day.
func uninterrupted(t *testing.T, ledgers ...string) []string {
	t.Helper()
	p := newPlace(t)
	for _, text := range ledgers {
		p.write("a.csv", text)
		p.mustCollect(ledger.Config{})
		p.tomorrow()
	}
	return p.state()
}

func TestCollectAfterCancelledCollection(t *testing.T) {
	first, second := longLedger("甲"), longLedger("乙")
	want := uninterrupted(t, first, second)
	p := newPlace(t)
	for _, text := range []string{first, second} {
		p.write("a.csv", text)
		before := p.state()
		ctx, cancel := context.WithCancel(t.Context())
		_, err := p.collector().Collect(ctx, p.source(ledger.Config{}), &interruption{after: interruptedRows / 2, do: cancel})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("the error of a cancelled collection is %v", err)
		}
		expect(t, "state after the cancelled collection", p.state(), before)
		expect(t, "leftovers of the cancelled collection", p.leftovers(), nil)
		p.mustCollect(ledger.Config{})
		p.tomorrow()
	}
	expect(t, "state", p.state(), want)
}

// TestCollectAfterKilledProcess leaves behind what a process that is killed while it stages and publishes leaves.
func TestCollectAfterKilledProcess(t *testing.T) {
	want := uninterrupted(t, longLedger("甲"))
	p := newPlace(t)
	p.write("a.csv", longLedger("甲"))
	killed, err := records.Begin(t.Context(), p.store.Store, records.Start{Source: "ledgers", Kind: "ledger", Started: p.now, Day: civil.From(p.now, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	batch := records.NewBatch(2)
	batch.Add(&records.RecordVersion{Version: killed.FirstVersion, RecordID: "R1", UnitID: "V3", ItemID: "G1", Hash: 1})
	if err := killed.StageRecords(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if err := killed.StageRejects(t.Context(), []records.RejectedRow{{Place: "a.csv:3", Reason: "unknown", Content: "{}"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := killed.Publish(t.Context(), records.Publication{Whole: true}); err != nil {
		t.Fatal(err)
	}
	p.tomorrow()
	p.mustCollect(ledger.Config{})
	expect(t, "state", p.state(), want)
	expect(t, "leftovers", p.leftovers(), nil)
	expect(t, "outcomes", p.lines("SELECT toString(outcome) FROM collections FINAL ORDER BY collection_id"), []string{"interrupted", "success"})
}

func TestCollectOutlivesKilledEngine(t *testing.T) {
	first, second := longLedger("甲"), longLedger("乙")
	want := uninterrupted(t, first, second)
	running, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), Command: querytest.Command(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close()
	store, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := storage.Migrate(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, folder: t.TempDir(), store: ask.New(facts.New(store)), registry: district(), now: time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)}
	for _, text := range []string{first, second} {
		p.write("a.csv", text)
		kill := func() {
			if err := syscall.Kill(running.Process(), syscall.SIGKILL); err != nil {
				t.Error(err)
			}
		}
		if _, err := p.collector().Collect(t.Context(), p.source(ledger.Config{}), &interruption{after: interruptedRows / 2, do: kill}); err != nil {
			t.Fatal(err)
		}
		p.tomorrow()
	}
	expect(t, "state", p.state(), want)
}

func TestCollectFailures(t *testing.T) {
	good := ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01")
	for _, test := range []struct {
		name   string
		files  map[string]string
		config ledger.Config
		want   []string // parts of the error
		kept   uint64   // records of the files that could be read
	}{
		{"no file", nil, ledger.Config{}, []string{"no file matches", "*.csv"}, 0},
		{"no header", map[string]string{"a.csv": "甲,乙\n1,2\n"}, ledger.Config{}, []string{"a.csv", "unit (单位)", "item (事项)"}, 0},
		{"missing column", map[string]string{"a.csv": "单位,标题\n区委,一\n", "b.csv": good}, ledger.Config{}, []string{"a.csv", "item (事项)"}, 1},
		{"broken workbook", map[string]string{"a.xlsx": "PK\x03\x04 broken", "b.csv": good}, ledger.Config{Path: "*"}, []string{"a.xlsx", "workbook"}, 1},
		{"unknown subtree", map[string]string{"a.csv": good}, ledger.Config{Within: "X9"}, []string{"within", "X9"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlace(t)
			for name, text := range test.files {
				p.write(name, text)
			}
			counts, err := p.collect(test.config)
			if err == nil {
				t.Fatal("collected without an error")
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not name %q", err, part)
				}
			}
			expect(t, "kept", counts[0], test.kept)
			expect(t, "outcome", p.lines("SELECT toString(outcome) FROM collections FINAL"), []string{"failed"})
			expect(t, "leftovers", p.leftovers(), nil)
		})
	}
}

func TestFailedCollectionKeepsRejects(t *testing.T) {
	const rejected, good = "R1 nobody - G1 一 2026Q1 2026-04-01", "R2 V3 - G1 二 2026Q1 2026-04-01"
	for _, test := range []struct {
		name    string
		rows    []string
		collect func(*place, ledger.Config) [5]uint64
	}{
		{"after a look", []string{rejected, good}, (*place).mustCollect},
		{"after a suspicious collection", []string{rejected}, (*place).collectSuspicious},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlace(t)
			p.write("a.csv", ledgerOf(test.rows...))
			test.collect(p, ledger.Config{})
			rejects := p.rejects()
			expect(t, "rejects before", len(rejects), 1)
			p.tomorrow()
			p.remove("a.csv")
			if _, err := p.collect(ledger.Config{}); err == nil || errors.Is(err, collector.ErrSuspicious) {
				t.Fatalf("got %v of a collection without a file, want a failure", err)
			}
			expect(t, "rejects", p.rejects(), rejects)
		})
	}
}

// TestClockGoesBack collects a correction while the clock is a year behind.
func TestClockGoesBack(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", ledgerOf("R1 V3 - G1 一 2026Q1 2026-04-01"))
	p.mustCollect(ledger.Config{})
	p.now = p.now.AddDate(-1, 0, 0)
	p.write("a.csv", ledgerOf("R1 V3 - G1 二 2026Q1 2026-04-01"))
	expect(t, "counts", p.mustCollect(ledger.Config{}), [5]uint64{0, 1, 0, 0, 0})
	expect(t, "in force", p.inForce(), []string{"R1 V3 G1 二 2026-04-01 "})
}

var _ collector.Progress = (*interruption)(nil)
