package storage

import (
	"context"
	"errors"
	"fmt"
	"path"

	"yangguang/queries/clickhouse"
	"yangguang/queries/works"
)

// BackupPlace is where ClickHouse stores a backup: a file below its backups.allowed_path or, with a disk, one on that disk of its configuration.
type BackupPlace struct{ Disk, Name string }

// ErrNotEmpty says that a database to restore into holds tables already.
var ErrNotEmpty = errors.New("the database is not empty")

// backedUpAs is the name of the database within backups, so that they can be restored under another.
const backedUpAs = "yangguang"

// Backup writes the whole database to a place; without a Keeper each shard of a cluster to one beside it, shard1-NAME. Tables are copied one after the
// other: what comes in meanwhile may be there in part, and FinishRestore leaves it out of what counts. Until the end nothing is removed.
func Backup(ctx context.Context, s *clickhouse.Store, place BackupPlace) (err error) {
	under, known, err := beginBackup(ctx, s, place)
	if err != nil {
		return fmt.Errorf("back up the database: %w", err)
	}
	if known {
		defer func() { err = errors.Join(err, works.End(context.WithoutCancel(ctx), s, under)) }()
	}
	if err := s.OnEachPlace(ctx, fmt.Sprintf("BACKUP DATABASE %s AS %s", clickhouse.Quoted(s.Database()), backedUpAs), place.after(" TO ")); err != nil {
		return fmt.Errorf("back up the database: %w", err)
	}
	return nil
}

// after is what a statement ends with: on a shard a place of its own beside the others'.
func (p BackupPlace) after(preposition string) func(shard *clickhouse.Shard) string {
	return func(shard *clickhouse.Shard) string {
		own := p
		if shard != nil {
			directory, name := path.Split(p.Name)
			own.Name = fmt.Sprintf("%sshard%d-%s", directory, shard.Number, name)
		}
		return preposition + own.expression()
	}
}

func (p BackupPlace) expression() string {
	if p.Disk == "" {
		return "File(" + clickhouse.SqlText(p.Name) + ")"
	}
	return "Disk(" + clickhouse.SqlText(p.Disk) + ", " + clickhouse.SqlText(p.Name) + ")"
}
