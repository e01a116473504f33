package queries

import "github.com/ClickHouse/clickhouse-go/v2"

// planning is how ClickHouse plans questions, most of what an answer about a district takes.
var planning = map[string]any{
	"optimize_syntax_fuse_functions": 0, // compares all aggregates with one another: a quarter of the time a ranking takes, and finds nothing to fuse
}

// setUnlessSaid gives the connection settings that its address leaves open.
func setUnlessSaid(connection *clickhouse.Options, settings map[string]any) {
	if connection.Settings == nil {
		connection.Settings = clickhouse.Settings{}
	}
	for name, value := range settings {
		if _, said := connection.Settings[name]; !said {
			connection.Settings[name] = value
		}
	}
}

// synchronous makes an insert answer only when it is stored. ClickHouse gathers inserts by default since 26.
func synchronous() clickhouse.Settings {
	return clickhouse.Settings{"async_insert": 0}
}
