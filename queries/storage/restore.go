package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse"
	"yangguang/queries/works"
)

// A backup is restored into a database of another name, which takes the name of this one, in one step, when everything is in it. What was interrupted
// before is removed, after it is completed, by the next program that opens the database (SettleRestore).
const (
	restoringSuffix = "_restoring" // of the database that a backup is restored into
	restoredTable   = "restored"   // is there when everything is in it, until FinishRestore
	// On a cluster a backup is restored where it stays, since tables name their database to the other servers.
	restoreBegun = "restore_begun" // is there until everything is
)

// ErrHalfRestored says that a restore into a cluster was interrupted.
var ErrHalfRestored = errors.New("a restore into this database was interrupted, so that it is not whole: drop the database on all servers and restore again")

// Restore reads a backup into this database, which must not hold tables (ErrNotEmpty): all of it or nothing. Migrate it afterwards: the backup may
// be of an older program; then FinishRestore.
func Restore(ctx context.Context, s *clickhouse.Store, place BackupPlace) error {
	empty, err := holdsNothing(ctx, s)
	if err != nil {
		return err
	}
	if !empty {
		return ErrNotEmpty
	}
	if s.Cluster() != nil {
		return restoreCluster(ctx, s, place)
	}
	bare, err := s.Bare()
	if err != nil {
		return fmt.Errorf("restore the database: %w", err)
	}
	defer bare.Close()
	if err := restoreBeside(ctx, s, bare, place); err != nil {
		// Also when the disk is full: what was read so far goes, and this database is as it was.
		farewell, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		return fmt.Errorf("restore the database: %w", errors.Join(err, bare.Exec(farewell, "DROP DATABASE IF EXISTS "+restoringName(s)+" SYNC")))
	}
	if err := switchRestored(ctx, s, bare); err != nil {
		return fmt.Errorf("restore the database: %w", err)
	}
	return nil
}

func restoringName(s *clickhouse.Store) string {
	return clickhouse.Quoted(s.Database() + restoringSuffix)
}

// holdsNothing reports whether the database has no tables but those that only ask other servers.
func holdsNothing(ctx context.Context, s *clickhouse.Store) (bool, error) {
	tables, err := tablesThere(ctx, s)
	if err != nil {
		return false, err
	}
	delete(tables, "shards")
	delete(tables, "tables_of_shards")
	return len(tables) == 0, nil
}

// restoreBeside reads a backup into the database of the other name. Views name the database that they were made in: they are made again by Migrate.
func restoreBeside(ctx context.Context, s *clickhouse.Store, bare driver.Conn, place BackupPlace) error {
	other := restoringName(s)
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + other + " SYNC",
		"CREATE DATABASE " + other + " ENGINE = Atomic COMMENT " + clickhouse.SqlText(works.Owner()),
		"RESTORE DATABASE " + backedUpAs + " AS " + other + " FROM " + place.expression() + " SETTINGS allow_different_database_def = 1",
		"DELETE FROM " + other + ".schema_migrations WHERE startsWith(file, 'sql/views/')",
		"CREATE TABLE IF NOT EXISTS " + other + "." + restoredTable + " (at DateTime) ENGINE = MergeTree ORDER BY at",
	} {
		if err := bare.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// switchRestored gives the restored database the name of this one, which is empty. It may be interrupted anywhere and repeated.
func switchRestored(ctx context.Context, s *clickhouse.Store, bare driver.Conn) error {
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + clickhouse.Quoted(s.Database()) + " SYNC",
		"RENAME DATABASE " + restoringName(s) + " TO " + clickhouse.Quoted(s.Database()),
	} {
		if err := bare.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// SettleRestore completes a restore that was interrupted after everything had been read, and removes what another has left; said is a line about it.
// Call it before anything else is asked. An error says that another process restores into this database, or, on a cluster, ErrHalfRestored.
func SettleRestore(ctx context.Context, s *clickhouse.Store) (said string, err error) {
	tables, err := tablesThere(ctx, s)
	if err != nil {
		return "", err
	}
	if tables[restoreBegun] {
		return "", ErrHalfRestored
	}
	if s.Cluster() != nil {
		return "", nil
	}
	if tables[restoredTable] { // it was interrupted after the switch
		said = "completed a restore that was interrupted" // but for FinishRestore
	}
	var there, whole bool
	var by string
	row := s.Conn().QueryRow(ctx, `SELECT count() > 0, any(comment), (SELECT count() > 0 FROM system.tables WHERE database = {other:String} AND name = {restored:String})
		FROM system.databases WHERE name = {other:String}`, clickhouse.Named("other", s.Database()+restoringSuffix), clickhouse.Named("restored", restoredTable))
	if err := row.Scan(&there, &by, &whole); err != nil {
		return "", fmt.Errorf("look for an interrupted restore: %w", err)
	}
	if !there {
		return said, nil
	}
	if by != "" && by != works.Owner() && !works.HasEnded(by) {
		return "", fmt.Errorf("a backup is being restored into the database %s by %s; if that has ended, drop the database %s", s.Database(), works.Work{Owner: by}.Describe(), restoringName(s))
	}
	bare, err := s.Bare()
	if err != nil {
		return "", err
	}
	defer bare.Close()
	if whole && len(tables) == 0 {
		if err := switchRestored(ctx, s, bare); err != nil {
			return "", fmt.Errorf("complete the interrupted restore: %w", err)
		}
		return "completed a restore that was interrupted", nil
	}
	if err := bare.Exec(ctx, "DROP DATABASE IF EXISTS "+restoringName(s)+" SYNC"); err != nil {
		return "", fmt.Errorf("remove what an interrupted restore has left: %w", err)
	}
	return "removed what an interrupted restore had left; restore again", nil
}

// restoreCluster reads a backup into the tables of all shards.
func restoreCluster(ctx context.Context, s *clickhouse.Store, place BackupPlace) error {
	if err := s.Conn().Exec(ctx, "CREATE TABLE IF NOT EXISTS "+restoreBegun+" (at DateTime) ENGINE = MergeTree ORDER BY at"); err != nil {
		return fmt.Errorf("restore the database: %w", err)
	}
	if err := s.OnEachPlace(ctx, fmt.Sprintf("RESTORE DATABASE %s AS %s", backedUpAs, clickhouse.Quoted(s.Database())), place.after(" FROM ")); err != nil {
		return fmt.Errorf("restore the database: %w", err)
	}
	if err := s.StandAnew(ctx); err != nil {
		return err
	}
	for _, statement := range []string{
		"CREATE TABLE IF NOT EXISTS " + restoredTable + " (at DateTime) ENGINE = MergeTree ORDER BY at",
		"DROP TABLE IF EXISTS " + restoreBegun + " SYNC",
	} {
		if err := s.Conn().Exec(ctx, statement); err != nil {
			return fmt.Errorf("restore the database: %w", err)
		}
	}
	return nil
}
