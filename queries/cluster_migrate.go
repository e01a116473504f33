package queries

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// checkPlacement refuses a database that was made for other servers than the store has: rows would be looked for where they are not.
func checkPlacement(ctx context.Context, s *Store) error {
	var tables []struct {
		Engine string `ch:"engine"`
		Full   string `ch:"engine_full"`
	}
	if err := s.conn.Select(ctx, &tables, "SELECT engine, engine_full FROM system.tables WHERE database = {database:String} AND name = 'record_versions'",
		clickhouse.Named("database", s.database)); err != nil {
		return fmt.Errorf("look how the database is placed: %w", err)
	}
	if len(tables) == 0 {
		return nil
	}
	spread, made := tables[0].Engine == "Distributed", tables[0].Full
	switch {
	case s.cluster == nil && spread:
		return fmt.Errorf("%w: the database %s is spread over the shards of a cluster, %s: name it", ErrCluster, s.database, made)
	case s.cluster == nil:
		return nil
	case !spread:
		return fmt.Errorf("%w: the database %s was made for one server; docs/operations.md tells how to move it to a cluster", ErrCluster, s.database)
	case !strings.HasPrefix(made, "Distributed("+sqlText(s.cluster.Name)+", ") || !strings.HasSuffix(made, ", "+s.cluster.placement("record_versions")+")"):
		return fmt.Errorf("%w: the database %s was made as %s; the configuration (cluster, district_prefix) says %s and %s; docs/operations.md tells how to reshard",
			ErrCluster, s.database, made, s.cluster.Name, s.cluster.placement("record_versions"))
	}
	return nil
}

// prepareBareShards tells whether a shard that answers has none of the tables, one that was added or made anew, and makes there what a migration
// begins with. What makes tables and views is then run again, which does no harm where it has been run.
func prepareBareShards(ctx context.Context, s *Store) (bare bool, err error) {
	if s.cluster == nil {
		return false, nil
	}
	conn := s.conn.(*clusterConn)
	shards, err := shardsOf(ctx, conn.Conn, s.cluster)
	if err != nil {
		return false, err
	}
	having, err := askShards(ctx, conn.Conn, s.cluster, "SELECT DISTINCT _shard_num AS number FROM tables_of_shards WHERE database = {database:String} AND name = 'record_versions'",
		clickhouse.Named("database", s.database))
	if err != nil {
		return false, fmt.Errorf("ask which shards have the tables: %w", err)
	}
	for _, shard := range shards {
		bare = bare || shard.Reachable && !having[shard.Number]
	}
	if !bare {
		return false, nil
	}
	if s.cluster.Replicated { // else opening made it
		if err := s.repeat(ctx, createDatabase(s.database)); err != nil {
			return false, fmt.Errorf("make the database %s: %w", s.database, err)
		}
	}
	if err := s.repeat(ctx, createMigrationsTable); err != nil {
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
		if all := statements(string(text)); int(step.Statement) <= len(all) && !strings.HasPrefix(all[step.Statement-1], "INSERT") {
			delete(done, step)
		}
	}
}
