package patrol_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/clickhouse"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// Findings stand until a look does not find them again; nothing is written of what has not changed, a frozen instant keeps what it saw, and a backup has
// all of it.
func TestFindingsAreReported(t *testing.T) {
	store, restored, ctx := querytest.Store(t), querytest.Empty(t, false), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	finding := func(kind, record, other, proof string) patrol.Finding {
		f := patrol.Finding{Kind: kind, Source: "web", RecordID: record, UnitID: "V1", ItemID: "G1", Period: "2026Q2", FoundOn: querytest.Day(2026, 7, 1), Proof: proof}
		if other != "" {
			f.OtherSource, f.OtherRecordID = "web", other
		}
		return f
	}
	report := func(day int, scope patrol.Scope, found ...patrol.Finding) {
		t.Helper()
		for i := range found {
			found[i].FoundOn = querytest.Day(2026, 7, day)
		}
		if err := patrol.Report(ctx, store.Store, querytest.Noon(day), scope, found); err != nil {
			t.Fatal(err)
		}
	}
	type seen struct {
		Record, State, Proof string
		Day                  int
	}
	text, err := sql.ReadViews(sql.Files)
	if err != nil {
		t.Fatal(err)
	}
	inForce := func(s *clickhouse.Store, at time.Time) (all []seen) {
		t.Helper()
		var rows []struct {
			Record string    `ch:"record_id"`
			State  string    `ch:"state"`
			Proof  string    `ch:"proof"`
			Found  time.Time `ch:"found_on"`
		}
		err := s.Conn().Select(ctx, &rows, "SELECT record_id, state, proof, found_on FROM ("+text["findings_in_force"]+") ORDER BY kind, record_id, other_record_id",
			clickhouse.Named("known_at", clickhouse.Epoch(at)))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all = append(all, seen{row.Record, row.State, row.Proof, row.Found.Day()})
		}
		return all
	}
	expect := func(s *clickhouse.Store, at time.Time, wanted ...seen) {
		t.Helper()
		if diff := cmp.Diff(wanted, inForce(s, at)); diff != "" {
			t.Errorf("at %s:\n%s", at.Format(time.DateOnly), diff)
		}
	}
	all := patrol.Scope{Kinds: []string{patrol.Empty, patrol.Copied}}
	report(1, all, finding(patrol.Empty, "r1", "", "{}"), finding(patrol.Copied, "r2", "r1", `{"same":1}`), finding(patrol.Copied, "r2", "r3", "{}"))
	report(2, all, finding(patrol.Empty, "r1", "", "{}"), finding(patrol.Copied, "r2", "r1", `{"same":2}`), finding(patrol.Copied, "r2", "r3", "{}"))
	expect(store.Store, querytest.Noon(2), seen{"r2", "open", `{"same":2}`, 1}, seen{"r2", "open", "{}", 1}, seen{"r1", "open", "{}", 1})
	if rows := querytest.Number(t, store, "SELECT toInt64(count()) FROM findings"); rows != 4 {
		t.Errorf("%d rows, want 4: what has not changed is written again", rows)
	}
	frozen, err := freeze.Begin(ctx, store.Store, "第三季度", querytest.Noon(3), "{}")
	if err != nil {
		t.Fatal(err)
	}
	// r1 could not be read: nothing is known of it. Another kind was not looked for.
	report(4, patrol.Scope{Kinds: []string{patrol.Empty, patrol.Copied}, Looked: func(f patrol.Finding) bool { return f.RecordID != "r1" }})
	report(4, patrol.Scope{Kinds: []string{patrol.Mobile}})
	expect(store.Store, querytest.Noon(4), seen{"r2", "mended", `{"same":2}`, 1}, seen{"r2", "mended", "{}", 1}, seen{"r1", "open", "{}", 1})
	report(5, all, finding(patrol.Copied, "r2", "r3", "{}"))
	expect(store.Store, querytest.Noon(5), seen{"r2", "mended", `{"same":2}`, 1}, seen{"r2", "open", "{}", 5}, seen{"r1", "mended", "{}", 1})
	// What was noted before the freeze by a clock that is behind is not known to it.
	report(3, patrol.Scope{Kinds: []string{patrol.TooShort}}, finding(patrol.TooShort, "r9", "", "{}"))
	expect(store.Store, frozen.KnownAt, seen{"r2", "open", `{"same":2}`, 1}, seen{"r2", "open", "{}", 1}, seen{"r1", "open", "{}", 1})

	wrong := finding(patrol.Empty, "r1", "", "{}")
	if err := patrol.Report(ctx, store.Store, querytest.Noon(6), patrol.Scope{Kinds: []string{patrol.Copied}}, []patrol.Finding{wrong}); err == nil {
		t.Error("a finding of a kind that was not looked for is taken")
	}
	place := storage.BackupPlace{Name: "findings.tar"}
	if err := errors.Join(storage.Backup(ctx, store.Store, place), storage.Restore(ctx, restored.Store, place), storage.Migrate(ctx, restored.Store)); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.FinishRestore(ctx, restored.Store); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inForce(store.Store, querytest.Noon(9)), inForce(restored.Store, querytest.Noon(9))); diff != "" {
		t.Error(diff)
	}
	if err := storage.Check(ctx, restored.Store, -1); err != nil {
		t.Error(err)
	}
	var held uint64
	if err := restored.Conn().QueryRow(ctx, "SELECT sum(rows) FROM (SELECT max(rows) AS rows FROM holdings WHERE table_name = 'findings' GROUP BY holding)").Scan(&held); err != nil || held == 0 {
		t.Errorf("it is known that there must be %d findings, %v", held, err)
	}
}

// Which findings are about private data is asked of the database as it is said in the model.
func TestPrivateFindingsAreOneDefinition(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	var all []patrol.Finding
	for _, kind := range model.FindingKinds() {
		all = append(all, patrol.Finding{Kind: kind, Source: "web", RecordID: "r1", UnitID: "V1", ItemID: "G1", FoundOn: querytest.Day(2026, 7, 1), Proof: "{}"})
	}
	if err := patrol.Report(ctx, store.Store, querytest.Noon(1), patrol.Scope{Kinds: model.FindingKinds()}, all); err != nil {
		t.Fatal(err)
	}
	text, err := sql.ReadViews(sql.Files)
	if err != nil {
		t.Fatal(err)
	}
	var private []string
	row := store.Conn().QueryRow(ctx, "SELECT groupArrayIf(toString(kind), private) FROM ("+text["findings_in_force"]+")", clickhouse.Named("known_at", clickhouse.Epoch(querytest.Noon(2))))
	if err := row.Scan(&private); err != nil {
		t.Fatal(err)
	}
	slices.Sort(private)
	if diff := cmp.Diff(slices.Sorted(slices.Values(model.PrivateFindings())), private); diff != "" {
		t.Error(diff)
	}
}

// Which confirmed findings may cap a rating is asked of the database as it is said in the model.
func TestCappingFindingsAreOneDefinition(t *testing.T) {
	text, err := sql.ReadViews(sql.Files)
	if err != nil {
		t.Fatal(err)
	}
	_, kinds, _ := strings.Cut(text["confirmed_findings"], "kind IN (")
	kinds, _, _ = strings.Cut(kinds, ")")
	want := "'" + strings.Join(append([]string{patrol.Backdated}, model.LinkFindings()...), "', '") + "'"
	if kinds != want {
		t.Errorf("the view counts %s, want %s", kinds, want)
	}
}
