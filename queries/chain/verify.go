package chain

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
)

// Verified is what was compared and fits.
type Verified struct {
	Days    int
	Leaves  uint64
	Removed uint64 // leaves of what the retention policy has removed: only their hashes were compared
	Last    Link   // zero: there is no chain yet
}

// Verify computes the whole chain again from what is stored now, and compares it with roots that packs have printed. Errors: *Fault for the first thing that
// does not fit. done is told of each day; nil: nobody asks.
func Verify(ctx context.Context, s *clickhouse.Store, done func(day, days int)) (verified Verified, err error) {
	links, err := selectLinks(ctx, s, "ORDER BY day")
	if err != nil {
		return verified, err
	}
	before := Link{}
	for n, link := range links {
		check := dayCheck{link: link}
		if n > 0 {
			check.before = &before
		}
		if err := eachLeaf(ctx, s, link, before, check.add); err != nil {
			return verified, err
		}
		if fault := check.fault(); fault != nil {
			return verified, fault
		}
		verified.Days, verified.Leaves, verified.Removed = n+1, verified.Leaves+check.tree.count, verified.Removed+check.removed
		before = link
		if done != nil {
			done(n+1, len(links))
		}
	}
	verified.Last = before
	if err := checkPrinted(ctx, s, links); err != nil {
		return verified, err
	}
	if verified.Days == 0 {
		return verified, nil
	}
	return verified, checkUnchained(ctx, s, before)
}

// checkUnchained looks for content that came to be where the chain had been made already.
func checkUnchained(ctx context.Context, s *clickhouse.Store, last Link) error {
	text, err := sql.Text("chain/unchained")
	if err != nil {
		return err
	}
	var rows []struct {
		Source   string    `ch:"source"`
		RecordID string    `ch:"record_id"`
		Version  uint64    `ch:"version"`
		Seen     time.Time `ch:"seen"`
	}
	err = s.Conn().Select(ctx, &rows, text, clickhouse.Named("until", clickhouse.Epoch(last.Until)), clickhouse.Named("computed_at", clickhouse.Epoch(last.ComputedAt)))
	if err != nil {
		return fmt.Errorf("look for content that is not in the chain of evidence: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	row := rows[0]
	return &Fault{last.Day, Content, row.Source, row.RecordID, row.Version, fmt.Sprintf("it is not in the chain, and says to have been collected at %s", row.Seen.UTC().Format(time.RFC3339))}
}

// checkPrinted compares the chain with what packs have printed of it.
func checkPrinted(ctx context.Context, s *clickhouse.Store, links []Link) error {
	var packs []struct {
		Name     string `ch:"name"`
		Manifest string `ch:"manifest"`
	}
	if err := s.Conn().Select(ctx, &packs, "SELECT name, manifest FROM freezes FINAL WHERE finished = 1 ORDER BY known_at"); err != nil {
		return fmt.Errorf("read what packs have printed of the chain of evidence: %w", err)
	}
	roots := map[string]string{}
	for _, link := range links {
		roots[link.Day.Format(time.DateOnly)] = link.String()
	}
	for _, pack := range packs {
		var printed struct{ Evidence *Printed }
		if err := json.Unmarshal([]byte(pack.Manifest), &printed); err != nil {
			return fmt.Errorf("read the manifest of pack %s: %w", pack.Name, err)
		}
		if printed.Evidence == nil || roots[printed.Evidence.Day] == printed.Evidence.Root {
			continue
		}
		fault := &Fault{What: fmt.Sprintf("pack %s has printed the root %s, and the chain has %s", pack.Name, printed.Evidence.Root, roots[printed.Evidence.Day])}
		if roots[printed.Evidence.Day] == "" {
			fault.What = fmt.Sprintf("pack %s has printed the root %s, and the chain does not have this day", pack.Name, printed.Evidence.Root)
		}
		fault.Day, _ = time.Parse(time.DateOnly, printed.Evidence.Day) // as it was written; a wrong one is in no chain
		return fault
	}
	return nil
}

// Printed is a link as packs print it.
type Printed struct {
	Day  string `json:"day"`  // civil day, 2026-11-29
	Root string `json:"root"` // hexadecimal
}

// Print is the link as packs print it.
func (l Link) Print() Printed { return Printed{l.Day.Format(time.DateOnly), l.String()} }
