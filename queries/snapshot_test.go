package queries_test

import (
	stdcmp "cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/reference"
	"yangguang/queries/registry"
)

// country has two provinces of two towns with three villages each.
func country() model.Registry {
	registry := model.Registry{Items: []model.Item{
		{ID: "Q", Name: "党费收缴", Programme: "party", Class: "essential", Cadence: "quarterly", DueDays: 10, DayKind: "working", Tiers: []string{"village"}, NotBefore: "start"},
		{ID: "E", Name: "发展党员", Programme: "party", Class: "obligatory", Cadence: "event", DueDays: 5, DayKind: "natural", Tiers: []string{"village", "town"}, NotBefore: "start"},
		{ID: "M", Name: "党群事项", Programme: "party", Class: "obligatory", Cadence: "monthly", DueDays: 10, DayKind: "natural", Tiers: []string{"village"}, NotBefore: "start"},
	}}
	add := func(id, tier, parent string) {
		registry.Units = append(registry.Units, model.Unit{ID: id, Name: id, Tier: tier, ParentID: parent, Members: 10})
	}
	for p := range 2 {
		province := fmt.Sprint(p)
		add(province, "committee", "")
		for t := range 2 {
			town := fmt.Sprint(province, t)
			add(town, "town", province)
			for v := range 3 {
				add(fmt.Sprint(town, v), "village", town)
			}
		}
	}
	return registry
}

// nation keeps snapshots of a country and is told records and looks.
type nation struct {
	t            *testing.T
	direct, kept *ask.Asker
	registry     model.Registry
	day          time.Time // of the next collection
}

func newNation(t *testing.T) *nation {
	store := querytest.Store(t)
	n := &nation{t: t, direct: ask.New(store.Above(-1)), kept: ask.New(store.Above(0)), registry: country(), day: time.Date(2026, 7, 10, 0, 0, 0, 0, time.UTC)}
	n.load()
	return n
}

func (n *nation) load() {
	n.t.Helper()
	if _, _, err := registry.Save(n.t.Context(), n.direct.Store, registry.Load{
		Registry: n.registry, Assessment: model.DefaultAssessment(), Timezone: "UTC", BackdatingToleranceDays: 3, PartUnits: 4,
		Covers: []model.Cover{{Source: "north", UnitID: "0", ItemID: "*"}, {Source: "south", UnitID: "1", ItemID: "*"}, {Source: "south", UnitID: "100", ItemID: "*"}, {Source: "north", UnitID: "000", ItemID: "*"}},
	}); err != nil {
		n.t.Fatal(err)
	}
}

// collect publishes records, by unit_id, of a source for the second quarter.
func (n *nation) collect(source string, units ...string) {
	n.t.Helper()
	n.collectOn(source, n.day, units...)
}

func (n *nation) collectOn(source string, day time.Time, units ...string) {
	n.t.Helper()
	ctx := n.t.Context()
	collection, err := records.Begin(ctx, n.direct.Store, records.Start{Source: source, Kind: "ledger", Started: time.Now(), Day: civil.From(day, time.UTC)})
	if err != nil {
		n.t.Fatal(err)
	}
	batch := records.NewBatch(len(units))
	for i, unit := range units {
		batch.Add(&records.RecordVersion{
			Version: collection.FirstVersion + uint64(i), RecordID: fmt.Sprint(source, i), UnitID: unit, ItemID: "Q", Title: unit, Period: "2026Q2",
			PeriodFrom: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), PeriodTo: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC),
			PublishedOn: time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC), Hash: uint64(len(unit)) + uint64(unit[len(unit)-1]) + uint64(unit[0])<<8 + 1, Place: source,
		})
	}
	if err := collection.StageRecords(ctx, batch); err != nil {
		n.t.Fatal(err)
	}
	counts, err := collection.Publish(ctx, records.Publication{Whole: true})
	if err != nil {
		n.t.Fatal(err)
	}
	if err := collection.Finish(ctx, time.Now(), counts, records.Ending{Outcome: model.Look}); err != nil {
		n.t.Fatal(err)
	}
}

func (n *nation) question() model.Question {
	return model.Question{}.WithDefaults(time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC))
}

// keep makes the snapshot again, which takes so many parts of facts and as many of what they add up to, and compares its answers with those of facts
// computed as they are asked for.
func (n *nation) keep(what string, want int) {
	n.t.Helper()
	n.keepParts(what, 2*want)
}

func (n *nation) keepParts(what string, want int) {
	n.t.Helper()
	time.Sleep(5 * time.Millisecond) // instants are kept to the millisecond
	defer time.Sleep(5 * time.Millisecond)
	parts := 0
	if err := n.kept.StoreSnapshot(n.t.Context(), n.question(), func(_, of int) { parts = of }); err != nil {
		n.t.Fatalf("%s: %v", what, err)
	}
	if parts != want {
		n.t.Errorf("%s: %d parts were computed, want %d", what, parts, want)
	}
	for _, report := range []string{"ranking", "obligations"} {
		n.compare(what, report, "")
	}
}

// compare compares the kept answer with the direct one.
func (n *nation) compare(what, report, within string) {
	n.t.Helper()
	question := n.question()
	question.Within = within
	if diff := cmp.Diff(n.rows(n.direct, report, question), n.rows(n.kept, report, question)); diff != "" {
		n.t.Errorf("%s: %s within %q (-direct +kept):\n%s", what, report, within, diff)
	}
}

func (n *nation) rows(store *ask.Asker, name string, question model.Question) (rows []reference.Row) {
	n.t.Helper()
	report, _ := model.ReportNamed(name)
	err := store.Stream(n.t.Context(), report, question, func(values []any) error {
		row := reference.Row{}
		for i, column := range report.Columns {
			row[column.Key] = writtenCell(values[i], column.Kind)
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		n.t.Fatalf("%s: %v", name, err)
	}
	return rows
}

// A snapshot computes again what has changed, and only that: per town a part, two windows each.
func TestStoredFactsFollowWhatChanges(t *testing.T) {
	n := newNation(t)
	report, _ := model.ReportNamed("ranking")
	var missing *facts.NotStoredError
	if err := n.kept.Stream(t.Context(), report, n.question(), func([]any) error { return nil }); !errors.As(err, &missing) || missing.Units != 18 {
		t.Errorf("before there is a snapshot: %v", err)
	}
	n.keep("the first", 2*partsOfCountry)
	n.collect("north", "000", "001", "010")
	n.keep("records of two towns, and a first look at one province", 4)
	n.keep("nothing", 0)
	n.collect("north", "000", "001", "011")
	n.keep("a record has come to name another unit of its town", 2)
	n.collect("north", "000", "102", "011")
	n.keep("a record has gone to another province", 4)
	n.collectOn("south", time.Date(2026, 8, 19, 0, 0, 0, 0, time.UTC))
	n.keep("a look at what south covers", 2)
	n.collectOn("south", time.Date(2026, 8, 19, 0, 0, 0, 0, time.UTC))
	n.registry.Units[slices.IndexFunc(n.registry.Units, func(u model.Unit) bool { return u.ID == "112" })].Members = 50
	n.load()
	n.keep("a unit has more members", 2)
	n.registry.Units = append(n.registry.Units, model.Unit{ID: "013", Name: "013", Tier: "village", ParentID: "01"})
	n.load()
	n.keep("a village more", 2)
	n.registry.Exemptions = []model.Exemption{{UnitID: "100", ItemID: "Q", Reason: "洪水"}}
	n.load()
	n.keep("an exemption", 2)
	n.registry.Calendar = []model.CalendarDay{{Date: time.Date(2026, 7, 6, 0, 0, 0, 0, time.UTC), Kind: "holiday"}}
	n.load()
	n.keep("a holiday moves what is due in working days", 2*5) // the town with a village more has been parted
	for _, report := range []string{"ranking", "lapsed", "items", "summary"} {
		n.compare("in the end", report, "1")
	}
	n.forget()
	n.compareSnapshots()
	n.compareParts(n.question())
}

// forget removes old snapshots: what is being made stays, what no snapshot has any more goes, and the answers stay the same.
func (n *nation) forget() {
	n.t.Helper()
	ctx, table := n.t.Context(), "kept_standings"
	parts := func(condition string) int64 {
		return querytest.Number(n.t, n.kept, "SELECT toInt64(uniqExact(layer_id)) FROM "+table+" WHERE "+condition)
	}
	const orphaned = "layer_id NOT IN (SELECT layer_id FROM edition_layers)"
	before := parts("1")
	querytest.Execute(n.t, n.kept, "INSERT INTO "+table+" SELECT * REPLACE (toUInt64(toUnixTimestamp64Micro(now64(6))) AS layer_id) FROM "+table+" LIMIT 1")
	if err := facts.Forget(ctx, n.kept.Store, time.Now().Add(-time.Hour)); err != nil {
		n.t.Fatal(err)
	}
	if got := parts("1"); got != before+1 {
		n.t.Errorf("of %d parts and one that is being made %d are left", before, got)
	}
	if err := facts.Forget(ctx, n.kept.Store, time.Now().Add(time.Minute)); err != nil {
		n.t.Fatal(err)
	}
	if orphans, left := parts(orphaned), parts("1"); orphans != 0 || left == 0 || left >= before {
		n.t.Errorf("%d of %d parts are left, %d without a snapshot", left, before, orphans)
	}
}

// compareParts compares what pages show of the country, of whole parts and of a piece of one.
func (n *nation) compareParts(window model.Question) {
	n.t.Helper()
	for _, part := range []struct{ within, group string }{{"", "all"}, {"1", "villages"}, {"10", "all"}} {
		asked := window
		asked.Within, asked.Group = part.within, part.group
		n.comparePanels(asked)
	}
	head := window // of several parts, alone
	head.Unit = "1"
	if diff := cmp.Diff(n.rows(n.direct, "items", head), n.rows(n.kept, "items", head)); diff != "" {
		n.t.Errorf("items of one unit (-direct +kept):\n%s", diff)
	}
}

// comparePanels compares what pages of a country show.
func (n *nation) comparePanels(asked model.Question) {
	n.t.Helper()
	within, group := asked.Within, asked.Group
	for name, panel := range map[string]func(*ask.Asker) (any, error){
		"months": func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.Months, asked) },
		"units":  func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.Cells("unit", 3), asked) },
		"towns":  func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.Cells("town", 3), asked) },
		"due":    func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.Due(30), asked) },
		"ages":   func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.LapseTotals, asked) },
		"groups": func(s *ask.Asker) (any, error) {
			return ask.Run(n.t.Context(), s, ask.LapsedGroups("unit", 2, 5, 0), asked)
		},
		"items": func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.Items, asked) },
		"ranks": func(s *ask.Asker) (any, error) { return ask.Run(n.t.Context(), s, ask.Ranking, asked) },
	} {
		want, err := panel(n.direct)
		if err != nil {
			n.t.Fatalf("%s: %v", name, err)
		}
		got, err := panel(n.kept)
		if err != nil {
			n.t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			n.t.Errorf("%s of %s within %q (-direct +kept):\n%s", name, group, within, diff)
		}
		if reflect.ValueOf(want).Len() == 0 {
			n.t.Errorf("nothing is compared of %s of %s within %q", name, group, within)
		}
	}
}

// compareSnapshots compares what metrics report, of all units and of the worst three.
func (n *nation) compareSnapshots() {
	n.t.Helper()
	whole := n.snapshot(n.direct, 1000)
	score := func(u model.SnapshotUnit) decimal.Decimal { // none comes last
		if u.Score == nil {
			return decimal.NewFromInt(1000)
		}
		return *u.Score
	}
	worst := slices.SortedFunc(slices.Values(whole.Units), func(a, b model.SnapshotUnit) int {
		return stdcmp.Or(stdcmp.Compare(b.Lapsed+b.CarriedLapsed, a.Lapsed+a.CarriedLapsed), score(a).Cmp(score(b)), strings.Compare(a.UnitID, b.UnitID))
	})[:3]
	among := func(id string) bool {
		return slices.ContainsFunc(worst, func(u model.SnapshotUnit) bool { return u.UnitID == id })
	}
	whole.Units = slices.DeleteFunc(whole.Units, func(u model.SnapshotUnit) bool { return !among(u.UnitID) })
	whole.Lapses = slices.DeleteFunc(whole.Lapses, func(l model.SnapshotLapse) bool { return !among(l.UnitID) })
	whole.Dues = slices.DeleteFunc(whole.Dues, func(d model.SnapshotDue) bool { return !among(d.UnitID) })
	if len(whole.Lapses) == 0 {
		n.t.Error("nothing has lapsed")
	}
	for what, got := range map[string]model.Snapshot{"directly": n.snapshot(n.direct, 3), "of a snapshot": n.snapshot(n.kept, 3)} {
		if diff := cmp.Diff(whole, got); diff != "" {
			n.t.Errorf("the worst units, %s (-want +got):\n%s", what, diff)
		}
	}
	if diff := cmp.Diff(n.snapshot(n.direct, 1000), n.snapshot(n.kept, 1000)); diff != "" {
		n.t.Errorf("all units (-direct +kept):\n%s", diff)
	}
}

func (n *nation) snapshot(store *ask.Asker, most int) model.Snapshot {
	n.t.Helper()
	snapshot, err := store.Snapshot(n.t.Context(), n.question(), most)
	if err != nil {
		n.t.Fatal(err)
	}
	return snapshot
}

// A snapshot that was interrupted, even twice, is resumed, and what has changed meanwhile is computed again.
func TestStoredFactsResumeWhereInterrupted(t *testing.T) {
	n := newNation(t)
	remaining := 4 * partsOfCountry // of two windows, facts and results
	for range 2 {
		ctx, interrupt := context.WithCancel(t.Context())
		planned := 0
		err := n.kept.StoreSnapshot(ctx, n.question(), func(made, of int) {
			if planned = of; made == 2 {
				interrupt()
			}
		})
		interrupt()
		if !errors.Is(err, context.Canceled) || planned != remaining {
			t.Fatalf("of %d parts %d were to be made: %v", remaining, planned, err)
		}
		remaining = n.missingParts()
	}
	if remaining > 4*partsOfCountry-4 || remaining == 0 {
		t.Fatalf("%d parts remain", remaining)
	}
	var missing *facts.NotStoredError
	if _, err := ask.Run(t.Context(), n.kept, ask.Ranking, n.question()); !errors.As(err, &missing) {
		t.Errorf("half a snapshot answers: %v", err)
	}
	n.keepParts("what remains", remaining)
	before := n.question()
	before.KnownAt = time.Now() // another time of knowledge than that of what is stored
	if _, err := ask.Run(t.Context(), n.kept, ask.Ranking, before); !errors.As(err, &missing) {
		t.Errorf("of a time of knowledge whose facts are not stored: %v", err)
	}
	n.collect("north", "000", "001", "010")
	n.keep("records of two towns, and a first look at one province", 4)
}

// missingParts is how many parts no attempt has made.
func (n *nation) missingParts() int {
	n.t.Helper()
	count := func(query string) (rows uint64) {
		if err := n.kept.Conn().QueryRow(n.t.Context(), query).Scan(&rows); err != nil {
			n.t.Fatal(err)
		}
		return rows
	}
	// what was being written when it was interrupted may still arrive
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if count("SELECT count() FROM system.processes WHERE query_kind = 'Insert' AND current_database = currentDatabase()") == 0 {
			break
		}
	}
	made := count("SELECT uniqExact(layer_id) FROM edition_layers")
	return 4*partsOfCountry - int(made)
}

// partsOfCountry: the towns with their villages; the two committees lie with the first town below them or alone.
const partsOfCountry = 6

// Every unit is in one part, none has more than so many units, and subtrees that fit stay whole.
func TestParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var registry model.Registry
		for i := range rapid.IntRange(1, 60).Draw(t, "units") {
			unit := model.Unit{ID: fmt.Sprintf("u%02d", i)}
			if i > 0 && rapid.Bool().Draw(t, "below another") {
				unit.ParentID = fmt.Sprintf("u%02d", rapid.IntRange(0, i-1).Draw(t, "parent"))
			}
			registry.Units = append(registry.Units, unit)
		}
		most := rapid.IntRange(1, 20).Draw(t, "most")
		seen := map[string]int{}
		for name, units := range model.PartsOf(registry.Units, most) {
			if len(units) > most || len(units) == 0 {
				t.Errorf("%q has %d units of at most %d", name, len(units), most)
			}
			for _, unit := range units {
				seen[unit]++
			}
		}
		for _, unit := range registry.Units {
			if seen[unit.ID] != 1 {
				t.Errorf("%s is in %d parts", unit.ID, seen[unit.ID])
			}
		}
	})
}
