// Package patrol stores what the patrol has seen of what was published: whether addresses open, and what is to be checked by people because of it. What it
// finds is advice: it is never part of a score.
package patrol

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// Outcome is what a visit to an address came upon.
type Outcome string

const (
	Opens       Outcome = "opens"        // it shows what it should as far as can be told
	Moved       Outcome = "moved"        // it opens at another address of its site
	Gone        Outcome = "gone"         // the server answers 404 or 410
	Soft404     Outcome = "soft_404"     // the server answers 200, with a page that says that there is nothing, or with its front page
	LoginWall   Outcome = "login_wall"   // one must sign in
	TooSlow     Outcome = "too_slow"     // it has not come whole in time
	Certificate Outcome = "certificate"  // expired, of another host, or of an issuer whom nobody trusts
	ServerError Outcome = "server_error" // 5xx, or the server cannot be reached while our own network is up
	Robots      Outcome = "robots"       // robots.txt forbids to visit it: not known
	OwnNetwork  Outcome = "own_network"  // our own network was down, or may have been: nothing is said of anybody
	NotKnown    Outcome = "not_known"    // anything else: nothing can be told
)

// Good reports whether an address was up.
func (o Outcome) Good() bool { return o == Opens || o == Moved }

// Bad reports whether an address fails its readers.
func (o Outcome) Bad() bool { return o.family() != "" }

// Tells reports whether the outcome says anything of the address.
func (o Outcome) Tells() bool { return o.Good() || o.Bad() }

// family is the kind of failure that a second look must confirm; empty: it is none. What is gone may be said with or without the status, and an overloaded
// server answers late or with an error.
func (o Outcome) family() string {
	switch o {
	case Gone, Soft404:
		return "gone"
	case TooSlow, ServerError:
		return "down"
	case LoginWall, Certificate:
		return string(o)
	}
	return ""
}

// Confirms reports whether a failure is the one that was met before.
func (o Outcome) Confirms(before Outcome) bool { return o.family() == before.family() }

// Check is one visit to an address, for one record.
type Check struct {
	Record      Record
	URL         string
	ParentURL   string // of the page that the attachment hangs on; empty: the record's own address
	CheckedAt   time.Time
	Outcome     Outcome
	Status      int
	FinalURL    string // empty: its own
	Elapsed     time.Duration
	ContentHash string // SHA-256 in hexadecimal; empty: nothing came
	Detail      string
	Files       bool // the attachments of the page were visited as well
}

// NoteChecks stores visits as noted at the present, which is at.
func NoteChecks(ctx context.Context, s *clickhouse.Store, at time.Time, checks []Check) error {
	if len(checks) == 0 {
		return nil
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	days := map[int64]bool{}
	err := s.Insert(ctx, "INSERT INTO link_checks", func(batch clickhouse.Batch) error {
		for _, c := range checks {
			days[c.CheckedAt.UTC().Unix()/86400] = true
			err := batch.Append(c.URL, c.ParentURL, c.Record.Source, c.Record.RecordID, c.Record.UnitID, c.Record.ItemID, c.CheckedAt.UTC().Truncate(time.Millisecond), at.UTC().Truncate(time.Millisecond),
				string(c.Outcome), uint16(c.Status), c.FinalURL, uint32(c.Elapsed.Milliseconds()), c.ContentHash, c.Detail)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note what visits to addresses came upon: %w", err)
	}
	for day := range days {
		if err := storage.NoteHoldings(ctx, s, uint64(day), fmt.Sprintf("toUInt32(toDate(checked_at)) = %d", day), "link_checks"); err != nil {
			return err
		}
	}
	return nil
}

// Round is one round of the patrol.
type Round struct {
	BegunAt time.Time `ch:"begun_at"`
	EndedAt time.Time `ch:"ended_at"`
	Part    string    `ch:"part"`    // Links or Content
	Outcome string    `ch:"outcome"` // RoundDone, …
	Looked  uint64    `ch:"looked"`
	Left    uint64    `ch:"left"`
	Problem string    `ch:"problem"`
}

// How a round ended.
const (
	RoundDone        = "done"
	RoundOwnNetwork  = "own_network"
	RoundInterrupted = "interrupted"
	RoundFailed      = "failed"
)

// NoteRound stores how a round ended.
func NoteRound(ctx context.Context, s *clickhouse.Store, r Round) error {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	number := uint64(r.BegunAt.UnixMilli())
	err := s.Insert(ctx, "INSERT INTO patrol_rounds", func(batch clickhouse.Batch) error {
		return batch.Append(r.BegunAt.UTC(), r.EndedAt.UTC(), r.Part, r.Outcome, r.Looked, r.Left, r.Problem)
	})
	if err == nil {
		err = storage.NoteHoldings(ctx, s, number, fmt.Sprintf("toUnixTimestamp64Milli(begun_at) = %d", number), "patrol_rounds")
	}
	if err != nil {
		return fmt.Errorf("note how a round of the patrol ended: %w", err)
	}
	return nil
}

// LastRound is the last round of a part that was noted; found is false when there is none.
func LastRound(ctx context.Context, s *clickhouse.Store, part string) (last Round, found bool, err error) {
	var rounds []Round
	err = s.Conn().Select(ctx, &rounds, `SELECT begun_at, ended_at, toString(part) AS part, toString(outcome) AS outcome, looked, left, problem
		FROM patrol_rounds FINAL WHERE part = {part:String} ORDER BY begun_at DESC LIMIT 1`, clickhouse.Named("part", part))
	if err != nil {
		return Round{}, false, fmt.Errorf("find the last round of the patrol: %w", err)
	}
	if len(rounds) == 0 {
		return Round{}, false, nil
	}
	return rounds[0], true, nil
}
