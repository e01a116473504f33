package storage

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/works"
)

// A backup and a removal by the retention policy do not go on at the same time: a copy made meanwhile could lack rows that it says are there. Each is
// noted before it looks for the other; then the backup waits, and the removal withdraws and comes again.

// worksLook is how often one that waits looks whether the other has ended.
const worksLook = 2 * time.Second

// beginBackup notes that a backup is under way, by the clock that holdings are noted by, and waits for the end of a removal. A database that an older
// program left has no place for that, and is not written to.
func beginBackup(ctx context.Context, s *clickhouse.Store, place BackupPlace) (under works.Work, known bool, err error) {
	tables, err := tablesThere(ctx, s)
	if err != nil || !tables["works"] || !tables["holdings"] {
		return works.Work{}, false, err
	}
	under = works.Work{Kind: "backup", Subject: place.Name, Owner: works.Owner()}
	if under.BegunAt, err = serverNow(ctx, s); err != nil {
		return under, true, err
	}
	if err := works.Write(ctx, s, under, works.UnderWay); err != nil {
		return under, true, err
	}
	return under, true, awaitEnd(ctx, s, "removal")
}

// BeginRemoval notes that a removal is under way, when no backup is.
func BeginRemoval(ctx context.Context, s *clickhouse.Store) (works.Work, error) {
	for {
		under, err := works.Begin(ctx, s, "removal", "")
		if err != nil {
			return under, err
		}
		copied, err := works.GoesOn(ctx, s, "backup")
		if err == nil && !copied {
			return under, nil
		}
		if leaving := works.Write(context.WithoutCancel(ctx), s, under, works.Stopped); err != nil || leaving != nil {
			return under, cmp.Or(err, leaving)
		}
		if err := awaitEnd(ctx, s, "backup"); err != nil {
			return under, err
		}
	}
}

// EndRemoval notes how a removal has ended.
func EndRemoval(ctx context.Context, s *clickhouse.Store, under works.Work, failed error) error {
	how := works.Done
	switch {
	case ctx.Err() != nil:
		how = works.Stopped
	case failed != nil:
		how = works.Failed
	}
	return works.Write(context.WithoutCancel(ctx), s, under, how)
}

// awaitEnd waits until no work of a kind is under way.
func awaitEnd(ctx context.Context, s *clickhouse.Store, kind string) error {
	for said := false; ; said = true {
		going, err := works.GoesOn(ctx, s, kind)
		if err != nil || !going {
			return err
		}
		if !said {
			s.Logger().WarnContext(ctx, "waiting for the end of what is under way in another process", "work", kind)
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

// serverNow is the time by the server's clock.
func serverNow(ctx context.Context, s *clickhouse.Store) (now time.Time, err error) {
	if err := s.Conn().QueryRow(ctx, "SELECT now64(3, 'UTC')").Scan(&now); err != nil {
		return now, fmt.Errorf("ask the time: %w", err)
	}
	return now, nil
}

// FinishRestore takes out of a database that was just restored what came in while its backup was taken, since it need not be whole: such collections
// count as under way, to be begun again, such loads and packs are removed. It says so in a line. Migrate before; it may be interrupted and repeated.
func FinishRestore(ctx context.Context, s *clickhouse.Store) (said string, err error) {
	ctx = clickhouse.PassingGate(ctx)
	fail := func(err error) (string, error) { return "", fmt.Errorf("finish the restore: %w", err) }
	tables, err := tablesThere(ctx, s)
	if err != nil || !tables[restoredTable] {
		return "", err
	}
	var backups uint64
	var begun time.Time
	if err := s.Conn().QueryRow(ctx, "SELECT count(), max(begun_at) FROM works WHERE kind = 'backup'").Scan(&backups, &begun); err != nil {
		return fail(err)
	}
	if backups > 0 {
		if said, err = leaveOutSince(ctx, s, begun); err != nil {
			return fail(err)
		}
	}
	for _, kind := range []string{"backup", "removal", "digest", "patrol", "chain"} { // of processes that this database has not seen the end of
		under, err := works.Of(ctx, s, kind)
		if err != nil {
			return fail(err)
		}
		for _, w := range under {
			if err := works.Write(ctx, s, w, works.Stopped); err != nil {
				return fail(err)
			}
		}
	}
	// What was sent to readers since the backup is not known: package digests sends none of it again.
	if err := s.Conn().Exec(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), "INSERT INTO restores SELECT now64(3, 'UTC')"); err != nil {
		return fail(err)
	}
	if err := s.Conn().Exec(ctx, "DROP TABLE IF EXISTS "+restoredTable+" SYNC"); err != nil {
		return fail(err)
	}
	return said, nil
}

// leaveOutSince takes out what is not whole of what was written since.
func leaveOutSince(ctx context.Context, s *clickhouse.Store, begun time.Time) (said string, err error) {
	lost, err := missingRows(ctx, s)
	if err != nil {
		return "", err
	}
	late := lost[:0]
	for _, fault := range lost {
		// Rows of looks give way to those of later ones, which the count of before, if that is what was copied, does not know.
		if !fault.Noted.Before(begun) || fault.Table == "looked_rows" {
			fault.Rows = max(fault.Rows, 1) // what lacks its count alone is not known to be whole either
			late = append(late, fault)
		}
	}
	if len(late) == 0 {
		return "", nil
	}
	var done Repaired
	for _, take := range []func(context.Context, *clickhouse.Store, []clickhouse.StorageFault, *Repaired) error{forgetLooks, reopenCollections, dropLoads, dropFreezes} {
		if err := take(ctx, s, late, &done); err != nil {
			return "", err
		}
	}
	if err := clearDerived(ctx, s); err != nil {
		return "", err
	}
	if err := writeOff(ctx, s, fmt.Sprintf("noted >= fromUnixTimestamp64Milli(%d, 'UTC') OR table_name = 'looked_rows'", begun.UnixMilli())); err != nil {
		return "", err
	}
	return "what came in while the backup was taken is not in it whole and was left out: collect again", nil
}

// reopenCollections makes collections that are not whole such as are under way: the next one of their source clears them away.
func reopenCollections(ctx context.Context, s *clickhouse.Store, lost []clickhouse.StorageFault, _ *Repaired) error {
	var ids []uint64
	for _, fault := range lost {
		var number uint64
		switch fault.Table {
		case "record_versions", "rejected_rows", "contents", "touches", "collections", "disputed_units":
			if _, err := fmt.Sscan(fault.Holding, &number); err != nil {
				return fmt.Errorf("the collection %q: %w", fault.Holding, err)
			}
			ids = append(ids, number)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	whole := clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2}))
	if err := s.Repeat(whole, "ALTER TABLE collections UPDATE outcome = 'running' WHERE collection_id IN {ids:Array(UInt64)}", clickhouse.Named("ids", clickhouse.Numbers(ids))); err != nil {
		return fmt.Errorf("begin collections again: %w", err)
	}
	return nil
}
