package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// StorageFault is one thing that the storage does not hold as it was written.
type StorageFault struct {
	Table string
	Part  string // of the table; empty: no single one
	What  string // English, what is wrong
	Rows  uint64 // that are missing, as far as that is known

	Holding  string    // the number of what lacks rows
	Noted    time.Time // when they were counted, or when what has no count came to its end
	Detached bool      // ClickHouse has put the part aside
}

func (f StorageFault) String() string {
	if f.Part != "" {
		return fmt.Sprintf("table %s, part %s: %s", f.Table, f.Part, f.What)
	}
	return fmt.Sprintf("table %s: %s", f.Table, f.What)
}

// IncompleteError says that the database does not hold all that was written to it, so that figures without what is missing would accuse wrongly:
// nothing is computed from it or stored in it until it is whole.
type IncompleteError struct {
	Faults []StorageFault
	cause  error // the answer of ClickHouse that told it; nil: a check
}

// namedFaults is how many faults the message of an IncompleteError names.
const namedFaults = 3

func (e *IncompleteError) Error() string {
	var named []string
	for i, fault := range e.Faults {
		if i == namedFaults {
			named = append(named, fmt.Sprintf("and %d more", len(e.Faults)-namedFaults))
			break
		}
		named = append(named, fault.String())
	}
	return "the database is incomplete (" + strings.Join(named, "; ") + "): everything is unverified, and nothing is computed or stored; " +
		"restore a backup into a new database (yangguang restore), or drop what is broken and collect again (yangguang repair)"
}

func (e *IncompleteError) Unwrap() error { return e.cause }

// storageGate refuses whatever is asked of a database that was found incomplete. All stores of a database share it.
type storageGate struct {
	found atomic.Pointer[IncompleteError] // nil: nothing is known to be missing
	look  chan struct{}                   // of capacity 1: a read failed, a check is due
}

func newStorageGate() *storageGate { return &storageGate{look: make(chan struct{}, 1)} }

type passGateKey struct{}

// PassingGate marks what is asked to find or mend what is wrong.
func PassingGate(ctx context.Context) context.Context {
	return context.WithValue(ctx, passGateKey{}, true)
}

// refuse is the *IncompleteError of an incomplete database.
func (g *storageGate) refuse(ctx context.Context) error {
	if found := g.found.Load(); found != nil && ctx.Value(passGateKey{}) == nil {
		return found
	}
	return nil
}

// judge makes an *IncompleteError of the answer that something stored cannot be read, and closes the gate.
func (g *storageGate) judge(err error) error {
	var known *IncompleteError
	var answer *clickhouse.Exception
	if err == nil || errors.As(err, &known) || !errors.As(err, &answer) || !isUnreadable(answer) {
		return err
	}
	first, _, _ := strings.Cut(answer.Message, "Stack trace")
	told := &IncompleteError{Faults: []StorageFault{{Table: "?", What: "cannot be read: " + strings.TrimSpace(first)}}, cause: err}
	if table := tableRead.FindStringSubmatch(answer.Message); table != nil {
		told.Faults[0].Table = table[1]
	}
	g.found.CompareAndSwap(nil, told)
	select {
	case g.look <- struct{}{}:
	default:
	}
	return told
}

var (
	whileReading = regexp.MustCompile(`(?i)while reading (?:from )?part`)
	tableRead    = regexp.MustCompile("in table `?\\w+`?\\.`?(\\w+)")
)

// isUnreadable recognises what ClickHouse answers when a file of a part is not as it was written: CHECKSUM_DOESNT_MATCH, NO_FILE_IN_DATA_PART,
// UNEXPECTED_FILE_IN_DATA_PART, BAD_SIZE_OF_FILE_IN_DATA_PART, CORRUPTED_DATA, CANNOT_DECOMPRESS, POTENTIALLY_BROKEN_DATA_PART; or any error while
// it read a part, but for those of its limits: MEMORY_LIMIT_EXCEEDED, TIMEOUT_EXCEEDED, TOO_SLOW, QUERY_WAS_CANCELLED and their like.
func isUnreadable(answer *clickhouse.Exception) bool {
	if slices.Contains([]int32{40, 226, 227, 228, 246, 271, 740}, answer.Code) {
		return true
	}
	return !slices.Contains([]int32{158, 159, 160, 173, 202, 209, 210, 236, 241, 243, 307, 394, 396, 439, 735, 745}, answer.Code) && whileReading.MatchString(answer.Message)
}

// Complete is nil, or the *IncompleteError of the last check or failed read. It asks nothing.
func (s *Store) Complete() error { return s.gate.refuse(context.Background()) }

// SetIncomplete says what a check has found; nil: the database is whole.
func (s *Store) SetIncomplete(found *IncompleteError) { s.gate.found.Store(found) }

// Incomplete is what the last check or failed read has found; nil: nothing.
func (s *Store) Incomplete() *IncompleteError { return s.gate.found.Load() }

// Looks gets a value when something stored could not be read, so that it is time for a check.
func (s *Store) Looks() <-chan struct{} { return s.gate.look }
