package storage

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
)

// appliedStep is a step and the hash of the statement that was run.
type appliedStep struct {
	step
	hash string
}

// begun is the step that says that a first migration has begun. By it one that was interrupted, after which nothing is missing, is told from a
// database that has lost what it knew.
func begun() appliedStep { return appliedStep{step{"begun", 1}, "begun"} }

func onlyBegun(done map[step]string) bool {
	_, has := done[begun().step]
	return has && len(done) == 1
}

// journal records the steps that have been run. Each time costs a part of the table schema_migrations, so that in a fresh database, where nothing
// is lost when all is run again, they are recorded once, at the end.
type journal struct {
	store   *clickhouse.Store
	fresh   bool
	applied []appliedStep // not recorded yet
}

// writeEarly records in the middle of a migration what should not be run again.
func (j *journal) writeEarly(ctx context.Context) error {
	if j.fresh {
		return nil
	}
	return j.write(ctx)
}

func (j *journal) write(ctx context.Context) error {
	if err := recordSteps(ctx, j.store, j.applied); err != nil {
		return err
	}
	j.applied = nil
	return nil
}

func recordSteps(ctx context.Context, s *clickhouse.Store, applied []appliedStep) error {
	if len(applied) == 0 {
		return nil
	}
	var files, hashes []string
	var numbers []uint32
	for _, step := range applied {
		files, numbers, hashes = append(files, step.File), append(numbers, step.Statement), append(hashes, step.hash)
	}
	err := s.Repeat(ctx, `INSERT INTO schema_migrations
		SELECT step.1, step.2, step.3, now64(6, 'UTC') FROM (SELECT arrayJoin(arrayZip({files:Array(String)}, {statements:Array(UInt32)}, {hashes:Array(String)})) AS step)`,
		clickhouse.Named("files", files), clickhouse.Named("statements", numbers), clickhouse.Named("hashes", hashes))
	if err != nil {
		return fmt.Errorf("record the migration of %s: %w", applied[0].File, err)
	}
	return nil
}
