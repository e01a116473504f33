package records_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/storage"
)

// A database on shards: rows lie where their unit says, a dead address is passed by, a missing shard is reported,
// and a new one gets its tables.
func TestShards(t *testing.T) {
	shards := querytest.NewShards(t, 2, querytest.Command(t))
	ctx := t.Context()
	first := shards.Open(t, "yangguang_a", clickhouse.Options{}, 0)
	if err := storage.Migrate(ctx, first.Store); err != nil {
		t.Fatal(err)
	}
	querytest.Execute(t, first, "INSERT INTO units (load_id, unit_id) VALUES (1, '411103001'), (1, '411103002'), (1, '110101001'), (1, '110101002'), (1, '120101001'), (1, '310101001')")
	if got := querytest.Number(t, first, "SELECT toInt64(uniqExact(_shard_num)) FROM units"); got != 2 {
		t.Errorf("the districts lie on %d shards", got)
	}
	if got := querytest.Number(t, first, "SELECT toInt64(max(shards)) FROM (SELECT uniqExact(_shard_num) AS shards FROM units GROUP BY substring(unit_id, 1, 6))"); got != 1 {
		t.Errorf("a district lies on %d shards", got)
	}
	const alone = "SELECT toInt64(count()) FROM units WHERE unit_id = "
	noteNotices(t, first)
	loadWithoutShard(t, first, shards)
	shards.Stop(t, 1)
	var told *clickhouse.ShardError
	if err := first.Whole(ctx); !errors.As(err, &told) || len(told.Unreachable) != 1 || told.Unreachable[0].Number != 2 {
		t.Errorf("a shard is away: %v", err)
	}
	if _, err := first.DataVersion(ctx); !errors.As(err, &told) {
		t.Errorf("there is a version of the data although a shard is away: %v", err)
	}
	var answers int
	for _, unit := range []string{"'411103001'", "'110101001'", "'120101001'", "'310101001'"} {
		var count int64
		switch err := first.Conn().QueryRow(ctx, alone+unit).Scan(&count); {
		case err == nil && count == 1:
			answers++
		case !errors.As(err, &told):
			t.Errorf("unit %s: %d, %v", unit, count, err)
		}
	}
	if answers == 0 || answers == 4 {
		t.Errorf("of four districts on two shards %d are told while one shard is away", answers)
	}
	second := shards.Open(t, "yangguang_a", clickhouse.Options{Patience: time.Minute}, 1, 0) // the first address is dead
	if got := querytest.Number(t, second, "SELECT toInt64(1)"); got != 1 {
		t.Errorf("asked through the second address: %d", got)
	}
	shards.Start(t, 1)
	if err := first.Whole(ctx); err != nil {
		t.Errorf("the shard is back: %v", err)
	}
	if err := storage.Backup(ctx, first.Store, storage.BackupPlace{Name: "kept.tar"}); err != nil {
		t.Fatal(err)
	}
	restored := shards.Open(t, "yangguang_b", clickhouse.Options{}, 1)
	if err := storage.Restore(ctx, restored.Store, storage.BackupPlace{Name: "kept.tar"}); err != nil {
		t.Fatal(err)
	}
	querytest.Execute(t, first, "TRUNCATE TABLE units")
	if err := storage.Migrate(ctx, restored.Store); err != nil {
		t.Fatal(err)
	}
	if got := querytest.Number(t, restored, "SELECT toInt64(count()) FROM units"); got != 6 {
		t.Errorf("%d units were restored, want 6", got)
	}
	if got := querytest.Number(t, restored, "SELECT toInt64(count()) FROM notice_events"); got != 5 {
		t.Errorf("%d events of the register were restored, want 5", got)
	}
	other := shards.Open(t, "yangguang_a", clickhouse.Options{Cluster: &clickhouse.Cluster{Name: querytest.ClusterName, DistrictPrefix: 4}}, 0)
	if err := storage.Migrate(ctx, other.Store); !errors.Is(err, clickhouse.ErrCluster) || !strings.Contains(err.Error(), "reshard") {
		t.Errorf("another district_prefix: %v", err)
	}
	single, err := clickhouse.Open(ctx, clickhouse.Options{DSN: shards.Address("yangguang_a", 1)})
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.Migrate(ctx, single); !errors.Is(err, clickhouse.ErrCluster) {
		t.Errorf("one server of a cluster without its name: %v", err)
	}
	querytest.Execute(t, single, "DROP DATABASE yangguang_a SYNC") // the shard is made again
	if err := single.Close(); err != nil {
		t.Error(err)
	}
	renewed := shards.Open(t, "yangguang_a", clickhouse.Options{}, 0)
	if err := storage.Migrate(ctx, renewed.Store); err != nil {
		t.Fatal(err)
	}
	querytest.Execute(t, renewed, "INSERT INTO units (load_id, unit_id) VALUES (1, '411103001'), (1, '110101001'), (1, '120101001'), (1, '310101001')")
	if got := querytest.Number(t, renewed, "SELECT toInt64(uniqExact(_shard_num)) FROM units"); got != 2 {
		t.Errorf("with a shard made anew the districts lie on %d shards", got)
	}
}

// noteNotices notes notices of units whose districts lie on both shards: each event is read once.
func noteNotices(t *testing.T, store *ask.Asker) {
	t.Helper()
	day := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	var events []notices.Event
	for _, unit := range []string{"411103001", "110101001", "120101001", "310101001"} {
		events = append(events, notices.Event{NotedBy: "clerk", IssuedOn: day, UnitID: unit, Problem: "公开", Demands: []notices.Demand{{ItemID: "Q", PeriodNo: 8105}}})
	}
	register := notices.NewRegister(store)
	issued, err := register.Issue(t.Context(), time.Now(), events...)
	if err != nil {
		t.Fatal(err)
	}
	if err := register.Follow(t.Context(), time.Now(), issued[0].NoticeID, notices.Receipted, "clerk", day, ""); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 1, 1, 1} {
		if history, err := register.History(t.Context(), issued[i].NoticeID); err != nil || len(history) != want {
			t.Errorf("%s: %d events, want %d; %v", issued[i].NoticeID, len(history), want, err)
		}
	}
	if got := querytest.Number(t, store, "SELECT toInt64(count()) FROM notice_events"); got != 5 {
		t.Errorf("%d events are read, want 5", got)
	}
	if err := store.Whole(t.Context()); err != nil {
		t.Errorf("after noting notices: %v", err)
	}
}

// loadWithoutShard loads a source and loses a shard in the middle: what the other shard has taken meanwhile it does not take twice.
func loadWithoutShard(t *testing.T, store *ask.Asker, shards *querytest.Shards) {
	t.Helper()
	ctx := t.Context()
	alone, err := clickhouse.Open(ctx, clickhouse.Options{DSN: shards.Address("yangguang_a", 0)})
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	collection, err := records.Begin(ctx, store.Store, records.Start{Source: "台账", Kind: "ledger", Started: querytest.Noon(1), Day: civil.Date(2026, 7, 1)})
	if err != nil {
		t.Fatal(err)
	}
	units := []string{"411103001", "110101001", "120101001", "310101001"}
	const batches = 6
	stage := func(number int, units ...string) error {
		batch := records.NewBatch(len(units))
		for _, unit := range units {
			row := number*10 + slices.Index(units, unit)
			batch.Add(&records.RecordVersion{RecordID: unit + strconv.Itoa(number), Version: collection.FirstVersion + uint64(row), UnitID: unit, ItemID: "G1", Hash: 1})
		}
		return collection.StageRecords(ctx, batch)
	}
	table := fmt.Sprintf("collecting_%d", collection.ID())
	onFirst := func() int64 { return querytest.Number(t, alone, "SELECT toInt64(count()) FROM "+table+"_local") }
	if err := stage(0, units...); err != nil {
		t.Fatal(err)
	}
	here := slices.DeleteFunc(slices.Clone(units), func(unit string) bool {
		return querytest.Number(t, alone, "SELECT toInt64(count()) FROM "+table+"_local WHERE unit_id = '"+unit+"'") == 0
	})
	if len(here) == 0 || len(here) == len(units) {
		t.Fatalf("on one of two shards are %v", here)
	}
	// The first shard has taken its part of the next batch when the second one ends.
	if err := stage(1, here...); err != nil {
		t.Fatal(err)
	}
	collection.Unsent(len(here))
	shards.Stop(t, 1)
	loaded := make(chan error, 1)
	go func() {
		var err error
		for number := 1; number < batches && err == nil; number++ {
			err = stage(number, units...)
		}
		loaded <- err
	}()
	var away *clickhouse.ShardError
	if err := store.Whole(ctx); !errors.As(err, &away) {
		t.Errorf("a shard is away: %v", err)
	}
	shards.Start(t, 1)
	if err := <-loaded; err != nil {
		t.Fatal(err)
	}
	if got, want := onFirst(), int64(batches*len(here)); got != want {
		t.Errorf("the shard that stayed has %d rows, want %d", got, want)
	}
	counts, err := collection.Publish(ctx, records.Publication{Whole: true, Complete: true})
	if err != nil || counts.New != uint64(batches*len(units)) {
		t.Errorf("published %+v, %v", counts, err)
	}
	if got := querytest.Number(t, store, "SELECT toInt64(count() * 1000 + uniqExact(record_id)) FROM record_versions"); got != 24024 {
		t.Errorf("rows and different ones among them are %d, want 24024", got)
	}
	if err := collection.Finish(ctx, querytest.Noon(2), counts, records.Ending{Outcome: model.Look}); err != nil {
		t.Error(err)
	}
}
