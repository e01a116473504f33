package chain

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
)

// linkRow is a row of chain_days.
type linkRow struct {
	Day        time.Time `ch:"day"`
	Until      time.Time `ch:"until"`
	Previous   string    `ch:"previous"`
	Leaves     uint64    `ch:"leaves"`
	ComputedAt time.Time `ch:"computed_at"`
	Root       string    `ch:"root"`
}

func (r linkRow) link() Link {
	year, month, day := r.Day.Date() // at midnight in some zone
	l := Link{Day: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Until: r.Until.UTC(), Leaves: r.Leaves, ComputedAt: r.ComputedAt.UTC()}
	copy(l.Previous[:], r.Previous)
	copy(l.Root[:], r.Root)
	return l
}

func selectLinks(ctx context.Context, s *clickhouse.Store, rest string, arguments ...any) (links []Link, err error) {
	var rows []linkRow
	if err := s.Conn().Select(ctx, &rows, "SELECT day, until, previous, leaves, computed_at, root FROM chain_days FINAL "+rest, arguments...); err != nil {
		return nil, fmt.Errorf("read the chain of evidence: %w", err)
	}
	for _, row := range rows {
		links = append(links, row.link())
	}
	return links, nil
}

// Last is the last link; found is false while there is none.
func Last(ctx context.Context, s *clickhouse.Store) (last Link, found bool, err error) {
	return first(selectLinks(ctx, s, "ORDER BY day DESC LIMIT 1"))
}

// On is the link of a civil day; found is false when there is none.
func On(ctx context.Context, s *clickhouse.Store, day time.Time) (link Link, found bool, err error) {
	return first(selectLinks(ctx, s, "WHERE day = {day:Date32}", clickhouse.Named("day", day.Format(time.DateOnly))))
}

func first(links []Link, err error) (Link, bool, error) {
	if err != nil || len(links) == 0 {
		return Link{}, false, err
	}
	return links[0], true, nil
}

// leafRow is a leaf with what stands behind it now.
type leafRow struct {
	Kind          string    `ch:"kind"`
	Source        string    `ch:"source"`
	RecordID      string    `ch:"record_id"`
	Version       uint64    `ch:"version"`
	Seen          time.Time `ch:"seen"`
	SHA256        string    `ch:"sha256"`
	Hashes        []string  `ch:"hashes"`
	Removed       bool      `ch:"removed"`
	RemovedSHA256 string    `ch:"removed_sha256"`
}

func (r leafRow) standing() standing {
	now := standing{Leaf: Leaf{r.Kind, r.Source, r.RecordID, r.Version, r.Seen.UTC(), hashOf(r.SHA256)}}
	for _, hash := range r.Hashes {
		now.now = append(now.now, hashOf(hash))
	}
	if r.Removed {
		hash := hashOf(r.RemovedSHA256)
		now.removed = &hash
	}
	return now
}

func hashOf(octets string) (hash Hash) {
	copy(hash[:], octets)
	return hash
}

// eachLeaf hands over the leaves of a link in the order of their tree, one at a time.
func eachLeaf(ctx context.Context, s *clickhouse.Store, link, before Link, each func(standing)) (err error) {
	oldest := link.Until
	var any bool
	row := s.Conn().QueryRow(ctx, "SELECT count() > 0, min(seen) FROM chain_leaves WHERE day = {day:Date32} AND kind != 'checks'", clickhouse.Named("day", link.Day.Format(time.DateOnly)))
	var earliest time.Time
	if err := row.Scan(&any, &earliest); err != nil {
		return fmt.Errorf("read the leaves of %s: %w", link.Day.Format(time.DateOnly), err)
	}
	if any {
		oldest = earliest
	}
	text, err := sql.Text("chain/leaves_now")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before Close, which would read an abandoned answer to its end
	rows, err := s.Conn().Query(ctx, text, arguments(link, before, oldest)...)
	if err != nil {
		return fmt.Errorf("read the leaves of %s: %w", link.Day.Format(time.DateOnly), err)
	}
	defer func() {
		if err != nil {
			cancel()
		}
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	for rows.Next() {
		var row leafRow
		if err := rows.ScanStruct(&row); err != nil {
			return fmt.Errorf("read the leaves of %s: %w", link.Day.Format(time.DateOnly), err)
		}
		each(row.standing())
	}
	return rows.Err()
}
