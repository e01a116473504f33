package chain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/chain"
	"yangguang/queries/clickhouse"
	"yangguang/queries/freeze"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
	"yangguang/queries/retention"
	"yangguang/queries/storage"
	"yangguang/queries/works"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// collect keeps one page more, on a day of July 2026.
func collect(t *testing.T, store *ask.Asker, day int, ids ...string) {
	t.Helper()
	var versions []records.RecordVersion
	contents := map[string]string{}
	for _, id := range ids {
		versions = append(versions, records.RecordVersion{
			RecordID: id, UnitID: "V1", ItemID: "G1", Title: "公示" + id, Period: "2026Q2", PublishedOn: querytest.Day(2026, 7, day), Scope: "society", Channel: "website",
			URL: "https://example.gov.cn/" + id, Hash: uint64(day*100 + len(contents)),
		})
		contents[id] = fmt.Sprintf("<li>公示 %s 第%d日</li>", id, day)
	}
	querytest.Collect(t, store, "web", querytest.Noon(day), versions, contents, nil, nil)
}

// extend chains up to the day before that of July 2026, and reports how many days were added.
func extend(t *testing.T, store *ask.Asker, day int) int {
	t.Helper()
	added, err := chain.Extend(t.Context(), store.Store, querytest.Noon(day), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return len(added)
}

func verify(t *testing.T, store *ask.Asker) chain.Verified {
	t.Helper()
	verified, err := chain.Verify(t.Context(), store.Store, nil)
	if err != nil {
		t.Fatal(err)
	}
	return verified
}

// TestChain chains what is kept over days, some without the program, and finds what is changed of it; what the retention policy removes, and a backup, change
// nothing.
func TestChain(t *testing.T) {
	store, restored, ctx := querytest.Store(t), querytest.Empty(t, false), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	collect(t, store, -4, "a", "b") // 26 June
	if added := extend(t, store, -3); added != 1 {
		t.Fatalf("%d days, expected one", added)
	}
	if extend(t, store, -3) != 0 {
		t.Error("a day is chained twice")
	}
	another := works.Work{Kind: "chain", Owner: "other|boot|1|1", BegunAt: time.Now().UTC().Truncate(time.Millisecond)}
	if err := works.Write(ctx, store.Store, another, works.UnderWay); err != nil {
		t.Fatal(err)
	}
	if added, err := chain.Extend(ctx, store.Store, querytest.Noon(2), time.UTC); !errors.As(err, new(works.Other)) || len(added) > 0 {
		t.Errorf("beside another process %d days are added: %v", len(added), err)
	}
	if err := works.End(ctx, store.Store, another); err != nil {
		t.Fatal(err)
	}
	collect(t, store, 2, "c")
	visited := querytest.Noon(3)
	checks := []patrol.Check{
		{Record: patrol.Record{Source: "web", RecordID: "a", UnitID: "V1", ItemID: "G1"}, URL: "https://example.gov.cn/a", CheckedAt: visited, Outcome: patrol.Opens, Status: 200},
		{Record: patrol.Record{Source: "web", RecordID: "b", UnitID: "V1", ItemID: "G1"}, URL: "https://example.gov.cn/b", CheckedAt: visited, Outcome: patrol.Gone, Status: 404},
	}
	if err := patrol.NoteChecks(ctx, store.Store, visited, checks); err != nil {
		t.Fatal(err)
	}
	if added := extend(t, store, 5); added != 8 { // nobody was there on the nights before
		t.Fatalf("%d days, expected eight", added)
	}
	link, _, err := chain.Last(ctx, store.Store)
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := freeze.Begin(ctx, store.Store, "第二季度", querytest.Noon(5), `{}`)
	if err != nil {
		t.Fatal(err)
	}
	if err := freeze.AddFile(ctx, store.Store, frozen, "ranking.csv", strings.NewReader("unit_id,score\nV1,100\n")); err != nil {
		t.Fatal(err)
	}
	frozen.Manifest = fmt.Sprintf(`{"evidence": {"day": "2026-07-04", "root": %q}}`, link)
	if err := freeze.Finish(ctx, store.Store, frozen); err != nil {
		t.Fatal(err)
	}
	extend(t, store, 6)
	whole := verify(t, store)
	if whole.Days != 10 || whole.Leaves != 3+1+2 || whole.Removed != 0 {
		t.Fatalf("verified %+v", whole)
	}

	if removed, err := retention.Expire(ctx, store.Store, retention.Policy{Contents: retention.Period{Days: 30}}, querytest.Day(2026, 8, 1).Add(6*time.Hour)); err != nil || len(removed) == 0 {
		t.Fatal(removed, err)
	}
	left := verify(t, store)
	if left.Removed == 0 || left.Leaves != whole.Leaves || left.Last != whole.Last {
		t.Fatalf("after the retention policy has removed contents: %+v, before: %+v", left, whole)
	}
	place := storage.BackupPlace{Name: store.Database() + ".tar"}
	if err := storage.Backup(ctx, store.Store, place); err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(ctx, restored.Store, place); err != nil {
		t.Fatal(err)
	}
	if err := storage.Migrate(ctx, restored.Store); err != nil {
		t.Fatal(err)
	}
	if back := verify(t, restored); back != left {
		t.Errorf("restored: %+v, before: %+v", back, left)
	}

	settings := clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2}))
	flip := func(column, of string) string {
		return fmt.Sprintf("%s = concat(substring(%s, 1, %s - 1), char(bitXor(ascii(substring(%s, %s, 1)), 4)), substring(%s, %s + 1))", column, column, of, column, of, column, of)
	}
	sha := func(octets string) string {
		return fmt.Sprintf("%s = CAST(concat(substring(%s, 1, 8), char(bitXor(ascii(substring(%s, 9, 1)), 1)), substring(%s, 10)), 'FixedString(32)')", octets, octets, octets, octets)
	}
	for _, change := range []struct{ table, set, where, want string }{
		{"contents", flip("content", "7"), "record_id = 'c'", "source web, record c, version"},
		{"chain_leaves", sha("sha256"), "record_id = 'c'", "source web, record c, version"},
		{"removed_contents", sha("sha256"), "record_id = 'a'", "source web, record a, version"},
		{"chain_leaves", "seen = seen + toIntervalMillisecond(1)", "record_id = 'a'", "2026-06-26"},
		{"chain_days", sha("root"), "day = '2026-07-02'", "2026-07-02"},
		{"chain_days", sha("previous"), "day = '2026-07-03'", "2026-07-03"},
		{"chain_days", "leaves = leaves + 1", "day = '2026-07-05'", "2026-07-05"},
		{"freeze_files", flip("content", "3"), "file = 'ranking.csv'", "file ranking.csv, part 1"},
		{"freezes", flip("manifest", "3"), "finished = 1", "pack 第二季度"},
		{"link_checks", "status = 200", "status = 404", "visits to addresses of source web"},
	} {
		table := change.table
		if err := store.Conn().Exec(settings, "CREATE TABLE saved ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM "+table); err != nil {
			t.Fatal(err)
		}
		if err := store.Conn().Exec(settings, "ALTER TABLE "+table+" UPDATE "+change.set+" WHERE "+change.where); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		_, err := chain.Verify(ctx, store.Store, nil)
		var fault *chain.Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.Error(), change.want) {
			t.Errorf("%s SET %s: %v; expected what names %s", table, change.set, err, change.want)
		}
		for _, statement := range []string{"TRUNCATE TABLE " + table, "INSERT INTO " + table + " SELECT * FROM saved", "DROP TABLE saved SYNC"} {
			if err := store.Conn().Exec(settings, statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	if again := verify(t, store); again != left {
		t.Fatalf("%+v, expected %+v", again, left)
	}
	querytest.Execute(t, store, "INSERT INTO contents (source, record_id, version, collection_id, seen, content) VALUES ('web', 'd', 99, 1, '2026-07-01 12:00:00.000', 'made up')")
	if _, err := chain.Verify(ctx, store.Store, nil); err == nil || !strings.Contains(err.Error(), "record d, version 99") {
		t.Errorf("content that was put where the chain had been made: %v", err)
	}
	querytest.Execute(t, store, "DELETE FROM contents WHERE record_id = 'd'", "DELETE FROM chain_days WHERE day > '2026-07-03'")
	if _, err := chain.Verify(ctx, store.Store, nil); err == nil || !strings.Contains(err.Error(), "2026-07-04") {
		t.Errorf("a chain that was cut before what a pack has printed: %v", err)
	}
}
