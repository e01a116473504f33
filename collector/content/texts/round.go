// Package texts looks at what published texts say: it reads stored contents, holds texts against what they should say and against each other, and reports
// what people should look at. What has not changed is not looked at again.
package texts

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yangguang/collector/attachment"
	"yangguang/collector/content"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
	"yangguang/queries/registry"
)

// checks is the version of what texts are looked at for: when it changes, all are looked at again.
const checks = "1"

// Options are of a round.
type Options struct {
	Store   *clickhouse.Store
	Zone    *time.Location
	Now     time.Time
	Total   func(texts int) // how many are to be looked at; may be nil
	Advance func(texts int) // how many more were; may be nil
}

// Result is what a round came to.
type Result struct {
	Read   int // contents that were not read before
	Looked int // texts that were new, or all when the rules have changed
	Found  int // findings about texts that stand after it
}

// looker looks at texts.
type looker struct {
	Options
	texts  patrol.Texts
	places *content.Places
	least  map[string]int // characters, by item
	today  time.Time
	since  uint64

	lock   sync.Mutex // guards what follows
	looked map[patrol.Key]bool
	found  []patrol.Finding
}

// Run makes a round: stored contents, then every text that was read since the last round, then those of different units and periods against each other. What
// it finds is reported when all of it is known.
func Run(ctx context.Context, options Options) (result Result, err error) {
	l := &looker{Options: options, today: model.Today(options.Now.In(options.Zone)), looked: map[patrol.Key]bool{}, least: map[string]int{}}
	if l.texts, err = patrol.OpenTexts(ctx, options.Store, l.today); err != nil {
		return result, err
	}
	known, err := registry.InForce(ctx, options.Store)
	if err != nil {
		return result, err
	}
	l.places = content.NewPlaces(known.Units)
	for _, item := range known.Items {
		l.least[item.ID] = int(item.MinChars)
	}
	if result.Read, err = l.readStored(ctx); err != nil {
		return result, fmt.Errorf("read what is stored of texts: %w", err)
	}
	begun := time.Now()
	rules := checks + " " + strconv.FormatUint(l.texts.Load, 10)
	since, before, err := patrol.LookedUpTo(ctx, options.Store)
	if err != nil {
		return result, err
	}
	if before == rules {
		l.since = since
	}
	if l.Total != nil {
		count, err := l.texts.CountSince(ctx, l.since)
		if err != nil {
			return result, err
		}
		l.Total(int(count))
	}
	if err := l.lookAtEach(ctx); err != nil {
		return result, fmt.Errorf("look at texts: %w", err)
	}
	result.Looked = len(l.looked)
	if err := l.holdAgainstEachOther(ctx); err != nil {
		return result, fmt.Errorf("hold texts against each other: %w", err)
	}
	if err := l.report(ctx); err != nil {
		return result, err
	}
	standing, err := patrol.Standing(ctx, options.Store, kinds()...)
	if err != nil {
		return result, err
	}
	result.Found = len(standing)
	return result, patrol.NoteLooked(ctx, options.Store, begun, rules)
}

// kinds are what a round looks for.
func kinds() []string { return slices.Concat(model.PrivateFindings(), model.TextFindings()) }

// holdAgainstEachOther looks for what one text alone does not show.
func (l *looker) holdAgainstEachOther(ctx context.Context) error {
	if err := l.lookForBackdating(ctx); err != nil {
		return err
	}
	if err := l.lookForRushes(ctx); err != nil || len(l.looked) == 0 {
		return err // no text has changed
	}
	held, end, err := l.texts.Hold(ctx, l.since)
	if err != nil {
		return err
	}
	err = l.lookForCopies(ctx, held)
	if err == nil {
		err = l.lookForRepeats(ctx, held)
	}
	return errors.Join(err, end())
}

// ofPairs are the kinds for which two texts are held against each other.
func ofPairs(kind string) bool { return kind == patrol.Copied || kind == patrol.Repeated }

// ofEmptiness are the kinds of texts that say nothing.
func ofEmptiness(kind string) bool {
	return kind == patrol.Empty || kind == patrol.TitleOnly || kind == patrol.TooShort
}

// report notes what was found. What stood is mended where its text, or of a pair one of the two, was looked at and gave it no more, or does not stand any
// more; not where its text is not known any more.
func (l *looker) report(ctx context.Context) error {
	before, err := patrol.Standing(ctx, l.Store, kinds()...)
	if err != nil {
		return err
	}
	var records []string
	for _, finding := range slices.Concat(before, l.found) {
		records = append(records, finding.RecordID)
		if finding.OtherRecordID != "" {
			records = append(records, finding.OtherRecordID)
		}
	}
	slices.Sort(records)
	known, err := l.texts.Known(ctx, slices.Compact(records))
	if err != nil {
		return err
	}
	// What a collection holds of a record says nothing; its page, which readers see, is judged instead.
	onPage := func(f patrol.Finding) bool {
		return ofEmptiness(f.Kind) && f.Place == "" && known[patrol.Key{Source: f.Source, RecordID: f.RecordID, Place: f.URL}].Whole
	}
	others := l.others(known)
	return patrol.Report(ctx, l.Store, time.Now(), patrol.Scope{Kinds: kinds(), Looked: func(f patrol.Finding) bool {
		key := patrol.Key{Source: f.Source, RecordID: f.RecordID, Place: f.Place}
		text, read := known[key]
		return f.RecordID == "" || f.Kind == patrol.Backdated || // all units were counted, all records looked at
			l.looked[key] || read && !text.Stands || onPage(f) ||
			ofPairs(f.Kind) && others[patrol.Key{Source: f.OtherSource, RecordID: f.OtherRecordID}]
	}}, slices.DeleteFunc(l.found, onPage))
}

// others are the records, without a place, of which a text was looked at, or none stands any more of those that were read.
func (l *looker) others(known map[patrol.Key]patrol.Known) map[patrol.Key]bool {
	others := map[patrol.Key]bool{}
	stands := map[patrol.Key]bool{}
	for key, text := range known {
		key.Place = ""
		others[key] = true
		stands[key] = stands[key] || text.Stands
	}
	maps.DeleteFunc(others, func(key patrol.Key, _ bool) bool { return stands[key] })
	for key := range l.looked {
		key.Place = ""
		others[key] = true
	}
	return others
}

// textsAtOnce bounds what waits to be looked at or stored.
const textsAtOnce = 500

// readStored reads the contents that were not read yet.
func (l *looker) readStored(ctx context.Context) (count int, err error) {
	group, ctx := errgroup.WithContext(ctx)
	unread, texts := make(chan patrol.Unread, textsAtOnce), make(chan patrol.Text, textsAtOnce)
	group.Go(func() error {
		defer close(unread)
		return l.texts.Unread(ctx, func(one patrol.Unread) error { return send(ctx, unread, one) })
	})
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Add(1)
		group.Go(func() error {
			defer readers.Done()
			for one := range unread {
				text := patrol.Text{
					Source: one.Source, RecordID: one.RecordID, Version: one.Version, UnitID: one.UnitID, ItemID: one.ItemID, Title: one.Title,
					PeriodFrom: one.PeriodFrom, PeriodTo: one.PeriodTo, HappenedOn: one.HappenedOn, PublishedOn: one.PublishedOn, FetchedAt: one.Seen,
				}
				reading := storedText(one.Content)
				if one.Content == "" {
					text.FetchedAt = time.Now().UTC()
				}
				fill(&text, reading, l.places)
				if err := send(ctx, texts, text); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}
	group.Go(func() error {
		readers.Wait()
		close(texts)
		return nil
	})
	group.Go(func() error {
		return inBatches(ctx, texts, func(batch []patrol.Text) error {
			count += len(batch)
			return patrol.NoteTexts(ctx, l.Store, batch)
		})
	})
	return count, group.Wait()
}

func send[T any](ctx context.Context, to chan<- T, one T) error {
	select {
	case to <- one:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// batchBytes and batchTexts bound one insert.
const (
	batchBytes = 16 << 20
	batchTexts = 5000
)

// inBatches hands over what comes, in batches.
func inBatches(ctx context.Context, texts <-chan patrol.Text, store func([]patrol.Text) error) error {
	var batch []patrol.Text
	size := 0
	for text := range texts {
		batch, size = append(batch, text), size+len(text.Text)
		if len(batch) < batchTexts && size < batchBytes {
			continue
		}
		if err := store(batch); err != nil {
			return err
		}
		batch, size = batch[:0], 0
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(batch) == 0 {
		return nil
	}
	return store(batch)
}

// fill puts what was read into a text, with what it is held against others by.
func fill(text *patrol.Text, reading attachment.Reading, places *content.Places) {
	text.Kind, text.Fault, text.Text = reading.Kind, reading.Fault, reading.Text
	compared := content.Compare(reading.Text, places.OwnNames(text.UnitID))
	text.Skeleton, text.Figures, text.Days = compared.Skeleton, []uint64{}, []uint64{}
	for _, figure := range compared.Figures {
		if figure.Day {
			text.Days = append(text.Days, figure.Key)
		} else {
			text.Figures = append(text.Figures, figure.Key)
		}
	}
}
