package patrol

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
)

// Text is what a record's content (Place empty), page or attachment says. Days are civil days, midnight UTC; nil: none.
type Text struct {
	Ref         uint64     `ch:"ref"` // of unit, item, record and place; of what stands only
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	Version     uint64     `ch:"version"`
	Place       string     `ch:"place"`
	UnitID      string     `ch:"unit_id"`
	ItemID      string     `ch:"item_id"`
	Title       string     `ch:"title"`
	PeriodFrom  *time.Time `ch:"period_from"`
	PeriodTo    *time.Time `ch:"period_to"`
	HappenedOn  *time.Time `ch:"happened_on"`
	PublishedOn *time.Time `ch:"published_on"`
	URL         string     `ch:"url"` // of the record
	FetchedAt   time.Time  `ch:"fetched_at"`
	Kind        string     `ch:"kind"`  // collector/attachment names kinds and faults
	Fault       string     `ch:"fault"` // empty: it was read
	Text        string     `ch:"text"`
	Skeleton    string     `ch:"skeleton"`
	Figures     []uint64
	Days        []uint64
}

// Unread is the stored content of a record that was not read yet; Content is empty where none is stored.
type Unread struct {
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	Version     uint64     `ch:"version"`
	UnitID      string     `ch:"unit_id"`
	ItemID      string     `ch:"item_id"`
	Title       string     `ch:"title"`
	PeriodFrom  *time.Time `ch:"period_from"`
	PeriodTo    *time.Time `ch:"period_to"`
	HappenedOn  *time.Time `ch:"happened_on"`
	PublishedOn *time.Time `ch:"published_on"`
	Seen        time.Time  `ch:"seen"`
	Content     string     `ch:"content"`
}

// Texts are a database's, as of a question's day and the present.
type Texts struct {
	*clickhouse.Store
	Question model.Question
	Load     uint64 // of the registry
}

// OpenTexts are the texts of records that are published by a civil day, midnight UTC.
func OpenTexts(ctx context.Context, s *clickhouse.Store, day time.Time) (Texts, error) {
	question := model.Question{}.WithDefaults(day)
	question.KnownAt = time.Now()
	load, err := facts.LoadInForce(ctx, s, question)
	return Texts{s, question, load}, err
}

// written is sql/patrol/NAME.sql as it is asked of these texts, with all arguments.
func (t Texts) written(name string, arguments []any) (string, []any, error) {
	text, err := sql.Text("patrol/"+name, sql.AsOfNow())
	if err != nil {
		return "", nil, err
	}
	text = facts.WithoutUnsetFilters(text, t.Question)
	return text, append(facts.Arguments(t.Question, text, t.Load, facts.Chosen{}), arguments...), nil
}

// stream hands over the rows of sql/patrol/NAME.sql one after the other; an error of each ends it.
func stream[Row any](ctx context.Context, t Texts, name string, each func(Row) error, arguments ...any) (err error) {
	ctx, cancel := context.WithCancel(ctx) // closing the rows would read the rest
	defer cancel()
	text, arguments, err := t.written(name, arguments)
	if err != nil {
		return err
	}
	rows, err := t.Conn().Query(ctx, text, arguments...)
	if err != nil {
		return fmt.Errorf("ask for %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			cancel()
			_ = rows.Close()
			return
		}
		err = rows.Close()
	}()
	for rows.Next() {
		var row Row
		if err := rows.ScanStruct(&row); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Unread hands over the stored contents that were not read yet, in any order.
func (t Texts) Unread(ctx context.Context, each func(Unread) error) error {
	return stream(ctx, t, "unread", each)
}

// Since hands over the texts that were read after a round, 0: all, in any order.
func (t Texts) Since(ctx context.Context, round uint64, each func(Text) error) error {
	return stream(ctx, t, "texts", each, clickhouse.NamedNumber("since", round))
}

// A question's argument has at most 128 KiB: so many numbers, or texts of so many bytes, are asked for at once.
const (
	mostNumbers = 4000
	mostBytes   = 48 << 10
)

// Rush is how many records of a unit came in the week before an assessment.
type Rush struct {
	UnitID   string  `ch:"unit_id"`
	Records  uint64  `ch:"records"`
	InWeek   uint64  `ch:"in_week"`
	Expected float64 `ch:"expected"` // as others published the same items
	Items    uint64  `ch:"items"`
}

// Rushes are the units of which at least ten records came in the year before a day, at least four in five of them in the week before an assessment.
func (t Texts) Rushes(ctx context.Context, to time.Time, assessed []time.Time) (found []Rush, err error) {
	var days []string
	for _, day := range assessed {
		days = append(days, day.Format(model.DayLayout))
	}
	t.Question.From, t.Question.To = to.AddDate(-1, 0, 0), to
	err = stream(ctx, t, "rushed", func(one Rush) error {
		found = append(found, one)
		return nil
	}, clickhouse.Named("assessed", clickhouse.List(days)))
	return found, err
}

// BackdatedRecord is a record that says that it was published days before anything shows it.
type BackdatedRecord struct {
	Source      string    `ch:"source"`
	RecordID    string    `ch:"record_id"`
	Version     uint64    `ch:"version"`
	UnitID      string    `ch:"unit_id"`
	ItemID      string    `ch:"item_id"`
	Period      string    `ch:"period"` // as reports write it
	URL         string    `ch:"url"`
	PublishedOn time.Time `ch:"published_on"`
	EvidencedOn time.Time `ch:"evidenced_on"`
}

// BackdatedRecords hands over the records that are back-dated, in any order.
func (t Texts) BackdatedRecords(ctx context.Context, each func(BackdatedRecord) error) error {
	return stream(ctx, t, "backdated", each)
}

// Assessments are the civil days, midnight UTC, on which packs of assessment meetings were frozen, by a zone.
func (t Texts) Assessments(ctx context.Context, zone *time.Location) (days []time.Time, err error) {
	var instants []time.Time
	if err := t.Conn().QueryRow(ctx, "SELECT groupArray(known_at) FROM freezes FINAL WHERE finished = 1").Scan(&instants); err != nil {
		return nil, fmt.Errorf("find the assessments: %w", err)
	}
	for _, instant := range instants {
		day := model.Today(instant.In(zone))
		if !slices.ContainsFunc(days, day.Equal) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return days, nil
}

// CountSince is how many texts were read after a round, 0: all.
func (t Texts) CountSince(ctx context.Context, round uint64) (count uint64, err error) {
	err = stream(ctx, t, "texts_count", func(row struct {
		Texts uint64 `ch:"texts"`
	},
	) error {
		count = row.Texts
		return nil
	}, clickhouse.NamedNumber("since", round))
	return count, err
}

// NoteTexts stores texts as read at present.
func NoteTexts(ctx context.Context, s *clickhouse.Store, texts []Text) error {
	if len(texts) == 0 {
		return nil
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	round, err := nextNumber(ctx, s, "patrol_texts", "round_id", time.Now())
	if err != nil {
		return err
	}
	err = s.Insert(ctx, `INSERT INTO patrol_texts (source, record_id, version, place, round_id, unit_id, item_id, title, period_from, period_to, happened_on, published_on,
		fetched_at, kind, fault, text, skeleton, figures, days)`, func(batch clickhouse.Batch) error {
		for _, t := range texts {
			err := batch.Append(t.Source, t.RecordID, t.Version, t.Place, round, t.UnitID, t.ItemID, t.Title, t.PeriodFrom, t.PeriodTo, t.HappenedOn, t.PublishedOn,
				t.FetchedAt, t.Kind, t.Fault, t.Text, t.Skeleton, t.Figures, t.Days)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store what texts say: %w", err)
	}
	return storage.NoteHoldings(ctx, s, round, fmt.Sprintf("round_id = %d", round), "patrol_texts")
}

// LastText is what was stored last of a place: its text, what kind it is and its fault.
func LastText(ctx context.Context, s *clickhouse.Store, of Key) (text Text, found bool, err error) {
	var rows []Text
	err = s.Conn().Select(ctx, &rows, `SELECT text, toString(kind) AS kind, toString(fault) AS fault FROM patrol_texts WHERE source = {source:String} AND record_id = {record:String}
		AND place = {place:String} ORDER BY round_id DESC LIMIT 1`,
		clickhouse.Named("source", of.Source), clickhouse.Named("record", of.RecordID), clickhouse.Named("place", of.Place))
	if err != nil || len(rows) == 0 {
		if err != nil {
			err = fmt.Errorf("look for what %s said: %w", of.Place, err)
		}
		return text, false, err
	}
	return rows[0], true, nil
}

// overlap is how much is looked at again of what was stored before the last round: what was on its way then could not be seen, in microseconds.
const overlap = uint64(10 * time.Minute / time.Microsecond)

// LookedUpTo is the number up to which texts were looked at, and by which rules; 0 where none were.
func LookedUpTo(ctx context.Context, s *clickhouse.Store) (round uint64, rules string, err error) {
	if err := s.Conn().QueryRow(ctx, "SELECT max(round_id), argMax(rules, round_id) FROM content_rounds").Scan(&round, &rules); err != nil {
		return 0, "", fmt.Errorf("find the last round: %w", err)
	}
	return round - min(round, overlap), rules, nil
}

// NoteLooked notes that all texts that were stored by a time were looked at by rules.
func NoteLooked(ctx context.Context, s *clickhouse.Store, begun time.Time, rules string) error {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	err := s.Insert(ctx, "INSERT INTO content_rounds", func(batch clickhouse.Batch) error {
		return batch.Append(uint64(begun.UnixMicro()), time.Now().UTC(), rules)
	})
	if err != nil {
		return fmt.Errorf("note that texts were looked at: %w", err)
	}
	return nil
}

// Known is what is known of a text that was ever read.
type Known struct {
	Stands bool // it is still shown
	Whole  bool // it was read: what is not in it is not there, or in what it shows beside
}

// Known are the texts of some records that were ever read.
func (t Texts) Known(ctx context.Context, records []string) (known map[Key]Known, err error) {
	session, end, err := t.Session(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, end()) }()
	err = session.Conn().Exec(ctx, "CREATE TEMPORARY TABLE asked_records (record_id String) ENGINE = Memory")
	if err == nil {
		err = session.Insert(ctx, "INSERT INTO asked_records", func(batch clickhouse.Batch) (err error) {
			for _, record := range records {
				err = errors.Join(err, batch.Append(record))
			}
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("ask which texts are known: %w", err)
	}
	t.Store, known = session, map[Key]Known{}
	err = stream(ctx, t, "known", func(row struct {
		Source   string `ch:"source"`
		RecordID string `ch:"record_id"`
		Place    string `ch:"place"`
		Stands   bool   `ch:"stands"`
		Whole    bool   `ch:"whole"`
	},
	) error {
		known[Key{row.Source, row.RecordID, row.Place}] = Known{row.Stands, row.Whole}
		return nil
	})
	return known, err
}

// chunks are texts in parts of so many bytes.
func chunks(texts []string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		from, size := 0, 0
		for i, text := range texts {
			if size += 2*len(text) + 4; size > mostBytes && i > from {
				if !yield(texts[from:i]) {
					return
				}
				from, size = i, 2*len(text)+4
			}
		}
		if from < len(texts) {
			yield(texts[from:])
		}
	}
}

// Key is where a text stands.
type Key struct{ Source, RecordID, Place string }

// Key is where it stands.
func (t Text) Key() Key { return Key{t.Source, t.RecordID, t.Place} }
