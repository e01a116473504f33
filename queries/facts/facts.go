// Package facts computes and stores what every obligation of a day is, in parts of units that lie together, and chooses those that answer a question.
package facts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
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
	known *atomic.Pointer[[]knownParts]        // of the loads that were asked last
}

// New are the facts of a database that is migrated.
func New(store *clickhouse.Store) *Facts {
	return &Facts{
		Store: store, manyAbove: DefaultManyAbove, known: new(atomic.Pointer[[]knownParts]), want: new(atomic.Pointer[chan model.Question]),
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

// RankedAtOnce is how many times as many units as have their facts computed when asked are still added up and ranked in one question. What more of them
// add up to in a window is stored before it is read.
const RankedAtOnce = 5

// Many counts the units of a load, which are remembered since they never change, and says whether they are so many that facts are computed beforehand.
func (s *Facts) Many(ctx context.Context, load uint64) (units uint64, many bool, err error) {
	known, counted := s.units.Load(load)
	if counted {
		units = known.(uint64)
	} else if units, err = UnitsBelow(ctx, s.Store, load, ""); err != nil {
		return 0, false, err
	} else {
		s.units.Store(load, units)
	}
	return units, s.manyAbove >= 0 && units > uint64(s.manyAbove), nil
}

// addedUpBefore says whether so many units are added up before somebody reads what they add up to.
func (s *Facts) addedUpBefore(units uint64) bool {
	return s.manyAbove >= 0 && units > RankedAtOnce*uint64(s.manyAbove)
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
