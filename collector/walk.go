package collector

import "yangguang/queries"

// Walk is a collection's way through the pages of a list, the newest rows first. It tells a source which rows it had before
// and where the collection before was ended by a failure, so that the pages read then need not be read again (SPEC §3): a
// collection goes on there if it is of the same civil day and configuration, after those first pages that have new rows.
// What it has then seen is what it would have seen that day by starting over; only withdrawal needs a reading in one piece.
//
// A nil Walk is that of a trial: it knows nothing and goes nowhere.
type Walk struct {
	had       func(text string) bool
	unbroken  bool             // the last collection came to its end: nothing is missing below rows that were read then
	left      queries.Bookmark // where the last one failed today; zero when it did not
	reached   queries.Bookmark
	rows      uint64 // above the next row in the list, at most
	top       uint64 // read before the jump
	jumped    bool
	stopped   bool
	incurable bool
}

func newWalk(earlier queries.Earlier, complete bool, had func(string) bool) *Walk {
	w := &Walk{had: had, unbroken: earlier.Unbroken && !complete}
	if !complete {
		w.left = earlier.Left
	}
	return w
}

// Known tells whether the source is known to have had all of these rows, as it has them, before this collection.
func (w *Walk) Known(texts []string) bool {
	if w == nil {
		return false
	}
	for _, text := range texts {
		if !w.had(text) {
			return false
		}
	}
	return len(texts) > 0
}

// MayStop tells whether a list that is read only as far as it is new may end here: below known rows nothing is missing.
// It is then noted that the list was not read to its end.
func (w *Walk) MayStop() bool {
	if w == nil || !w.unbroken {
		return false
	}
	w.stopped = true
	return true
}

// Jump is the page at which to go on, if the collection before has failed behind the page at this position, from 0: all
// between has been read today.
func (w *Walk) Jump(position uint64) (to queries.Bookmark, ok bool) {
	if w == nil || w.jumped || w.left.Position <= position {
		return to, false
	}
	w.jumped, w.top, w.reached = true, w.rows, queries.Bookmark{}
	w.rows += w.left.Above
	return w.left, true
}

// Reached notes that the page at a position, from 0, has been read; cursor is what it takes to ask for it again. Its rows
// have not been handed over yet.
func (w *Walk) Reached(position uint64, cursor string) {
	if w == nil || w.incurable || (!w.jumped && position < w.left.Position) {
		return
	}
	w.reached = queries.Bookmark{Position: position, Cursor: cursor, Above: w.depth()}
}

// Lost notes that rows of a page could not be read: the next collection goes on there and not behind.
func (w *Walk) Lost() {
	if w != nil {
		w.incurable = true
	}
}

// bookmark is where the next collection may go on if this one has failed. A jump that led nowhere is not repeated.
func (w *Walk) bookmark() queries.Bookmark {
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

// partial tells whether rows of the list have been left out on purpose.
func (w *Walk) partial() bool {
	return w.jumped || w.stopped
}
