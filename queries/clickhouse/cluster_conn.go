package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/errgroup"
)

// clusterConn makes one database of a cluster's servers: tables are made and changed on every shard, and an answer that lacks a shard is none.
type clusterConn struct {
	driver.Conn // to whichever server of the DSN answers
	cluster     *Cluster
	wait        waiting
	shards      []shardConn // one for each shard, if there is no Keeper that would hand on what is to be done on all
}

// shardConn is the connection to one shard.
type shardConn struct {
	driver.Conn
	Shard
}

// ShardError says that a shard did not answer, so that what is asked could be answered without its records only, as if they were missing, or that
// something could not be written.
type ShardError struct {
	Cluster     string
	Unreachable []Shard // as far as that is known
	cause       error
}

func (e *ShardError) Error() string {
	const what = "%s of the cluster %s cannot be reached; what lies there is unverified, and nothing is reported or stored without it"
	if len(e.Unreachable) == 0 { // it may have come back meanwhile
		return fmt.Sprintf(what+": %v", "a shard", e.Cluster, e.cause)
	}
	return fmt.Sprintf(what, strings.Join(shardNames(e.Unreachable), ", "), e.Cluster)
}

func (e *ShardError) Unwrap() error { return e.cause }

// unreachableShard are ClickHouse's codes for another server that could not be reached, did not answer in time or broke off:
// ATTEMPT_TO_READ_AFTER_EOF, SOCKET_TIMEOUT, NETWORK_ERROR, ALL_CONNECTION_TRIES_FAILED, ALL_REPLICAS_ARE_STALE, and with a Keeper
// TOO_FEW_LIVE_REPLICAS, UNKNOWN_STATUS_OF_INSERT, UNFINISHED.
func unreachableShard() []int32 { return []int32{32, 209, 210, 279, 369, 285, 319, 341} }

// told makes a *ShardError of an error that a missing shard is the cause of.
func (c *clusterConn) told(ctx context.Context, err error) error {
	var answer *clickhouse.Exception
	var known *ShardError
	if err == nil || errors.As(err, &known) || !errors.As(err, &answer) || !slices.Contains(unreachableShard(), answer.Code) {
		return err
	}
	told := &ShardError{Cluster: c.cluster.Name, cause: err}
	if shards, asked := shardsOf(ctx, c.Conn, c.cluster); asked == nil {
		told.Unreachable = Unreachable(shards)
	}
	return told
}

// Exec runs a statement where it belongs.
func (c *clusterConn) Exec(ctx context.Context, statement string, args ...any) error {
	changes := c.cluster.onShards(statement)
	if changes == nil {
		return c.told(ctx, c.Conn.Exec(ctx, statement, args...))
	}
	for _, change := range changes {
		if err := c.everywhere(ctx, change, args...); err != nil {
			return err
		}
	}
	return nil
}

// everywhere runs a statement on every shard: through the Keeper, or each by itself.
func (c *clusterConn) everywhere(ctx context.Context, statement string, args ...any) error {
	if c.cluster.Replicated {
		return c.told(ctx, c.Conn.Exec(ctx, statement, args...))
	}
	var group errgroup.Group // without a context of its own: a shard that fails leaves the others their part
	for _, shard := range c.shards {
		group.Go(func() error {
			err := shard.Exec(ctx, statement, args...)
			if err != nil && isBroken(err) {
				return &ShardError{Cluster: c.cluster.Name, Unreachable: []Shard{shard.Shard}, cause: err}
			}
			return err
		})
	}
	return group.Wait()
}

func (c *clusterConn) Select(ctx context.Context, dest any, query string, args ...any) error {
	return c.told(ctx, c.Conn.Select(ctx, dest, query, args...))
}

func (c *clusterConn) Query(ctx context.Context, query string, args ...any) (driver.Rows, error) {
	rows, err := c.Conn.Query(ctx, query, args...)
	if err != nil {
		return nil, c.told(ctx, err)
	}
	return &clusterRows{Rows: rows, ctx: ctx, conn: c}, nil
}

func (c *clusterConn) QueryRow(ctx context.Context, query string, args ...any) driver.Row {
	return &clusterRow{Row: c.Conn.QueryRow(ctx, query, args...), ctx: ctx, conn: c}
}

func (c *clusterConn) PrepareBatch(ctx context.Context, query string, options ...driver.PrepareBatchOption) (driver.Batch, error) {
	batch, err := c.Conn.PrepareBatch(ctx, query, options...)
	if err != nil {
		return nil, c.told(ctx, err)
	}
	return &clusterBatch{Batch: batch, ctx: ctx, conn: c}, nil
}

func (c *clusterConn) Close() error {
	problems := []error{c.Conn.Close()}
	for _, shard := range c.shards {
		problems = append(problems, shard.Close())
	}
	return errors.Join(problems...)
}

// clusterRow tells an answer of one row that a shard is missing from.
type clusterRow struct {
	driver.Row
	ctx  context.Context
	conn *clusterConn
}

func (r *clusterRow) Err() error               { return r.conn.told(r.ctx, r.Row.Err()) }
func (r *clusterRow) Scan(values ...any) error { return r.conn.told(r.ctx, r.Row.Scan(values...)) }

func (r *clusterRow) ScanStruct(value any) error { return r.conn.told(r.ctx, r.Row.ScanStruct(value)) }

// clusterRows tell an answer that a shard broke off.
type clusterRows struct {
	driver.Rows
	ctx  context.Context
	conn *clusterConn
}

func (r *clusterRows) Err() error   { return r.conn.told(r.ctx, r.Rows.Err()) }
func (r *clusterRows) Close() error { return r.conn.told(r.ctx, r.Rows.Close()) }

// clusterBatch says that a shard did not take its rows.
type clusterBatch struct {
	driver.Batch
	ctx  context.Context
	conn *clusterConn
}

func (b *clusterBatch) Send() error  { return b.conn.told(b.ctx, b.Batch.Send()) }
func (b *clusterBatch) Flush() error { return b.conn.told(b.ctx, b.Batch.Flush()) }
