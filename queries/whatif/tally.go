package whatif

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

// What becomes of an obligation, the gravest first.
const (
	NewLapse = "new_lapse" // lapsed, and was not
	NoLapse  = "no_lapse"  // was lapsed, and is not
	Appears  = "appears"
	Vanishes = "vanishes"
	State    = "state" // another one
	Due      = "due"   // on another day, in the same state
)

// Kinds are all of them, in that order.
func Kinds() []string { return []string{NewLapse, NoLapse, Appears, Vanishes, State, Due} }

// KindOf is what becomes of an obligation.
func KindOf(row model.MovedObligation) string {
	switch {
	case row.StateAfter == "lapsed" && row.StateBefore != "lapsed":
		return NewLapse
	case row.StateBefore == "lapsed" && row.StateAfter != "lapsed":
		return NoLapse
	case row.Change != "changes":
		return row.Change
	case row.StateBefore != row.StateAfter:
		return State
	}
	return Due
}

// Tally counts what a registry would change.
type Tally struct {
	Appearing, Vanishing int             // units
	Up, Down             int             // units, by score
	Ranks, Ratings       int             // units whose place in their group, or rating, is another
	Most                 model.MovedUnit // the unit whose score moves most; none: its UnitID is empty
	Obligations          int
	Kinds                map[string]Count // by what becomes of them
	Items                []ItemCount      // those with most obligations first
}

// Count is of obligations.
type Count struct {
	Obligations, Units int
	Since              time.Time // the earliest day on which one was due; zero: none has a day
}

// ItemCount is of one item's of which the same becomes.
type ItemCount struct {
	Kind, ItemID, Item string
	Count
}

// tallying is a Tally that is being made.
type tallying struct {
	Tally
	items map[itemKind]*counting
	kinds map[string]*counting
}

type itemKind struct{ kind, item, name string }

// counting is a Count that is being made.
type counting struct {
	Count
	units map[string]struct{}
}

func newTally(units []model.MovedUnit) *tallying {
	t := &tallying{items: map[itemKind]*counting{}, kinds: map[string]*counting{}}
	most := decimal.Zero
	for _, unit := range units {
		switch unit.Change {
		case "appears":
			t.Appearing++
			continue
		case "vanishes":
			t.Vanishing++
			continue
		}
		if change := unit.ScoreChange; change != nil && !change.IsZero() {
			if change.IsPositive() {
				t.Up++
			} else {
				t.Down++
			}
			if change.Abs().GreaterThan(most) {
				most, t.Most = change.Abs(), unit
			}
		}
		if differs(unit.RankBefore, unit.RankAfter) {
			t.Ranks++
		}
		if unit.RatingBefore != unit.RatingAfter {
			t.Ratings++
		}
	}
	return t
}

func differs(before, after *int64) bool {
	return (before == nil) != (after == nil) || before != nil && *before != *after
}

func (t *tallying) add(row model.MovedObligation) {
	t.Obligations++
	kind := KindOf(row)
	of := itemKind{kind, row.ItemID, row.Item}
	if t.items[of] == nil {
		t.items[of] = &counting{units: map[string]struct{}{}}
	}
	if t.kinds[kind] == nil {
		t.kinds[kind] = &counting{units: map[string]struct{}{}}
	}
	due := row.DueOnAfter
	if due == nil || kind == NoLapse && row.DueOnBefore != nil {
		due = row.DueOnBefore
	}
	for _, count := range []*counting{t.items[of], t.kinds[kind]} {
		count.Obligations++
		count.units[row.UnitID] = struct{}{}
		if due != nil && (count.Since.IsZero() || due.Before(count.Since)) {
			count.Since = *due
		}
	}
}

func (t *tallying) finished() Tally {
	t.Kinds = map[string]Count{}
	for kind, count := range t.kinds {
		count.Units = len(count.units)
		t.Kinds[kind] = count.Count
	}
	for _, of := range slices.SortedFunc(maps.Keys(t.items), func(x, y itemKind) int {
		return cmp.Or(cmp.Compare(slices.Index(Kinds(), x.kind), slices.Index(Kinds(), y.kind)), -cmp.Compare(t.items[x].Obligations, t.items[y].Obligations), cmp.Compare(x.item, y.item))
	}) {
		count := t.items[of]
		count.Units = len(count.units)
		t.Items = append(t.Items, ItemCount{of.kind, of.item, of.name, count.Count})
	}
	return t.Tally
}
