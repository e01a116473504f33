package storage

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/works"
)

// OwnTimes are instants of the database's own life; zero where something has not happened yet.
type OwnTimes struct {
	FirstLoad  time.Time // of a registry
	LastLoad   time.Time // of the registry in force
	FirstLook  time.Time // ended: whatever had lapsed before is reported at once then
	LastBackup time.Time // that was finished
	Removal    Removed
}

// Removed is how the last removal by the retention policy ended; zero when none is known to have.
type Removed struct {
	BegunAt time.Time
	Failed  bool // or its process was killed
}

// TimesOf asks when the registry was loaded and the database backed up.
func TimesOf(ctx context.Context, s *clickhouse.Store) (times OwnTimes, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT (SELECT min(loaded_at) FROM loads), (SELECT max(loaded_at) FROM loads), (SELECT max(finished_at) FROM backups),
		(SELECT min(ended_at) FROM collections FINAL WHERE outcome = 'success')`)
	if err := row.Scan(&times.FirstLoad, &times.LastLoad, &times.LastBackup, &times.FirstLook); err != nil {
		return OwnTimes{}, fmt.Errorf("ask when the registry was loaded and the database backed up: %w", err)
	}
	for _, at := range []*time.Time{&times.FirstLoad, &times.LastLoad, &times.LastBackup, &times.FirstLook} {
		if at.UnixMilli() == 0 { // the greatest of none
			*at = time.Time{}
		}
	}
	if times.Removal, err = lastRemoved(ctx, s); err != nil {
		return OwnTimes{}, fmt.Errorf("ask how the last removal ended: %w", err)
	}
	return times, nil
}

// lastRemoved leaves out what goes on, and what somebody has stopped.
func lastRemoved(ctx context.Context, s *clickhouse.Store) (last Removed, err error) {
	var removals []struct {
		works.Work
		Ended uint8 `ch:"ended"`
	}
	err = s.Conn().Select(ctx, &removals, `SELECT toString(kind) AS kind, subject, owner, begun_at, ended FROM works FINAL
		WHERE kind = 'removal' AND ended != {stopped:UInt8} ORDER BY begun_at DESC LIMIT 10`, clickhouse.NamedNumber("stopped", uint64(works.Stopped)))
	for _, removal := range removals {
		if removal.Ended != works.UnderWay || works.HasEnded(removal.Owner) {
			return Removed{removal.BegunAt, removal.Ended != works.Done}, err
		}
	}
	return Removed{}, err
}

// NoteBackup notes a backup that was finished. A database that an older program left has no place for that yet, and needs none.
func NoteBackup(ctx context.Context, s *clickhouse.Store, name string, finished time.Time) error {
	var known bool
	row := s.Conn().QueryRow(ctx, "SELECT count() > 0 FROM system.tables WHERE database = {database:String} AND name = 'backups'", clickhouse.Named("database", s.Database()))
	if err := row.Scan(&known); err != nil {
		return fmt.Errorf("note the backup: %w", err)
	}
	if !known {
		return nil
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	if err := s.Insert(ctx, "INSERT INTO backups (finished_at, name)", func(batch clickhouse.Batch) error { return batch.Append(finished.UTC(), name) }); err != nil {
		return fmt.Errorf("note the backup: %w", err)
	}
	return nil
}
