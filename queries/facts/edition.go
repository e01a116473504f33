package facts

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/storage"
)

// The kinds of editions.
const (
	factsKind   = "facts"    // what every obligation of an as-of day is
	resultsKind = "measures" // what a window adds up of them
)

// editionKey is what an edition is about.
type editionKey struct {
	kind     string
	question model.Question // the as-of day; facts: those due from From to To; results: a window with its programme and focus
	scope    string         // the root of the subtree that it is about; empty: all units
}

// edition is a row of editions.
type edition struct {
	ID      uint64    `ch:"edition_id"`
	KnownAt time.Time `ch:"known_at"`
	Version string    `ch:"version"`

	Collections map[string]uint64 `ch:"collections"` // the last of each source that it knew
}

// KeepEdition computes and stores the facts that a question and the window before it are answered from, and what they add up to in these windows, so
// that rankings, summaries, lists and metrics of a country are read. Of an edition there is already only those localities are computed anew whose
// duties, records or looks have changed since. Readers see the edition before until this one is whole. A question without a time of
// knowledge means now. progress, which may be nil, hears how many of the layers to make have been made.
func (s *Facts) KeepEdition(ctx context.Context, question model.Question, progress func(made, of int)) error {
	if err := s.makeEdition(ctx, question, progress); err != nil {
		return err
	}
	return Forget(ctx, s.Store, time.Now().Add(-LayerMakes))
}

// makeFacts computes and stores the facts alone that a question and the window before it are answered from.
func (s *Facts) makeFacts(ctx context.Context, question model.Question, progress func(made, of int)) error {
	load, err := LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	plan, err := s.planFacts(ctx, load, []model.Question{question, question.Previous()}, "")
	if err != nil {
		return err
	}
	return plan.make(ctx, progress)
}

// makeEdition is KeepEdition without removing what it follows.
func (s *Facts) makeEdition(ctx context.Context, question model.Question, progress func(made, of int)) error {
	load, err := LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	question.Within, question.Unit, question.Group, question.Scope = "", "", "all", "own"
	windows := []model.Question{question, question.Previous()}
	plan, err := s.planFacts(ctx, load, windows, "")
	if err != nil {
		return err
	}
	facts := plan.editions
	for i, window := range windows {
		key := editionKey{kind: resultsKind, question: window}
		if err := plan.add(ctx, key, facts[i]); err != nil {
			return err
		}
	}
	return plan.make(ctx, progress)
}

// planFacts plans the facts of windows about a scope.
func (s *Facts) planFacts(ctx context.Context, load uint64, windows []model.Question, scope string) (*editionPlan, error) {
	plan := &editionPlan{store: s, load: load, live: windows[0].KnownAt.IsZero(), knownAt: windows[0].Instant().Truncate(time.Millisecond)}
	var err error
	if plan.version, err = s.dataVersionAt(ctx, plan.knownAt); err != nil {
		return nil, err
	}
	if plan.collections, err = s.lastCollections(ctx, plan.knownAt); err != nil {
		return nil, err
	}
	if plan.localities, err = s.localitiesWithin(ctx, load, scope); err != nil {
		return nil, err
	}
	for _, window := range windows {
		if err := plan.add(ctx, factsKey(window, scope), nil); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// editionPlan is what is to be made: editions of one time of knowledge.
type editionPlan struct {
	store       *Facts
	load        uint64
	live        bool
	knownAt     time.Time
	version     string
	collections map[string]uint64
	localities  []layer
	editions    []*plannedEdition
}

// plannedEdition is an edition with its layers, of which some are still to be made.
type plannedEdition struct {
	key     editionKey
	id      uint64
	layers  []layer
	missing []int
	facts   *plannedEdition // whose layers the results are added up of
}

// add plans an edition: layers that have not changed are taken over, of the edition before and of one that was interrupted. What is made from now on
// is found by the next attempt.
func (p *editionPlan) add(ctx context.Context, key editionKey, facts *plannedEdition) error {
	key.question.KnownAt = p.knownAt
	stored := map[string]layer{}
	tables := []string{"editions", "editions_begun"}
	if !p.interruptible() {
		tables = tables[:1]
	}
	for _, table := range tables {
		if err := p.takeOver(ctx, stored, table, key); err != nil {
			return err
		}
	}
	planned := &plannedEdition{key: key, id: p.store.nextEdition(), layers: slices.Clone(p.localities), facts: facts}
	if p.interruptible() {
		if err := p.store.writeEdition(ctx, "editions_begun", p, planned); err != nil {
			return err
		}
	}
	var takenOver []layer
	for i, locality := range p.localities {
		if old, ok := stored[locality.Locality]; ok && old.Duties == locality.Duties {
			planned.layers[i].ID = old.ID
			takenOver = append(takenOver, planned.layers[i])
			continue
		}
		planned.missing = append(planned.missing, i)
	}
	p.editions = append(p.editions, planned)
	return p.store.writeLayers(ctx, planned.id, takenOver)
}

// interruptible tells whether an interruption would leave something worth going on with.
func (p *editionPlan) interruptible() bool { return len(p.localities) > 1 }

// nextEdition is a number that rises with time and is given once.
func (s *Facts) nextEdition() uint64 {
	for {
		last, now := s.lastEdition.Load(), uint64(time.Now().UnixMicro())
		if next := max(now, last+1); s.lastEdition.CompareAndSwap(last, next) {
			return next
		}
	}
}

// takeOver adds the layers of the newest edition that a table lists, those that nothing has changed since. Lost rows may be of any locality, and what
// changes is looked for in localities only.
func (p *editionPlan) takeOver(ctx context.Context, stored map[string]layer, table string, key editionKey) error {
	before, found, err := p.store.newestEdition(ctx, table, 0, key, p.live, "")
	if err != nil || !found {
		return err
	}
	if lossesOf(before.Version) != lossesOf(p.version) {
		return nil
	}
	layers, err := p.store.layersOf(ctx, before.ID)
	if err != nil {
		return err
	}
	stale := map[string]bool{}
	if p.live {
		if stale, err = p.store.staleLocalities(ctx, p.load, before.Collections, p.knownAt); err != nil {
			return err
		}
	}
	for locality, layer := range layers {
		followed := strings.HasPrefix(locality, model.LocalityPrefix)
		if !stale[locality] && (followed || before.Version == p.version) {
			stored[locality] = layer
		}
	}
	return nil
}

// layersAtOnce are made at the same time: while one is planned by ClickHouse, which takes one core, another is computed.
const layersAtOnce = 2

// make makes the missing layers, facts before what they add up to, and puts the editions in force when all are whole.
func (p *editionPlan) make(ctx context.Context, progress func(made, of int)) error {
	var made atomic.Int64
	missing := 0
	for _, planned := range p.editions {
		missing += len(planned.missing)
	}
	for _, kind := range []string{factsKind, resultsKind} {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(layersAtOnce)
		for _, planned := range p.editions {
			if planned.key.kind != kind {
				continue
			}
			for _, at := range planned.missing {
				group.Go(func() error {
					if err := p.makeLayer(ctx, planned, at); err != nil {
						return err
					}
					if done := made.Add(1); progress != nil {
						progress(int(done), missing)
					}
					return nil
				})
			}
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	for _, planned := range p.editions {
		if err := p.putInForce(ctx, planned); err != nil {
			return err
		}
	}
	p.store.made.Store(true)
	return nil
}

// makeLayer makes a layer and notes that the edition has it.
func (p *editionPlan) makeLayer(ctx context.Context, planned *plannedEdition, at int) error {
	l := &planned.layers[at]
	l.ID = p.store.nextEdition()
	facts := l.ID
	if planned.facts != nil {
		facts = planned.facts.layers[at].ID
	}
	if err := p.store.makeLayer(ctx, *l, facts, p.load, planned.key, p.live); err != nil {
		return err
	}
	return p.store.writeLayers(ctx, planned.id, []layer{*l})
}

// putInForce writes the row that makes an edition count.
func (p *editionPlan) putInForce(ctx context.Context, planned *plannedEdition) error {
	if err := storage.NoteHoldings(ctx, p.store.Store, planned.id, "edition_id = "+strconv.FormatUint(planned.id, 10), "edition_layers"); err != nil {
		return err
	}
	return p.store.writeEdition(ctx, "editions", p, planned)
}

func (s *Facts) writeEdition(ctx context.Context, table string, p *editionPlan, planned *plannedEdition) error {
	return clickhouse.Insert(ctx, s.Store, table, []editionKey{planned.key}, func(k editionKey) []any {
		q := k.question
		return []any{planned.id, k.kind, p.load, p.knownAt, p.live, p.version, k.scope, uint32(len(planned.layers)), p.collections, q.AsOf, q.From, q.To, q.Programme, q.Focus}
	})
}

func (s *Facts) writeLayers(ctx context.Context, edition uint64, layers []layer) error {
	return clickhouse.Insert(ctx, s.Store, "edition_layers", layers, func(l layer) []any { return []any{edition, l.Locality, l.ID, l.Duties} })
}

// newestEdition is the newest edition of a key in a table, of whole editions or of those that were begun: of any load if load is 0; live, of what is
// known now, else of the question's time of knowledge; of any version of the data if version is empty. Facts may reach further than the key asks.
func (s *Facts) newestEdition(ctx context.Context, table string, load uint64, key editionKey, live bool, version string) (found edition, ok bool, err error) {
	var rows []edition
	q := key.question
	err = s.Conn().Select(ctx, &rows, `
		SELECT edition_id, known_at, version, collections FROM `+table+`
		WHERE ({load:UInt64} = 0 OR load_id = {load:UInt64}) AND kind = {kind:String} AND scope = {scope:String} AND as_of = {as_of:Date32}
			AND if(kind = '`+factsKind+`', from_on <= {from_on:Date32} AND to_on >= {to_on:Date32}, from_on = {from_on:Date32} AND to_on = {to_on:Date32})
			AND programme = {programme:String} AND focus = {focus:String} AND if({live:Bool}, live, known_at = {known_at:DateTime64(3)})
			AND ({version:String} = '' OR version = {version:String})
		ORDER BY edition_id DESC LIMIT 1`,
		clickhouse.NamedNumber("load", load), clickhouse.Named("kind", key.kind), clickhouse.Named("scope", key.scope), clickhouse.Named("as_of", q.AsOf.Format(model.DayLayout)),
		clickhouse.Named("from_on", q.From.Format(model.DayLayout)), clickhouse.Named("to_on", q.To.Format(model.DayLayout)), clickhouse.Named("programme", q.Programme),
		clickhouse.Named("focus", q.Focus), clickhouse.Named("live", fmt.Sprint(live)), clickhouse.Named("known_at", clickhouse.Epoch(q.Instant())),
		clickhouse.Named("version", version))
	if err != nil {
		return found, false, fmt.Errorf("look for an edition: %w", err)
	}
	if len(rows) == 0 {
		return found, false, nil
	}
	return rows[0], true, nil
}
