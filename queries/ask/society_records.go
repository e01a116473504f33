package ask

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// recordKey names a record.
type recordKey struct{ source, id string }

// shownRecord is a record that is for society now, with the words that the version in force says.
type shownRecord struct {
	Source   string `ch:"source"`
	RecordID string `ch:"record_id"`
	Title    string `ch:"title"`
	EventID  string `ch:"event_id"`
	URL      string `ch:"url"`
}

// wordNamed is which of a record's words a column holds; -1: none that a record is known to say.
func wordNamed(column string) int {
	for i, name := range []string{"record_id", "title", "event_id", "url"} {
		if name == column {
			return i
		}
	}
	return -1
}

// word is one of the record's words; one that it does not have is a text that no row has.
func (r *shownRecord) word(at int) string {
	if at < 0 {
		return "\x00"
	}
	return [...]string{r.RecordID, r.Title, r.EventID, r.URL}[at]
}

// societyBytes bounds what is sent of sources and ids at once: over HTTP it stands in the address, each byte as three.
const societyBytes = 200_000

// shownRecords are the records of rows that are for society now; nil: the row's is not. Rows that name none have none.
func (s *Asker) shownRecords(ctx context.Context, naming bool, rows int, key func(i int) recordKey) ([]*shownRecord, error) {
	shown := make([]*shownRecord, rows)
	if !naming || rows == 0 {
		return shown, nil
	}
	load, today, err := s.societyToday(ctx)
	if err != nil {
		return nil, err
	}
	text, err := sql.Text("society/records")
	if err != nil {
		return nil, err
	}
	for begin, end := 0, 0; begin < rows; begin = end {
		var sources, ids []string
		for bytes := 0; end < rows && end < begin+societyBatch && bytes < societyBytes; end++ {
			if one := key(end); one.id != "" {
				sources, ids = append(sources, one.source), append(ids, one.id)
				bytes += len(one.source) + len(one.id)
			}
		}
		if len(ids) == 0 {
			continue
		}
		var found []shownRecord
		if err := s.Conn().Select(ctx, &found, text, clickhouse.NamedNumber("load", load), clickhouse.Named("today", today.Format(model.DayLayout)),
			clickhouse.Named("sources", sources), clickhouse.Named("record_ids", ids)); err != nil {
			return nil, fmt.Errorf("look up which records are for society: %w", err)
		}
		open := make(map[recordKey]*shownRecord, len(found))
		for i, one := range found {
			open[recordKey{one.Source, one.RecordID}] = &found[i]
		}
		for i := begin; i < end; i++ {
			shown[i] = open[key(i)]
		}
	}
	return shown, nil
}

// societyToday is the registry load in force now and its today, which decide what is for society.
func (s *Asker) societyToday(ctx context.Context) (load uint64, today time.Time, err error) {
	var timezone string
	row := s.Conn().QueryRow(ctx, `SELECT max(load_id), argMax(timezone, load_id) FROM loads`)
	if err := row.Scan(&load, &timezone); err != nil {
		return 0, today, fmt.Errorf("find the registry in force: %w", err)
	}
	zone, err := time.LoadLocation(timezone)
	if err != nil {
		return 0, today, fmt.Errorf("today in the registry's time zone: %w", err)
	}
	return load, model.Today(s.society().In(zone)), nil
}
