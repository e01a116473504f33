package clickhouse

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// ErrSessionEnded says that a session's server has let it go, with its tables.
var ErrSessionEnded = errors.New("the session with ClickHouse has ended, and what it held is gone: nothing was stored; try again")

// sessionIdle is how long, in seconds, a server keeps a session over HTTP whose process has gone without a word.
const sessionIdle = 60

// Session is the same database in a session of its own, which may write temporary tables and nothing else: ClickHouse itself refuses any other change. A
// temporary table stands in the place of the table of its name. Statements follow one another. All ends with end, with the connection or with this
// process; a session that was lost is not followed by another, where the tables themselves would answer: ErrSessionEnded, or ClickHouse's
// SESSION_NOT_FOUND.
func (s *Store) Session(ctx context.Context) (session *Store, end func() error, err error) {
	conn, end, err := s.session(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("begin a session with ClickHouse: %w", err)
	}
	return s.Over(conn), end, nil
}

// sessionOf opens a session over the connection that options describe.
func sessionOf(ctx context.Context, options *clickhouse.Options, wait waiting) (driver.Conn, func() error, error) {
	own := *options
	own.MaxOpenConns, own.MaxIdleConns, own.ConnMaxLifetime = 1, 1, 24*time.Hour
	own.Settings = maps.Clone(options.Settings)
	maps.Copy(own.Settings, clickhouse.Settings{"readonly": 2, "async_insert": 0}) // 2: temporary tables may be written
	wait.engine = nil                                                              // nothing is written that others could read
	wait.patience = time.Hour                                                      // for one's turn; the context bounds it
	if own.Protocol == clickhouse.HTTP {
		return httpSession(ctx, own, wait)
	}
	own.DialContext = dialOnce(own.DialContext, own.TLS)
	conn, err := open(&own, wait)
	if err == nil {
		err = conn.Ping(ctx)
	}
	if err != nil {
		return nil, nil, err
	}
	return conn, conn.Close, nil
}

// httpSession begins a session by a name that nobody can guess; from then on it must be there.
func httpSession(ctx context.Context, options clickhouse.Options, wait waiting) (driver.Conn, func() error, error) {
	maps.Copy(options.Settings, clickhouse.Settings{"session_id": rand.Text(), "session_timeout": sessionIdle})
	begun, err := open(&options, wait)
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(begun.Ping(ctx), begun.Close()); err != nil {
		return nil, nil, err
	}
	options.Settings = maps.Clone(options.Settings)
	options.Settings["session_check"] = 1
	conn, err := open(&options, wait)
	if err != nil {
		return nil, nil, err
	}
	return conn, func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sessionIdle*time.Second)
		defer cancel()
		closing := clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"close_session": 1}))
		err := conn.Exec(closing, "SELECT 1")
		var answer *clickhouse.Exception
		if errors.As(err, &answer) && (answer.Code == sessionNotFound || answer.Code == sessionIsLocked) {
			err = nil // it is gone, or goes as soon as what was given up has ended
		}
		return errors.Join(err, conn.Close())
	}, nil
}

// What ClickHouse answers about sessions.
const (
	sessionNotFound = 372
	sessionIsLocked = 373
)

// dialOnce lets one connection be made. While it lives another is refused as one that is to be waited for: the pool lets the next statement begin a moment
// before it has the connection back.
func dialOnce(dial func(context.Context, string) (net.Conn, error), secure *tls.Config) func(context.Context, string) (net.Conn, error) {
	if dial == nil {
		dial = func(ctx context.Context, address string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", address)
		}
		if secure != nil {
			dial = func(ctx context.Context, address string) (net.Conn, error) {
				return (&tls.Dialer{Config: secure}).DialContext(ctx, "tcp", address)
			}
		}
	}
	var dialled, ended atomic.Bool
	return func(ctx context.Context, address string) (net.Conn, error) {
		switch {
		case ended.Load():
			return nil, ErrSessionEnded
		case dialled.Load():
			return nil, clickhouse.ErrAcquireConnTimeout
		}
		conn, err := dial(ctx, address)
		if err != nil {
			return nil, err
		}
		dialled.Store(true)
		only := onlyConn{conn, &ended}
		if looked, can := conn.(syscall.Conn); can {
			return lookedConn{only, looked}, nil
		}
		return only, nil
	}
}

// onlyConn notes that it is closed.
type onlyConn struct {
	net.Conn
	ended *atomic.Bool
}

func (c onlyConn) Close() error {
	c.ended.Store(true)
	return c.Conn.Close()
}

// lookedConn is one of which the driver can see that the server has closed it.
type lookedConn struct {
	onlyConn
	syscall.Conn
}
