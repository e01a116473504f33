package collector

import "sync"

// RemarkKind is what a Remark means for the collection (SPEC §3 "What a collection proves").
type RemarkKind uint8

const (
	Ignored       RemarkKind = iota // left out on purpose
	NotUnderstood                   // reported; the collection proves what it would without it
	Unread                          // a part that should have been read: the collection is not a look
)

// Remark says what became of a part of a source that did not become rows (SPEC §2, §3).
type Remark struct {
	Place   string     // file, file:sheet, file:sheet!row, file:sheet!column; or an address
	What    string     // what was found there and what became of it, an English phrase
	Nearest string     // the nearest thing that would be read; may be empty
	Kind    RemarkKind // what it means for the collection
	Count   uint64     // how many such parts (rows, cells) there are at the place; at least 1
}

// mostRemarks bounds how many different remarks a collection keeps; further ones are counted.
const mostRemarks = 1000

// remarks gathers the remarks of one collection. Equal ones but for Count are added up. It may be used by several goroutines.
type remarks struct {
	lock sync.Mutex
	list []Remark
	at   map[Remark]int // by the remark without its count
}

func (r *remarks) add(remark Remark) {
	r.lock.Lock()
	defer r.lock.Unlock()
	count := max(remark.Count, 1)
	remark.Count = 0
	at, known := r.at[remark]
	if !known && len(r.list) >= mostRemarks {
		remark = Remark{What: "more parts of this kind", Kind: remark.Kind}
		at, known = r.at[remark]
	}
	if !known {
		if r.at == nil {
			r.at = map[Remark]int{}
		}
		at = len(r.list)
		r.at[remark] = at
		r.list = append(r.list, remark)
	}
	r.list[at].Count += count
}

// all returns the remarks in the order of their first mention.
func (r *remarks) all() []Remark {
	r.lock.Lock()
	defer r.lock.Unlock()
	return append([]Remark(nil), r.list...)
}
