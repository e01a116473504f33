// Package facts computes and stores what every obligation of a day is, in parts of units that lie together, and chooses those that answer a question.
package facts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// Facts are what every obligation of an as-of day is, whatever is asked of it. They are computed once for what is known and stored; every question
// selects among them. Those about few units are computed when a question needs them, those about very many beforehand (Refresher) or by Prepare.

// Facts are those of a database. Its methods may be called from many goroutines.
type Facts struct {
	*clickhouse.Store
	manyAbove  int // units, beyond which facts are computed beforehand; below 0: never
	versions   *versionMemory[string]
	beginnings *versionMemory[Beginning]
	memory     *factsMemory
	rules      *sync.Map      // of loads: map[string]string (rulesOf)
	units      *sync.Map      // of loads: uint64 (Many)
	making     *turns         // of computing facts
	lastNumber *atomic.Uint64 // the number given last
	made       *atomic.Bool   // snapshots, since the last time that old ones were removed
	forgotten  *atomic.Int64  // when old ones were removed last without a Refresher, in milliseconds since 1970

	want  *atomic.Pointer[chan model.Question] // takes questions whose facts are missing or may be old; holds nil while nobody computes them
	known *atomic.Pointer[knownParts]          // the last that were asked
}

// New are the facts of a database that is migrated.
func New(store *clickhouse.Store) *Facts {
	return &Facts{
		Store: store, manyAbove: DefaultManyAbove, known: new(atomic.Pointer[knownParts]), want: new(atomic.Pointer[chan model.Question]),
		versions: new(versionMemory[string]), beginnings: new(versionMemory[Beginning]),
		lastNumber: new(atomic.Uint64), memory: new(factsMemory), rules: new(sync.Map), units: new(sync.Map),
		making: new(turns), made: new(atomic.Bool), forgotten: new(atomic.Int64),
	}
}

// Above are the same facts, of which those about more units than this are computed beforehand (StoreSnapshot); below 0: none.
func (s *Facts) Above(units int) *Facts {
	other := *s
	other.manyAbove = units
	return &other
}

// DefaultManyAbove is of how many units facts are computed as soon as they are asked for: of more a reader would wait for minutes, so that the facts
// are computed in the background, with what the default window adds up of them.
const DefaultManyAbove = model.DefaultPartUnits

// NotStoredError says that the facts about so many units are still to be computed: StoreSnapshot does so.
type NotStoredError struct {
	Question model.Question // what StoreSnapshot is to be called with
	Units    uint64
}

func (e *NotStoredError) Error() string {
	return fmt.Sprintf("the answer about %d units as of %s is still to be prepared", e.Units, e.Question.AsOf.Format(model.DayLayout))
}

// dataVersionName names the version of the data that a session is answered from.
const dataVersionName = "data version"

// sitesScope is the root of the demonstration sites, whose timeliness reaches back to the year before they were named.
const sitesScope = "\x02"

// factsKey is the key of the facts that answer a window: from the year before the as-of day's until a month after it, or further if the window does.
func factsKey(window model.Question, scope string) snapshotKey {
	from := time.Date(min(window.From.Year(), window.AsOf.Year()-1), time.January, 1, 0, 0, 0, 0, time.UTC)
	to := model.LastOfMonth(window.AsOf.AddDate(0, 0, 30))
	if window.To.After(to) {
		to = time.Date(window.To.Year(), time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	if scope == sitesScope {
		from, to = time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC), window.AsOf
	}
	return snapshotKey{kind: factsKind, scope: scope, question: model.Question{From: from, To: to, AsOf: window.AsOf, KnownAt: window.KnownAt}}
}

// Chosen are the facts that answer a question.
type Chosen struct {
	Parts     []uint64
	KnownAt   time.Time         // of all of them
	Results   bool              // the question's windows have their results stored as well
	Whole     bool              // their totals by item, month and day too, since the question is about whole parts
	Instead   map[string]string // views in the place of others
	Beginning Beginning         // of the load, where the question reads it
}

// RankedAtOnce is how many times as many units as have their facts computed when asked are still added up and ranked in one question. What more of them
// add up to in a window is stored before it is read.
const RankedAtOnce = 5

// reads says what a question's text reads beside the registry and the records.
type reads struct {
	Facts     bool // any
	Beginning bool // of the load
	results   bool // what a window adds up of them
	previous  bool // those of the window before too
	sites     bool // those of the demonstration sites since 1970
}

// ReadsOf is what sql/NAME.sql reads.
func ReadsOf(name string) (reads, error) {
	text, err := sql.Text(name)
	if err != nil {
		return reads{}, err
	}
	stored, err := sql.Text(name, sql.FromResults(), sql.FromTotals(), sql.FromStandings(name))
	return reads{
		Facts:     strings.Contains(text, "{layers:"),
		Beginning: strings.Contains(text, "{beginning:"),
		results:   stored != text,
		previous:  strings.Contains(text, "{windows:") || strings.Contains(text, "{previous_window:"),
		sites:     name == "reports/sites",
	}, err
}

// Choose finds the facts that a question reads, and computes them first where that does not take long. Errors: *NotStoredError.
func (s *Facts) Choose(ctx context.Context, load uint64, question model.Question, of reads) (Chosen, error) {
	windows := []model.Question{question}
	if !of.previous {
		question.Compare = ""
	}
	if of.previous {
		windows = append(windows, question.Previous())
	}
	if of.sites {
		return s.chooseOrCompute(ctx, load, windows, sitesScope)
	}
	names, err := s.partsAsked(ctx, load, question)
	if err != nil {
		return Chosen{}, err
	}
	if len(names) == 1 {
		return s.chooseOrCompute(ctx, load, windows, names[0])
	}
	units, many, err := s.Many(ctx, load)
	if err != nil {
		return Chosen{}, err
	}
	if many {
		if root := cmp.Or(question.Unit, question.Within); root != "" {
			units, err = InSession(ctx, fmt.Sprint("units ", load, " ", root), func() (uint64, error) { return UnitsBelow(ctx, s.Store, load, root) })
			if err != nil {
				return Chosen{}, err
			}
		}
		of.results = of.results && s.addedUpBefore(units)
		return s.chooseAmongMany(ctx, load, windows, units, of)
	}
	return s.chooseOrCompute(ctx, load, windows, "")
}

// Many counts the units of a load, which are remembered since they never change, and says whether they are so many that facts are computed beforehand.
func (s *Facts) Many(ctx context.Context, load uint64) (units uint64, many bool, err error) {
	known, counted := s.units.Load(load)
	if counted {
		units = known.(uint64)
	} else if units, err = UnitsBelow(ctx, s.Store, load, ""); err != nil {
		return 0, false, err
	} else if LoadOf(ctx) == 0 { // not of a session's own tables
		s.units.Store(load, units)
	}
	return units, s.manyAbove >= 0 && units > uint64(s.manyAbove), nil
}

// addedUpBefore says whether so many units are added up before somebody reads what they add up to.
func (s *Facts) addedUpBefore(units uint64) bool {
	return s.manyAbove >= 0 && units > RankedAtOnce*uint64(s.manyAbove)
}

// partsAsked are the parts that have units of a question; none stands for all.
func (s *Facts) partsAsked(ctx context.Context, load uint64, question model.Question) (names []string, err error) {
	root := question.Within
	if question.Unit != "" {
		root = question.Unit
	}
	all, err := s.parts(ctx, load)
	if err != nil || root == "" || len(all) == 1 {
		return nil, err
	}
	return InSession(ctx, fmt.Sprint("parts ", load, " ", root), func() ([]string, error) {
		row := s.Conn().QueryRow(ctx, `SELECT groupUniqArray(root_id) FROM subtrees WHERE load_id = {load:UInt64} AND startsWith(root_id, '`+model.PartPrefix+`')
			AND unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {root:String})`,
			clickhouse.NamedNumber("load", load), clickhouse.Named("root", root))
		if err := row.Scan(&names); err != nil {
			return nil, fmt.Errorf("find the parts of %s: %w", root, err)
		}
		return names, nil
	})
}

// chooseOrCompute finds current facts of each window, and computes what is missing.
func (s *Facts) chooseOrCompute(ctx context.Context, load uint64, windows []model.Question, scope string) (Chosen, error) {
	found, missing, err := s.currentFacts(ctx, load, windows, scope, true)
	if err != nil || len(missing) == 0 {
		return found, err
	}
	name := fmt.Sprint(load, " ", scope, " ", windows[0].KnownAt.UnixMilli(), " ", windows[0].AsOf.Unix(), " ", windows[len(windows)-1].AsOf.Unix())
	done, err := s.making.enter(ctx, name)
	if err != nil {
		return Chosen{}, fmt.Errorf("wait for the facts: %w", err)
	}
	defer done()
	if found, missing, err = s.currentFacts(ctx, load, windows, scope, false); err != nil || len(missing) == 0 { // whose turn was before may have computed them
		return found, err
	}
	plan, err := s.planFacts(ctx, load, missing, scope)
	if err != nil {
		return Chosen{}, err
	}
	if err := plan.make(ctx, nil); err != nil {
		return Chosen{}, err
	}
	for _, planned := range plan.snapshots { // of data that may have changed again since: what was computed answers
		stored := storedFacts{snapshot{ID: planned.id, KnownAt: plan.knownAt, Version: plan.version}, idsOf(slices.Values(planned.parts))}
		s.memory.put(factsName(load, planned.key, plan.live), stored)
		found.add(stored)
	}
	if plan.live {
		pin(ctx, dataVersionName, plan.version)
	}
	return found, s.forgetUnread(ctx)
}

// StoredNow is the snapshot of all facts of the load in force that answers a question: of what is known now or, of very many units, the newest that is
// whole. Its number is 0 where there is none.
func (s *Facts) StoredNow(ctx context.Context, load uint64, question model.Question) (number uint64, found Chosen, err error) {
	version := ""
	if _, many, err := s.Many(ctx, load); err != nil {
		return 0, found, err
	} else if !many {
		if version, err = s.dataVersionAt(ctx, time.Now()); err != nil {
			return 0, found, err
		}
	}
	stored, ok, err := s.stored(ctx, load, factsKey(question, ""), true, version)
	if err != nil || !ok {
		return 0, found, err
	}
	found.add(stored)
	return stored.ID, found, nil
}

// Compute computes the facts that a question about a load is answered from, as far as they are not stored, and says how many of their parts are made.
func (s *Facts) Compute(ctx context.Context, load uint64, question model.Question, progress func(made, of int)) (Chosen, error) {
	scope := ""
	names, err := s.partsAsked(ctx, load, question)
	if err != nil {
		return Chosen{}, err
	}
	if len(names) == 1 {
		scope = names[0]
	}
	found, missing, err := s.currentFacts(ctx, load, []model.Question{question}, scope, true)
	if err != nil || len(missing) == 0 {
		return found, err
	}
	plan, err := s.planFacts(ctx, load, missing, scope)
	if err == nil {
		err = plan.make(ctx, progress)
	}
	if err != nil {
		return Chosen{}, err
	}
	return Chosen{Parts: idsOf(slices.Values(plan.snapshots[0].parts)), KnownAt: plan.knownAt}, nil
}

// forgetUnread removes what is not read any more, at times, where no Refresher does.
func (s *Facts) forgetUnread(ctx context.Context) error {
	last := s.forgotten.Load()
	if s.want.Load() != nil || time.Since(time.UnixMilli(last)) < forgetsEvery || !s.forgotten.CompareAndSwap(last, time.Now().UnixMilli()) {
		return nil
	}
	return Forget(ctx, s.Store, time.Now().Add(-PartTakes))
}

// add adds the facts of one more day.
func (c *Chosen) add(facts storedFacts) {
	if c.KnownAt.IsZero() {
		c.KnownAt = facts.KnownAt
	}
	c.Parts = append(c.Parts, facts.parts...)
}

// currentFacts are the stored facts of those windows for which they are of all that is known; the others are missing. Without looking only what is
// remembered is found.
func (s *Facts) currentFacts(ctx context.Context, load uint64, windows []model.Question, scope string, look bool) (found Chosen, missing []model.Question, err error) {
	version := ""
	live := windows[0].KnownAt.IsZero()
	if live { // of a past time of knowledge any are
		version, err = InSession(ctx, dataVersionName, func() (string, error) { return s.dataVersionAt(ctx, time.Now()) })
		if err != nil {
			return found, nil, err
		}
	}
	for _, window := range windows {
		key := factsKey(window, scope)
		facts, ok := s.memory.get(factsName(load, key, live))
		ok = ok && (version == "" || facts.Version == version)
		if !ok && look {
			if facts, ok, err = s.stored(ctx, load, key, live, version); err != nil {
				return found, nil, err
			}
		}
		if !ok {
			missing = append(missing, window)
			continue
		}
		found.add(facts)
	}
	return found, missing, nil
}

// stored is the newest snapshot of facts with its parts, if it is of the version.
func (s *Facts) stored(ctx context.Context, load uint64, key snapshotKey, live bool, version string) (storedFacts, bool, error) {
	newest, ok, err := s.newestSnapshot(ctx, "editions", load, key, live, "")
	if err != nil || !ok || version != "" && newest.Version != version || live && newest.old() {
		return storedFacts{}, false, err
	}
	found, err := s.withParts(ctx, factsName(load, key, live), newest)
	return found, err == nil, err
}

// withParts is a snapshot of facts with its parts, remembered under a name.
func (s *Facts) withParts(ctx context.Context, name string, of snapshot) (storedFacts, error) {
	parts, err := s.storedParts(ctx, of.ID)
	if err != nil {
		return storedFacts{}, err
	}
	found := storedFacts{of, idsOf(mapValues(parts))}
	s.memory.put(name, found)
	return found, nil
}

// chooseAmongMany finds the facts of very many units: current or not, as long as they are whole; a refresher hears what is asked.
func (s *Facts) chooseAmongMany(ctx context.Context, load uint64, windows []model.Question, units uint64, of reads) (Chosen, error) {
	question := windows[0]
	if question.Compare != "" {
		return Chosen{}, &model.UserError{Parameter: "compare", Value: question.Compare, Expected: "nothing: of so many units only what SPEC §5 compares with is prepared"}
	}
	wanted := question
	wanted.Within, wanted.Unit, wanted.Group, wanted.Scope = "", "", "all", "own"
	if refresher := s.want.Load(); refresher != nil {
		select {
		case *refresher <- wanted:
		default: // so many are waiting that this one will be asked for again
		}
	}
	results, found, err := s.newestResults(ctx, load, windows)
	if err != nil {
		return Chosen{}, err
	}
	facts, whole, err := s.factsOfOneVersion(ctx, load, windows, results.Version)
	if err == nil && found && !whole { // those facts are forgotten: newer ones are added up
		found = false
		facts, whole, err = s.factsOfOneVersion(ctx, load, windows, "")
	}
	if err != nil {
		return Chosen{}, err
	}
	if !whole || of.results && !found { // never facts of different states of the data
		return Chosen{}, &NotStoredError{Question: wanted, Units: units}
	}
	if found {
		facts.Results, facts.KnownAt = true, results.KnownAt
		facts.Whole = question.Unit == "" && (question.Within == "" || results.Parts > 1)
	}
	return facts, nil
}

// factsOfOneVersion are the stored facts of windows, all of the same version of the data: the one given or, where that is empty, the newest that all
// have; whole is false when not all are stored.
func (s *Facts) factsOfOneVersion(ctx context.Context, load uint64, windows []model.Question, version string) (found Chosen, whole bool, err error) {
	live := windows[0].KnownAt.IsZero()
	var snapshots []snapshot
	for range 2 { // first each window's newest, then those of the version of the oldest among them
		snapshots = nil
		for _, window := range windows {
			stored, ok, err := s.newestSnapshot(ctx, "editions", load, factsKey(window, ""), live, version)
			if err != nil || !ok {
				return Chosen{}, false, err
			}
			snapshots = append(snapshots, stored)
		}
		oldest := slices.MinFunc(snapshots, func(x, y snapshot) int { return cmp.Compare(x.ID, y.ID) })
		if !slices.ContainsFunc(snapshots, func(e snapshot) bool { return e.Version != oldest.Version }) {
			break
		}
		version = oldest.Version
	}
	for _, stored := range snapshots {
		name := fmt.Sprint("snapshot ", stored.ID)
		facts, known := s.memory.get(name)
		if !known {
			if facts, err = s.withParts(ctx, name, stored); err != nil {
				return Chosen{}, false, err
			}
		}
		found.add(facts)
	}
	return found, true, nil
}

// Prepare computes what a report about very many units is answered from, as of what is known now; about fewer units there is nothing to prepare.
func (s *Facts) Prepare(ctx context.Context, report model.Report, question model.Question, progress func(made, of int)) error {
	load, err := LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	name := "reports/" + report.Name
	of, err := ReadsOf(name)
	if err != nil || !of.Facts {
		return err
	}
	found, err := s.Choose(ctx, load, RankedAmong(name, question), of)
	var missing *NotStoredError
	if !errors.As(err, &missing) && (err != nil || !found.Results || !question.KnownAt.IsZero()) {
		return err
	}
	return s.StoreSnapshot(ctx, question, progress)
}

// RankedAmong is the question that a question reads: a unit's rank follows from all that are within.
func RankedAmong(name string, question model.Question) model.Question {
	if slices.Contains([]string{"reports/ranking", "ranking/part", "ranking/totals", "ranking/with_summaries", "metrics/units"}, name) {
		question.Unit, question.Scope = "", "own"
	}
	return question
}

// UnitsBelow counts the units of a load in the subtree of one, or all.
func UnitsBelow(ctx context.Context, s *clickhouse.Store, load uint64, root string) (units uint64, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT if({root:String} = '',
		(SELECT count() FROM units WHERE load_id = {load:UInt64}), (SELECT count() FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {root:String}))`,
		clickhouse.NamedNumber("load", load), clickhouse.Named("root", root))
	if err := row.Scan(&units); err != nil {
		return 0, fmt.Errorf("count the units asked about: %w", err)
	}
	return units, nil
}
