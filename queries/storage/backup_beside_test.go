package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/retention"
	"yangguang/queries/storage"
	"yangguang/queries/works"
)

// collectAgain stores a small collection of a source, as the collector does.
func collectAgain(ctx context.Context, store *ask.Asker, source string, round int) error {
	started := time.Now()
	c, err := records.Begin(ctx, store.Store, records.Start{Source: source, Kind: "ledger", Started: started, Day: civil.From(started, time.UTC)})
	if err != nil {
		return err
	}
	batch := records.NewBatch(50)
	for i := range uint64(50) {
		id := fmt.Sprintf("%d-%d", round, i)
		batch.Add(&records.RecordVersion{Version: c.FirstVersion + i, RecordID: id, UnitID: "T1", ItemID: "A1", Title: id, EventKey: id, Hash: 1 + i})
	}
	if err := errors.Join(c.StageRecords(ctx, batch), c.NoteRows(ctx, records.Passed{})); err != nil {
		return err
	}
	counts, err := c.Publish(ctx, records.Publication{Whole: true})
	if err != nil {
		return err
	}
	return c.Finish(ctx, time.Now(), counts, records.Ending{Outcome: model.Look})
}

// A backup is taken while collections go on: what is restored of it is whole, and collects on.
func TestBackupWhileOthersWrite(t *testing.T) {
	store, restored := querytest.Store(t), querytest.Empty(t, false)
	writing, stop := context.WithCancel(t.Context())
	written := make(chan error, 1)
	go func() {
		var err error
		for round := 0; err == nil && writing.Err() == nil; round++ {
			err = collectAgain(t.Context(), store, "甲", round)
		}
		written <- err
	}()
	place := storage.BackupPlace{Name: "beside.tar"}
	err := storage.Backup(t.Context(), store.Store, place)
	stop()
	if err := errors.Join(err, <-written, storage.Check(t.Context(), store.Store, -1)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(storage.Restore(t.Context(), restored.Store, place), storage.Migrate(t.Context(), restored.Store)); err != nil {
		t.Fatal(err)
	}
	for range 2 { // it may be interrupted and repeated
		if _, err := storage.FinishRestore(t.Context(), restored.Store); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(storage.Check(t.Context(), restored.Store, -1), collectAgain(t.Context(), restored, "甲", 1000), storage.Check(t.Context(), restored.Store, -1)); err != nil {
		t.Error(err)
	}
}

// Collections that came in while the backup was taken, and are there in part, are left out; what was lost before is not hidden.
func TestRestoredInPart(t *testing.T) {
	store := querytest.Store(t)
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	fail(collectAgain(t.Context(), store, "甲", 0))
	querytest.Execute(t, store, "ALTER TABLE record_versions DELETE WHERE record_id = '0-1' SETTINGS mutations_sync = 2",
		"INSERT INTO works (kind, subject, owner, begun_at, ended) VALUES ('backup', 'x', 'elsewhere', now64(3, 'UTC'), 0)",
		"CREATE TABLE restored (at DateTime) ENGINE = MergeTree ORDER BY at")
	time.Sleep(5 * time.Millisecond)
	fail(collectAgain(t.Context(), store, "甲", 1))
	fail(collectAgain(t.Context(), store, "乙", 2))
	querytest.Execute(t, store, "ALTER TABLE record_versions DELETE WHERE record_id = '1-1' SETTINGS mutations_sync = 2",
		"ALTER TABLE holdings DELETE WHERE holding IN (SELECT toString(collection_id) FROM collections WHERE source = '乙') SETTINGS mutations_sync = 2")
	_, err := storage.FinishRestore(t.Context(), store.Store)
	fail(err)
	if got := querytest.Number(t, store, "SELECT toInt64(countIf(outcome = 'running') * 10 + countIf(outcome = 'success')) FROM collections FINAL"); got != 21 {
		t.Errorf("collections under way and ended: %d, want 2 and 1", got)
	}
	var incomplete *clickhouse.IncompleteError
	if err := storage.Check(t.Context(), store.Store, -1); !errors.As(err, &incomplete) || len(incomplete.Faults) != 1 || incomplete.Faults[0].Rows != 1 {
		t.Errorf("what was lost before is told as %v", err)
	}
	if _, err := storage.Repair(t.Context(), store.Store); err != nil { // it is dropped after the test
		t.Error(err)
	}
}

// A removal waits for a backup, and a backup for a removal; of a process that was killed nobody waits.
func TestBackupAndRemovalApart(t *testing.T) {
	store := querytest.Store(t)
	policy, now := retention.Policy{}, time.Now()
	other := fmt.Sprintf("INSERT INTO works (kind, subject, owner, begun_at, ended) VALUES ('backup', 'x', '%s', now64(3, 'UTC'), ", works.Owner())
	querytest.Execute(t, store, other+"0)")
	waiting, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := retention.Expire(waiting, store.Store, policy, now); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a removal beside a backup: %v", err)
	}
	querytest.Execute(t, store, "INSERT INTO works SELECT kind, subject, owner, begun_at, 1 FROM works WHERE kind = 'backup'",
		strings.Replace(other, works.Owner(), strings.Replace(works.Owner(), "|", "|another-boot", 1), 1)+"0)")
	if _, err := retention.Expire(t.Context(), store.Store, policy, now); err != nil {
		t.Errorf("a removal after a killed backup: %v", err)
	}
	times, err := storage.TimesOf(t.Context(), store.Store)
	if err != nil || times.Removal.BegunAt.IsZero() || times.Removal.Failed {
		t.Errorf("the last removal is known as %+v, %v", times.Removal, err)
	}
	killed := strings.Replace(works.Owner(), "|", "|another-boot", 1)
	for ended, failed := range []bool{true, false, true} { // killed, done, failed
		querytest.Execute(t, store, fmt.Sprintf("INSERT INTO works (kind, subject, owner, begun_at, ended) VALUES ('removal', '', '%s', now64(3, 'UTC') + %d, %d)", killed, ended, ended))
		if times, err := storage.TimesOf(t.Context(), store.Store); err != nil || times.Removal.Failed != failed {
			t.Errorf("a removal that ended with %d is known as %+v, %v", ended, times.Removal, err)
		}
	}
}
