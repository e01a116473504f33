package queries

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// BackupPlace is where ClickHouse keeps a backup: a file below its backups.allowed_path or, with a disk, one on that disk of its configuration.
type BackupPlace struct{ Disk, Name string }

// ErrNotEmpty says that a database to restore into holds tables already.
var ErrNotEmpty = errors.New("the database is not empty")

// backedUpAs is the name of the database within backups, so that they can be restored under another.
const backedUpAs = "yangguang"

// Backup writes the whole database to a place. What a collection under way has not published yet is left out of what counts.
func (s *Store) Backup(ctx context.Context, place BackupPlace) error {
	if err := s.conn.Exec(ctx, fmt.Sprintf("BACKUP DATABASE %s AS %s TO %s", quoted(s.database), backedUpAs, place.expression())); err != nil {
		return fmt.Errorf("back up the database: %w", err)
	}
	return nil
}

// Restore reads a backup into this database, which must not hold tables (ErrNotEmpty). Migrate it afterwards: the backup may be of an older
// program.
func (s *Store) Restore(ctx context.Context, place BackupPlace) error {
	var tables uint64
	row := s.conn.QueryRow(ctx, "SELECT count() FROM system.tables WHERE database = {database:String}", clickhouse.Named("database", s.database))
	if err := row.Scan(&tables); err != nil {
		return fmt.Errorf("look whether the database is empty: %w", err)
	}
	if tables > 0 {
		return ErrNotEmpty
	}
	if err := s.conn.Exec(ctx, fmt.Sprintf("RESTORE DATABASE %s AS %s FROM %s", backedUpAs, quoted(s.database), place.expression())); err != nil {
		return fmt.Errorf("restore the database: %w", err)
	}
	return nil
}

func (p BackupPlace) expression() string {
	if p.Disk == "" {
		return "File(" + sqlText(p.Name) + ")"
	}
	return "Disk(" + sqlText(p.Disk) + ", " + sqlText(p.Name) + ")"
}

// sqlText is text as a string of ClickHouse's SQL: places cannot be parameters.
func sqlText(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}
