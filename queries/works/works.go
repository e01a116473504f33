// Package works notes what is under way in any process: what makes several things one, as a load, a freeze or a backup, and what one process may do at a time.
package works

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"yangguang/queries/clickhouse"
)

// Work makes several things one. While it is under way, what it has written counts for nobody; what a killed process has left is cleared away.
type Work struct {
	Kind    string    `ch:"kind"` // load, freeze, backup, removal, digest, patrol, chain
	Subject string    `ch:"subject"`
	Owner   string    `ch:"owner"`
	BegunAt time.Time `ch:"begun_at"`
}

// Owner names this process so that another can tell whether it has ended: host, boot, process and its start.
func Owner() string {
	host, _ := os.Hostname()
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.Join([]string{host, strings.TrimSpace(string(boot)), strconv.Itoa(os.Getpid()), processStart(os.Getpid())}, "|")
}

// processStart is when a process was started, in ticks since the machine's start; empty where that is not known.
func processStart(process int) string {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(process) + "/stat")
	if err != nil {
		return ""
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name before may hold anything
	fields := strings.Fields(after)
	if len(fields) < 20 {
		return ""
	}
	return fields[19]
}

// HasEnded reports whether the process of an owner is known to have ended. Of another machine's nothing is known.
func HasEnded(of string) bool {
	theirs, ours := strings.Split(of, "|"), strings.Split(Owner(), "|")
	if len(theirs) != len(ours) || theirs[0] != ours[0] {
		return false
	}
	process, err := strconv.Atoi(theirs[2])
	if err != nil || theirs[1] != ours[1] {
		return err == nil
	}
	if errors.Is(syscall.Kill(process, 0), syscall.ESRCH) {
		return true
	}
	return theirs[3] != processStart(process)
}

// Describe says whose the work is.
func (w Work) Describe() string {
	parts := strings.Split(w.Owner, "|")
	if len(parts) < 3 {
		return "another process"
	}
	return "process " + parts[2] + " on " + parts[0]
}

// How a work has ended, as the table has it.
const (
	UnderWay uint8 = iota // or its process was killed
	Done
	Failed
	Stopped // before its end, as somebody wished
)

// Write notes how a work has ended; UnderWay: it has begun.
func Write(ctx context.Context, s *clickhouse.Store, w Work, how uint8) error {
	err := s.Insert(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), "INSERT INTO works (kind, subject, owner, begun_at, ended)",
		func(batch clickhouse.Batch) error { return batch.Append(w.Kind, w.Subject, w.Owner, w.BegunAt, how) })
	if err != nil {
		return fmt.Errorf("note that the %s %s is under way: %w", w.Kind, w.Subject, err)
	}
	return nil
}

// Begin notes that a work is under way; end it with End.
func Begin(ctx context.Context, s *clickhouse.Store, kind, subject string) (Work, error) {
	w := Work{kind, subject, Owner(), time.Now().UTC().Truncate(time.Millisecond)}
	return w, Write(ctx, s, w, UnderWay)
}

// End notes that a work is done.
func End(ctx context.Context, s *clickhouse.Store, w Work) error {
	return Write(ctx, s, w, Done)
}

// worksEnded is after how long a work of another machine's is taken to have ended, of which nothing else is known.
const worksEnded = 24 * time.Hour

// GoesOn reports whether a work of a kind goes on in any process.
func GoesOn(ctx context.Context, s *clickhouse.Store, kind string) (bool, error) {
	under, err := Of(ctx, s, kind)
	for _, w := range under {
		if !HasEnded(w.Owner) && time.Since(w.BegunAt) < worksEnded {
			return true, err
		}
	}
	return false, err
}

// EndAll ends what is under way of a kind and subject.
func EndAll(ctx context.Context, s *clickhouse.Store, kind, subject string) error {
	under, err := Of(ctx, s, kind)
	if err != nil {
		return err
	}
	for _, w := range under {
		if w.Subject != subject {
			continue
		}
		if err := End(ctx, s, w); err != nil {
			return err
		}
	}
	return nil
}

// Of are those of a kind that have not ended.
func Of(ctx context.Context, s *clickhouse.Store, kind string) (under []Work, err error) {
	err = s.Conn().Select(ctx, &under, "SELECT toString(kind) AS kind, subject, owner, begun_at FROM works FINAL WHERE kind = {kind:String} AND ended = 0 ORDER BY begun_at",
		clickhouse.Named("kind", kind))
	if err != nil {
		return nil, fmt.Errorf("look what is under way: %w", err)
	}
	return under, nil
}

// ClearKilled clears away what works of a kind have left whose processes were killed, and says so in a line each.
func ClearKilled(ctx context.Context, s *clickhouse.Store, kind string, clear func(context.Context, Work) (string, error)) (said []string, err error) {
	under, err := Of(ctx, s, kind)
	if err != nil {
		return nil, err
	}
	for _, w := range under {
		if !HasEnded(w.Owner) {
			continue
		}
		line, err := clear(ctx, w)
		if err == nil {
			err = End(ctx, s, w)
		}
		if err != nil {
			return said, fmt.Errorf("clear away the interrupted %s %s: %w", w.Kind, w.Subject, err)
		}
		if line != "" {
			said = append(said, line)
		}
	}
	return said, nil
}
