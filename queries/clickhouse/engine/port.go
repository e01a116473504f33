package engine

import (
	"fmt"
	"net"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// port is a loopback TCP port kept for the engine: bound, never listened on, and shared by SO_REUSEPORT with sockets of the same user only.
// So the address survives restarts of the engine, and no other user's process can take it in between.
type port struct {
	number int
	socket int
}

func reservePort() (*port, error) {
	syscall.ForkLock.RLock() // no other child may inherit it
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err == nil {
		unix.CloseOnExec(socket)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, fmt.Errorf("reserve a port for the engine: %w", err)
	}
	reserved, err := bindPort(socket)
	if err != nil {
		_ = unix.Close(socket)
		return nil, fmt.Errorf("reserve a port for the engine: %w", err)
	}
	return reserved, nil
}

func bindPort(socket int) (*port, error) {
	if err := unix.SetsockoptInt(socket, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1); err != nil {
		return nil, err
	}
	if err := unix.Bind(socket, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return nil, err
	}
	bound, err := unix.Getsockname(socket)
	if err != nil {
		return nil, err
	}
	return &port{number: bound.(*unix.SockaddrInet4).Port, socket: socket}, nil
}

func (p *port) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.number)) }

func (p *port) close() error { return unix.Close(p.socket) }
