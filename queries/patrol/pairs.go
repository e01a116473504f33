package patrol

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yangguang/queries/clickhouse"
)

// Held are the texts that stand at an instant, in temporary tables of a session, so that all of them are read once however many are held against each
// other: held_texts, what they are held against each other by; held_pairs, those that may be the same; paired_texts, what these say; stated_texts, how
// many texts state a figure.
type Held struct {
	Texts
	since uint64
}

// Hold holds the texts that stand; pairs are looked for of which one was read after a round. Call end.
func (t Texts) Hold(ctx context.Context, since uint64) (h Held, end func() error, err error) {
	session, end, err := t.Session(ctx)
	if err != nil {
		return h, nil, err
	}
	t.Store = session
	h = Held{t, since}
	if err := errors.Join(h.make(ctx, "held_texts", "ref", "held"), h.make(ctx, "stated_texts", "one", "stated")); err != nil {
		return h, nil, errors.Join(err, end())
	}
	return h, end, nil
}

// finely is how many rows are read at least where one is sought.
const finely = 128

// make puts what sql/patrol/NAME.sql gives into a table of the session, in place of one of its name.
func (h Held) make(ctx context.Context, table, key, name string, arguments ...any) error {
	text, arguments, err := h.written(name, arguments)
	if err == nil {
		err = h.Conn().Exec(ctx, "DROP TEMPORARY TABLE IF EXISTS "+table)
	}
	if err == nil {
		err = h.Conn().Exec(ctx, fmt.Sprintf("CREATE TEMPORARY TABLE %s ENGINE = MergeTree ORDER BY %s SETTINGS index_granularity = %d AS %s", table, key, finely, text), arguments...)
	}
	if err != nil {
		return fmt.Errorf("hold %s: %w", name, err)
	}
	return nil
}

// Pair are two texts that may be the same, by their numbers.
type Pair struct {
	Later   uint64 `ch:"later"`
	Earlier uint64 `ch:"earlier"`
	ByWords bool   `ch:"by_words"` // at most three units say it so, and it states hardly a figure
}

// slicesOfPairs is how many parts the search for copies is done in: what it takes in memory grows with the texts of a part.
const slicesOfPairs = 4

// MaybeCopied are pairs of texts of different units that may be the same; figures that more than so many units state do not count.
func (h Held) MaybeCopied(ctx context.Context, units uint64) ([]Pair, error) {
	var parts [][]any
	for slice := range uint64(slicesOfPairs) {
		parts = append(parts, []any{clickhouse.NamedNumber("units", units), clickhouse.NamedNumber("slice", slice), clickhouse.NamedNumber("slices", slicesOfPairs)})
	}
	return h.pairs(ctx, "copied", parts...)
}

// MaybeRepeated are pairs of texts of one unit and item that may be the same, the later with the last one before it.
func (h Held) MaybeRepeated(ctx context.Context) ([]Pair, error) {
	return h.pairs(ctx, "repeated", nil)
}

// pairs asks sql/patrol/NAME.sql for pairs, once with each of some arguments, and holds what their texts say. They come in order.
func (h Held) pairs(ctx context.Context, name string, each ...[]any) (pairs []Pair, err error) {
	if err := h.Conn().Exec(ctx, "CREATE OR REPLACE TEMPORARY TABLE held_pairs (later UInt64, earlier UInt64, by_words Bool) ENGINE = Memory"); err != nil {
		return nil, fmt.Errorf("hold %s: %w", name, err)
	}
	for _, arguments := range each {
		text, arguments, err := h.written(name, append(arguments, clickhouse.NamedNumber("since", h.since)))
		if err == nil {
			err = h.Conn().Exec(ctx, "INSERT INTO held_pairs "+text, arguments...)
		}
		if err != nil {
			return nil, fmt.Errorf("look for %s: %w", name, err)
		}
	}
	err = h.Conn().Select(ctx, &pairs, "SELECT later, earlier, max(by_words) AS by_words FROM held_pairs GROUP BY later, earlier ORDER BY later, earlier")
	if err != nil || len(pairs) == 0 {
		return nil, err
	}
	return pairs, h.make(ctx, "paired_texts", "ref", "paired")
}

// Paired are those of the texts of the last pairs that have some numbers.
func (h Held) Paired(ctx context.Context, refs []uint64) (map[uint64]Text, error) {
	found := map[uint64]Text{}
	var texts []Text
	err := h.Conn().Select(ctx, &texts, "SELECT * FROM paired_texts WHERE ref IN {refs:Array(UInt64)}", clickhouse.Named("refs", clickhouse.Numbers(refs)))
	if err != nil {
		return nil, fmt.Errorf("read the texts of pairs: %w", err)
	}
	for _, text := range texts {
		found[text.Ref] = text
	}
	return found, nil
}

// Stated is how many texts state each of some figures and days; one that is not in it is stated by one at most.
func (h Held) Stated(ctx context.Context, stated []uint64) (map[uint64]uint64, error) {
	texts := map[uint64]uint64{}
	for part := range slices.Chunk(stated, mostNumbers) {
		var rows []struct {
			One   uint64 `ch:"one"`
			Texts uint64 `ch:"texts"`
		}
		if err := h.Conn().Select(ctx, &rows, "SELECT one, texts FROM stated_texts WHERE one IN {stated:Array(UInt64)}", clickhouse.Named("stated", clickhouse.Numbers(part))); err != nil {
			return nil, fmt.Errorf("count who states the same: %w", err)
		}
		for _, row := range rows {
			texts[row.One] = row.Texts
		}
	}
	return texts, nil
}
