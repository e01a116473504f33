package ask

import (
	"context"
	"reflect"
	"time"

	"yangguang/queries/model"
)

// ForSociety is the same database as it answers those who have not signed in: all measures and rows, but only columns that are known to be for
// everyone, and of a record its title, link and ids only while it is for society. What is in force now decides that, whatever version and time
// of knowledge is asked.
func (s *Asker) ForSociety() *Asker { return s.ForSocietyAt(time.Now) }

// ForSocietyAt is ForSociety with a clock of its own.
func (s *Asker) ForSocietyAt(now func() time.Time) *Asker {
	other := *s
	other.society = now
	return &other
}

// societyBatch is of how many records is looked up at once whether they are for society.
const societyBatch = 500

// withholding hands rows of a report over without what is not for everyone; flush hands over the last of them.
func (s *Asker) withholding(ctx context.Context, columns []model.Column, each func(row []any) error) (row func([]any) error, flush func() error) {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Key
	}
	answer := columnsOf(names)
	var batch [][]any
	flush = func() error {
		records, err := s.shownRecords(ctx, answer.namesRecords(), len(batch), func(i int) recordKey {
			source, _ := batch[i][answer.source].(string)
			id, _ := batch[i][answer.record].(string)
			return recordKey{source, id}
		})
		if err != nil {
			return err
		}
		for i, values := range batch {
			answer.withhold(records[i], func(at int) string {
				text, _ := values[at].(string)
				return text
			}, func(at int) { values[at] = nil })
			if answer.flag >= 0 {
				values[answer.flag] = int64(0)
				if records[i] != nil {
					values[answer.flag] = int64(1)
				}
			}
			if err := each(values); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	return func(values []any) error {
		batch = append(batch, append([]any(nil), values...))
		if len(batch) < societyBatch {
			return nil
		}
		return flush()
	}, flush
}

// withhold empties in rows, a pointer to a slice of structs, what is not for everyone.
func (s *Asker) withhold(ctx context.Context, rows any) error {
	slice := reflect.ValueOf(rows).Elem()
	if slice.Type().Elem().Kind() != reflect.Struct {
		return nil // counts and the like, without a name
	}
	answer := columnsOf(fieldNames(slice.Type().Elem()))
	records, err := s.shownRecords(ctx, answer.namesRecords(), slice.Len(), func(i int) recordKey {
		return recordKey{slice.Index(i).Field(answer.source).String(), slice.Index(i).Field(answer.record).String()}
	})
	if err != nil {
		return err
	}
	for i := range slice.Len() {
		row := slice.Index(i)
		answer.withhold(records[i], func(at int) string { return row.Field(at).String() }, func(at int) { row.Field(at).SetZero() })
		if answer.flag >= 0 {
			row.Field(answer.flag).SetBool(records[i] != nil)
		}
	}
	return nil
}

// fieldNames are the columns that a struct's fields are read from; a field without one has the empty name.
func fieldNames(row reflect.Type) []string {
	names := make([]string, row.NumField())
	for i := range names {
		tag := row.Field(i).Tag
		names[i] = tag.Get("ch") + tag.Get("column")
	}
	return names
}

// wholeForEveryone says that an answer's rows are the same for everyone: every field is known to be.
func wholeForEveryone(row reflect.Type) bool {
	if row.Kind() != reflect.Struct {
		return row.Kind() == reflect.Uint64 // a count; a text may be of anything
	}
	for _, name := range fieldNames(row) {
		if audienceOf(name) != everyone {
			return false
		}
	}
	return true
}

// answerColumns are the columns of an answer by who may read them; -1: there is none such.
type answerColumns struct {
	inner                []int       // never for everyone
	words                map[int]int // of records: the column's place, and which of a shown record's words it is
	source, record, flag int
}

func columnsOf(names []string) answerColumns {
	answer := answerColumns{words: map[int]int{}, source: -1, record: -1, flag: -1}
	for i, name := range names {
		switch audienceOf(name) {
		case insiders:
			answer.inner = append(answer.inner, i)
		case readers:
			answer.words[i] = wordNamed(name)
		}
		switch name {
		case "source":
			answer.source = i
		case "record_id":
			answer.record = i
		case model.ForSociety:
			answer.flag = i
		}
	}
	return answer
}

// namesRecords reports whether rows say of which record they are.
func (c answerColumns) namesRecords() bool { return c.source >= 0 && c.record >= 0 }

// withhold empties what is not for everyone in a row: of a record that is not shown all its words, of one that is those that the version in
// force does not say.
func (c answerColumns) withhold(record *shownRecord, text func(at int) string, empty func(at int)) {
	for _, at := range c.inner {
		empty(at)
	}
	for at, word := range c.words {
		if record == nil || text(at) != record.word(word) {
			empty(at)
		}
	}
}
