package collector

import (
	"context"

	"github.com/cespare/xxhash/v2"

	"yangguang/queries/records"
)

// Walk is a collection's way through the pages of a list, the newest rows first. It tells a source which rows it had before
// and where the collection before was ended by a failure, so that the pages read then need not be read again (SPEC §3): a
// collection goes on there if it is of the same civil day and configuration, after those first pages that have new rows.
// What it has then seen is what it would have seen that day by starting over; only withdrawal needs a reading in one piece.
//
// A nil Walk is that of a trial: it knows nothing and goes nowhere.
type Walk struct {
	had       func(text string) bool
	dayOf     func(shown string) string // 2026-07-01; empty: it is no day
	measure   measure
	complete  bool
	left      records.Bookmark // where the last one failed today; zero when it did not
	reached   records.Bookmark
	list      string // address, as configured, of the list that is being read, of several; empty: there is one
	pages     uint64 // of that list
	onePage   bool   // a list before it has a single page
	rows      uint64 // above the next row in the list, at most
	top       uint64 // read before the jump
	jumped    bool
	stopped   bool
	cut       bool
	incurable bool
}

// Seen is a row of a page as the list shows it, whatever becomes of it.
type Seen struct {
	Content string // the raw row
	ShownOn string // published_on as written; empty: it shows none
}

// measure is what the last look had, and what of it has been met.
type measure struct {
	days    map[uint64]lookedRow // its rows, by raw row
	newest  uint64               // raw row of the latest day, of several the topmost; 0: none shows a day
	day     string               // of newest
	met     bool
	unmet   map[uint64]struct{} // of a complete list: the rows that have not been met
	newer   bool                // a row below the newest one of then is newer: the list is not one with the newest rows first
	older   bool                // a row that stood behind the newest one then still does
	deepest int                 // of the rows met, from 1
	again   int                 // rows met
}

// lookedRow is a row of the last look.
type lookedRow struct {
	day    string
	number int // from the top, from 1
	behind bool
	met    bool
}

func newMeasure(rows []records.LookedRow) measure {
	m := measure{days: make(map[uint64]lookedRow, len(rows))}
	var order []uint64
	oneDay := true // all rows that show a day show this one
	for _, row := range rows {
		if row.Content == 0 {
			continue
		}
		if _, twice := m.days[row.Content]; !twice {
			order = append(order, row.Content)
			m.days[row.Content] = lookedRow{day: row.ShownOn, number: len(order)}
		}
		oneDay = oneDay && (m.day == "" || row.ShownOn == "" || row.ShownOn == m.day)
		if row.ShownOn > m.day {
			m.newest, m.day = row.Content, row.ShownOn
		}
	}
	m.markBehind(order, oneDay)
	return m
}

// markBehind marks the rows that stood below the newest one because they were older. Pinned ones, which have newer rows below them, stood there for
// another reason: the newest row may have been pinned among them since, and they are met before what is new.
func (m *measure) markBehind(order []uint64, oneDay bool) {
	latest := ""
	for at := len(order) - 1; at >= 0 && order[at] != m.newest; at-- {
		row := m.days[order[at]]
		row.behind = row.day != "" && row.day >= latest && (row.day < m.day || oneDay)
		latest = max(latest, row.day)
		m.days[order[at]] = row
	}
}

// pass notes that a row has been met.
func (m *measure) pass(content uint64, day string) {
	row, before := m.days[content]
	if before && !row.met {
		row.met = true
		m.days[content] = row
		m.again, m.deepest = m.again+1, max(m.deepest, row.number)
	}
	if day == "" {
		day = row.day
	}
	delete(m.unmet, content)
	m.newer = m.newer || m.met && day > m.day
	m.older = m.older || m.met && row.behind
	m.met = m.met || content == m.newest && m.newest != 0
}

func newWalk(ctx context.Context, collection *records.Collection, complete bool, dayOf func(string) string) (*Walk, error) {
	looked, err := collection.LookedRows(ctx)
	if err != nil {
		return nil, err
	}
	w := &Walk{had: collection.HadRow, dayOf: dayOf, measure: newMeasure(looked), complete: complete}
	if complete {
		w.measure.unmet = map[uint64]struct{}{}
		for content := range w.measure.days {
			w.measure.unmet[content] = struct{}{}
		}
	} else {
		w.left, err = collection.Left(ctx)
	}
	return w, err
}

// Known notes the rows of a page, in order, and reports whether the source is known to have had all of them, as it has them, before this collection.
func (w *Walk) Known(page []Seen) bool {
	if w == nil {
		return false
	}
	known := len(page) > 0
	for _, row := range page {
		known = known && w.had(row.Content)
		w.measure.pass(xxhash.Sum64String(row.Content), w.dayOf(row.ShownOn))
	}
	return known
}

// MayStop reports whether a list that is read only as far as it is new may end at a page that is known: the newest row of the last look has been met,
// and below it only older ones (SPEC §3, 4). Where none of those that were behind it has come, it may be pinned now, or be the last row of a list with the oldest
// rows first, and new ones stand below it. It is then noted that the list was not read to its end.
func (w *Walk) MayStop() bool {
	if w == nil || w.complete || !w.measure.met || w.measure.newer || !w.measure.older {
		return false
	}
	w.stopped = true
	return true
}

// List notes that what follows is of this list of a source of several (Listing). Which row of it was the newest at the last look is not known.
func (w *Walk) List(name string) {
	if w == nil || w.list == name {
		return
	}
	w.onePage = w.onePage || w.list != "" && w.pages < 2
	w.pages = 0
	if w.list != "" {
		w.measure.met, w.measure.older, w.measure.newest = false, false, 0
	}
	w.list = name
}

// Missed reports whether rows of the last look have not been met on the way through a complete list.
func (w *Walk) Missed() bool {
	return w != nil && len(w.measure.unmet) > 0
}

// replaced reports whether something can stand in the place of rows of the last look: not where a walk that stopped early has met all down to
// where it stopped. Those below have not been read; they are not gone.
func (w *Walk) replaced() bool {
	return !w.stopped || w.measure.again < w.measure.deepest
}

// Cut notes that the list goes on below what the configuration asks for.
func (w *Walk) Cut() {
	if w != nil {
		w.cut = true
	}
}

// Jump is the page at which to go on, if the collection before has failed behind the page at this position, from 0: all
// between has been read today.
func (w *Walk) Jump(position uint64) (to records.Bookmark, ok bool) {
	if w == nil || w.jumped || w.left.Position <= position || len(w.measure.days) > 0 && (!w.measure.met || w.measure.newer) {
		return to, false
	}
	w.jumped, w.top, w.reached = true, w.rows, records.Bookmark{}
	w.rows += w.left.Above
	return w.left, true
}

// Reached notes that the page at a position, from 0, has been read; cursor is what it takes to ask for it again. Its rows
// have not been handed over yet.
func (w *Walk) Reached(position uint64, cursor string) {
	if w == nil || w.incurable || (!w.jumped && position < w.left.Position) {
		return
	}
	w.reached = records.Bookmark{Position: position, Cursor: cursor, Above: w.depth()}
}

// reach is how far down its lists the collection has read. Of several lists, one of a single page may be the newest part of a longer one.
func (w *Walk) reach() records.Reach {
	switch {
	case w.cut || w.partial():
		return records.ReachRows
	case w.pages > 1 && !w.onePage:
		return records.ReachEnd
	}
	return records.ReachPage
}

// Lost notes that rows of a page could not be read: the next collection goes on there and not behind.
func (w *Walk) Lost() {
	if w != nil {
		w.incurable = true
	}
}

// bookmark is where the next collection may go on if this one has failed. A jump that led nowhere is not repeated.
func (w *Walk) bookmark() records.Bookmark {
	if !w.jumped && w.reached.Position < w.left.Position {
		return w.left
	}
	return w.reached
}

// depth is how many rows from the top of the list have been seen today without a gap, at least.
func (w *Walk) depth() uint64 {
	if w.jumped {
		return w.rows - w.top
	}
	return w.rows
}

// partial reports whether rows of the list have been left out on purpose.
func (w *Walk) partial() bool {
	return w.jumped || w.stopped
}
