// Package reference computes SPEC §4 and §5 from the words of the definitions alone, one unit and one obligation at a time, with exact
// fractions. It is slow and only for tests: what ClickHouse answers must be the same, cell by cell.
package reference

import (
	"time"

	"yangguang/queries/model"
)

// District is all that the answers depend on. Civil days are midnight UTC; the zero time is none.
type District struct {
	Registry    model.Registry
	Register    []Registered // of notices, as noted last
	Judged      []Judged     // findings of patrol
	Caps        model.RatingCaps
	Covers      []model.Cover
	Records     []Record // in force, resolved
	Collections []Collection
	Since       time.Time // of the configuration; zero: none
	Tolerance   int       // backdating_tolerance_days
}

// Judged is a finding of patrol of which a person has said something.
type Judged struct {
	Backdated bool // else a link that fails
	Confirmed bool
	Record    int       // of the district's, as the finding saw it
	FoundOn   time.Time // since when it has stood
	MendedOn  time.Time // zero: it still stands
	Claimed   bool      // mended by what a person says
}

// Collection is one attempt to collect a source on a civil day.
type Collection struct {
	Source  string
	Day     time.Time
	Outcome string // success: a look; suspicious, failed: it proves nothing

	Disputed []string // units of which rows were rejected because another file claims their ids: it has not looked at them
}

// look says whether a collection proves anything (SPEC §3 "What a collection proves").
func (c Collection) look() bool { return c.Outcome == "success" }

// beginning is the day before which nobody is accused (SPEC §5): since if set, else 1 January of the year of the first look of any source. It
// is zero where no source has had a look.
func (d District) beginning() time.Time {
	if !d.Since.IsZero() {
		return d.Since
	}
	var first time.Time
	for _, collection := range d.Collections {
		if collection.look() && (first.IsZero() || collection.Day.Before(first)) {
			first = collection.Day
		}
	}
	if first.IsZero() {
		return first
	}
	return time.Date(first.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
}

// active says whether a unit is active on a day (SPEC §2).
func active(unit model.Unit, day time.Time) bool {
	return covers(unit.ActiveFrom, unit.ActiveTo, day)
}

// valid says whether an item is valid on a day (SPEC §2).
func valid(item model.Item, day time.Time) bool {
	return covers(item.ValidFrom, item.ValidTo, day)
}

// covers: from and to are inclusive, none means open.
func covers(from, to, day time.Time) bool {
	return (from.IsZero() || !day.Before(from)) && (to.IsZero() || !day.After(to))
}

// inSubtree says whether a unit is root or below it.
func (d District) inSubtree(unit model.Unit, root string) bool {
	for {
		if unit.ID == root {
			return true
		}
		parent, found := d.unit(unit.ParentID)
		if !found {
			return false
		}
		unit = parent
	}
}

func (d District) unit(id string) (model.Unit, bool) {
	for _, unit := range d.Registry.Units {
		if unit.ID == id {
			return unit, true
		}
	}
	return model.Unit{}, false
}

func (d District) item(id string) (model.Item, bool) {
	for _, item := range d.Registry.Items {
		if item.ID == id {
			return item, true
		}
	}
	return model.Item{}, false
}

// groupOf is the ranking group of a tier (SPEC §1).
func groupOf(tier string) string {
	switch tier {
	case "organ":
		return "organs"
	case "town", "subdistrict":
		return "towns"
	case "village", "community":
		return "villages"
	}
	return "district"
}
