package clickhouse

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Cluster says how several ClickHouse servers are one database: every table is parted over their shards, and any server answers for all.
type Cluster struct {
	Name string // of the cluster in the servers' remote_servers
	// Replicated: the servers have a Keeper. Each shard's replicas then hold the same rows, and an insert counts once a majority of them has it.
	// Otherwise a shard is one server, and the program itself makes the tables on each.
	Replicated bool
	// DistrictPrefix is how many first characters of a unit_id the units of one district share, and nobody else: they lie on one shard. Where they
	// share none, answers are the same but come from all shards. 0: DefaultDistrictPrefix.
	DistrictPrefix int
}

// DefaultDistrictPrefix is that of the codes of administrative divisions (GB/T 2260): 411103 is a district.
const DefaultDistrictPrefix = 6

// ErrCluster says that a cluster cannot be used as it was configured, or a database not without one or with another.
var ErrCluster = errors.New("clickhouse.cluster")

var clusterName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

func (c *Cluster) check() error {
	switch {
	case !clusterName.MatchString(c.Name):
		return fmt.Errorf("%w: %q is not a name that remote_servers could have", ErrCluster, c.Name)
	case c.DistrictPrefix < 0:
		return fmt.Errorf("%w: a district's units cannot share %d characters", ErrCluster, c.DistrictPrefix)
	}
	return nil
}

// LocalSuffix ends the name of the table that holds a shard's rows; the table without it gives and takes those of all shards.
const LocalSuffix = "_local"

// firstShard is where rows are that belong to no unit: they are few. A constant would not tell ClickHouse that it need not ask the others.
const firstShard = "0"

// placement is the sharding key of a table. Rows of one unit are on one shard, with those of its district; all versions of what a
// ReplacingMergeTree replaces must be on one. An answer does not depend on it: shards give rows, and the server that was asked joins them.
func (c *Cluster) placement(table string) string {
	table = strings.TrimRight(table, "0123456789") // staging tables end with their collection's number
	switch table {
	case "record_versions", "collecting_", "settled_", "link_checks", "units", "duties", "subtrees", "covers", "exemptions", "site_scores", "notices", "institutions", "touches",
		"facts", "faults", "kept_standings", "kept_unit_results":
		return c.district("unit_id")
	case "observations":
		return c.district("site_id")
	case "sought":
		return c.district("id")
	case "contents", "keeping_", "comparing_", "removed_contents", "removed_versions", "patrol_texts":
		return "cityHash64(record_id)"
	case "rejected_rows", "rejecting_":
		return "cityHash64(place)"
	case "looked_rows":
		return "cityHash64(number)"
	case "pages":
		return "cityHash64(address)"
	case "freeze_files":
		return "cityHash64(file)"
	}
	return firstShard
}

func (c *Cluster) district(column string) string {
	prefix := c.DistrictPrefix
	if prefix == 0 {
		prefix = DefaultDistrictPrefix
	}
	return "cityHash64(substringUTF8(" + column + ", 1, " + strconv.Itoa(prefix) + "))"
}

// settings are what makes many servers behave as one: an insert answers when the shards have it, a question when all of them have answered.
func (c *Cluster) settings() map[string]any {
	settings := map[string]any{
		"distributed_product_mode":                   "global", // an inner question is asked once, and its answer sent to the shards
		"distributed_foreground_insert":              1,
		"skip_unavailable_shards":                    0,
		"optimize_skip_unused_shards":                1, // a question about one unit asks its shard alone
		"optimize_distributed_group_by_sharding_key": 0, // groups are made of the rows of all shards, also while rows are being moved
		// ClickHouse 26.7 orders joins by estimates that it does not have of other servers' rows, differently each time, and some orders lose rows
		"query_plan_optimize_join_order_limit": 0,
		"load_balancing":                       "in_order",
		"allow_nondeterministic_mutations":     1, // a DELETE may ask other tables
	}
	if c.Replicated {
		settings["insert_quorum"] = "auto"
		settings["distributed_ddl_output_mode"] = "throw"
		settings["mutations_sync"] = 2
	}
	return settings
}

// join checks that options are those of a cluster.
func (c *Cluster) join(options Options) error {
	if options.Engine != nil {
		return fmt.Errorf("%w: the embedded ClickHouse is one server; a cluster takes clickhouse.dsn", ErrCluster)
	}
	return c.check()
}
