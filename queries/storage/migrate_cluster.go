package storage

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"yangguang/queries/clickhouse"
)

// prepareBareShards reports whether a shard that answers has none of the tables, one that was added or made again, and makes there what a migration
// begins with. What makes tables and views is then run again, which does no harm where it has been run.
func prepareBareShards(ctx context.Context, s *clickhouse.Store) (bare bool, err error) {
	if bare, err = s.BareShard(ctx); err != nil || !bare {
		return false, err
	}
	if s.Cluster().Replicated { // else opening made it
		if err := s.Repeat(ctx, clickhouse.CreateDatabase(s.Database())); err != nil {
			return false, fmt.Errorf("make the database %s: %w", s.Database(), err)
		}
	}
	if err := s.Repeat(ctx, createMigrationsTable); err != nil {
		return false, fmt.Errorf("prepare the table schema_migrations: %w", err)
	}
	return true, nil
}

// forgetDefinitions removes the statements that define something from those that have been run, not those that write rows.
func forgetDefinitions(files fs.FS, done map[step]string) {
	for step := range done {
		text, err := fs.ReadFile(files, step.File)
		if err != nil {
			continue // of another program: the migration says so
		}
		if all := clickhouse.Statements(string(text)); int(step.Statement) <= len(all) && !strings.HasPrefix(all[step.Statement-1], "INSERT") {
			delete(done, step)
		}
	}
}
