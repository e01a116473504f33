package table

// Kind is what a Note means to whoever reads the table.
type Kind uint8

const (
	Ignored       Kind = iota // left out on purpose
	NotUnderstood             // not read, and nothing else depends on it
	Unread                    // not read although it seems to belong to what is read
)

// Note says what became of a part of a table that is not handed on as rows.
type Note struct {
	Sheet   string // of a workbook
	Line    int    // row of the sheet or line of the file; 0: no row is meant
	Column  string // letters; empty: no column is meant
	What    string // what was found there, an English phrase
	Nearest string // the nearest thing that would be read; may be empty
	Kind    Kind
	Count   uint64 // how many such parts there are; the first one's place is given
}

func (h Header) note(note Note) {
	if h.Noted != nil {
		note.Count = max(note.Count, 1)
		h.Noted(note)
	}
}
