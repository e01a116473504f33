package patrol

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// Scope is what was looked at: what stood within it and was not found again is mended.
type Scope struct {
	Kinds  []string                  // that were looked for
	Looked func(before Finding) bool // whether what a finding is about was looked at, and understood; nil: all was
}

// Report notes at present what was found within a scope: what is new or says something else, and that what stood there and was not found again is
// mended. Of what has not changed nothing is written. Errors: a finding outside the scope's kinds or without what it needs; the database's.
func Report(ctx context.Context, s *clickhouse.Store, at time.Time, scope Scope, found []Finding) error {
	fail := func(err error) error { return fmt.Errorf("report findings: %w", err) }
	now := map[uint64]Finding{}
	for _, finding := range found {
		if problem := finding.problem(); problem != "" {
			return fail(fmt.Errorf("%s: %+v", problem, finding))
		}
		if !slices.Contains(scope.Kinds, finding.Kind) {
			return fail(fmt.Errorf("%s was not looked for", finding.Kind))
		}
		finding.ID = finding.id()
		now[finding.ID] = finding
	}
	before, err := Standing(ctx, s, scope.Kinds...)
	if err != nil {
		return fail(err)
	}
	claimed, err := claimedMended(ctx, s)
	if err != nil {
		return fail(err)
	}
	var rows []noted
	for _, stood := range before {
		again, found := now[stood.ID]
		switch {
		case found && (!again.same(stood) || claimed[stood.ID]):
			again.FoundOn = stood.FoundOn
			rows = append(rows, noted{again, true})
		case !found && (scope.Looked == nil || scope.Looked(stood)):
			rows = append(rows, noted{stood, false})
		}
		delete(now, stood.ID)
	}
	for _, finding := range now {
		rows = append(rows, noted{finding, true})
	}
	if err := note(ctx, s, at, rows); err != nil {
		return fail(err)
	}
	return nil
}

// Standing are the findings of some kinds that the last look has found, in any order.
func Standing(ctx context.Context, s *clickhouse.Store, kinds ...string) (found []Finding, err error) {
	err = s.Conn().Select(ctx, &found, `SELECT finding_id, toString(kind) AS kind, toString(source) AS source, record_id, version, place, unit_id, toString(item_id) AS item_id,
			period, url, found_on, toString(other_source) AS other_source, other_record_id, other_version, proof
		FROM (SELECT * FROM findings WHERE kind IN {kinds:Array(String)} ORDER BY finding_id, report_id DESC LIMIT 1 BY finding_id) WHERE present`,
		clickhouse.Named("kinds", clickhouse.List(kinds)))
	if err != nil {
		return nil, fmt.Errorf("read the findings that stand: %w", err)
	}
	return found, nil
}

// claimedMended are the findings of which somebody said that they are mended after they were noted last: found again, they are open again.
func claimedMended(ctx context.Context, s *clickhouse.Store) (map[uint64]bool, error) {
	var rows []struct {
		ID uint64 `ch:"finding_id"`
	}
	err := s.Conn().Select(ctx, &rows, `SELECT v.finding_id AS finding_id
		FROM (SELECT finding_id, argMax(what, event_id) AS what, max(noted_at) AS said_at FROM finding_verdicts GROUP BY finding_id) AS v
		INNER JOIN (SELECT finding_id, max(noted_at) AS last_at FROM findings GROUP BY finding_id) AS f ON f.finding_id = v.finding_id
		WHERE v.what = 'mended' AND v.said_at >= f.last_at`)
	if err != nil {
		return nil, fmt.Errorf("read what is said to be mended: %w", err)
	}
	claimed := map[uint64]bool{}
	for _, row := range rows {
		claimed[row.ID] = true
	}
	return claimed, nil
}

// noted is a finding as it is written.
type noted struct {
	Finding
	present bool
}

// findingsPerInsert bounds the memory that proofs take on their way.
const findingsPerInsert = 5000

func note(ctx context.Context, s *clickhouse.Store, at time.Time, rows []noted) error {
	if len(rows) == 0 {
		return nil
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	number, err := nextNumber(ctx, s, "findings", "report_id", at)
	if err != nil {
		return err
	}
	at = at.UTC().Truncate(time.Millisecond)
	for part := range slices.Chunk(rows, findingsPerInsert) {
		err = errors.Join(err, s.Insert(ctx, "INSERT INTO findings", func(batch clickhouse.Batch) error {
			for _, f := range part {
				if err := batch.Append(f.ID, number, at, f.present, f.Kind, f.Source, f.RecordID, f.Version, f.Place, f.UnitID, f.ItemID, f.Period, f.URL, f.FoundOn,
					f.OtherSource, f.OtherRecordID, f.OtherVersion, f.Proof); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	return errors.Join(err, storage.NoteHoldings(ctx, s, number, fmt.Sprintf("report_id = %d", number), "findings"))
}

// nextNumber is greater than those that a table has in a column, and rises with time.
func nextNumber(ctx context.Context, s *clickhouse.Store, table, column string, at time.Time) (uint64, error) {
	var last uint64
	if err := s.Conn().QueryRow(ctx, "SELECT max("+column+") FROM "+table).Scan(&last); err != nil {
		return 0, fmt.Errorf("number what is written to %s: %w", table, err)
	}
	return max(last+1, uint64(at.UnixMicro())), nil
}
