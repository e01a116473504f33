package freeze

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/chain"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/sql"
)

// Inputs are what the answers at a freeze rest on.
type Inputs struct {
	ClickHouse              string // its version
	LoadID                  uint64
	LoadedAt                time.Time // instant in UTC
	LoadedBy                string    // version of the program
	RegistryHash            string    // of registry, assessment, and what the sources cover
	Timezone                string
	Since                   time.Time // zero: 1 January of the year before the as-of day's
	BackdatingToleranceDays uint16
	Units, Items            uint64 // of the registry
	Assessment              model.Assessment
	Sources                 []SourceInput  // by name
	Evidence                *chain.Printed // last link of the chain of evidence; nil: there was none
}

// SourceInput is what one source had given.
type SourceInput struct {
	Source         string    `ch:"source"`
	Kind           string    `ch:"kind"`
	Collections    uint64    `ch:"collections"` // that came to an end
	LastCollection uint64    `ch:"last_collection"`
	LastEnded      time.Time `ch:"last_ended"` // instant in UTC
	Records        uint64    `ch:"records"`    // in force
	SHA256         string    `ch:"sha256"`     // over the versions in force
}

// InputsOf says what a freeze rests on.
func InputsOf(ctx context.Context, s *clickhouse.Store, freeze Freeze) (Inputs, error) {
	fail := func(err error) (Inputs, error) {
		return Inputs{}, fmt.Errorf("inputs of freeze %s: %w", freeze.Name, err)
	}
	inputs := Inputs{LoadID: freeze.LoadID}
	load := clickhouse.Named("load", strconv.FormatUint(freeze.LoadID, 10))
	var since *time.Time
	row := s.Conn().QueryRow(ctx, `SELECT version(), loaded_at, program, hash, timezone, since, backdating_tolerance_days,
			(SELECT count() FROM units WHERE load_id = {load:UInt64}), (SELECT count() FROM items WHERE load_id = {load:UInt64})
		FROM loads WHERE load_id = {load:UInt64}`, load)
	err := row.Scan(&inputs.ClickHouse, &inputs.LoadedAt, &inputs.LoadedBy, &inputs.RegistryHash, &inputs.Timezone, &since, &inputs.BackdatingToleranceDays,
		&inputs.Units, &inputs.Items)
	if err != nil {
		return fail(err)
	}
	inputs.Since = clickhouse.DayOrZero(since)
	if inputs.Assessment, err = registry.AssessmentOf(ctx, s, freeze.LoadID); err != nil {
		return fail(err)
	}
	text, err := sql.Text("freeze/inputs")
	if err != nil {
		return fail(err)
	}
	if err := s.Conn().Select(ctx, &inputs.Sources, text, load, clickhouse.Named("known_at", clickhouse.Epoch(freeze.KnownAt))); err != nil {
		return fail(err)
	}
	if inputs.Evidence, err = evidenceOf(ctx, s, freeze); err != nil {
		return fail(err)
	}
	return inputs, nil
}

// evidenceOf is the last link of the chain of evidence that the freeze saw; nil: there was none.
func evidenceOf(ctx context.Context, s *clickhouse.Store, freeze Freeze) (*chain.Printed, error) {
	var day uint64
	row := s.Conn().QueryRow(ctx, "SELECT max(collections[':evidence']) FROM freezes WHERE known_at = {known_at:DateTime64(3)}", clickhouse.Named("known_at", clickhouse.Epoch(freeze.KnownAt)))
	if err := row.Scan(&day); err != nil || day == 0 {
		return nil, err
	}
	link, found, err := chain.On(ctx, s, time.Unix(int64(day)*24*60*60, 0).UTC())
	if err != nil || !found {
		return nil, err
	}
	printed := link.Print()
	return &printed, nil
}
