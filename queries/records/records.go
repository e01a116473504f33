package records

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/column"

	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
)

// RecordVersion is one row of record_versions as a source gives it; what is the same for the whole collection is added by
// the database. The zero value of a day is none; those that are no civil.Day are at midnight UTC.
type RecordVersion struct {
	Version                                                                                uint64
	RecordID, UnitID, ItemID, Title, EventID, EventKey, Period, Scope, Channel, URL, Place string
	PeriodFrom, PeriodTo, OccurredOn, ProposedOn, ReviewedOn, ApprovedOn                   time.Time
	PublishedOn, UploadedOn, WithdrawnOn                                                   time.Time
	UnseenOn                                                                               civil.Day
	Derived, Steps, Online, DatedBySight                                                   bool
	Hash                                                                                   uint64
}

// Batch holds records column by column, the form in which they are sent. It is used by one goroutine and again after
// Reset, so that a collection of any length needs the memory of a few batches.
type Batch struct {
	versions, hashes []uint64
	texts            [len(textColumns)][]string
	days             [len(dayColumns)]dayColumn
	flags            [len(flagColumns)][]bool
	ownEventKeys     bool // some event_key is neither the event_id nor, without one, the title
}

var (
	textColumns = [...]string{"record_id", "unit_id", "item_id", "title", "event_id", "event_key", "period", "scope", "channel", "url", "place"}
	dayColumns  = [...]string{
		"period_from", "period_to", "occurred_on", "proposed_on", "reviewed_on", "approved_on", "published_on",
		"uploaded_on", "withdrawn_on", "unseen_on",
	}
	flagColumns = [...]string{"derived", "steps", "online", "dated_by_sight"}
)

// dayColumn is a column of days since 1970. The driver wants pointers for a column with NULL; they point into values.
type dayColumn struct {
	values   []int32
	pointers []*int32
	used     bool
}

func (d *dayColumn) add(day civil.Day) {
	if day.IsZero() {
		d.pointers = append(d.pointers, nil)
		return
	}
	d.used = true
	d.values = append(d.values, day.Number())
	d.pointers = append(d.pointers, &d.values[len(d.values)-1])
}

// forType gives what a column of the type takes. Over HTTP it is the Int32 we ask for, over the native protocol it is what
// the table says.
func (d *dayColumn) forType(kind column.Type) any {
	if !strings.Contains(string(kind), "Date32") {
		return d.pointers
	}
	times := make([]*time.Time, len(d.pointers))
	for i, day := range d.pointers {
		if day != nil {
			at := civil.FromNumber(*day).Start(time.UTC)
			times[i] = &at
		}
	}
	return times
}

// NewBatch makes room for size records.
func NewBatch(size int) *Batch {
	b := &Batch{versions: make([]uint64, 0, size), hashes: make([]uint64, 0, size)}
	for i := range b.texts {
		b.texts[i] = make([]string, 0, size)
	}
	for i := range b.days {
		// A column that outgrew its values would leave pointers into the old ones, which still hold the right days.
		b.days[i] = dayColumn{values: make([]int32, 0, size), pointers: make([]*int32, 0, size)}
	}
	for i := range b.flags {
		b.flags[i] = make([]bool, 0, size)
	}
	return b
}

// Len is the number of records in the batch.
func (b *Batch) Len() int {
	return len(b.versions)
}

// Add appends a record.
func (b *Batch) Add(r *RecordVersion) {
	b.versions = append(b.versions, r.Version)
	b.hashes = append(b.hashes, r.Hash)
	for i, text := range [len(textColumns)]string{
		r.RecordID, r.UnitID, r.ItemID, r.Title, r.EventID, r.EventKey, r.Period, r.Scope, r.Channel, r.URL, r.Place,
	} {
		b.texts[i] = append(b.texts[i], text)
	}
	for i, day := range [len(dayColumns) - 1]time.Time{
		r.PeriodFrom, r.PeriodTo, r.OccurredOn, r.ProposedOn, r.ReviewedOn, r.ApprovedOn, r.PublishedOn,
		r.UploadedOn, r.WithdrawnOn,
	} {
		b.days[i].add(civil.From(day, time.UTC))
	}
	b.days[len(dayColumns)-1].add(r.UnseenOn)
	if r.EventKey != r.EventID && (r.EventID != "" || r.EventKey != r.Title) {
		b.ownEventKeys = true
	}
	for i, flag := range [len(flagColumns)]bool{r.Derived, r.Steps, r.Online, r.DatedBySight} {
		b.flags[i] = append(b.flags[i], flag)
	}
}

// Reset empties the batch and lets go of the text it held.
func (b *Batch) Reset() {
	b.versions, b.hashes, b.ownEventKeys = b.versions[:0], b.hashes[:0], false
	for i := range b.texts {
		clear(b.texts[i])
		b.texts[i] = b.texts[i][:0]
	}
	for i := range b.days {
		b.days[i] = dayColumn{values: b.days[i].values[:0], pointers: b.days[i].pointers[:0]}
	}
	for i := range b.flags {
		b.flags[i] = b.flags[i][:0]
	}
}

// columns lists what is sent of the batch: names, types and values. A column without any value is left to its default.
// Texts and days are sent as String and Int32: the server makes low-cardinality columns and dates of them faster than the
// driver does.
func (b *Batch) columns() (described []clickhouse.ColumnNameAndType, values []any) {
	add := func(name, kind string, value any) {
		described = append(described, clickhouse.ColumnNameAndType{Name: name, Type: kind})
		values = append(values, value)
	}
	add("version", "UInt64", b.versions)
	add("hash", "UInt64", b.hashes)
	for i, name := range textColumns {
		if name == "event_key" && !b.ownEventKeys {
			continue // the staging table's default is the same
		}
		if slices.ContainsFunc(b.texts[i], func(text string) bool { return text != "" }) || name == "event_key" {
			add(name, "String", b.texts[i])
		}
	}
	for i, name := range dayColumns {
		if b.days[i].used {
			add(name, "Nullable(Int32)", &b.days[i])
		}
	}
	for i, name := range flagColumns {
		if slices.Contains(b.flags[i], true) {
			add(name, "Bool", b.flags[i])
		}
	}
	return described, values
}

// StageRecords stores a batch. It is sent again when the connection breaks and still stored once. The batch may be reset
// and used again afterwards. It is safe for several goroutines, each with its own batch.
func (c *Collection) StageRecords(ctx context.Context, batch *Batch) error {
	if batch.Len() == 0 {
		return nil
	}
	described, values := batch.columns()
	if err := c.send(ctx, "collecting", described, values); err != nil {
		return fmt.Errorf("stage %d records of %s: %w", batch.Len(), c.start.Source, err)
	}
	c.staged.Add(uint64(batch.Len()))
	if slices.Contains(batch.flags[0], true) {
		c.derived.Store(true)
	}
	if slices.Contains(batch.flags[0], false) {
		c.written.Store(true)
	}
	c.reached(slices.Max(batch.versions))
	return nil
}

// reached keeps the greatest version staged.
func (c *Collection) reached(version uint64) {
	for last := c.lastVersion.Load(); version > last; last = c.lastVersion.Load() {
		if c.lastVersion.CompareAndSwap(last, version) {
			return
		}
	}
}

// send inserts columns of equal length into one of the collection's staging tables exactly once. While a shard is away it waits: those that took their
// part know it by its token when it is sent again.
func (c *Collection) send(ctx context.Context, table string, described []clickhouse.ColumnNameAndType, values []any) error {
	settings := clickhouse.Synchronous()
	settings["insert_deduplication_token"] = strconv.FormatUint(c.id, 10) + "/" + strconv.FormatUint(c.batches.Add(1), 10)
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(settings), clickhouse.WithColumnNamesAndTypes(described))
	statement := "INSERT INTO " + table + "_" + strconv.FormatUint(c.id, 10) + " ("
	for i, column := range described {
		if i > 0 {
			statement += ", "
		}
		statement += column.Name
	}
	statement += ")"
	return c.store.AwaitingShards(ctx, func() error {
		return repeated(ctx, func() error { return c.sendOnce(ctx, statement, described, values) })
	})
}

func (c *Collection) sendOnce(ctx context.Context, statement string, described []clickhouse.ColumnNameAndType, values []any) error {
	batch, err := c.store.Conn().PrepareBatch(ctx, statement)
	if err != nil {
		return err
	}
	defer batch.Close()
	for i, value := range values {
		if days, ok := value.(*dayColumn); ok {
			value = days.forType(batch.Columns()[i].Type())
		}
		if err := batch.Column(i).Append(value); err != nil {
			return fmt.Errorf("column %s: %w", described[i].Name, err)
		}
		// Over HTTP the driver sends nothing, without an error, when columns differ in length.
		if got, want := batch.Columns()[i].Rows(), batch.Columns()[0].Rows(); got != want {
			return fmt.Errorf("column %s has %d rows instead of %d", described[i].Name, got, want)
		}
	}
	return batch.Send()
}
