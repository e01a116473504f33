package clickhouse_test

import (
	"errors"
	"sync"
	"syscall"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/querytest"
)

// ownEngine is an engine that the test may kill, and a Store on it.
func ownEngine(t *testing.T, native bool) (*engine.Engine, *clickhouse.Store) {
	t.Helper()
	running, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), NativePort: native, Command: querytest.Command(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	store, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running, Native: native})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return running, store
}

func byAddress(t *testing.T, running *engine.Engine) *clickhouse.Store {
	t.Helper()
	native := running.NativeOptions()
	store, err := clickhouse.Open(t.Context(), clickhouse.Options{DSN: "clickhouse://" + native.Auth.Username + ":" + native.Auth.Password + "@" + native.Addr[0]})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func TestStoreOutlivesKilledEngine(t *testing.T) {
	for _, test := range []struct {
		name   string
		native bool
		server bool // as any server, by address
	}{{"http", false, false}, {"native", true, false}, {"by address", true, true}} {
		t.Run(test.name, func(t *testing.T) {
			running, store := ownEngine(t, test.native)
			if test.server {
				store = byAddress(t, running)
			}
			querytest.Execute(t, store, "CREATE TABLE kept (x Int64) ENGINE = MergeTree ORDER BY x", "INSERT INTO kept SELECT number FROM numbers(1000)")
			for range 2 {
				killed := make(chan error)
				go func() { killed <- syscall.Kill(running.Process(), syscall.SIGKILL) }()
				var readers sync.WaitGroup
				for range 4 {
					readers.Go(func() {
						for range 30 {
							var sums []struct {
								Sum int64 `ch:"sum"`
							}
							if err := store.Conn().Select(t.Context(), &sums, "SELECT sum(x) AS sum FROM kept"); err != nil {
								t.Error(err)
							} else if len(sums) != 1 || sums[0].Sum != 499500 {
								t.Errorf("read %v, want one row of 499500", sums)
							}
							var count uint64
							if err := store.Conn().QueryRow(t.Context(), "SELECT count() FROM kept").Scan(&count); err != nil {
								t.Error(err)
							}
						}
					})
				}
				if err := <-killed; err != nil {
					t.Error(err)
				}
				readers.Wait()
			}
		})
	}
}

func TestWritesUnderKillsAreDoneOrSaidToBeUnsure(t *testing.T) {
	running, store := ownEngine(t, false)
	querytest.Execute(t, store, "CREATE TABLE written (x Int64) ENGINE = ReplacingMergeTree ORDER BY x")
	stop := make(chan struct{})
	var killer sync.WaitGroup
	killer.Go(func() {
		for range 3 {
			if process := running.Process(); process != 0 {
				if err := syscall.Kill(process, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
					t.Error(err)
				}
			}
			if err := store.Conn().Ping(t.Context()); err != nil {
				t.Error(err)
			}
		}
		close(stop)
	})
	var batches int64
	for killing := true; killing; batches++ {
		select {
		case <-stop:
			killing = false
		default:
		}
		err := store.Insert(t.Context(), "INSERT INTO written (x)", func(batch clickhouse.Batch) error {
			for x := range int64(100) {
				if err := batch.Append(batches*100 + x); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	killer.Wait()
	var count uint64
	if err := store.Conn().QueryRow(t.Context(), "SELECT count() FROM written FINAL").Scan(&count); err != nil {
		t.Fatal(err)
	}
	if want := uint64(batches) * 100; count != want {
		t.Errorf("%d rows are there, %d were written", count, want)
	}
}

func TestCallsEndWithTheirContextAndWithTheEngine(t *testing.T) {
	running, store := ownEngine(t, false)
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Conn().Ping(t.Context()); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("a call to a closed engine gave %v, want ErrClosed", err)
	}
	var count uint64
	if err := store.Conn().QueryRow(t.Context(), "SELECT 1").Scan(&count); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("a call to a closed engine gave %v, want ErrClosed", err)
	}
}

func TestErrorsOfClickHouseComeThrough(t *testing.T) {
	querytest.OverBothProtocols(t, func(t *testing.T, store *ask.Asker) {
		var answer *clickhouse.Exception
		if err := store.Conn().Exec(t.Context(), "SELECT * FROM missing"); !errors.As(err, &answer) || answer.Code != 60 {
			t.Errorf("a missing table gave %v, want code 60", err)
		}
		rows, err := store.Conn().Query(t.Context(), "SELECT throwIf(number = 200000, 'too far') FROM numbers(400000) SETTINGS max_block_size = 1000")
		if err == nil {
			for rows.Next() {
			}
			err = errors.Join(rows.Err(), rows.Close())
		}
		if !errors.As(err, &answer) || answer.Code != 395 || errors.Is(err, clickhouse.ErrInterrupted) {
			t.Errorf("an error midway gave %v, want code 395", err)
		}
	})
}

// An answer that breaks off must never look like a short answer.
func TestBrokenAnswerIsNotAShortAnswer(t *testing.T) {
	const all = 20_000_000
	for _, native := range []bool{false, true} {
		t.Run(map[bool]string{false: "http", true: "native"}[native], func(t *testing.T) {
			running, store := ownEngine(t, native)
			for _, after := range []int{1, 70_000, 1_000_000} {
				rows, err := store.Conn().Query(t.Context(), "SELECT number FROM numbers(20000000)")
				if err != nil {
					t.Fatal(err)
				}
				count := 0
				for rows.Next() {
					if count++; count == after {
						if err := syscall.Kill(running.Process(), syscall.SIGKILL); err != nil {
							t.Fatal(err)
						}
					}
				}
				err = errors.Join(rows.Err(), rows.Close())
				if count != all && !errors.Is(err, clickhouse.ErrInterrupted) {
					t.Errorf("killed after %d rows: %d of %d rows came and the error was %v", after, count, all, err)
				}
				if err := store.Conn().Ping(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
