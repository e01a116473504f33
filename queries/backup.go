package queries

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// BackupPlace is where ClickHouse keeps a backup: a file below its backups.allowed_path or, with a disk, one on that disk of its configuration.
type BackupPlace struct{ Disk, Name string }

// ErrNotEmpty says that a database to restore into holds tables already.
var ErrNotEmpty = errors.New("the database is not empty")

// backedUpAs is the name of the database within backups, so that they can be restored under another.
const backedUpAs = "yangguang"

// Backup writes the whole database to a place; without a Keeper each shard of a cluster to one beside it, shard1-NAME. Tables are copied one after the
// other: what comes in meanwhile may be there in part, and FinishRestore leaves it out of what counts. Until the end nothing is removed.
func Backup(ctx context.Context, s *Store, place BackupPlace) (err error) {
	under, known, err := beginBackup(ctx, s, place)
	if err != nil {
		return fmt.Errorf("back up the database: %w", err)
	}
	if known {
		defer func() { err = errors.Join(err, endWork(context.WithoutCancel(ctx), s, under)) }()
	}
	if err := eachPlace(ctx, s, place, fmt.Sprintf("BACKUP DATABASE %s AS %s", quoted(s.database), backedUpAs), " TO "); err != nil {
		return fmt.Errorf("back up the database: %w", err)
	}
	return nil
}

// standAnew makes the tables anew that stand for those on all shards: restored ones still name the database that was backed up.
func (c *clusterConn) standAnew(ctx context.Context, database string) error {
	var tables []struct {
		Name string `ch:"standing"`
	}
	if err := c.Conn.Select(ctx, &tables, "SELECT substring(name, 1, length(name) - {suffix:UInt8}) AS standing FROM system.tables WHERE database = {database:String} AND endsWith(name, {local:String})",
		clickhouse.Named("database", database), clickhouse.Named("local", localSuffix), clickhouse.Named("suffix", strconv.Itoa(len(localSuffix)))); err != nil {
		return fmt.Errorf("list the restored tables: %w", err)
	}
	for _, table := range tables {
		for _, statement := range []string{c.cluster.onAll("DROP TABLE IF EXISTS "+table.Name) + " SYNC", c.cluster.standingFor(table.Name)} {
			if err := c.everywhere(ctx, statement); err != nil {
				return fmt.Errorf("make the table %s of all shards anew: %w", table.Name, err)
			}
		}
	}
	return nil
}

// eachPlace runs a statement with its place: on one server, through the Keeper on all of them, or on every shard with a place of its own.
func eachPlace(ctx context.Context, s *Store, place BackupPlace, statement, preposition string) error {
	joined, ok := s.conn.(*clusterConn)
	if !ok {
		return s.conn.Exec(ctx, statement+preposition+place.expression())
	}
	if joined.cluster.Replicated {
		return joined.Conn.Exec(ctx, joined.cluster.onAll(statement)+preposition+place.expression())
	}
	for _, shard := range joined.shards { // one after the other: what a failure leaves is easy to tell
		if err := shard.Exec(ctx, statement+preposition+place.of(shard.Shard).expression()); err != nil {
			return fmt.Errorf("%s: %w", shard.Shard, err)
		}
	}
	return nil
}

// of is a shard's own place beside the others'.
func (p BackupPlace) of(shard Shard) BackupPlace {
	directory, name := path.Split(p.Name)
	p.Name = fmt.Sprintf("%sshard%d-%s", directory, shard.Number, name)
	return p
}

func (p BackupPlace) expression() string {
	if p.Disk == "" {
		return "File(" + sqlText(p.Name) + ")"
	}
	return "Disk(" + sqlText(p.Disk) + ", " + sqlText(p.Name) + ")"
}
