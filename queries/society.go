package queries

import "reflect"

// forSociety is the column that tells whether a record is for everyone: it was shown to society, and its item allows that. An overexposed record
// is not.
const forSociety = "for_society"

// withheld are the columns that say of a record what only those it is meant for may read, or that may quote one. An answer that has such a column
// and not forSociety withholds it of every row, so that a question that forgets to tell shows too little, never too much.
func withheld(column string) bool {
	switch column {
	case "title", "url", "record_id", "event_id", "place", "reason", "content", "error":
		return true
	}
	return false
}

// ForSociety is the same database as it answers those who have not signed in: all measures and rows, but of records that are not for society
// neither titles nor links, and nothing of rejected rows, errors and raw contents.
func (s *Store) ForSociety() *Store {
	other := *s
	other.society = true
	return &other
}

// hiding hands rows of a report over without what is withheld from society.
func hiding(columns []Column, each func(row []any) error) func(row []any) error {
	open := -1
	var hidden []int
	for i, column := range columns {
		if column.Key == forSociety {
			open = i
		} else if withheld(column.Key) {
			hidden = append(hidden, i)
		}
	}
	return func(row []any) error {
		if open < 0 || row[open] != int64(1) {
			for _, i := range hidden {
				row[i] = nil
			}
		}
		return each(row)
	}
}

// hide empties what is withheld from society in rows, a pointer to a slice of structs.
func hide(rows any) {
	slice := reflect.ValueOf(rows).Elem()
	hidden, open := withheldFields(slice.Type().Elem())
	for i := range slice.Len() {
		row := slice.Index(i)
		if open >= 0 && row.Field(open).Bool() {
			continue
		}
		for _, field := range hidden {
			row.Field(field).SetZero()
		}
	}
}

// withheldFields are the fields of a row that may have to be withheld, and that which tells whether they need not; -1: none does.
func withheldFields(row reflect.Type) (hidden []int, open int) {
	open = -1
	if row.Kind() != reflect.Struct {
		return nil, open
	}
	for i := range row.NumField() {
		tag := row.Field(i).Tag
		name := tag.Get("ch") + tag.Get("column")
		if name == forSociety {
			open = i
		} else if withheld(name) {
			hidden = append(hidden, i)
		}
	}
	return hidden, open
}
