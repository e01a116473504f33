package collector

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"yangguang/collector/table"
	"yangguang/queries/model"
	"yangguang/queries/records"
)

// RemarkKind is what a Remark means for the collection (SPEC §3 "What a collection proves").
type RemarkKind = table.Kind

const (
	Ignored       = table.Ignored       // left out on purpose
	NotUnderstood = table.NotUnderstood // reported; the collection proves what it would without it
	Unread        = table.Unread        // a part that should have been read: the collection is not a look
)

// Remark says what became of a part of a source that did not become rows (SPEC §2, §3).
type Remark struct {
	Place   string     // file, file:sheet, file:sheet!row, file:sheet!column; or an address
	What    string     // what was found there and what became of it, an English phrase
	Nearest string     // the nearest thing that would be read; may be empty
	Kind    RemarkKind // what it means for the collection
	Count   uint64     // how many such parts (rows, cells) there are at the place; at least 1
}

// RemarkOf is what a table's reader notes of a file.
func RemarkOf(file string, note table.Note) Remark {
	place := file
	if note.Sheet != "" {
		place += ":" + note.Sheet
	}
	separator := "!"
	if note.Sheet == "" {
		separator = ":"
	}
	switch {
	case note.Column != "":
		place += separator + note.Column
	case note.Line > 0:
		place += fmt.Sprint(separator, note.Line)
	}
	return Remark{Place: place, What: note.What, Nearest: note.Nearest, Kind: note.Kind, Count: max(note.Count, 1)}
}

// String is the remark in one line: place, what, nearest.
func (r Remark) String() string {
	text := r.What
	if r.Place != "" {
		text = r.Place + ": " + text
	}
	if r.Count > 1 {
		text += fmt.Sprintf(" (%d)", r.Count)
	}
	if r.Nearest != "" {
		text += "; nearest: " + r.Nearest
	}
	return strings.Join(strings.Fields(text), " ")
}

// mostRemarks bounds how many different remarks a collection keeps; further ones are counted.
const mostRemarks = 1000

// remarks gathers the remarks of one collection. Those that differ in Count and row alone are added up under the first row. It
// may be used by several goroutines.
type remarks struct {
	lock sync.Mutex
	list []Remark
	at   map[Remark]int // by the remark without its count and row
}

// sheetAndRow cuts the row off a place.
func sheetAndRow(place string) (sheet string, row int) {
	at := strings.LastIndexAny(place, "!:")
	if row, err := strconv.Atoi(place[at+1:]); err == nil && at >= 0 {
		return place[:at], row
	}
	return place, 0
}

func (r *remarks) add(remark Remark) {
	r.lock.Lock()
	defer r.lock.Unlock()
	key := remark
	row := 0
	key.Count = 0
	key.Place, row = sheetAndRow(remark.Place)
	at, known := r.at[key]
	if !known && len(r.list) >= mostRemarks {
		key = Remark{What: "more parts of this kind", Kind: remark.Kind}
		at, known = r.at[key]
		remark.Place, remark.What, remark.Nearest = key.Place, key.What, ""
	}
	if !known {
		if r.at == nil {
			r.at = map[Remark]int{}
		}
		at = len(r.list)
		r.at[key] = at
		r.list = append(r.list, Remark{Place: remark.Place, What: remark.What, Nearest: remark.Nearest, Kind: remark.Kind})
	}
	if _, first := sheetAndRow(r.list[at].Place); row > 0 && row < first {
		r.list[at].Place = remark.Place
	}
	r.list[at].Count += max(remark.Count, 1)
}

// all returns the remarks in the order of their first mention.
func (r *remarks) all() []Remark {
	r.lock.Lock()
	defer r.lock.Unlock()
	return append([]Remark(nil), r.list...)
}

// StoredRemarks are remarks as a collection or a reading of the registry stores them.
func StoredRemarks(remarks []Remark) (kept []records.Remark) {
	for _, r := range remarks {
		fate := map[RemarkKind]string{Ignored: model.FateIgnored, NotUnderstood: model.FateNotUnderstood, Unread: model.FateUnread}[r.Kind]
		kept = append(kept, records.Remark{Fate: fate, Place: r.Place, Text: r.What, Nearest: r.Nearest, Parts: r.Count})
	}
	return kept
}
