package queries_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"yangguang/queries"
	"yangguang/queries/civil"
	"yangguang/queries/querytest"
)

// The engine here has no Keeper, so what a replicated cluster is told can be parsed only: all that the program makes and changes there.
func TestReplicatedStatementsAreParsed(t *testing.T) {
	store := querytest.Empty(t, false)
	cluster := &queries.Cluster{Name: "country-1", Replicated: true}
	parsed, replicated := 0, 0
	for name, statement := range queries.Definitions() {
		changes := cluster.OnShards(statement)
		if len(changes) == 0 {
			t.Errorf("%s: nothing is done on the shards for\n%s", name, statement)
		}
		for _, change := range changes {
			if !strings.Contains(change, "ON CLUSTER `country-1`") {
				t.Errorf("%s is done on one server only:\n%s", name, change)
			}
			if strings.Contains(change, "MergeTree") {
				replicated++
			}
			if strings.Contains(change, " MergeTree") || strings.Contains(change, " ReplacingMergeTree") || strings.Contains(change, "non_replicated") {
				t.Errorf("%s makes a table that is not replicated:\n%s", name, change)
			}
			var arguments []any
			if !strings.Contains(change, "VIEW") { // whose parameters stay open
				for parameter, value := range map[string]string{"source": "台账", "collection_id": "1", "seen_ms": "1", "known_at": "2026-01-01 00:00:00", "name": "n"} {
					if strings.Contains(change, "{"+parameter+":") {
						arguments = append(arguments, clickhouse.Named(parameter, value))
					}
				}
			}
			if err := store.Conn().Exec(t.Context(), "EXPLAIN AST "+change, arguments...); err != nil {
				t.Errorf("%s: %v\n%s", name, err, change)
			}
			parsed++
		}
	}
	for _, statement := range []string{cluster.OnAll("BACKUP DATABASE a AS b") + " TO Disk('backups', 'c')", cluster.OnAll("RESTORE DATABASE a AS b") + " FROM Disk('backups', 'c')"} {
		if err := store.Conn().Exec(t.Context(), "EXPLAIN AST "+statement); err != nil {
			t.Errorf("%v\n%s", err, statement)
		}
	}
	if parsed < 90 || replicated < 30 {
		t.Errorf("%d statements were parsed, %d of them of replicated tables: some are missing", parsed, replicated)
	}
}

func TestStatementsOnShards(t *testing.T) {
	for _, test := range []struct {
		name, statement string
		replicated      bool
		want            []string
	}{
		{"a question", "SELECT 1", false, nil},
		{"an insert", "INSERT INTO units SELECT 1", false, nil},
		{"rows of units", "CREATE TABLE units (unit_id String) ENGINE = MergeTree ORDER BY unit_id -- district", false, []string{
			"CREATE TABLE IF NOT EXISTS units_local (unit_id String) ENGINE = MergeTree ORDER BY unit_id",
			"CREATE TABLE IF NOT EXISTS units AS units_local ENGINE = Distributed('c', currentDatabase(), 'units_local', cityHash64(substringUTF8(unit_id, 1, 6)))",
		}},
		{"rows of no unit, replicated", "CREATE TABLE IF NOT EXISTS pages (a String) ENGINE = ReplacingMergeTree(at) ORDER BY a", true, []string{
			"CREATE TABLE IF NOT EXISTS pages_local ON CLUSTER `c` (a String) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', at) ORDER BY a",
			"CREATE TABLE IF NOT EXISTS pages ON CLUSTER `c` AS pages_local ENGINE = Distributed('c', currentDatabase(), 'pages_local', cityHash64(address))",
		}},
		{"a column", "ALTER TABLE units ADD COLUMN IF NOT EXISTS a String", false, []string{
			"ALTER TABLE units_local ADD COLUMN IF NOT EXISTS a String", "ALTER TABLE units ADD COLUMN IF NOT EXISTS a String",
		}},
		{"a projection", "ALTER TABLE units MATERIALIZE PROJECTION by_unit", false, []string{"ALTER TABLE units_local MATERIALIZE PROJECTION by_unit"}},
		{"parts", "ALTER TABLE collecting_7 MOVE PARTITION ID 'all' TO TABLE record_versions", false, []string{
			"ALTER TABLE collecting_7_local MOVE PARTITION ID 'all' TO TABLE record_versions_local",
		}},
		{"a deletion", "DELETE FROM editions WHERE edition_id NOT IN (SELECT edition_id FROM edition_layers)", true, []string{
			"DELETE FROM editions_local ON CLUSTER `c` WHERE edition_id NOT IN (SELECT edition_id FROM edition_layers)",
		}},
		{"emptied", "TRUNCATE TABLE IF EXISTS editions", false, []string{"TRUNCATE TABLE IF EXISTS editions_local"}},
		{"an end", "DROP TABLE IF EXISTS collecting_7 SYNC", false, []string{"DROP TABLE IF EXISTS collecting_7 SYNC", "DROP TABLE IF EXISTS collecting_7_local SYNC"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			cluster := &queries.Cluster{Name: "c", Replicated: test.replicated}
			if diff := cmp.Diff(test.want, cluster.OnShards(test.statement)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A database on shards: rows lie where their unit says, a dead address is passed by, a missing shard is told of,
// and a new one gets its tables.
func TestShards(t *testing.T) {
	shards := querytest.NewShards(t, 2, querytest.Command(t))
	ctx := t.Context()
	first := shards.Open(t, "yangguang_a", queries.Options{}, 0)
	if err := queries.Migrate(ctx, first); err != nil {
		t.Fatal(err)
	}
	execute(t, first, "INSERT INTO units (load_id, unit_id) VALUES (1, '411103001'), (1, '411103002'), (1, '110101001'), (1, '110101002'), (1, '120101001'), (1, '310101001')")
	if got := number(t, first, "SELECT toInt64(uniqExact(_shard_num)) FROM units"); got != 2 {
		t.Errorf("the districts lie on %d shards", got)
	}
	if got := number(t, first, "SELECT toInt64(max(shards)) FROM (SELECT uniqExact(_shard_num) AS shards FROM units GROUP BY substring(unit_id, 1, 6))"); got != 1 {
		t.Errorf("a district lies on %d shards", got)
	}
	const alone = "SELECT toInt64(count()) FROM units WHERE unit_id = "
	loadWithoutShard(t, first, shards)
	shards.Stop(t, 1)
	var told *queries.ShardError
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
	second := shards.Open(t, "yangguang_a", queries.Options{Patience: time.Minute}, 1, 0) // the first address is dead
	if got := number(t, second, "SELECT toInt64(1)"); got != 1 {
		t.Errorf("asked through the second address: %d", got)
	}
	shards.Start(t, 1)
	if err := first.Whole(ctx); err != nil {
		t.Errorf("the shard is back: %v", err)
	}
	if err := queries.Backup(ctx, first, queries.BackupPlace{Name: "kept.tar"}); err != nil {
		t.Fatal(err)
	}
	restored := shards.Open(t, "yangguang_b", queries.Options{}, 1)
	if err := queries.Restore(ctx, restored, queries.BackupPlace{Name: "kept.tar"}); err != nil {
		t.Fatal(err)
	}
	execute(t, first, "TRUNCATE TABLE units")
	if err := queries.Migrate(ctx, restored); err != nil {
		t.Fatal(err)
	}
	if got := number(t, restored, "SELECT toInt64(count()) FROM units"); got != 6 {
		t.Errorf("%d units were restored, want 6", got)
	}
	other := shards.Open(t, "yangguang_a", queries.Options{Cluster: &queries.Cluster{Name: querytest.ClusterName, DistrictPrefix: 4}}, 0)
	if err := queries.Migrate(ctx, other); !errors.Is(err, queries.ErrCluster) || !strings.Contains(err.Error(), "reshard") {
		t.Errorf("another district_prefix: %v", err)
	}
	single, err := queries.Open(ctx, queries.Options{DSN: shards.Address("yangguang_a", 1)})
	if err != nil {
		t.Fatal(err)
	}
	if err := queries.Migrate(ctx, single); !errors.Is(err, queries.ErrCluster) {
		t.Errorf("one server of a cluster without its name: %v", err)
	}
	execute(t, single, "DROP DATABASE yangguang_a SYNC") // the shard is made anew
	if err := single.Close(); err != nil {
		t.Error(err)
	}
	renewed := shards.Open(t, "yangguang_a", queries.Options{}, 0)
	if err := queries.Migrate(ctx, renewed); err != nil {
		t.Fatal(err)
	}
	execute(t, renewed, "INSERT INTO units (load_id, unit_id) VALUES (1, '411103001'), (1, '110101001'), (1, '120101001'), (1, '310101001')")
	if got := number(t, renewed, "SELECT toInt64(uniqExact(_shard_num)) FROM units"); got != 2 {
		t.Errorf("with a shard made anew the districts lie on %d shards", got)
	}
}

// loadWithoutShard loads a source and loses a shard in the middle: what the other shard has taken meanwhile it does not take twice.
func loadWithoutShard(t *testing.T, store *queries.Store, shards *querytest.Shards) {
	t.Helper()
	ctx := t.Context()
	alone, err := queries.Open(ctx, queries.Options{DSN: shards.Address("yangguang_a", 0)})
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	collection, err := queries.BeginCollection(ctx, store, queries.CollectionStart{Source: "台账", Kind: "ledger", Started: noon(1), Day: civil.Date(2026, 7, 1)})
	if err != nil {
		t.Fatal(err)
	}
	units := []string{"411103001", "110101001", "120101001", "310101001"}
	const batches = 6
	stage := func(number int, units ...string) error {
		batch := queries.NewRecordBatch(len(units))
		for _, unit := range units {
			row := number*10 + slices.Index(units, unit)
			batch.Add(&queries.RecordVersion{RecordID: unit + strconv.Itoa(number), Version: collection.FirstVersion + uint64(row), UnitID: unit, ItemID: "G1", Hash: 1})
		}
		return collection.StageRecords(ctx, batch)
	}
	table := fmt.Sprintf("collecting_%d", collection.ID())
	onFirst := func() int64 { return number(t, alone, "SELECT toInt64(count()) FROM "+table+"_local") }
	if err := stage(0, units...); err != nil {
		t.Fatal(err)
	}
	here := slices.DeleteFunc(slices.Clone(units), func(unit string) bool {
		return number(t, alone, "SELECT toInt64(count()) FROM "+table+"_local WHERE unit_id = '"+unit+"'") == 0
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
	var away *queries.ShardError
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
	counts, err := collection.Publish(ctx, queries.Publication{Whole: true, Complete: true})
	if err != nil || counts.New != uint64(batches*len(units)) {
		t.Errorf("published %+v, %v", counts, err)
	}
	if got := number(t, store, "SELECT toInt64(count() * 1000 + uniqExact(record_id)) FROM record_versions"); got != 24024 {
		t.Errorf("rows and different ones among them are %d, want 24024", got)
	}
	if err := collection.Finish(ctx, noon(2), counts, queries.Ending{Outcome: queries.Look}); err != nil {
		t.Error(err)
	}
}
