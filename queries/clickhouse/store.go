// Package clickhouse connects to the database: a server, a cluster or the embedded engine. It waits while ClickHouse is away, and refuses answers of a
// database that does not hold all that was written to it.
package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse/engine"
)

// DefaultDatabase is the database where neither the DSN nor an option names one.
const DefaultDatabase = "yangguang"

// Options say which ClickHouse a Store uses: a server by DSN or the embedded engine, one of the two.
type Options struct {
	DSN      string         // clickhouse://, http:// or https:// with user, password, host, /database and clickhouse-go's parameters
	Engine   *engine.Engine // the embedded ClickHouse; the caller closes it after the Store
	Native   bool           // with Engine: the native protocol; it must have been started with NativePort
	Database string         // instead of the DSN's; with Engine it must begin with "yangguang"
	Logger   *slog.Logger   // nil: silent
	Cluster  *Cluster       // with DSN: the servers that are one database; nil: the one server of the DSN
	Patience time.Duration  // how long a call waits for a server that refuses connections; 0: half a minute. For the engine a call waits as long as its context lets it
}

// Store is the program's ClickHouse database. Its methods may be called from many goroutines.
type Store struct {
	conn     driver.Conn
	cluster  *Cluster // nil: one server
	database string
	logger   *slog.Logger
	gate     *storageGate
	bare     func() (driver.Conn, error) // a connection that names no database; close it
	session  func(ctx context.Context) (driver.Conn, func() error, error)
	engine   *engine.Engine // nil: a server
}

// ErrDSN says that a DSN cannot be used; the message names what is wrong but never the password.
var ErrDSN = errors.New("invalid ClickHouse address")

// Open connects, makes the database if it is missing and waits for the first answer. It does not migrate. Errors: ErrDSN, ErrCluster, *TooOldError.
func Open(ctx context.Context, options Options) (*Store, error) {
	connection, err := connectionOptions(options)
	if err != nil {
		return nil, err
	}
	logger := options.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	wait := newWaiting(options, logger)
	if err := adapt(ctx, connection, options.Cluster, wait); err != nil {
		return nil, err
	}
	if err := makeDatabase(ctx, *connection, options.Cluster, wait); err != nil {
		return nil, err
	}
	conn, err := openCluster(ctx, connection, options.Cluster, wait)
	if err != nil {
		return nil, fmt.Errorf("connect to ClickHouse: %w", err)
	}
	if err := conn.Ping(ctx); err != nil {
		return nil, fmt.Errorf("connect to ClickHouse: %w", errors.Join(err, conn.Close()))
	}
	return &Store{
		bare: func() (driver.Conn, error) {
			other := *connection
			other.Auth.Database, other.MaxOpenConns, other.MaxIdleConns = "", 1, 1
			return open(&other, wait)
		},
		session: func(ctx context.Context) (driver.Conn, func() error, error) { return sessionOf(ctx, connection, wait) },
		conn:    conn, cluster: options.Cluster, database: connection.Auth.Database, logger: logger, gate: wait.gate, engine: options.Engine,
	}, nil
}

// Conn is the connection: its reads wait out a restart of ClickHouse, its writes fail with ErrInterrupted when it is not known whether they were done.
func (s *Store) Conn() driver.Conn { return s.conn }

// Database is the name of the database.
func (s *Store) Database() string { return s.database }

// Over is the same database over another connection.
func (s *Store) Over(conn driver.Conn) *Store {
	other := *s
	other.conn = conn
	return &other
}

// Logger says what happens.
func (s *Store) Logger() *slog.Logger { return s.logger }

// Bare is a connection that names no database; close it.
func (s *Store) Bare() (driver.Conn, error) { return s.bare() }

// Changes counts what was written to the embedded engine; nil: a server, to which others may write.
func (s *Store) Changes() func() uint64 {
	if s.engine == nil {
		return nil
	}
	return s.engine.Changes
}

// Close ends the connections.
func (s *Store) Close() error {
	if err := s.conn.Close(); err != nil {
		return fmt.Errorf("close the connections to ClickHouse: %w", err)
	}
	return nil
}

func open(connection *clickhouse.Options, wait waiting) (driver.Conn, error) {
	conn, err := clickhouse.Open(connection)
	if err != nil {
		return nil, err
	}
	return &PatientConn{Conn: conn, wait: wait}, nil
}

// openCluster is open, and with a cluster what makes one database of its servers.
func openCluster(ctx context.Context, connection *clickhouse.Options, cluster *Cluster, wait waiting) (driver.Conn, error) {
	conn, err := open(connection, wait)
	if err != nil || cluster == nil {
		return conn, err
	}
	joined := &clusterConn{Conn: conn, cluster: cluster, wait: wait}
	if !cluster.Replicated {
		if joined.shards, err = connectShards(ctx, conn, cluster, connection, wait); err != nil {
			return nil, errors.Join(err, joined.Close())
		}
	}
	return joined, nil
}

// makeDatabase connects without a database, since one that is missing refuses every query.
func makeDatabase(ctx context.Context, connection clickhouse.Options, cluster *Cluster, wait waiting) (err error) {
	database := connection.Auth.Database
	connection.Auth.Database = ""
	connection.MaxOpenConns, connection.MaxIdleConns = 1, 1
	if cluster != nil {
		wait.patience = min(wait.patience, shardPatience)
	}
	conn, err := openCluster(ctx, &connection, cluster, wait)
	if err != nil {
		return fmt.Errorf("connect to ClickHouse: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var exists bool
	row := conn.QueryRow(ctx, "SELECT count() > 0 FROM system.databases WHERE name = {name:String}", clickhouse.Named("name", database))
	if err := row.Scan(&exists); err != nil {
		return fmt.Errorf("connect to ClickHouse: %w", err)
	}
	if joined, ok := conn.(*clusterConn); ok {
		return joined.makeDatabase(ctx, database, exists)
	}
	if exists {
		return nil
	}
	if err := conn.Exec(ctx, CreateDatabase(database)); err != nil {
		return fmt.Errorf("make the database %s: %w", database, err)
	}
	return nil
}

func CreateDatabase(database string) string {
	return "CREATE DATABASE IF NOT EXISTS " + Quoted(database) + " ENGINE = Atomic"
}

// Quoted is a name as ClickHouse reads it whatever it contains.
func Quoted(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`"
}

func connectionOptions(options Options) (*clickhouse.Options, error) {
	var connection *clickhouse.Options
	switch {
	case options.DSN != "" && options.Engine != nil:
		return nil, errors.New("a ClickHouse address and the embedded engine exclude each other")
	case options.DSN != "":
		parsed, err := parseDSN(options.DSN)
		if err != nil {
			return nil, err
		}
		connection = parsed
	case options.Engine != nil && options.Native:
		if connection = options.Engine.NativeOptions(); connection == nil {
			return nil, errors.New("the embedded engine was started without its native port")
		}
	case options.Engine != nil:
		connection = options.Engine.Options()
	default:
		return nil, errors.New("neither a ClickHouse address nor the embedded engine is given")
	}
	if options.Database != "" {
		connection.Auth.Database = options.Database
	}
	if connection.Auth.Database == "" {
		connection.Auth.Database = DefaultDatabase
	}
	if options.Engine != nil && !strings.HasPrefix(connection.Auth.Database, DefaultDatabase) {
		return nil, fmt.Errorf("the embedded engine's database is called %s…, not %s", DefaultDatabase, connection.Auth.Database)
	}
	idle := idleOverHTTP
	if options.Engine != nil {
		idle = time.Hour // the engine keeps idle connections for a day
	}
	connection.TransportFunc = newTransport(idle)
	if options.Cluster != nil {
		if err := options.Cluster.join(options); err != nil {
			return nil, err
		}
	}
	return withDefaults(connection), nil
}

func parseDSN(dsn string) (*clickhouse.Options, error) {
	address, err := url.Parse(dsn)
	if err != nil {
		return nil, fmt.Errorf("%w: it is not an address like clickhouse://user@host:9000/database", ErrDSN) // the cause would show the password
	}
	switch address.Scheme {
	case "clickhouse", "tcp", "http", "https":
	default:
		return nil, fmt.Errorf("%w: %q is none of clickhouse://, http://, https://", ErrDSN, address.Scheme)
	}
	connection, err := clickhouse.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDSN, err)
	}
	return connection, nil
}

// withDefaults sets what a DSN left open.
func withDefaults(connection *clickhouse.Options) *clickhouse.Options {
	if connection.Compression == nil {
		connection.Compression = &clickhouse.Compression{Method: clickhouse.CompressionLZ4}
	}
	if connection.MaxOpenConns == 0 {
		connection.MaxOpenConns = 10 // more only queue in ClickHouse
	}
	if connection.MaxIdleConns == 0 {
		connection.MaxIdleConns = 5
	}
	if connection.DialTimeout == 0 {
		connection.DialTimeout = 10 * time.Second
	}
	if len(connection.Addr) > 1 && connection.DialStrategy == nil {
		connection.DialStrategy = failover()
	}
	if connection.ReadTimeout == 0 {
		connection.ReadTimeout = time.Hour // over HTTP it is the time until the first byte of the answer; contexts bound the rest
	}
	connection.ClientInfo.Products = append(connection.ClientInfo.Products, struct{ Name, Version string }{"yangguang", "1"})
	return connection
}

// Repeat runs a statement that may be run twice until its connection holds.
func (s *Store) Repeat(ctx context.Context, statement string, arguments ...any) error {
	conn := s.conn
	for attempt := 1; ; attempt++ {
		err := conn.Exec(ctx, statement, arguments...)
		if !errors.Is(err, ErrInterrupted) || attempt == interruptions {
			return err
		}
	}
}
