package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"golang.org/x/sync/errgroup"
)

// DefaultKeepAbove is of how many units a question is still answered directly: a large county. Of 1,500 units one question of a page takes tens of
// seconds on a busy machine, so that the page never opens.
const DefaultKeepAbove = 1000

// NotKeptError says that a question about so many units is answered from an edition, and that there is none yet: KeepEdition makes it.
type NotKeptError struct {
	Question Question // what KeepEdition is to be called with
	Units    uint64
}

func (e *NotKeptError) Error() string {
	return fmt.Sprintf("the answer about %d units as of %s is still to be prepared", e.Units, e.Question.AsOf.Format(dayLayout))
}

// edition is a row of editions.
type edition struct {
	ID      uint64    `ch:"edition_id"`
	KnownAt time.Time `ch:"known_at"`
	whole   bool      // the question is about whole localities, whose totals are kept
}

// KeepEdition makes an edition of a question and of the window before it: what all units owe and what became of it, kept, so that rankings,
// summaries, lists and metrics of a country are read instead of told. Of an edition there is already only those localities are told anew whose
// duties, records or looks have changed since. Readers see the edition before until this one is whole. A question without a time of
// knowledge means now. progress, which may be nil, is told how many of the layers to make have been made.
func (s *Store) KeepEdition(ctx context.Context, question Question, progress func(made, of int)) error {
	if err := s.makeEdition(ctx, question, progress); err != nil {
		return err
	}
	return s.forgetEditions(ctx, time.Now().Add(-layerMakes))
}

// makeEdition is KeepEdition without removing what it follows.
func (s *Store) makeEdition(ctx context.Context, question Question, progress func(made, of int)) error {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return err
	}
	live := question.KnownAt.IsZero()
	question.KnownAt = question.knownAt().Truncate(time.Millisecond)
	question.Within, question.Unit, question.Group, question.Scope = "", "", "all", "own"
	plan := &editionPlan{store: s, load: load, live: live}
	if plan.localities, err = s.localities(ctx, load); err != nil {
		return err
	}
	for _, window := range []Question{question, question.Previous()} {
		if err := plan.add(ctx, window); err != nil {
			return err
		}
	}
	if err := plan.make(ctx, progress); err != nil {
		return err
	}
	return plan.putInForce(ctx)
}

// editionPlan is what is to be made for a question: the editions of its two windows.
type editionPlan struct {
	store      *Store
	load       uint64
	live       bool
	localities []layer
	windows    []Question
	ids        []uint64  // of the edition of each window
	layers     [][]layer // likewise
	missing    []missingLayer
}

type missingLayer struct{ window, at int }

// add plans the edition of a window: layers that have not changed are taken over, of the edition before and of one that was interrupted. What is
// made from now on is found by the next attempt.
func (p *editionPlan) add(ctx context.Context, window Question) error {
	kept := map[string]layer{}
	for _, table := range []string{"editions", "editions_begun"} {
		if err := p.takeOver(ctx, kept, table, window); err != nil {
			return err
		}
	}
	id := uint64(time.Now().UnixMicro()) + uint64(len(p.windows))
	if err := p.store.writeEdition(ctx, "editions_begun", id, p.load, window, p.live); err != nil {
		return err
	}
	layers, takenOver := make([]layer, len(p.localities)), []layer{}
	for i, locality := range p.localities {
		layers[i] = locality
		if old, ok := kept[locality.Locality]; ok && old.Duties == locality.Duties {
			layers[i].ID = old.ID
			takenOver = append(takenOver, layers[i])
			continue
		}
		p.missing = append(p.missing, missingLayer{len(p.windows), i})
	}
	if err := p.store.writeLayers(ctx, id, takenOver); err != nil {
		return err
	}
	p.windows, p.ids, p.layers = append(p.windows, window), append(p.ids, id), append(p.layers, layers)
	return nil
}

// takeOver adds the layers of the newest edition of a window that a table lists, those that nothing has changed since.
func (p *editionPlan) takeOver(ctx context.Context, kept map[string]layer, table string, window Question) error {
	before, found, err := p.store.newestEdition(ctx, table, 0, window, p.live)
	if err != nil || !found {
		return err
	}
	layers, err := p.store.layersOf(ctx, before.ID)
	if err != nil {
		return err
	}
	stale := map[string]bool{}
	if p.live {
		if stale, err = p.store.staleLocalities(ctx, p.load, before.KnownAt, window.KnownAt); err != nil {
			return err
		}
	}
	for locality, layer := range layers {
		if !stale[locality] {
			kept[locality] = layer
		}
	}
	return nil
}

// layersAtOnce are made at the same time: while one is planned by ClickHouse, which takes one core, another is told.
const layersAtOnce = 2

// make makes the missing layers.
func (p *editionPlan) make(ctx context.Context, progress func(made, of int)) error {
	var made atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(layersAtOnce)
	for i, missing := range p.missing {
		l := &p.layers[missing.window][missing.at]
		l.ID = uint64(time.Now().UnixMicro()) + uint64(i)
		group.Go(func() error {
			if err := p.store.makeLayer(ctx, *l, p.load, p.windows[missing.window], p.live); err != nil {
				return err
			}
			if err := p.store.writeLayers(ctx, p.ids[missing.window], []layer{*l}); err != nil {
				return err
			}
			if done := made.Add(1); progress != nil {
				progress(int(done), len(p.missing))
			}
			return nil
		})
	}
	return group.Wait()
}

// putInForce writes the rows that make the editions count.
func (p *editionPlan) putInForce(ctx context.Context) error {
	for i, window := range p.windows {
		if err := p.store.noteHoldings(ctx, p.ids[i], "edition_id = "+strconv.FormatUint(p.ids[i], 10), "edition_layers"); err != nil {
			return err
		}
		if err := p.store.writeEdition(ctx, "editions", p.ids[i], p.load, window, p.live); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) writeEdition(ctx context.Context, table string, id, load uint64, window Question, live bool) error {
	return insert(ctx, s, table, []Question{window}, func(q Question) []any {
		return []any{id, load, q.KnownAt, live, q.AsOf, q.From, q.To, q.Programme, q.Focus}
	})
}

func (s *Store) writeLayers(ctx context.Context, edition uint64, layers []layer) error {
	return insert(ctx, s, "edition_layers", layers, func(l layer) []any { return []any{edition, l.Locality, l.ID, l.Duties} })
}

// latestEdition is the newest whole edition of a window: of any load if load is 0; live, of what is known now, else of the question's time of knowledge.
func (s *Store) latestEdition(ctx context.Context, load uint64, window Question, live bool) (found edition, ok bool, err error) {
	return s.newestEdition(ctx, "editions", load, window, live)
}

// newestEdition is latestEdition of a table, of whole editions or of those that were begun.
func (s *Store) newestEdition(ctx context.Context, table string, load uint64, window Question, live bool) (found edition, ok bool, err error) {
	var rows []edition
	err = s.Conn().Select(ctx, &rows, `
		SELECT edition_id, known_at FROM `+table+`
		WHERE ({load:UInt64} = 0 OR load_id = {load:UInt64}) AND as_of = {as_of:Date32} AND from_on = {from_on:Date32} AND to_on = {to_on:Date32}
			AND programme = {programme:String} AND focus = {focus:String} AND if({live:Bool}, live, known_at = {known_at:DateTime64(3)})
		ORDER BY edition_id DESC LIMIT 1`,
		named("load", load), clickhouse.Named("as_of", window.AsOf.Format(dayLayout)), clickhouse.Named("from_on", window.From.Format(dayLayout)),
		clickhouse.Named("to_on", window.To.Format(dayLayout)), clickhouse.Named("programme", window.Programme),
		clickhouse.Named("focus", window.Focus), clickhouse.Named("live", fmt.Sprint(live)), clickhouse.Named("known_at", epoch(window.knownAt())))
	if err != nil {
		return found, false, fmt.Errorf("look for an edition: %w", err)
	}
	if len(rows) == 0 {
		return found, false, nil
	}
	return rows[0], true, nil
}

// Prepare makes the edition that a report about very many units is answered from, as of what is known now, unless none is needed.
func (s *Store) Prepare(ctx context.Context, report Report, question Question, progress func(made, of int)) error {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return err
	}
	name := "reports/" + report.Name
	if !slices.Contains(keptNames(), name) {
		return nil
	}
	kept, err := s.keptQuestion(ctx, load, rankedAmong(name, question))
	var missing *NotKeptError
	if !errors.As(err, &missing) && (err != nil || kept == nil || !question.KnownAt.IsZero()) {
		return err
	}
	return s.KeepEdition(ctx, question, progress)
}
