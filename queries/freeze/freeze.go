// Package freeze stores meeting packs that never change.
package freeze

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/acts"
	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
	"yangguang/queries/works"
)

// Freeze is a frozen meeting pack: what was asked and known, and what was handed out. Its files are read by ReadFreezeFile.
type Freeze struct {
	Name     string    `ch:"name"`
	KnownAt  time.Time `ch:"known_at"` // instant, to the millisecond; a question about it is answered from what the freeze saw, ever after
	LoadID   uint64    `ch:"load_id"`  // the registry in force
	Question string    `ch:"question"` // JSON
	Manifest string    `ch:"manifest"` // JSON
}

// UnderWayError says that a freeze of the name is being made.
type UnderWayError struct {
	Name  string
	By    string    // whose it is
	Since time.Time // instant
	Until time.Time // instant; the name is free again by then if that process has been killed
}

func (e *UnderWayError) Error() string {
	return fmt.Sprintf("%s is being frozen by %s since %s; wait until that has ended, or end it: the name is free again at once if this is its machine, else at %s",
		e.Name, e.By, e.Since.Format(time.RFC3339), e.Until.Format(time.RFC3339))
}

// Unwrap lets it be an ErrFrozen.
func (e *UnderWayError) Unwrap() error { return ErrTaken }

// underWay is the *UnderWayError of a name that is being taken; nil when it is taken.
func underWay(ctx context.Context, s *clickhouse.Store, name string) error {
	var unfinished []Freeze
	err := s.Conn().Select(ctx, &unfinished, `SELECT name, known_at FROM freezes FINAL WHERE finished = 0 AND name = {name:String}`, clickhouse.Named("name", name))
	if err != nil || len(unfinished) == 0 {
		return err
	}
	under, err := works.Of(ctx, s, "freeze")
	if err != nil {
		return err
	}
	since := unfinished[0].KnownAt
	told := &UnderWayError{Name: name, By: "another process", Since: since, Until: since.Add(freezeTakesAtMost)}
	for _, w := range under {
		if w.Subject == strconv.FormatInt(since.UnixMilli(), 10) {
			told.By = w.Describe()
		}
	}
	return told
}

var (
	// ErrTaken says that the name of a freeze is taken, or being taken by another one.
	ErrTaken = errors.New("the name is taken")
	// ErrNone says that there is no finished freeze of the name.
	ErrNone = errors.New("nothing is frozen under the name")
)

// freezeTakesAtMost is how old a freeze that is not finished must be to be taken for interrupted. FreezeLimit keeps every freeze below it.
const freezeTakesAtMost = 30 * time.Minute

// Limit is the time in which a freeze must be finished or given up.
const Limit = freezeTakesAtMost / 2

// Begin takes a name and pins what is known: the registry in force and, of each source, the collections that have ended. at is the
// present. ErrFrozen when the name is taken, ErrNoRegistry without a registry. Finish or abandon it.
func Begin(ctx context.Context, s *clickhouse.Store, name string, at time.Time, question string) (Freeze, error) {
	fail := func(err error) (Freeze, error) { return Freeze{}, fmt.Errorf("freeze %s: %w", name, err) }
	freeze := Freeze{Name: name, KnownAt: at.UTC().Truncate(time.Millisecond), Question: question}
	if err := removeInterruptedFreezes(ctx, s, at); err != nil {
		return fail(err)
	}
	if taken, err := freezesLike(ctx, s, freeze); err != nil || taken > 0 {
		return fail(cmp.Or(err, underWay(ctx, s, name), ErrTaken))
	}
	loadID, _, err := registry.Latest(ctx, s)
	if err != nil || loadID == 0 {
		return fail(cmp.Or(err, model.ErrNoRegistry))
	}
	if _, err := works.Begin(ctx, s, "freeze", strconv.FormatInt(freeze.KnownAt.UnixMilli(), 10)); err != nil {
		return fail(err)
	}
	if err := freezeStatement(ctx, s, "begin", freeze, clickhouse.Named("question", question)); err != nil {
		return fail(err)
	}
	// Two that begin at once both see two, and both give up: never do both go on.
	if rows, err := freezesLike(ctx, s, freeze); err != nil || rows != 1 {
		return fail(cmp.Or(err, freezeStatement(ctx, s, "forget", freeze), ErrTaken))
	}
	if freeze.LoadID, err = facts.LoadInForce(ctx, s, model.Question{KnownAt: freeze.KnownAt}); err != nil {
		return fail(cmp.Or(Abandon(ctx, s, freeze), err))
	}
	return freeze, nil
}

// Finish makes a freeze count.
func Finish(ctx context.Context, s *clickhouse.Store, freeze Freeze) error {
	var collections map[string]uint64
	row := s.Conn().QueryRow(ctx, `SELECT any(collections) FROM freezes WHERE known_at = {known_at:DateTime64(3)} HAVING count() > 0`,
		clickhouse.Named("known_at", clickhouse.Epoch(freeze.KnownAt)))
	if err := row.Scan(&collections); err != nil {
		return fmt.Errorf("finish freeze %s: %w", freeze.Name, err)
	}
	number, condition := uint64(freeze.KnownAt.UnixMilli()), fmt.Sprintf("known_at = fromUnixTimestamp64Milli(%d, 'UTC')", freeze.KnownAt.UnixMilli())
	if err := storage.NoteHoldings(ctx, s, number, condition, "freeze_files"); err != nil {
		return fmt.Errorf("finish freeze %s: %w", freeze.Name, err)
	}
	err := s.Insert(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), `INSERT INTO freezes (known_at, name, finished, load_id, collections, question, manifest)`, func(batch clickhouse.Batch) error {
		return batch.Append(freeze.KnownAt, freeze.Name, uint8(1), freeze.LoadID, collections, freeze.Question, freeze.Manifest)
	})
	if err == nil {
		err = storage.NoteHoldings(ctx, s, number, condition, "freezes")
	}
	if err == nil {
		err = acts.Note(ctx, s, acts.Act{What: acts.Freeze, Subject: strconv.FormatInt(freeze.KnownAt.UnixMilli(), 10)})
	}
	if err == nil {
		err = works.EndAll(ctx, s, "freeze", strconv.FormatInt(freeze.KnownAt.UnixMilli(), 10))
	}
	if err != nil {
		return fmt.Errorf("finish freeze %s: %w", freeze.Name, err)
	}
	return nil
}

// Abandon removes what a freeze that will not be finished has stored; its name is free again.
func Abandon(ctx context.Context, s *clickhouse.Store, freeze Freeze) error {
	for _, table := range []string{"freeze_files", "freezes"} {
		if err := storage.ReleaseHoldings(ctx, s, table, fmt.Sprintf("known_at = fromUnixTimestamp64Milli(%d, 'UTC')", freeze.KnownAt.UnixMilli())); err != nil {
			return fmt.Errorf("abandon freeze %s: %w", freeze.Name, err)
		}
	}
	for _, statement := range []string{"forget_files", "forget"} {
		if err := freezeStatement(ctx, s, statement, freeze); err != nil {
			return fmt.Errorf("abandon freeze %s: %w", freeze.Name, err)
		}
	}
	return works.EndAll(ctx, s, "freeze", strconv.FormatInt(freeze.KnownAt.UnixMilli(), 10))
}

// List lists what is frozen, the latest first.
func List(ctx context.Context, s *clickhouse.Store) ([]Freeze, error) {
	var freezes []Freeze
	err := s.Conn().Select(ctx, &freezes, `SELECT name, known_at, load_id, question, manifest FROM freezes FINAL WHERE finished = 1 ORDER BY known_at DESC`)
	if err != nil {
		return nil, fmt.Errorf("list freezes: %w", err)
	}
	return freezes, nil
}

// Find is the finished freeze of a name, or ErrNoFreeze.
func Find(ctx context.Context, s *clickhouse.Store, name string) (Freeze, error) {
	var freezes []Freeze
	err := s.Conn().Select(ctx, &freezes, `SELECT name, known_at, load_id, question, manifest FROM freezes FINAL WHERE finished = 1 AND name = {name:String}`,
		clickhouse.Named("name", name))
	if err != nil {
		return Freeze{}, fmt.Errorf("look up freeze %s: %w", name, err)
	}
	if len(freezes) == 0 {
		return Freeze{}, fmt.Errorf("%s: %w", name, ErrNone)
	}
	return freezes[0], nil
}

// freezesLike counts the rows, finished or not, of freezes with the same name or instant.
func freezesLike(ctx context.Context, s *clickhouse.Store, freeze Freeze) (rows uint64, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT count() FROM freezes WHERE name = {name:String} OR known_at = {known_at:DateTime64(3)}`,
		clickhouse.Named("name", freeze.Name), clickhouse.Named("known_at", clickhouse.Epoch(freeze.KnownAt)))
	return rows, row.Scan(&rows)
}

// removeInterruptedFreezes removes what freezes have left that were never finished.
func removeInterruptedFreezes(ctx context.Context, s *clickhouse.Store, at time.Time) error {
	if _, err := registry.ClearInterrupted(ctx, s); err != nil {
		return err
	}
	if _, err := ClearInterrupted(ctx, s); err != nil {
		return err
	}
	var interrupted []Freeze
	err := s.Conn().Select(ctx, &interrupted, `SELECT name, known_at FROM freezes FINAL WHERE finished = 0 AND known_at < fromUnixTimestamp64Milli({limit:Int64})`,
		clickhouse.Named("limit", strconv.FormatInt(at.Add(-freezeTakesAtMost).UnixMilli(), 10)))
	if err != nil {
		return err
	}
	for _, freeze := range interrupted {
		if err := Abandon(ctx, s, freeze); err != nil {
			return err
		}
	}
	return nil
}

// freezeStatement runs sql/freeze/NAME.sql once.
func freezeStatement(ctx context.Context, s *clickhouse.Store, name string, freeze Freeze, more ...any) error {
	text, err := sql.Text("freeze/" + name)
	if err != nil {
		return err
	}
	arguments := append(more, clickhouse.Named("name", freeze.Name), clickhouse.Named("known_at", clickhouse.Epoch(freeze.KnownAt)))
	return s.Conn().Exec(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), text, arguments...)
}

// Prepare computes again what the answers at a freeze are read from, the question's time of knowledge, so that it is what the records say.
func Prepare(ctx context.Context, of *facts.Facts, question model.Question) error {
	load, err := facts.LoadInForce(ctx, of.Store, question)
	if err != nil {
		return err
	}
	err = of.Conn().Exec(ctx, `DELETE FROM editions WHERE NOT live AND known_at = {known_at:DateTime64(3)}`, clickhouse.Named("known_at", clickhouse.Epoch(question.KnownAt)))
	if err != nil {
		return fmt.Errorf("forget the snapshot before: %w", err)
	}
	of.ForgetAnswers()
	if _, many, err := of.Many(ctx, load); err != nil || !many {
		return err
	}
	return of.StoreSnapshot(ctx, question, nil)
}
