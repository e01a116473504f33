package ledger_test

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
	"yangguang/collector/table"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// benchmarkRows is the size of the ledger; the goal is a collection in at most 1.5 times the bare insert of the same rows.
const (
	benchmarkRows   = 1_000_000
	benchmarkBatch  = 100_000
	benchmarkRounds = 3
)

// BenchmarkCollectAgainstBareInsert collects a ledger of a million rows, and inserts the same rows, parsed beforehand,
// column by column into a table of the ledger's seventeen columns; three times in turn, of which the best count, because
// other programs disturb. It prints both speeds, their ratio, and the greatest memory of this process (without ClickHouse).
func BenchmarkCollectAgainstBareInsert(b *testing.B) {
	registry := benchmarkDistrict()
	path := filepath.Join(b.TempDir(), "ledger.csv")
	writeLedger(b, path, registry, benchmarkRows)
	for b.Loop() {
		collected, bare := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
		for round := range benchmarkRounds {
			once := collectLedger(b, path, registry)
			if round == 0 {
				b.Logf("greatest memory: %s", greatestMemory())
			}
			alone := bareInsert(b, path)
			b.Logf("round %d: collect %.2f s, bare insert %.2f s", round+1, once.Seconds(), alone.Seconds())
			collected, bare = min(collected, once), min(bare, alone)
		}
		b.Logf("collect %.0f rows/s, bare insert %.0f rows/s, ratio of times %.2f",
			benchmarkRows/collected.Seconds(), benchmarkRows/bare.Seconds(), collected.Seconds()/bare.Seconds())
		b.ReportMetric(benchmarkRows/collected.Seconds(), "rows/s")
		b.ReportMetric(benchmarkRows/bare.Seconds(), "bare-rows/s")
		b.ReportMetric(collected.Seconds()/bare.Seconds(), "ratio")
	}
}

// collectLedger measures one whole collection into a fresh database.
func collectLedger(b *testing.B, path string, registry model.Registry) time.Duration {
	b.Helper()
	source, err := ledger.New(ledger.Config{Name: "benchmark", Path: path}, "")
	if err != nil {
		b.Fatal(err)
	}
	options := collector.Options{Store: querytest.Store(b).Store, Resolver: record.NewResolver(registry)}
	started := time.Now()
	summary, err := collector.Collect(context.Background(), options, source, nil)
	if err != nil {
		b.Fatal(err)
	}
	if summary.New != benchmarkRows {
		b.Fatalf("%d of %d rows are new, %d rejected", summary.New, benchmarkRows, summary.Rejected)
	}
	return time.Since(started)
}

// greatestMemory is the most that this process has had in memory, where the system says so.
func greatestMemory() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(size)
		}
	}
	return "unknown"
}

// benchmarkDistrict has 260 units and 14 items.
func benchmarkDistrict() model.Registry {
	var registry model.Registry
	for i := range 260 {
		registry.Units = append(registry.Units, model.Unit{ID: fmt.Sprintf("V%03d", i), Name: fmt.Sprintf("第%d村村民委员会", i), Tier: "village"})
	}
	for i, cadence := range strings.Fields("quarterly monthly annual event standing semiannual quarterly monthly annual event standing event event event") {
		registry.Items = append(registry.Items, model.Item{ID: fmt.Sprintf("G%d", i), Name: fmt.Sprintf("基层事项%d", i), Cadence: cadence, Tiers: []string{"village"}})
	}
	return registry
}

// writeLedger writes the same ledger every time: names, dates and periods in the forms of SPEC §3, the four steps given.
func writeLedger(tb testing.TB, path string, registry model.Registry, rows int) {
	tb.Helper()
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriterSize(file, 1<<20)
	random := rand.New(rand.NewPCG(1, 2))
	fmt.Fprint(w, "记录编号,单位,上级单位,事项,标题,事件编号,所属期,发生日期,提出日期,审核日期,审批日期,公开日期,上传日期,撤下日期,公开范围,公开渠道,链接\n")
	forms := []string{time.DateOnly, "2006/1/2", "2006.1.2", "2006年1月2日"}
	periods := []string{"2025Q#", "2025年第#季度", "2025-0#", "2025年#月", "2025H1"}
	scopes := []string{"society", "社会公开", "party", "党内公开"}
	channels := []string{"board", "公开栏", "website", "微信公众号"}
	for i := range rows {
		unit, item := registry.Units[random.IntN(len(registry.Units))], registry.Items[random.IntN(len(registry.Items))]
		name := []string{unit.ID, unit.Name}[i%2]
		day := time.Date(2025, 1, 1+random.IntN(600), 0, 0, 0, 0, time.UTC)
		form := forms[random.IntN(len(forms))]
		period := strings.ReplaceAll(periods[random.IntN(len(periods))], "#", strconv.Itoa(1+random.IntN(4)))
		occurred, uploaded := "", ""
		if item.Cadence == "event" {
			period, occurred = "", day.Format(form)
		}
		if i%3 == 0 {
			uploaded = day.AddDate(0, 0, 6).Format(form)
		}
		fmt.Fprintf(w, "R%07d,%s,,%s,\"%s公开情况,第%d号\",,%s,%s,%s,%s,%s,%s,%s,,%s,%s,http://127.0.0.1/%d\n", i, name, item.Name, item.Name, i,
			period, occurred, day.Format(form), day.AddDate(0, 0, 1).Format(form), day.AddDate(0, 0, 2).Format(form), day.AddDate(0, 0, 4).Format(form),
			uploaded, scopes[random.IntN(len(scopes))], channels[random.IntN(len(channels))], i)
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := file.Close(); err != nil {
		tb.Fatal(err)
	}
}

// bareColumns are the ledger's columns with the types that one would give them.
func bareColumns() []clickhouse.ColumnNameAndType {
	var columns []clickhouse.ColumnNameAndType
	for _, column := range record.Columns() {
		kind := "String"
		if strings.HasSuffix(column.Key, "_on") {
			kind = "Nullable(Date32)"
		}
		columns = append(columns, clickhouse.ColumnNameAndType{Name: column.Key, Type: kind})
	}
	return columns
}

// bareInsert parses the ledger into columns, and then measures only their insertion with clickhouse-go: columnar, LZ4,
// without DESCRIBE, one writer.
func bareInsert(b *testing.B, path string) time.Duration {
	b.Helper()
	columns := bareColumns()
	var batches [][]any
	var values []any
	reset := func() {
		values = make([]any, len(columns))
		for i, column := range columns {
			if column.Type == "String" {
				values[i] = make([]string, 0, benchmarkBatch)
			} else {
				values[i] = make([]*time.Time, 0, benchmarkBatch)
			}
		}
	}
	reset()
	days := map[time.Time]*time.Time{}
	count := 0
	err := table.ReadFile(context.Background(), path, table.Header{Columns: record.Columns()}, func(row table.Row) error {
		for i := range columns {
			switch column := values[i].(type) {
			case []string:
				values[i] = append(column, row.At(i))
			case []*time.Time:
				var at *time.Time
				if text := row.At(i); text != "" {
					day, err := record.ParseDate(text, time.UTC)
					if err != nil {
						return err
					}
					if days[day] == nil {
						days[day] = &day
					}
					at = days[day]
				}
				values[i] = append(column, at)
			}
		}
		if count++; count%benchmarkBatch == 0 {
			batches = append(batches, values)
			reset()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	store := querytest.Store(b)
	ctx := context.Background()
	definition := ""
	for _, column := range columns {
		definition += column.Name + " " + column.Type + ", "
	}
	if err := store.Conn().Exec(ctx, "CREATE TABLE bare ("+strings.TrimSuffix(definition, ", ")+") ENGINE = MergeTree ORDER BY record_id"); err != nil {
		b.Fatal(err)
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithColumnNamesAndTypes(columns), clickhouse.WithSettings(clickhouse.Settings{"async_insert": 0}))
	started := time.Now()
	for _, values := range batches {
		batch, err := store.Conn().PrepareBatch(ctx, "INSERT INTO bare")
		if err != nil {
			b.Fatal(err)
		}
		for i, column := range values {
			if err := batch.Column(i).Append(column); err != nil {
				b.Fatal(err)
			}
		}
		if err := batch.Send(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(started)
}
