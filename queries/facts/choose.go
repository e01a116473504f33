package facts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Chosen are the facts that answer a question.
type Chosen struct {
	Parts     []uint64
	KnownAt   time.Time         // of all of them
	Results   bool              // the question's windows have their results stored as well
	Whole     bool              // their totals by item, month and day too, since the question is about whole parts
	Instead   map[string]string // views in the place of others
	Beginning Beginning         // of the load, where the question reads it
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
	stored, err := InSession(ctx, fmt.Sprint("stored ", load, Windows(windows...), question.Programme, " ", question.Focus, " ", question.KnownAt), func() (storedAmongMany, error) {
		return s.storedAmongMany(ctx, load, windows)
	})
	if err != nil {
		return Chosen{}, err
	}
	if !stored.whole || of.results && !stored.found { // never facts of different states of the data
		return Chosen{}, &NotStoredError{Question: wanted, Units: units}
	}
	facts := stored.facts
	if stored.found {
		facts.Results, facts.KnownAt = true, stored.results.KnownAt
		facts.Whole = question.Unit == "" && (question.Within == "" || stored.results.Parts > 1)
	}
	return facts, nil
}

// storedAmongMany is what is stored of windows about all units: facts, and what they add up to.
type storedAmongMany struct {
	facts   Chosen
	whole   bool // facts of all windows are stored, all of the same version
	results results
	found   bool // results are, of that version
}

func (s *Facts) storedAmongMany(ctx context.Context, load uint64, windows []model.Question) (stored storedAmongMany, err error) {
	if stored.results, stored.found, err = s.newestResults(ctx, load, windows); err != nil {
		return stored, err
	}
	stored.facts, stored.whole, err = s.factsOfOneVersion(ctx, load, windows, stored.results.Version)
	if err == nil && stored.found && !stored.whole { // those facts are forgotten: newer ones are added up
		stored.found = false
		stored.facts, stored.whole, err = s.factsOfOneVersion(ctx, load, windows, "")
	}
	return stored, err
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

// add adds the facts of one more day.
func (c *Chosen) add(facts storedFacts) {
	if c.KnownAt.IsZero() {
		c.KnownAt = facts.KnownAt
	}
	c.Parts = append(c.Parts, facts.parts...)
}
