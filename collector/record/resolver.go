package record

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries/model"
)

// Resolver finds units, items and periods by what cells say. It remembers its answers and may be shared by goroutines.
type Resolver struct {
	units   *unitIndex
	items   *itemIndex
	found   cache[unitKey, unitAnswer]
	named   cache[string, itemAnswer]
	periods cache[periodKey, periodAnswer]
	dates   cache[dateKey, dateAnswer]
}

type (
	unitKey    struct{ text, parent, within string }
	unitAnswer struct {
		found   FoundUnit
		problem *Problem
	}
	itemAnswer struct {
		item    *model.Item
		problem *Problem
	}
	periodKey struct {
		text  string
		year  int
		month time.Month
	}
	periodAnswer struct {
		period Period
		err    error
	}
	dateKey struct {
		text string
		zone *time.Location
	}
	dateAnswer struct {
		day time.Time
		err error
	}
)

// NewResolver indexes a valid registry, which must not be changed afterwards.
func NewResolver(registry model.Registry) *Resolver {
	return &Resolver{units: newUnitIndex(registry.Units), items: newItemIndex(registry.Items)}
}

// FoundUnit is the unit that a text means.
type FoundUnit struct {
	ID    string
	Doubt *Problem // what of its parent is not understood and hinders nothing; nil when all is
}

// Unit returns the id of the unit that text means (SPEC §3 "Unit"). parent, which may be empty, tells units of one name
// apart; within, which may be empty, is the id of the root of the subtree the source is restricted to.
func (r *Resolver) Unit(text, parent, within string) (string, *Problem) {
	found, problem := r.FindUnit(text, parent, within)
	return found.ID, problem
}

// FindUnit is Unit that says what of parent it has not understood.
func (r *Resolver) FindUnit(text, parent, within string) (FoundUnit, *Problem) {
	answer := r.found.get(unitKey{text, parent, within}, func(key unitKey) (unitKey, unitAnswer) {
		key = unitKey{strings.Clone(text), strings.Clone(parent), within}
		i, doubt, problem := r.units.resolve(key.text, key.parent, key.within)
		if problem != nil {
			return key, unitAnswer{problem: problem}
		}
		return key, unitAnswer{found: FoundUnit{ID: r.units.units[i].ID, Doubt: doubt}}
	})
	return answer.found, answer.problem
}

// Item returns the item that text means, by id, else name, else alias.
func (r *Resolver) Item(text string) (*model.Item, *Problem) {
	answer := r.named.get(text, func(key string) (string, itemAnswer) {
		key = strings.Clone(key)
		item, problem := r.items.resolve(key)
		return key, itemAnswer{item, problem}
	})
	return answer.item, answer.problem
}

// Period is ParsePeriod, remembered.
func (r *Resolver) Period(text string, published time.Time) (Period, error) {
	key := periodKey{text: text}
	if !published.IsZero() {
		key.year, key.month = published.Year(), published.Month()
	}
	answer := r.periods.get(key, func(key periodKey) (periodKey, periodAnswer) {
		key.text = strings.Clone(key.text)
		period, err := ParsePeriod(key.text, published)
		return key, periodAnswer{period, err}
	})
	return answer.period, answer.err
}

// Date is ParseDate, remembered for all but the plain forms.
func (r *Resolver) Date(text string, zone *time.Location) (time.Time, error) {
	if day, ok := plainDate(text); ok {
		return day, nil
	}
	answer := r.dates.get(dateKey{text, zone}, func(key dateKey) (dateKey, dateAnswer) {
		key.text = strings.Clone(key.text)
		day, err := ParseDate(key.text, zone)
		return key, dateAnswer{day, err}
	})
	return answer.day, answer.err
}

// UnitByID returns a unit of the registry.
func (r *Resolver) UnitByID(id string) (model.Unit, bool) {
	i, ok := r.units.byID[FoldUnit(id)]
	if !ok || r.units.units[i].ID != id {
		return model.Unit{}, false
	}
	return r.units.units[i], true
}

// IsWithin reports whether the unit is root or below it.
func (r *Resolver) IsWithin(id, root string) bool {
	i, ok := r.units.byID[FoldUnit(id)]
	return ok && r.units.isWithin(i, root)
}

// itemIndex finds items by what they are called.
type itemIndex struct {
	byID, byName, byAlias map[string]*model.Item
	byLoose               map[string][]*model.Item // by ids, names and aliases in looseItem's form
}

func newItemIndex(items []model.Item) *itemIndex {
	x := &itemIndex{byID: map[string]*model.Item{}, byName: map[string]*model.Item{}, byAlias: map[string]*model.Item{}, byLoose: map[string][]*model.Item{}}
	for i := range items {
		item := &items[i]
		x.byID[FoldItem(item.ID)] = item
		x.byName[FoldItem(item.Name)] = item
		for _, alias := range item.Aliases {
			x.byAlias[FoldItem(alias)] = item
		}
		for _, name := range append([]string{item.ID, item.Name}, item.Aliases...) {
			if loose := looseItem(name); loose != "" && !slices.Contains(x.byLoose[loose], item) {
				x.byLoose[loose] = append(x.byLoose[loose], item)
			}
		}
	}
	return x
}

// FoldItem is how names of items are compared: NFKC, trimmed, no invisible characters at the ends.
func FoldItem(name string) string {
	return strings.TrimFunc(norm.NFKC.String(name), func(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) })
}

// looseItem is the form in which names of items are compared that differ in writing alone: as looseName, and without punctuation.
func looseItem(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) {
			return -1
		}
		return r
	}, looseName(name))
}

func (x *itemIndex) resolve(text string) (*model.Item, *Problem) {
	folded := FoldItem(text)
	if folded == "" {
		return nil, &Problem{Field: "item", Want: "an item is required: its id, name or alias"}
	}
	for _, index := range []map[string]*model.Item{x.byID, x.byName, x.byAlias} {
		if item, ok := index[folded]; ok {
			return item, nil
		}
	}
	if alike := x.byLoose[looseItem(folded)]; len(alike) == 1 {
		return alike[0], nil
	}
	want := "is not an item of the catalogue; write its id, name or alias"
	if nearest := x.nearest(folded); nearest != "" {
		want += "; the nearest are " + nearest
	}
	return nil, &Problem{Field: "item", Value: text, Want: want}
}

// cache remembers answers; once full it only computes.
type cache[K comparable, V any] struct {
	lock    sync.RWMutex
	answers map[K]V
}

const mostRemembered = 200_000

// get returns the answer for key. compute also returns the key to keep: a copy that does not hold on to a whole file block.
func (c *cache[K, V]) get(key K, compute func(K) (K, V)) V {
	c.lock.RLock()
	answer, ok := c.answers[key]
	c.lock.RUnlock()
	if ok {
		return answer
	}
	key, answer = compute(key)
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.answers == nil {
		c.answers = map[K]V{}
	}
	if len(c.answers) < mostRemembered {
		c.answers[key] = answer
	}
	return answer
}

// Events lists the item_ids that are due for each event.
func (r *Resolver) Events() (ids []string) {
	for _, item := range r.items.byID {
		if item.Cadence == "event" {
			ids = append(ids, item.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Months is how many months the calendar periods of an item's cadence have; 0 when it has none, or is no item.
func (r *Resolver) Months(itemID string) int {
	item, ok := r.items.byID[FoldItem(itemID)]
	if !ok {
		return 0
	}
	switch item.Cadence {
	case "annual":
		return 12
	case "semiannual":
		return 6
	case "quarterly":
		return 3
	case "monthly":
		return 1
	}
	return 0
}
