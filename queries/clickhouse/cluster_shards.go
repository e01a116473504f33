package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Shard is a part of a cluster.
type Shard struct {
	Number    uint32   // from 1
	Addresses []string // host and native port of its replicas
	Reachable bool     // one of them has answered
}

// Shards says which shards answer now; none without a cluster.
func (s *Store) Shards(ctx context.Context) ([]Shard, error) {
	if s.cluster == nil {
		return nil, nil
	}
	return shardsOf(ctx, s.conn.(*clusterConn).Conn, s.cluster)
}

// Whole says that all shards answer, or else which do not: a *ShardError; and that nothing was found to be missing, or else what: an
// *IncompleteError. Without a cluster it asks nothing.
func (s *Store) Whole(ctx context.Context) error {
	if err := s.Complete(); err != nil {
		return err
	}
	shards, err := s.Shards(ctx)
	if err != nil {
		return err
	}
	if missing := Unreachable(shards); len(missing) > 0 {
		return &ShardError{Cluster: s.cluster.Name, Unreachable: missing}
	}
	return nil
}

// AwaitingShards does what may be done twice again while a shard is away, for as long as a call waits for a server.
func (s *Store) AwaitingShards(ctx context.Context, do func() error) error {
	joined, _ := s.conn.(*clusterConn)
	begun := time.Now()
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := do()
		var away *ShardError
		if !errors.As(err, &away) || ctx.Err() != nil || time.Since(begun)+pause > joined.wait.patience {
			return err
		}
		if err := joined.wait.pause(ctx, pause); err != nil {
			return err
		}
	}
}

func Unreachable(shards []Shard) (missing []Shard) {
	for _, shard := range shards {
		if !shard.Reachable {
			missing = append(missing, shard)
		}
	}
	return missing
}

func (s Shard) String() string {
	return fmt.Sprintf("shard %d %v", s.Number, s.Addresses)
}

func shardNames(shards []Shard) (names []string) {
	for _, shard := range shards {
		names = append(names, shard.String())
	}
	return names
}

// Tables that every server has, asked on all shards.
var askedOnShards = []string{
	"CREATE TABLE IF NOT EXISTS shards AS system.one ENGINE = Distributed(%s, system, one)",
	"CREATE TABLE IF NOT EXISTS tables_of_shards (database String, name String) ENGINE = Distributed(%s, system, tables)",
}

func shardsOf(ctx context.Context, conn driver.Conn, cluster *Cluster) ([]Shard, error) {
	shards, err := configuredShards(ctx, conn, cluster)
	if err != nil {
		return nil, err
	}
	answered, err := askShards(ctx, conn, cluster, "SELECT DISTINCT _shard_num AS number FROM shards")
	if err != nil {
		return nil, fmt.Errorf("ask which shards answer: %w", err)
	}
	for i := range shards {
		shards[i].Reachable = answered[shards[i].Number]
	}
	return shards, nil
}

// askShards are the numbers of shards that a question gives; those that do not answer give none.
func askShards(ctx context.Context, conn driver.Conn, cluster *Cluster, question string, args ...any) (map[uint32]bool, error) {
	for _, statement := range askedOnShards {
		if err := conn.Exec(ctx, fmt.Sprintf(statement, SqlText(cluster.Name))); err != nil {
			return nil, err
		}
	}
	var answers []struct {
		Number uint32 `ch:"number"`
	}
	if err := conn.Select(ctx, &answers, question+" SETTINGS skip_unavailable_shards = 1", args...); err != nil {
		return nil, err
	}
	numbers := map[uint32]bool{}
	for _, answer := range answers {
		numbers[answer.Number] = true
	}
	return numbers, nil
}

// configuredShards are those of the cluster as the server that is asked knows it.
func configuredShards(ctx context.Context, conn driver.Conn, cluster *Cluster) (shards []Shard, err error) {
	var rows []struct {
		Number uint32 `ch:"shard_num"`
		Host   string `ch:"host_name"`
		Port   uint16 `ch:"port"`
	}
	if err := conn.Select(ctx, &rows, "SELECT shard_num, host_name, port FROM system.clusters WHERE cluster = {cluster:String} ORDER BY shard_num, replica_num",
		clickhouse.Named("cluster", cluster.Name)); err != nil {
		return nil, fmt.Errorf("look up the cluster %s: %w", cluster.Name, err)
	}
	for _, row := range rows {
		if len(shards) == 0 || shards[len(shards)-1].Number != row.Number {
			shards = append(shards, Shard{Number: row.Number})
		}
		shard := &shards[len(shards)-1]
		shard.Addresses = append(shard.Addresses, net.JoinHostPort(row.Host, strconv.Itoa(int(row.Port))))
	}
	if len(shards) == 0 {
		return nil, fmt.Errorf("%w: the server knows no cluster %s; see remote_servers in its configuration", ErrCluster, cluster.Name)
	}
	return shards, nil
}

// connectShards connects to each shard by itself, which takes a cluster without a Keeper and the native protocol.
func connectShards(ctx context.Context, conn driver.Conn, cluster *Cluster, connection *clickhouse.Options, wait waiting) (connected []shardConn, err error) {
	if connection.Protocol != clickhouse.Native {
		return nil, fmt.Errorf("%w: without replicas (clickhouse.replicated: false) the address must be one of the native protocol, clickhouse://", ErrCluster)
	}
	shards, err := configuredShards(ctx, conn, cluster)
	if err != nil {
		return nil, err
	}
	for _, shard := range shards {
		if len(shard.Addresses) != 1 {
			return connected, fmt.Errorf("%w: shard %d of %s has %d replicas, which takes a Keeper: leave out clickhouse.replicated: false, or name one server a shard",
				ErrCluster, shard.Number, cluster.Name, len(shard.Addresses))
		}
		to := *connection
		to.Addr, to.DialStrategy = shard.Addresses, nil
		opened, err := open(&to, wait)
		if err != nil {
			return connected, fmt.Errorf("connect to %s: %w", shard, err)
		}
		connected = append(connected, shardConn{opened, shard})
	}
	return connected, nil
}

// shardPatience is how long opening waits for a shard that takes no connections: questions tell what is missing.
const shardPatience = 2 * time.Second

// makeDatabase makes the database on every shard. When the server asked has it already, it is not missed where a shard cannot be reached.
func (c *clusterConn) makeDatabase(ctx context.Context, database string, exists bool) error {
	if exists && c.cluster.Replicated {
		return nil
	}
	err := c.Exec(ctx, CreateDatabase(database))
	var unreachable *ShardError
	if err == nil || exists && errors.As(err, &unreachable) {
		return nil
	}
	return fmt.Errorf("make the database %s: %w", database, err)
}
