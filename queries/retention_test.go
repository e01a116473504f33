package queries_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
	"yangguang/queries/retention"
	"yangguang/queries/storage"
)

// Whatever the policy removes, today's answers, those about a time since the horizon and those of a frozen pack stay what they were; about any
// other time nothing is said rather than something wrong.
func TestExpire(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	loadAt := func(at string, members uint32) {
		load := querytest.SampleLoad()
		load.Registry.Units[0].Members = members
		if _, saved, err := registry.Save(ctx, store.Store, load); err != nil || !saved {
			t.Fatalf("saved %t, %v", saved, err)
		}
		err := store.Conn().Exec(ctx, `ALTER TABLE loads UPDATE loaded_at = '`+at+`' WHERE load_id = (SELECT max(load_id) FROM loads) SETTINGS mutations_sync = 2`)
		if err != nil {
			t.Fatal(err)
		}
	}
	version := func(id, unit, title string, hash uint64) records.RecordVersion {
		return records.RecordVersion{
			RecordID: id, UnitID: unit, ItemID: "G1", Title: title, PublishedOn: day(2026, 7, 1), UnseenOn: civil.Date(2026, 7, int(hash)), DatedBySight: true,
			Scope: "society", Place: title, Hash: hash,
		}
	}
	row := func(n int) []records.RejectedRow {
		return []records.RejectedRow{{Place: fmt.Sprintf("row %d", n), Reason: "unit: unknown", Content: fmt.Sprint(n)}}
	}
	loadAt("2026-01-01 00:00:00", 1) // frozen
	querytest.Collect(t, store, "网站", querytest.Noon(1), []records.RecordVersion{version("a", "T1", "one", 1), version("b", "T1", "b", 1)}, map[string]string{"a": "<1>", "b": "<b>"}, row(1), nil)
	querytest.Collect(t, store, "网站", querytest.Noon(2), []records.RecordVersion{version("a", "T1", "two", 2), version("b", "T1", "b", 1)}, map[string]string{"a": "<2>"}, row(2), nil)
	frozen, err := freeze.Begin(ctx, store.Store, "会议", querytest.Noon(3), "{}")
	if err != nil {
		t.Fatal(err)
	}
	frozen.Manifest = "{}"
	if err := freeze.Finish(ctx, store.Store, frozen); err != nil {
		t.Fatal(err)
	}
	loadAt("2026-07-04 00:00:00", 2) // superseded and nobody's
	querytest.Collect(t, store, "网站", querytest.Noon(4), []records.RecordVersion{version("a", "C1", "three", 3), version("b", "T1", "b", 1)}, map[string]string{"a": "<3>"}, row(4), nil)
	querytest.Collect(t, store, "网站", querytest.Noon(5), []records.RecordVersion{version("a", "T1", "four", 4), version("b", "T1", "b", 1)}, map[string]string{"a": "<4>"}, row(5), nil)
	loadAt("2026-07-06 00:00:00", 3)
	horizon := time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)
	answers := keepOldAnswers(t, store, horizon)
	querytest.Collect(t, store, "网站", horizon.Add(time.Hour), []records.RecordVersion{version("a", "T1", "five", 5), version("b", "T1", "b", 1)}, map[string]string{"a": "<5>"}, row(6), nil)

	policy := retention.Policy{Contents: years(2), Versions: years(2), Rejects: years(2), Registry: years(2), Answers: years(2), Texts: years(2)}
	now := time.Date(2028, 8, 22, 0, 0, 0, 0, time.UTC)
	tell := func() []string {
		return slices.Concat(say(t, store, frozen.KnownAt, model.Reports()...), say(t, store, time.Time{}, someReports("ranking", "records", "rejects", "sources")...),
			say(t, store, horizon, someReports("records", "rejects")...))
	}
	before := tell()
	inputs, err := freeze.InputsOf(ctx, store.Store, frozen)
	if err != nil {
		t.Fatal(err)
	}

	querytest.Execute(t, store, "CREATE TABLE doomed_versions AS record_versions ENGINE = MergeTree ORDER BY record_id",
		"INSERT INTO doomed_versions SELECT * FROM record_versions WHERE title = 'three' AND NOT moved")

	told, err := retention.Expiring(ctx, store.Store, policy, now)
	if err != nil {
		t.Fatal(err)
	}
	removed, err := retention.Expire(ctx, store.Store, policy, now)
	if err != nil {
		t.Fatal(err)
	}
	again, err := retention.Expire(ctx, store.Store, policy, now)
	if err != nil {
		t.Fatal(err)
	}
	for i := range told {
		if told[i].Rows != removed[i].Rows || told[i].Done || !removed[i].Done || !again[i].Done || again[i].Rows != 0 {
			t.Errorf("told %+v, removed %+v, again %+v", told[i], removed[i], again[i])
		}
	}
	// One that ended before it could say that it is done: what was deleted already, and a version that was noted but not deleted.
	querytest.Execute(t, store, "INSERT INTO record_versions SELECT * FROM doomed_versions", "TRUNCATE TABLE removals")
	err = store.Insert(ctx, "INSERT INTO removals (kind, before, policy, begun_at, rows, bytes, finished)", func(batch clickhouse.Batch) error {
		for _, r := range removed {
			if err := batch.Append(r.Kind, r.Before, r.Policy, r.Before, r.Rows, r.Bytes, uint8(0)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	resumed, err := retention.Expire(ctx, store.Store, policy, now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(removed, resumed, cmpopts.IgnoreFields(retention.Removal{}, "Bytes")); diff != "" {
		t.Errorf("gone on with (-at once +interrupted):\n%s", diff)
	}
	// Contents: <1>, <b>, <2>, <3>, <4>. Versions: "three" alone. Rejects: of the first and the third collection. Registry: one load.
	if got := fmt.Sprint(removed[0].Rows, removed[1].Rows, removed[2].Rows); got != "5 1 2" || removed[4].Rows != answers || removed[3].Rows == 0 {
		t.Errorf("removed %+v", removed)
	}
	if got := querytest.Number(t, store, "SELECT toInt64(countIf(layer_id = 1) * 10 + countIf(layer_id = 2)) FROM kept_standings"); got != 1 {
		t.Errorf("of an old part and one that a later snapshot has, %d are left, want the latter", got)
	}
	if diff := cmp.Diff("a-one a-two a-four a-five b-b; row 2 row 5 row 6; 2 loads of 2", left(t, store)); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, tell()); diff != "" {
		t.Errorf("reports (-before +after):\n%s", diff)
	}
	after, err := freeze.InputsOf(ctx, store.Store, frozen)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inputs, after, cmp.AllowUnexported(model.Number{}, model.RatingCode{})); diff != "" {
		t.Errorf("inputs of the freeze (-before +after):\n%s", diff)
	}
	for _, report := range []string{"ranking", "rejects"} {
		var mistake *model.UserError
		named, _ := model.ReportNamed(report)
		err := store.Stream(ctx, named, model.Question{KnownAt: querytest.Noon(4)}.WithDefaults(day(2026, 8, 1)), func([]any) error { return nil })
		if !errors.As(err, &mistake) || mistake.Parameter != "known_at" || !strings.Contains(mistake.Expected, "2026-08-01T00:00:00Z") ||
			!strings.Contains(mistake.Expected, "2y") {
			t.Errorf("%s of a time before the horizon: %v", report, err)
		}
	}

	proof, err := ask.Run(ctx, store, ask.Proof("网站", "a"), model.Question{})
	if err != nil || len(proof.Versions) != 4 {
		t.Fatal(proof.Versions, err)
	}
	sha := fmt.Sprintf("%x", sha256.Sum256([]byte("<1>")))
	if v := proof.Versions[3]; v.ContentBytes != 0 || v.RemovedBytes != 3 || v.RemovedPolicy != "2y" || v.RemovedSHA256 != sha || v.SupersededRemoved != 1 || v.SupersededPolicy != "2y" {
		t.Errorf("the first version: %+v", v)
	}
	if v := proof.Versions[0]; v.ContentBytes != 3 || v.RemovedBytes != 0 || v.RemovedSHA256 != "" {
		t.Errorf("the version in force: %+v", v)
	}

	// What is collected on stays as it would have been: what was said before is not new, where the record was not yet and when it was first seen are known.
	later := horizon.Add(48 * time.Hour)
	querytest.Collect(t, store, "网站", later, []records.RecordVersion{version("a", "C1", "three", 3), version("a", "T1", "six", 6), version("b", "T1", "b", 1)},
		map[string]string{"b": "<b>"}, nil, nil)
	if diff := cmp.Diff("a-one a-two a-four a-five a-six b-b; row 2 row 5 row 6; 2 loads of 2", left(t, store)); diff != "" {
		t.Errorf("collected on (-want +got):\n%s", diff)
	}
	proof, err = ask.Run(ctx, store, ask.Proof("网站", "a"), model.Question{})
	if err != nil || !proof.Versions[0].FirstSeen.Equal(querytest.Noon(1)) || !proof.Versions[0].UnseenOn.Equal(day(2026, 7, 1)) {
		t.Errorf("the latest version: %+v %v", proof.Versions[0], err)
	}
	if kept, err := ask.Run(ctx, store, ask.Content("网站", "b", 0), model.Question{}); err != nil || len(kept) > 0 {
		t.Errorf("what was removed has come back: %v", err)
	}
	next, err := records.Begin(ctx, store.Store, records.Start{Source: "网站", Kind: "web", Started: later.Add(time.Hour), Day: civil.From(later, time.UTC), Online: true})
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]bool{"<1>": true, "<b>": true, "<5>": true, "<9>": false} {
		if next.HadRow(content) != want {
			t.Errorf("the source had %s: %v", content, !want)
		}
	}
}

// keepOldAnswers keeps a snapshot of before the horizon with two parts, one of which a later snapshot has taken over, and returns how many rows
// are the old one's alone.
func keepOldAnswers(t *testing.T, store *ask.Asker, horizon time.Time) (rows uint64) {
	t.Helper()
	later := fmt.Sprint(horizon.UnixMicro() + 1)
	querytest.Execute(t, store, "INSERT INTO editions (edition_id) VALUES (1), ("+later+")",
		"INSERT INTO edition_layers (edition_id, locality, layer_id) VALUES (1, 'a', 1), (1, 'b', 2), ("+later+", 'b', 2)")
	for _, table := range storage.PartTables() {
		querytest.Execute(t, store, "INSERT INTO "+table+" (layer_id) VALUES (1), (2)")
	}
	return 1 + 2 + uint64(len(storage.PartTables()))
}

// years is a period of so many years.
func years(n int) retention.Period { return retention.Period{Years: n} }

func someReports(names ...string) (reports []model.Report) {
	for _, name := range names {
		report, _ := model.ReportNamed(name)
		reports = append(reports, report)
	}
	return reports
}

// say is what reports say of what was known at an instant.
func say(t *testing.T, store *ask.Asker, knownAt time.Time, reports ...model.Report) (lines []string) {
	t.Helper()
	for _, report := range reports {
		err := store.Stream(t.Context(), report, model.Question{KnownAt: knownAt}.WithDefaults(day(2026, 8, 1)), func(row []any) error {
			line := report.Name
			for _, value := range row {
				line += " " + readableValue(value)
			}
			lines = append(lines, line)
			return nil
		})
		if err != nil {
			t.Fatal(report.Name, err)
		}
	}
	return lines
}

// readableValue is the value itself, not where it lies.
func readableValue(value any) string {
	switch value := value.(type) {
	case *time.Time:
		if value == nil {
			return "-"
		}
		return value.String()
	default:
		return fmt.Sprintf("%+v", value)
	}
}

// left are the versions of records, the rejected rows and the loads that a database holds.
func left(t *testing.T, store *ask.Asker) (text string) {
	t.Helper()
	row := store.Conn().QueryRow(t.Context(), `SELECT concat(
		(SELECT arrayStringConcat(groupArray(line), ' ') FROM (SELECT concat(record_id, '-', title) AS line FROM record_versions WHERE NOT moved ORDER BY record_id, version)), '; ',
		(SELECT arrayStringConcat(groupArray(place), ' ') FROM (SELECT place FROM rejected_rows ORDER BY collection_id, place)), '; ',
		toString((SELECT count() FROM loads)), ' loads of ', toString((SELECT uniqExact(load_id) FROM duties)))`)
	if err := row.Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]retention.Period{
		"3y": {Years: 3}, "18m": {Months: 18}, "90d": {Days: 90}, "forever": {},
	} {
		if got, err := retention.ParsePeriod(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "3", "0y", "29d", "-1y", "3 y", "3w", "201y", "99999d", "1y6m", "never"} {
		if got, err := retention.ParsePeriod(text); !errors.Is(err, retention.ErrPeriod) {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
}
