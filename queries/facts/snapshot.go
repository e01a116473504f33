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

// The kinds of snapshots.
const (
	factsKind   = "facts"    // what every obligation of an as-of day is
	resultsKind = "measures" // what a window adds up of them
)

// snapshotKey is what a snapshot is about.
type snapshotKey struct {
	kind     string
	question model.Question // the as-of day; facts: those due from From to To; results: a window with its programme and focus
	scope    string         // the root of the subtree that it is about; empty: all units
}

// snapshot is a row of the table editions: facts of all parts at one time of knowledge, or what a window adds up of them.
type snapshot struct {
	ID      uint64    `ch:"edition_id"`
	KnownAt time.Time `ch:"known_at"`
	Version string    `ch:"version"`

	Collections map[string]uint64 `ch:"collections"` // the last of each source that it knew
}

// StoreSnapshot computes and stores the facts that a question and the window before it are answered from, and what they add up to in these windows, so
// that rankings, summaries, lists and metrics of a country are read. Of a snapshot there is already only those parts are computed again whose
// duties, records or looks have changed since. Readers see the snapshot before until this one is whole. A question without a time of
// knowledge means now. progress, which may be nil, hears how many of the parts to make have been made.
func (s *Facts) StoreSnapshot(ctx context.Context, question model.Question, progress func(made, of int)) error {
	if err := s.makeSnapshot(ctx, question, progress); err != nil {
		return err
	}
	return Forget(ctx, s.Store, time.Now().Add(-PartTakes))
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

// makeAsked computes and stores what a question about all units is answered from that readers ask beside the default one: facts, and of units too many
// to be ranked in one question what they add up to in its windows.
func (s *Facts) makeAsked(ctx context.Context, question model.Question, progress func(made, of int)) error {
	load, err := LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	units, _, err := s.Many(ctx, load)
	if err != nil {
		return err
	}
	if !s.addedUpBefore(units) {
		return s.makeFacts(ctx, question, progress)
	}
	return s.makeResults(ctx, load, question, func(*snapshotPlan) []part { return []part{{Duties: load}} }, progress)
}

// makeSnapshot is StoreSnapshot without removing what it follows.
func (s *Facts) makeSnapshot(ctx context.Context, question model.Question, progress func(made, of int)) error {
	load, err := LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	return s.makeResults(ctx, load, question, func(plan *snapshotPlan) []part { return plan.parts }, progress)
}

// makeResults computes and stores facts, and what they add up to in a question's window and the one before in these parts. The default window is added
// up by the parts that facts are stored in, so that a record changes little; others at once, which plans 10 statements instead of 10 a part.
func (s *Facts) makeResults(ctx context.Context, load uint64, question model.Question, parts func(*snapshotPlan) []part, progress func(made, of int)) error {
	question.Within, question.Unit, question.Group, question.Scope = "", "", "all", "own"
	windows := []model.Question{question, question.Previous()}
	plan, err := s.planFacts(ctx, load, windows, "")
	if err != nil {
		return err
	}
	facts := plan.snapshots
	for i, window := range windows {
		key := snapshotKey{kind: resultsKind, question: window}
		if err := plan.add(ctx, key, parts(plan), facts[i]); err != nil {
			return err
		}
	}
	return plan.make(ctx, progress)
}

// planFacts plans the facts of windows about a scope.
func (s *Facts) planFacts(ctx context.Context, load uint64, windows []model.Question, scope string) (*snapshotPlan, error) {
	plan := &snapshotPlan{store: s, load: load, live: windows[0].KnownAt.IsZero(), knownAt: windows[0].Instant().Truncate(time.Millisecond), stale: map[string]map[string]bool{}}
	var err error
	if plan.version, err = s.dataVersionAt(ctx, plan.knownAt); err != nil {
		return nil, err
	}
	if plan.collections, err = s.lastCollections(ctx, plan.knownAt); err != nil {
		return nil, err
	}
	if plan.parts, err = s.partsWithin(ctx, load, scope); err != nil {
		return nil, err
	}
	for _, window := range windows {
		if err := plan.add(ctx, factsKey(window, scope), plan.parts, nil); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// snapshotPlan is what is to be made: snapshots of one time of knowledge.
type snapshotPlan struct {
	store       *Facts
	load        uint64
	live        bool
	knownAt     time.Time
	version     string
	collections map[string]uint64
	parts       []part
	snapshots   []*plannedSnapshot
	stale       map[string]map[string]bool // parts that have changed, by the last collections since
}

// plannedSnapshot is a snapshot with its parts, of which some are still to be made.
type plannedSnapshot struct {
	key     snapshotKey
	id      uint64
	parts   []part
	missing []int
	facts   *plannedSnapshot // whose parts the results are added up of
}

// factsOf are the parts of facts that a part of results is added up of: its own, or all.
func (p *plannedSnapshot) factsOf(at int) (ids []uint64) {
	if len(p.parts) == len(p.facts.parts) {
		return []uint64{p.facts.parts[at].ID}
	}
	return idsOf(slices.Values(p.facts.parts))
}

// add plans a snapshot of these parts: parts that have not changed are taken over, of the snapshot before and of one that was interrupted. What is made from now on
// is found by the next attempt.
func (p *snapshotPlan) add(ctx context.Context, key snapshotKey, parts []part, facts *plannedSnapshot) error {
	key.question.KnownAt = p.knownAt
	stored := map[string]part{}
	tables := []string{"editions", "editions_begun"}
	if !p.interruptible() {
		tables = tables[:1]
	}
	for _, table := range tables {
		if err := p.takeOver(ctx, stored, table, key); err != nil {
			return err
		}
	}
	planned := &plannedSnapshot{key: key, id: p.store.nextNumber(), parts: slices.Clone(parts), facts: facts}
	if p.interruptible() {
		if err := p.store.writeSnapshot(ctx, "editions_begun", p, planned); err != nil {
			return err
		}
	}
	var takenOver []part
	for i, part := range parts {
		if old, ok := stored[part.Name]; ok && old.Duties == part.Duties {
			planned.parts[i].ID = old.ID
			takenOver = append(takenOver, planned.parts[i])
			continue
		}
		planned.missing = append(planned.missing, i)
	}
	p.snapshots = append(p.snapshots, planned)
	return p.store.writeParts(ctx, planned.id, takenOver)
}

// interruptible says whether an interruption would leave something worth resuming.
func (p *snapshotPlan) interruptible() bool { return len(p.parts) > 1 }

// nextNumber is a number that rises with time and is given once.
func (s *Facts) nextNumber() uint64 {
	for {
		last, now := s.lastNumber.Load(), uint64(time.Now().UnixMicro())
		if next := max(now, last+1); s.lastNumber.CompareAndSwap(last, next) {
			return next
		}
	}
}

// takeOver adds the parts of the newest snapshot that a table lists, those that nothing has changed since. Lost rows may be of any part, and what
// changes is looked for in parts only.
func (p *snapshotPlan) takeOver(ctx context.Context, stored map[string]part, table string, key snapshotKey) error {
	before, found, err := p.store.newestSnapshot(ctx, table, 0, key, p.live, "")
	if err != nil || !found {
		return err
	}
	if lossesOf(before.Version) != lossesOf(p.version) {
		return nil
	}
	parts, err := p.store.storedParts(ctx, before.ID)
	if err != nil {
		return err
	}
	var stale map[string]bool
	if p.live {
		if stale, err = p.staleSince(ctx, before.Collections); err != nil {
			return err
		}
	}
	for name, part := range parts {
		followed := strings.HasPrefix(name, model.PartPrefix)
		if !stale[name] && (followed || before.Version == p.version) {
			stored[name] = part
		}
	}
	return nil
}

// staleSince are the parts that have changed since these were the last collections; the snapshots of a plan mostly ask the same.
func (p *snapshotPlan) staleSince(ctx context.Context, collections map[string]uint64) (stale map[string]bool, err error) {
	name := fmt.Sprint(collections) // maps are printed in order
	if known, found := p.stale[name]; found {
		return known, nil
	}
	if stale, err = p.store.staleParts(ctx, p.load, collections, p.knownAt); err == nil {
		p.stale[name] = stale
	}
	return stale, err
}

// partsAtOnce are made at the same time: while one is planned by ClickHouse, which takes one core, another is computed.
const partsAtOnce = 2

// make makes the missing parts, facts before what they add up to, and puts the snapshots in force when all are whole.
func (p *snapshotPlan) make(ctx context.Context, progress func(made, of int)) error {
	var made atomic.Int64
	missing := 0
	for _, planned := range p.snapshots {
		missing += len(planned.missing)
	}
	for _, kind := range []string{factsKind, resultsKind} {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(partsAtOnce)
		for _, planned := range p.snapshots {
			if planned.key.kind != kind {
				continue
			}
			for _, at := range planned.missing {
				group.Go(func() error {
					if err := p.makePart(ctx, planned, at); err != nil {
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
	for _, planned := range p.snapshots {
		if err := p.putInForce(ctx, planned); err != nil {
			return err
		}
	}
	p.store.made.Store(true)
	return nil
}

// makePart makes a part and notes that the snapshot has it.
func (p *snapshotPlan) makePart(ctx context.Context, planned *plannedSnapshot, at int) error {
	made := &planned.parts[at]
	made.ID = p.store.nextNumber()
	facts := []uint64{made.ID}
	if planned.facts != nil {
		facts = planned.factsOf(at)
	}
	if err := p.store.makePart(ctx, *made, facts, p.load, planned.key, p.live); err != nil {
		return err
	}
	return p.store.writeParts(ctx, planned.id, []part{*made})
}

// putInForce writes the row that makes a snapshot count.
func (p *snapshotPlan) putInForce(ctx context.Context, planned *plannedSnapshot) error {
	if err := storage.NoteHoldings(ctx, p.store.Store, planned.id, "edition_id = "+strconv.FormatUint(planned.id, 10), "edition_layers"); err != nil {
		return err
	}
	return p.store.writeSnapshot(ctx, "editions", p, planned)
}

func (s *Facts) writeSnapshot(ctx context.Context, table string, p *snapshotPlan, planned *plannedSnapshot) error {
	return clickhouse.Insert(ctx, s.Store, table, []snapshotKey{planned.key}, func(k snapshotKey) []any {
		q := k.question
		return []any{planned.id, k.kind, p.load, p.knownAt, p.live, p.version, k.scope, uint32(len(planned.parts)), p.collections, q.AsOf, q.From, q.To, q.Programme, q.Focus}
	})
}

func (s *Facts) writeParts(ctx context.Context, snapshot uint64, parts []part) error {
	return clickhouse.Insert(ctx, s.Store, "edition_layers", parts, func(p part) []any { return []any{snapshot, p.Name, p.ID, p.Duties} })
}

// results are what the facts of one version of the data add up to in windows.
type results struct {
	KnownAt time.Time `ch:"known_at"`
	Version string    `ch:"version"`
	Parts   uint32    `ch:"parts"`
}

// newestResults are the newest that are stored of all these windows at one time of knowledge.
func (s *Facts) newestResults(ctx context.Context, load uint64, windows []model.Question) (newest results, found bool, err error) {
	q := windows[0]
	var rows []results
	err = s.Conn().Select(ctx, &rows, `
		SELECT known_at, any(version) AS version, min(layers) AS parts FROM editions
		WHERE load_id = {load:UInt64} AND kind = '`+resultsKind+`' AND scope = '' AND programme = {programme:String} AND focus = {focus:String}
			AND has({windows:Array(Tuple(Date32, Date32, Date32))}, (as_of, from_on, to_on)) AND if({live:Bool}, live, known_at = {known_at:DateTime64(3)})
		GROUP BY known_at HAVING uniqExact(as_of, from_on, to_on) = length({windows:Array(Tuple(Date32, Date32, Date32))})
		ORDER BY max(edition_id) DESC LIMIT 1`,
		clickhouse.NamedNumber("load", load), clickhouse.Named("windows", Windows(windows...)), clickhouse.Named("programme", q.Programme),
		clickhouse.Named("focus", q.Focus), clickhouse.Named("live", fmt.Sprint(q.KnownAt.IsZero())), clickhouse.Named("known_at", clickhouse.Epoch(q.Instant())))
	if err != nil {
		return newest, false, fmt.Errorf("look for the results of a window: %w", err)
	}
	if len(rows) == 0 {
		return newest, false, nil
	}
	return rows[0], true, nil
}

// currentResults says whether what answers a question about all units and its window before is stored and knows all there is.
func (s *Facts) currentResults(ctx context.Context, question model.Question) (bool, error) {
	load, err := LoadInForce(ctx, s.Store, question)
	if err != nil {
		return false, err
	}
	windows := []model.Question{question, question.Previous()}
	if _, missing, err := s.currentFacts(ctx, load, windows, "", true); err != nil || len(missing) > 0 {
		return false, err
	}
	units, _, err := s.Many(ctx, load)
	if err != nil || !s.addedUpBefore(units) {
		return err == nil, err
	}
	newest, found, err := s.newestResults(ctx, load, windows)
	if err != nil || !found || !question.KnownAt.IsZero() {
		return found, err
	}
	version, err := s.dataVersionAt(ctx, time.Now())
	return newest.Version == version, err
}

// newestSnapshot is the newest snapshot of a key in a table, of whole snapshots or of those that were begun: of any load if load is 0; live, of what is
// known now, else of the question's time of knowledge; of any version of the data if version is empty. Facts may reach further than the key asks.
func (s *Facts) newestSnapshot(ctx context.Context, table string, load uint64, key snapshotKey, live bool, version string) (found snapshot, ok bool, err error) {
	var rows []snapshot
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
		return found, false, fmt.Errorf("look for a snapshot: %w", err)
	}
	if len(rows) == 0 {
		return found, false, nil
	}
	return rows[0], true, nil
}
