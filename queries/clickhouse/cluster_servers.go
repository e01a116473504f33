package clickhouse

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// EachServer asks each server that holds rows of its own: the one there is, or the shards of a cluster without a Keeper. Replicas of a cluster with
// one look after their parts themselves.
func (s *Store) EachServer(ask func(driver.Conn) error) error {
	joined, ok := s.conn.(*clusterConn)
	if !ok {
		return ask(s.conn)
	}
	for _, shard := range joined.shards {
		if err := ask(shard.Conn); err != nil {
			return fmt.Errorf("%s: %w", shard.Shard, err)
		}
	}
	return nil
}

// OnEachPlace runs a statement that ends with a place of its own: on one server, through the Keeper on all of them with the same place, or on every
// shard with the shard's. place is the place of a shard, or of all if that is nil.
func (s *Store) OnEachPlace(ctx context.Context, statement string, place func(shard *Shard) string) error {
	joined, ok := s.conn.(*clusterConn)
	if !ok {
		return s.conn.Exec(ctx, statement+place(nil))
	}
	if joined.cluster.Replicated {
		return joined.Conn.Exec(ctx, joined.cluster.onAll(statement)+place(nil))
	}
	for _, shard := range joined.shards { // one after the other: what a failure leaves is easy to tell
		if err := shard.Exec(ctx, statement+place(&shard.Shard)); err != nil {
			return fmt.Errorf("%s: %w", shard.Shard, err)
		}
	}
	return nil
}

// StandAnew makes the tables again that stand for those on all shards, after they were restored. On one server there are none.
func (s *Store) StandAnew(ctx context.Context) error {
	if joined, ok := s.conn.(*clusterConn); ok {
		return joined.standAnew(ctx, s.database)
	}
	return nil
}

// standAnew makes the tables again that stand for those on all shards: restored ones still name the database that was backed up.
func (c *clusterConn) standAnew(ctx context.Context, database string) error {
	var tables []struct {
		Name string `ch:"standing"`
	}
	if err := c.Conn.Select(ctx, &tables, "SELECT substring(name, 1, length(name) - {suffix:UInt8}) AS standing FROM system.tables WHERE database = {database:String} AND endsWith(name, {local:String})",
		clickhouse.Named("database", database), clickhouse.Named("local", LocalSuffix), clickhouse.Named("suffix", strconv.Itoa(len(LocalSuffix)))); err != nil {
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

// CheckPlacement refuses a database that was made for other servers than the store has: rows would be looked for where they are not.
func (s *Store) CheckPlacement(ctx context.Context) error {
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
	case !strings.HasPrefix(made, "Distributed("+SqlText(s.cluster.Name)+", ") || !strings.HasSuffix(made, ", "+s.cluster.placement("record_versions")+")"):
		return fmt.Errorf("%w: the database %s was made as %s; the configuration (cluster, district_prefix) says %s and %s; docs/operations.md tells how to reshard",
			ErrCluster, s.database, made, s.cluster.Name, s.cluster.placement("record_versions"))
	}
	return nil
}

// BareShard reports whether a shard that answers has none of the tables, one that was added or made again.
func (s *Store) BareShard(ctx context.Context) (bare bool, err error) {
	joined, ok := s.conn.(*clusterConn)
	if !ok {
		return false, nil
	}
	shards, err := shardsOf(ctx, joined.Conn, s.cluster)
	if err != nil {
		return false, err
	}
	having, err := askShards(ctx, joined.Conn, s.cluster, "SELECT DISTINCT _shard_num AS number FROM tables_of_shards WHERE database = {database:String} AND name = 'record_versions'",
		clickhouse.Named("database", s.database))
	if err != nil {
		return false, fmt.Errorf("ask which shards have the tables: %w", err)
	}
	for _, shard := range shards {
		bare = bare || shard.Reachable && !having[shard.Number]
	}
	return bare, nil
}

// Cluster are the servers that are one database; nil: one server.
func (s *Store) Cluster() *Cluster { return s.cluster }

// Explained is an error of a read that went past the connection: a *ShardError or *IncompleteError if that is its cause.
func (s *Store) Explained(ctx context.Context, err error) error {
	if joined, ok := s.conn.(*clusterConn); ok {
		err = joined.told(ctx, err)
	}
	return s.gate.judge(err)
}
