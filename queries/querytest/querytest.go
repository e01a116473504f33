// Package querytest gives a test a fresh, migrated database on the real embedded ClickHouse.
//
// The engine runs as a child of the test binary, so each package that uses it needs one line:
//
//	func TestMain(m *testing.M) { querytest.Main(m) }
//
// The first test that asks starts the engine; all tests of the binary share it, each with a database of its own, in parallel if they like.
// With YANGGUANG_TEST_NATIVE=1 in the environment the same tests go over the engine's native port instead of HTTP, with YANGGUANG_TEST_SHARDS=3
// they run on a cluster of three engines.
package querytest

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
)

// childArgument makes the test binary the engine's child: no test binary is called so otherwise.
const childArgument = "querytest-engine"

// nativeVariable chooses the native protocol for a whole run.
const nativeVariable = "YANGGUANG_TEST_NATIVE"

// shardsVariable is the number of shards to run on instead of one engine.
const shardsVariable = "YANGGUANG_TEST_SHARDS"

// Main runs the tests of a package that uses Store, ends their engine and exits. Call it from TestMain.
func Main(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childArgument {
		os.Exit(engine.Child(os.Args[2:]))
	}
	shared.allow()
	status := m.Run()
	if err := shared.end(); err != nil {
		fmt.Fprintln(os.Stderr, "querytest:", err)
		status = max(status, 1)
	}
	os.Exit(status)
}

// Store is a fresh database with this program's schema, dropped when the test ends, asked questions.
func Store(t testing.TB) *ask.Asker {
	t.Helper()
	return open(t, os.Getenv(nativeVariable) != "", true)
}

// Empty is Store without the schema, over the protocol that the test chooses.
func Empty(t testing.TB, native bool) *ask.Asker {
	t.Helper()
	return open(t, native, false)
}

// Engine is the engine that the tests share. A test that harms it disturbs tests that run in parallel.
func Engine(t testing.TB) *engine.Engine {
	t.Helper()
	running, err := shared.start()
	if err != nil {
		t.Fatal(err)
	}
	return running
}

// Command is how a test starts an engine of its own: engine.Options.Command.
func Command(t testing.TB) []string {
	t.Helper()
	command, err := shared.command()
	if err != nil {
		t.Fatal(err)
	}
	return command
}

func open(t testing.TB, native, migrated bool) *ask.Asker {
	t.Helper()
	ctx := context.Background() // the test's own context ends before its cleanup
	database := "yangguang_" + strings.ToLower(rand.Text()[:10])
	options, err := optionsFor(t, native, database)
	if err != nil {
		t.Fatal(err)
	}
	store, err := clickhouse.Open(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Conn().Exec(ctx, "DROP DATABASE IF EXISTS "+database+" SYNC"); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if migrated {
		if err := shared.migrate(ctx, store); err != nil {
			t.Fatal(err)
		}
	}
	return ask.New(facts.New(store))
}

// optionsFor opens a database on the engine that the tests share, or on the cluster.
func optionsFor(t testing.TB, native bool, database string) (clickhouse.Options, error) {
	t.Helper()
	count, err := strconv.Atoi(os.Getenv(shardsVariable))
	if err != nil || count < 1 {
		return clickhouse.Options{Engine: Engine(t), Native: native, Database: database}, nil
	}
	shards, err := shared.startShards(count)
	if err != nil {
		return clickhouse.Options{}, err
	}
	return clickhouse.Options{DSN: shards.Address(database, 0), Cluster: &clickhouse.Cluster{Name: ClusterName, DistrictPrefix: 2}}, nil
}
