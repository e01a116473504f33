package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	firstPause  = 50 * time.Millisecond
	longestWait = 10 * time.Second
	steadyAfter = time.Minute // a child that lived so long starts the pauses again
	patience    = 10 * time.Second
)

// supervise runs one child after another until life ends. The first one's readiness, or why it is not, goes to started; starting bounds it.
func (e *Engine) supervise(life, starting context.Context, started chan<- error) {
	defer close(e.ended)
	runtime.LockOSThread() // the child's death signal follows the thread that started it
	defer runtime.UnlockOSThread()
	child, err := e.startFirst(starting)
	started <- err
	if err != nil {
		return
	}
	pause := firstPause
	for {
		begun := time.Now()
		select {
		case <-life.Done():
			e.markDown()
			if err := child.end(patience); err != nil {
				e.options.Logger.Warn("the embedded ClickHouse did not end cleanly", slog.Any("error", err))
			}
			return
		case <-child.ended:
		}
		e.markDown()
		if time.Since(begun) > steadyAfter {
			pause = firstPause
		}
		e.options.Logger.Error("the embedded ClickHouse ended by itself and is started again",
			slog.Any("error", child.failure()), slog.Duration("after", pause))
		for child = nil; child == nil; pause = min(2*pause, longestWait) {
			if !sleep(life, pause) {
				return
			}
			if child, err = e.startChild(life); err != nil && !errors.Is(err, context.Canceled) {
				e.options.Logger.Error("the embedded ClickHouse does not start", slog.Any("error", err), slog.Duration("again_after", min(2*pause, longestWait)))
			}
		}
	}
}

// startFirst starts the first child: again when the child of a program that was killed just now holds the databases, until the kernel has cleared it
// away, and when somebody, such as the kernel that ran out of memory, kills the child before it answers. The start's time limit bounds all attempts together.
func (e *Engine) startFirst(ctx context.Context) (*child, error) {
	begun := time.Now()
	for pause := firstPause; ; pause = min(2*pause, time.Second) {
		child, err := e.startChild(ctx)
		if err == nil {
			return child, nil
		}
		again := strings.Contains(err.Error(), "Another server instance") && time.Since(begun) < patience
		if wasKilled(err) && time.Since(begun) < e.options.StartTimeout {
			e.options.Logger.Warn("the embedded ClickHouse was killed during its start and is started again", slog.Any("error", err), slog.Duration("after", pause))
			again = true
		}
		if !again || !sleep(ctx, pause) {
			return nil, err
		}
	}
}

// wasKilled reports whether somebody ended the process, rather than a fault of its own.
func wasKilled(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	status, known := exit.Sys().(syscall.WaitStatus)
	return known && status.Signaled() && slices.Contains([]syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}, status.Signal())
}

// startChild runs a child and waits until it answers an authenticated query.
func (e *Engine) startChild(ctx context.Context) (*child, error) {
	begun := time.Now()
	child, err := runChild(e)
	if err != nil {
		return nil, fmt.Errorf("start the embedded ClickHouse: %w", err)
	}
	version, err := e.awaitAnswer(ctx, child)
	if err != nil {
		_ = child.end(0)
		return nil, fmt.Errorf("start the embedded ClickHouse: %w%s", err, child.lastWords())
	}
	if IsOther(version) {
		e.options.Logger.Warn("the embedded ClickHouse is of another version than the program was made with, which was not tried",
			slog.String("version", version), slog.String("made_with", Made), slog.String("library", e.options.Library))
	}
	e.options.Logger.Debug("the embedded ClickHouse answers", slog.Int("process", child.command.Process.Pid), slog.Duration("after", time.Since(begun)))
	e.markUp(child)
	return child, nil
}

func (e *Engine) markUp(child *child) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.process = child.command.Process.Pid
	e.NoteChange()
	close(e.ready)
}

func (e *Engine) markDown() {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.process = 0
	e.ready = make(chan struct{})
}

// sleep waits and reports whether ctx still lives.
func sleep(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
