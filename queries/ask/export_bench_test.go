package ask_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// exportedRecords is how many, unless YANGGUANG_BENCH_RECORDS says another number (10000000 takes some minutes).
const exportedRecords = 1_000_000

// BenchmarkExportAgainstClickHouse writes all records as CSV, in both languages, beside ClickHouse's own FORMAT CSVWithNames of the same query
// over the same HTTP port; in turn, of which the best count, because other programs disturb. The goal is at least 0.7 of its speed.
func BenchmarkExportAgainstClickHouse(b *testing.B) {
	count := exportedRecords
	if asked := os.Getenv("YANGGUANG_BENCH_RECORDS"); asked != "" {
		var err error
		if count, err = strconv.Atoi(asked); err != nil {
			b.Fatalf("YANGGUANG_BENCH_RECORDS: %v", err)
		}
	}
	store := storeOfRecords(b, count)
	bundle, err := language.Load()
	if err != nil {
		b.Fatal(err)
	}
	report, _ := model.ReportNamed("records")
	question := model.Question{}.WithDefaults(time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC))
	for b.Loop() {
		own, chinese, english := time.Hour, time.Hour, time.Hour
		for range 3 {
			own = min(own, elapsed(b, func() error { return askCSV(b, store, report, question) }))
			for lang, best := range map[string]*time.Duration{"zh": &chinese, "en": &english} {
				*best = min(*best, elapsed(b, func() error {
					return export.Write(b.Context(), io.Discard, "csv", store, export.Request{
						Report: report, Question: question, Printer: bundle.Printer(lang), Zone: time.UTC,
					})
				}))
			}
		}
		b.Logf("%d records: ClickHouse %.2f s, Chinese %.2f s, English %.2f s; of ClickHouse's speed %.2f and %.2f",
			count, own.Seconds(), chinese.Seconds(), english.Seconds(), own.Seconds()/chinese.Seconds(), own.Seconds()/english.Seconds())
		b.ReportMetric(own.Seconds()/chinese.Seconds(), "of-clickhouse")
	}
}

// storeOfRecords is a database with so many records of a few hundred units.
func storeOfRecords(b testing.TB, count int) *ask.Asker {
	b.Helper()
	store := querytest.Store(b)
	units := model.Registry{Items: []model.Item{{
		ID: "I", Name: "党内重要情况通报", Programme: "party", Catalogue: "grassroots", Tiers: []string{"village"}, Class: "essential", Cadence: "monthly",
		Scopes: []string{"society"}, Channels: []string{"board"}, DayKind: "natural",
	}}}
	for i := range 260 {
		units.Units = append(units.Units, model.Unit{ID: fmt.Sprintf("V%03d", i), Name: fmt.Sprintf("第%d村村民委员会", i), Tier: "village"})
	}
	if _, _, err := registry.Save(b.Context(), store.Store, registry.Load{Registry: units, Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai"}); err != nil {
		b.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO collections (collection_id, source, kind, started_at, ended_at, day, outcome)
			VALUES (1, 'ledger', 'ledger', '2026-10-30 00:00:00', '2026-10-30 00:01:00', '2026-10-30', 'success')`,
		`INSERT INTO record_versions (source, record_id, version, collection_id, seen, first_seen, unit_id, item_id, title, period, proposed_on,
				reviewed_on, approved_on, published_on, uploaded_on, scope, channel, url)
			SELECT 'ledger', 'R' || leftPad(toString(number), 9, '0'), 1, 1, '2026-10-30 00:00:00', '2026-10-30 00:00:00',
				'V' || leftPad(toString(number % 260), 3, '0'), 'I', '党内重要情况通报公开情况,第' || toString(number) || '号',
				'2026-' || leftPad(toString(1 + number % 9), 2, '0'), toDate32('2026-01-01') + number % 250 AS proposed, proposed + 1, proposed + 2,
				proposed + 4, if(number % 3 = 0, proposed + 6, NULL), 'society', 'board', 'http://127.0.0.1/' || toString(number)
			FROM numbers(` + strconv.Itoa(count) + `)`,
	} {
		if err := store.Conn().Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	return store
}

// askCSV asks the same query of ClickHouse as CSVWithNames and throws the answer away.
func askCSV(b *testing.B, store *ask.Asker, report model.Report, question model.Question) error {
	text, parameters, err := store.Planned(b.Context(), report, question)
	if err != nil {
		return err
	}
	values := url.Values{"database": {store.Database()}}
	for name, value := range parameters {
		values.Set("param_"+name, value)
	}
	connection := querytest.Engine(b).Options()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+connection.Addr[0]+"/?"+values.Encode(), strings.NewReader(text+" FORMAT CSVWithNames"))
	if err != nil {
		return err
	}
	request.SetBasicAuth(connection.Auth.Username, connection.Auth.Password)
	for name, value := range connection.HttpHeaders {
		request.Header.Set(name, value)
	}
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		message, _ := io.ReadAll(response.Body)
		return fmt.Errorf("%s: %s", response.Status, message)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

func elapsed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	started := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}
