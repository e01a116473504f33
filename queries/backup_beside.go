package queries

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// A backup and a removal by the retention policy do not go on at the same time: a copy made meanwhile could lack rows that it says are there. Each is
// noted before it looks for the other; then the backup waits, and the removal withdraws and comes again.

// worksLook is how often one that waits looks whether the other has ended.
const worksLook = 2 * time.Second

// beginBackup notes that a backup is under way, by the clock that holdings are noted by, and waits for the end of a removal. A database that an older
// program left has no place for that, and is not written to.
func (s *Store) beginBackup(ctx context.Context, place BackupPlace) (under work, known bool, err error) {
	tables, err := s.tables(ctx)
	if err != nil || !tables["works"] || !tables["holdings"] {
		return work{}, false, err
	}
	under = work{Kind: "backup", Subject: place.Name, Owner: owner()}
	if under.BegunAt, err = s.now(ctx); err != nil {
		return under, true, err
	}
	if err := s.writeWork(ctx, under, workUnderWay); err != nil {
		return under, true, err
	}
	return under, true, s.awaitEnd(ctx, "removal")
}

// beginRemoval notes that a removal is under way, when no backup is.
func (s *Store) beginRemoval(ctx context.Context) (work, error) {
	for {
		under, err := s.beginWork(ctx, "removal", "")
		if err != nil {
			return under, err
		}
		copied, err := s.goesOn(ctx, "backup")
		if err == nil && !copied {
			return under, nil
		}
		if leaving := s.writeWork(context.WithoutCancel(ctx), under, workStopped); err != nil || leaving != nil {
			return under, firstError(err, leaving)
		}
		if err := s.awaitEnd(ctx, "backup"); err != nil {
			return under, err
		}
	}
}

// endRemoval notes how a removal has ended.
func (s *Store) endRemoval(ctx context.Context, under work, failed error) error {
	how := workDone
	switch {
	case ctx.Err() != nil:
		how = workStopped
	case failed != nil:
		how = workFailed
	}
	return s.writeWork(context.WithoutCancel(ctx), under, how)
}

// awaitEnd waits until no work of a kind is under way.
func (s *Store) awaitEnd(ctx context.Context, kind string) error {
	for said := false; ; said = true {
		going, err := s.goesOn(ctx, kind)
		if err != nil || !going {
			return err
		}
		if !said {
			s.logger.WarnContext(ctx, "waiting for the end of what is under way in another process", "work", kind)
		}
		timer := time.NewTimer(worksLook)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// now is the time by the server's clock.
func (s *Store) now(ctx context.Context) (now time.Time, err error) {
	if err := s.conn.QueryRow(ctx, "SELECT now64(3, 'UTC')").Scan(&now); err != nil {
		return now, fmt.Errorf("ask the time: %w", err)
	}
	return now, nil
}

// FinishRestore takes out of a database that was just restored what came in while its backup was taken, since it need not be whole: such collections
// count as under way, to be begun again, such loads and packs are removed. It says so in a line. Migrate before; it may be interrupted and repeated.
func (s *Store) FinishRestore(ctx context.Context) (said string, err error) {
	ctx = passingGate(ctx)
	fail := func(err error) (string, error) { return "", fmt.Errorf("finish the restore: %w", err) }
	tables, err := s.tables(ctx)
	if err != nil || !tables[restoredTable] {
		return "", err
	}
	var backups uint64
	var begun time.Time
	if err := s.conn.QueryRow(ctx, "SELECT count(), max(begun_at) FROM works WHERE kind = 'backup'").Scan(&backups, &begun); err != nil {
		return fail(err)
	}
	if backups > 0 {
		if said, err = s.leaveOutSince(ctx, begun); err != nil {
			return fail(err)
		}
	}
	for _, kind := range []string{"backup", "removal"} { // of processes that this database has not seen the end of
		under, err := s.works(ctx, kind)
		if err != nil {
			return fail(err)
		}
		for _, w := range under {
			if err := s.writeWork(ctx, w, workStopped); err != nil {
				return fail(err)
			}
		}
	}
	if err := s.conn.Exec(ctx, "DROP TABLE IF EXISTS "+restoredTable+" SYNC"); err != nil {
		return fail(err)
	}
	return said, nil
}

// leaveOutSince takes out what is not whole of what was written since.
func (s *Store) leaveOutSince(ctx context.Context, begun time.Time) (said string, err error) {
	lost, err := s.missingRows(ctx)
	if err != nil {
		return "", err
	}
	late := lost[:0]
	for _, fault := range lost {
		// Rows of looks give way to those of later ones, which the count of before, if that is what was copied, does not know.
		if !fault.noted.Before(begun) || fault.Table == "looked_rows" {
			fault.Rows = max(fault.Rows, 1) // what lacks its count alone is not known to be whole either
			late = append(late, fault)
		}
	}
	if len(late) == 0 {
		return "", nil
	}
	var done Repair
	for _, take := range []func(context.Context, []StorageFault, *Repair) error{s.forgetLooks, s.reopenCollections, s.dropLoads, s.dropFreezes} {
		if err := take(ctx, late, &done); err != nil {
			return "", err
		}
	}
	if err := s.clearDerived(ctx); err != nil {
		return "", err
	}
	if err := s.writeOff(ctx, fmt.Sprintf("noted >= fromUnixTimestamp64Milli(%d, 'UTC') OR table_name = 'looked_rows'", begun.UnixMilli())); err != nil {
		return "", err
	}
	return "what came in while the backup was taken is not in it whole and was left out: collect again", nil
}

// reopenCollections makes collections that are not whole such as are under way: the next one of their source clears them away.
func (s *Store) reopenCollections(ctx context.Context, lost []StorageFault, _ *Repair) error {
	var numbers []uint64
	for _, fault := range lost {
		var number uint64
		switch fault.Table {
		case "record_versions", "rejected_rows", "contents", "touches", "collections", "disputed_units":
			if _, err := fmt.Sscan(fault.holding, &number); err != nil {
				return fmt.Errorf("the collection %q: %w", fault.holding, err)
			}
			numbers = append(numbers, number)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	whole := clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2}))
	if err := s.repeat(whole, "ALTER TABLE collections UPDATE outcome = 'running' WHERE collection_id IN {ids:Array(UInt64)}", clickhouse.Named("ids", numberList(numbers))); err != nil {
		return fmt.Errorf("begin collections again: %w", err)
	}
	return nil
}
