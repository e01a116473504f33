package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// planning is how ClickHouse plans questions, most of what an answer about a district takes.
var planning = map[string]any{
	"optimize_syntax_fuse_functions": 0, // compares all aggregates with one another: a quarter of the time a ranking takes, and finds nothing to fuse
}

// adapt asks the server whether it is new enough, before anything is written, and gives the connection those of the program's settings that its
// address leaves open and the server has: versions add and remove settings. Error: *TooOldError.
func adapt(ctx context.Context, connection *clickhouse.Options, cluster *Cluster, wait waiting) (err error) {
	settings := maps.Clone(planning)
	if cluster != nil {
		maps.Copy(settings, cluster.settings())
	}
	plain := *connection
	plain.Auth.Database, plain.MaxOpenConns, plain.MaxIdleConns = "", 1, 1
	conn, err := open(&plain, wait)
	if err != nil {
		return fmt.Errorf("connect to ClickHouse: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := checkVersion(ctx, conn); err != nil {
		return err
	}
	var known []struct {
		Name string `ch:"name"`
	}
	names := slices.Sorted(maps.Keys(settings))
	if err := conn.Select(ctx, &known, "SELECT name FROM system.settings WHERE name IN {names:Array(String)}", clickhouse.Named("names", names)); err != nil {
		return fmt.Errorf("ask ClickHouse for its settings: %w", err)
	}
	own := make(clickhouse.Settings, len(known)+len(connection.Settings))
	for _, setting := range known {
		own[setting.Name] = settings[setting.Name]
	}
	maps.Copy(own, connection.Settings)
	connection.Settings = own
	return nil
}

// Synchronous makes an insert answer only when it is stored. ClickHouse gathers inserts by default since 26.
func Synchronous() clickhouse.Settings {
	return clickhouse.Settings{"async_insert": 0}
}
