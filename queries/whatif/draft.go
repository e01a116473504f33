// Package whatif answers questions as if another registry were in force, and compares the answers with those of the one that is. Nothing is stored: the
// other registry and all that is computed of it are temporary tables of a session, which stand in the place of the tables of their names, so that
// the same statements answer.
package whatif

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// Draft is a registry that is not in force, beside the one that is. Its methods are called one after another. Close it.
type Draft struct {
	asker    *ask.Asker
	inForce  uint64 // loads
	drafted  uint64
	question model.Question // with the instant at which all is known
	end      func() error

	// AtOnce is of how many units the obligations are compared at once, since both registries' are joined in memory.
	AtOnce uint64
}

// Progress says how much of what a comparison needs is done, in parts of some 2,000 units.
type Progress func(done, of int)

// Open tries a registry. What is known is what the stored facts of the question know, or else is known now. Errors: model.ErrNoRegistry,
// registry.ErrInvalid.
func Open(ctx context.Context, of *facts.Facts, load registry.Load, question model.Question) (d *Draft, err error) {
	inForce, err := facts.LoadInForce(ctx, of.Store, question)
	if err != nil {
		return nil, err
	}
	edition, stored, err := of.StoredNow(ctx, inForce, question)
	if err != nil {
		return nil, err
	}
	question.KnownAt = cmp.Or(stored.KnownAt, question.Instant().Truncate(time.Millisecond))
	session, end, err := of.Session(ctx)
	if err != nil {
		return nil, err
	}
	d = &Draft{ask.New(facts.New(session).Above(-1)), inForce, inForce + 1, question, end, 20_000}
	defer func() {
		if err != nil {
			err = fmt.Errorf("try a registry: %w", errors.Join(err, end()))
		}
	}()
	if err := makeTables(ctx, session, len(load.Registry.Units)); err != nil {
		return nil, err
	}
	if err := copyLoad(ctx, session, inForce); err != nil {
		return nil, err
	}
	if edition != 0 {
		if err := copyFacts(ctx, session, edition, stored.Parts); err != nil {
			return nil, err
		}
	}
	if err := registry.Draft(ctx, session, d.drafted, load); err != nil {
		return nil, err
	}
	return d, nil
}

// Close lets go of everything.
func (d *Draft) Close() error { return d.end() }

// Question is what Open was asked, with the instant at which all is known.
func (d *Draft) Question() model.Question { return d.question }

// Before is a context whose questions are answered as the registry in force has it.
func (d *Draft) Before(ctx context.Context) context.Context {
	return facts.WithLoad(facts.WithSession(ctx), d.inForce)
}

// After is a context whose questions are answered as the draft would have it, were it in force.
func (d *Draft) After(ctx context.Context) context.Context {
	return facts.WithLoad(facts.WithSession(ctx), d.drafted)
}

// Asker answers questions in a context of Before or After; their time of knowledge is that of Question.
func (d *Draft) Asker() *ask.Asker { return d.asker }

// tables are those that the session has of its own: all that a load and what is computed of it are written to.
func tables() []string {
	return slices.Concat(storage.LoadTables(), storage.PartTables(), []string{"loads", "editions", "editions_begun", "edition_layers", "holdings"})
}

// inMemory is up to how many units a session's tables lie in memory: there they are made at once and leave nothing, but are searched from end to end.
const inMemory = 20_000

// makeTables makes them empty, as those of their names are.
func makeTables(ctx context.Context, session *clickhouse.Store, units int) error {
	engine := func(string) string { return "Memory SETTINGS compress = 1" }
	if units > inMemory {
		var sorted []struct {
			Name string `ch:"name"`
			Key  string `ch:"key"`
		}
		err := session.Conn().Select(ctx, &sorted, `SELECT replaceRegexpOne(name, '_local$', '') AS name, sorting_key AS key FROM system.tables
			WHERE database = currentDatabase() AND sorting_key != ''`)
		if err != nil {
			return fmt.Errorf("look how tables are sorted: %w", err)
		}
		keys := map[string]string{}
		for _, table := range sorted {
			keys[table.Name] = table.Key
		}
		engine = func(table string) string { return "MergeTree ORDER BY (" + keys[table] + ")" }
	}
	for _, table := range tables() {
		if err := session.Conn().Exec(ctx, "CREATE TEMPORARY TABLE "+table+" AS "+stored(session, table)+" ENGINE = "+engine(table)); err != nil {
			return fmt.Errorf("make a table for the session: %w", err)
		}
	}
	return nil
}

// stored is the name of the table that a session's own stands in the place of.
func stored(session *clickhouse.Store, table string) string {
	return clickhouse.Quoted(session.Database()) + "." + table
}

// copyLoad gives the session the registry in force.
func copyLoad(ctx context.Context, session *clickhouse.Store, load uint64) error {
	for _, table := range append(storage.LoadTables(), "loads") {
		if err := copyRows(ctx, session, table, "load_id = "+strconv.FormatUint(load, 10)); err != nil {
			return err
		}
	}
	return nil
}

// copyFacts gives the session stored facts, which are of what was known at the session's instant whatever comes after.
func copyFacts(ctx context.Context, session *clickhouse.Store, edition uint64, parts []uint64) error {
	of := "layer_id IN " + clickhouse.Numbers(parts)
	if err := cmp.Or(copyRows(ctx, session, "facts", of), copyRows(ctx, session, "faults", of),
		copyRows(ctx, session, "edition_layers", "edition_id = "+strconv.FormatUint(edition, 10))); err != nil {
		return err
	}
	err := session.Conn().Exec(ctx, "INSERT INTO editions SELECT * REPLACE (false AS live) FROM "+stored(session, "editions")+" WHERE edition_id = "+strconv.FormatUint(edition, 10))
	if err != nil {
		return fmt.Errorf("copy editions: %w", err)
	}
	return nil
}

func copyRows(ctx context.Context, session *clickhouse.Store, table, condition string) error {
	if err := session.Conn().Exec(ctx, "INSERT INTO "+table+" SELECT * FROM "+stored(session, table)+" WHERE "+condition); err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	return nil
}

// compute computes what questions about either registry are answered from.
func (d *Draft) compute(ctx context.Context, progress Progress) (before, after facts.Chosen, err error) {
	half := func(first int) func(done, of int) {
		return func(done, of int) {
			if progress != nil {
				progress(first*of+done, 2*of)
			}
		}
	}
	if before, err = d.asker.Compute(ctx, d.inForce, d.question, half(0)); err == nil {
		after, err = d.asker.Compute(ctx, d.drafted, d.question, half(1))
	}
	return before, after, err
}
