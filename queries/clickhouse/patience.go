package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"yangguang/queries/clickhouse/engine"
)

// ErrInterrupted says that the connection broke while ClickHouse was at work, so that it is not known whether a write was done.
// What may be done twice (SPEC §3: collecting the same thing twice adds nothing) can simply be done again.
var ErrInterrupted = errors.New("the connection to ClickHouse broke: not known whether the work was done, it may be tried again")

// interruptions is how often one statement may see ClickHouse end under it: the statement itself might be the cause.
const interruptions = 3

// waiting is how calls wait for a ClickHouse that does not take connections.
type waiting struct {
	engine   *engine.Engine // nil: a server
	patience time.Duration  // of one call with a server
	gate     *storageGate
	logger   *slog.Logger
}

func newWaiting(options Options, logger *slog.Logger) waiting {
	patience := options.Patience
	if patience == 0 {
		patience = 30 * time.Second
	}
	return waiting{engine: options.Engine, patience: patience, gate: newStorageGate(), logger: logger}
}

// wrote notes that a statement or a batch has written something, or may have.
func (w waiting) wrote() {
	if w.engine != nil {
		w.engine.NoteChange()
	}
}

// retry runs do until it does not fail for want of a connection. repeatable work is run again when the connection broke midway too. Of a database
// that is incomplete nothing is asked.
func (w waiting) retry(ctx context.Context, repeatable bool, do func() error) error {
	if err := w.gate.refuse(ctx); err != nil {
		return err
	}
	return withoutAddress(w.gate.judge(w.repeat(ctx, repeatable, do)))
}

func (w waiting) repeat(ctx context.Context, repeatable bool, do func() error) error {
	begun, interrupted := time.Now(), 0
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := do()
		switch {
		case err == nil || ctx.Err() != nil || !isBroken(err) || errors.Is(err, engine.ErrClosed):
			return err
		case isUnsent(err):
			if w.engine == nil && time.Since(begun)+pause > w.patience {
				return err
			}
		case !repeatable:
			return fmt.Errorf("%w: %w", ErrInterrupted, err)
		default:
			if interrupted++; interrupted >= interruptions {
				return fmt.Errorf("%w: %w", ErrInterrupted, err)
			}
		}
		w.logger.Debug("ClickHouse is away, trying again", slog.Any("error", err), slog.Duration("after", pause))
		if err := w.pause(ctx, pause); err != nil {
			return err
		}
	}
}

func (w waiting) pause(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return fmt.Errorf("wait for ClickHouse: %w", context.Cause(ctx))
	}
	if w.engine != nil {
		return w.engine.WaitReady(ctx)
	}
	return nil
}

// unaddressedError is an error whose text leaves out the address that was asked: over HTTP it holds every parameter of the question.
type unaddressedError struct {
	error
	address string
}

func (e unaddressedError) Error() string {
	return strings.ReplaceAll(e.error.Error(), e.address, "ClickHouse")
}
func (e unaddressedError) Unwrap() error { return e.error }

func withoutAddress(err error) error {
	var asked *url.Error
	if !errors.As(err, &asked) {
		return err
	}
	return unaddressedError{err, strconv.Quote(asked.URL)} // as url.Error writes it
}

// isBroken tells a failed connection from an answer of ClickHouse.
func isBroken(err error) bool {
	var answer *clickhouse.Exception
	var network net.Error
	if errors.As(err, &answer) {
		return false
	}
	return isUnsent(err) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.EPIPE) || errors.Is(err, net.ErrClosed) || errors.As(err, &network)
}

// isUnsent says that there was no connection at all: nothing was asked of ClickHouse.
func isUnsent(err error) bool {
	var operation *net.OpError
	return errors.Is(err, clickhouse.ErrAcquireConnTimeout) || errors.Is(err, syscall.ECONNREFUSED) ||
		errors.As(err, &operation) && operation.Op == "dial"
}

// OnlyReads reports whether a statement changes nothing.
func OnlyReads(statement string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(WithoutComments(statement))+" ", " ")
	word, _, _ = strings.Cut(strings.ToUpper(word), "\n")
	switch strings.TrimLeft(word, "(") {
	case "SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS":
		return true
	}
	return false
}
