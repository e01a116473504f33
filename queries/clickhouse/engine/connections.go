package engine

import (
	"context"
	"net"
	"sync"
)

// connections are those that callers have open: at the end they are closed first, since the engine waits five seconds for open ones.
type connections struct {
	mutex sync.Mutex
	open  map[*connection]struct{}
}

type connection struct {
	*net.TCPConn // whole, since clickhouse-go looks at the socket to tell whether it is still good
	of           *connections
}

// dial connects to the engine once it answers.
func (e *Engine) dial(ctx context.Context, address string) (net.Conn, error) {
	if err := e.WaitReady(ctx); err != nil {
		return nil, err
	}
	var dialer net.Dialer
	dialled, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return e.connections.add(dialled.(*net.TCPConn)), nil
}

func (c *connections) add(dialled *net.TCPConn) net.Conn {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.open == nil {
		c.open = map[*connection]struct{}{}
	}
	added := &connection{TCPConn: dialled, of: c}
	c.open[added] = struct{}{}
	return added
}

func (c *connections) close() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for open := range c.open {
		_ = open.TCPConn.Close() // the engine is about to end anyway
	}
	clear(c.open)
}

// Close ends the connection.
func (c *connection) Close() error {
	c.of.mutex.Lock()
	delete(c.of.open, c)
	c.of.mutex.Unlock()
	return c.TCPConn.Close()
}
