// Package engine runs ClickHouse inside the program: libchdb.so in a supervised child of the same binary, listening on loopback only.
// A crash of the child is followed by a restart on the same address; a crash of the program ends the child.
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Options say how to run the engine. Only DataDir is required.
type Options struct {
	DataDir      string        // made if missing, with access for this user only
	Library      string        // path of libchdb.so; empty: searched, see findLibrary
	MemoryLimit  uint64        // bytes; 0: half of the machine's memory, at least 1 GB
	TimeZone     string        // IANA name of the server's zone; empty: UTC
	Logger       *slog.Logger  // nil: silent
	NativePort   bool          // listen for the native protocol too: the header token does not guard it, the password does
	Command      []string      // how to run Child in a new process; nil: this executable with the argument "engine"
	StartTimeout time.Duration // until the first answer; 0: one minute
}

// Engine is a running embedded ClickHouse.
type Engine struct {
	options Options
	secrets secrets
	http    *port
	native  *port // nil: none
	held    *os.File
	stop    context.CancelFunc // asks the supervisor to end
	ended   chan struct{}      // closed when the supervisor has ended

	mutex   sync.Mutex
	ready   chan struct{} // closed while the child answers; replaced when it has ended
	process int           // the child's process id, 0: none
	closed  bool

	connections connections
	changes     atomic.Uint64
}

// NoteChange notes that something was written: whoever remembers what is stored looks again.
func (e *Engine) NoteChange() { e.changes.Add(1) }

// Changes rises whenever something was written by this process, the only one that can, and when the child was started again.
func (e *Engine) Changes() uint64 { return e.changes.Load() }

// ErrClosed is returned for a connection to an engine that was closed.
var ErrClosed = errors.New("the embedded ClickHouse was closed")

// Start runs the engine on the data directory and returns once it answers. ctx bounds the start only.
// Errors: *LibraryMissingError, *HeldError, or a failed start with the end of the engine's log.
func Start(ctx context.Context, options Options) (*Engine, error) {
	options, err := complete(options)
	if err != nil {
		return nil, err
	}
	if err := makePrivate(options.DataDir); err != nil {
		return nil, err
	}
	held, err := hold(options.DataDir)
	if err != nil {
		return nil, err
	}
	e := &Engine{options: options, secrets: newSecrets(), held: held, ready: make(chan struct{}), ended: make(chan struct{})}
	if err := e.prepare(); err != nil {
		return nil, errors.Join(err, e.release())
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	e.stop = stop
	started := make(chan error, 1)
	go e.supervise(life, ctx, started)
	if err := <-started; err != nil {
		stop()
		<-e.ended
		return nil, errors.Join(err, e.release())
	}
	return e, nil
}

func (e *Engine) prepare() (err error) {
	if e.http, err = reservePort(); err != nil {
		return err
	}
	if e.options.NativePort {
		if e.native, err = reservePort(); err != nil {
			return err
		}
	}
	return writeConfiguration(e.options, e.secrets)
}

// Close ends the engine cleanly, by force after ten seconds, and lets go of the data directory. Open connections are cut.
func (e *Engine) Close() error {
	e.mutex.Lock()
	if e.closed {
		e.mutex.Unlock()
		return nil
	}
	e.closed = true
	e.mutex.Unlock()
	e.connections.close()
	e.stop()
	<-e.ended
	return e.release()
}

func (e *Engine) release() error {
	var problems []error
	for _, reserved := range []*port{e.http, e.native} {
		if reserved != nil {
			problems = append(problems, reserved.close())
		}
	}
	return errors.Join(append(problems, e.held.Close())...)
}

// Options are for connections over HTTP. Dialling waits while the engine restarts, until the context ends or the engine is closed.
func (e *Engine) Options() *clickhouse.Options {
	return &clickhouse.Options{
		Protocol:    clickhouse.HTTP,
		Addr:        []string{e.http.address()},
		Auth:        clickhouse.Auth{Username: userName, Password: e.secrets.password},
		HttpHeaders: map[string]string{tokenHeader: e.secrets.token},
		DialContext: e.dial,
	}
}

// NativeOptions are for connections over the native protocol; nil unless the engine was started with NativePort.
func (e *Engine) NativeOptions() *clickhouse.Options {
	if e.native == nil {
		return nil
	}
	return &clickhouse.Options{
		Protocol:    clickhouse.Native,
		Addr:        []string{e.native.address()},
		Auth:        clickhouse.Auth{Username: userName, Password: e.secrets.password},
		DialContext: e.dial,
	}
}

// Process is the child's process id, 0 while none runs.
func (e *Engine) Process() int {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.process
}

// WaitReady returns when the engine answers: at once, or after a restart.
func (e *Engine) WaitReady(ctx context.Context) error {
	e.mutex.Lock()
	ready := e.ready
	e.mutex.Unlock()
	select {
	case <-ready:
		return nil
	case <-e.ended:
		return ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("wait for the embedded ClickHouse: %w", context.Cause(ctx))
	}
}

func complete(options Options) (Options, error) {
	if options.DataDir == "" {
		return options, errors.New("the embedded ClickHouse needs a data directory")
	}
	directory, err := filepath.Abs(options.DataDir)
	if err != nil {
		return options, fmt.Errorf("find the data directory: %w", err)
	}
	options.DataDir = directory
	if options.Library, err = findLibrary(options.Library); err != nil {
		return options, err
	}
	if options.MemoryLimit == 0 {
		options.MemoryLimit = max(1<<30, machineMemory()/2)
	}
	if options.TimeZone == "" {
		options.TimeZone = "UTC"
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	if options.StartTimeout == 0 {
		options.StartTimeout = time.Minute
	}
	if options.Command == nil {
		executable, err := os.Executable()
		if err != nil {
			return options, fmt.Errorf("find this program's file: %w", err)
		}
		options.Command = []string{executable, "engine"}
	}
	return options, nil
}

func makePrivate(directory string) error {
	if err := os.MkdirAll(directory, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	if err := os.Chmod(directory, 0o700); err != nil {
		return fmt.Errorf("make the data directory private: %w", err)
	}
	return nil
}
