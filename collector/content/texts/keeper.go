package texts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"yangguang/collector/attachment"
	"yangguang/collector/content"
	links "yangguang/collector/patrol"
	"yangguang/queries/clickhouse"
	"yangguang/queries/patrol"
	"yangguang/queries/registry"
)

// Keeper stores what visited pages and attachments say, where it has changed. Its methods may be called from many goroutines.
type Keeper struct {
	store  *clickhouse.Store
	reader *attachment.Reader
	places *content.Places

	lock    sync.Mutex // guards the following, also while it is stored: what was kept is found
	waiting []patrol.Text
}

// NewKeeper stores into a database; Close it.
func NewKeeper(ctx context.Context, store *clickhouse.Store) (*Keeper, error) {
	known, err := registry.InForce(ctx, store)
	if err != nil {
		return nil, err
	}
	return &Keeper{store: store, reader: attachment.NewReader(attachment.DefaultLimits()), places: content.NewPlaces(known.Units)}, nil
}

// atOnce bounds the texts that wait to be stored.
const atOnce = 200

// Seen reads what an address has shown; it is a links.Sink.
func (k *Keeper) Seen(ctx context.Context, seen links.Seen) error {
	place := strings.TrimSpace(cmp.Or(seen.Place, seen.URL))
	reading, err := k.read(ctx, seen, place)
	if err != nil {
		return fmt.Errorf("read %s: %w", seen.URL, err)
	}
	for _, record := range seen.Records {
		text := patrol.Text{
			Source: record.Source, RecordID: record.RecordID, Version: record.Version, Place: place, UnitID: record.UnitID, ItemID: record.ItemID, Title: record.Title,
			FetchedAt: seen.FetchedAt.UTC().Truncate(time.Millisecond),
		}
		if !record.PublishedOn.IsZero() {
			text.PublishedOn = &record.PublishedOn
		}
		fill(&text, reading, k.places)
		last, found, err := patrol.LastText(ctx, k.store, text.Key())
		if err != nil {
			return err
		}
		if found && last.Text == text.Text && last.Fault == text.Fault {
			continue // nothing needs to be written
		}
		if err := k.keep(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// read reads what was shown at a place, or finds what was read there for another record.
func (k *Keeper) read(ctx context.Context, seen links.Seen, place string) (attachment.Reading, error) {
	if seen.As != nil {
		text, err := k.kept(ctx, patrol.Key{Source: seen.As.Source, RecordID: seen.As.RecordID, Place: place})
		return attachment.Reading{Kind: text.Kind, Fault: text.Fault, Text: text.Text}, err
	}
	reading, err := k.reader.Read(ctx, attachment.File{Name: seen.URL, ContentType: seen.ContentType, Body: seen.Body, Whole: seen.Whole})
	if reading.Kind == attachment.HTML && reading.Fault == attachment.None && reading.Pictures+reading.Links > 0 {
		reading.Fault = attachment.More
	}
	return reading, err
}

// kept is what was read last of a record's place.
func (k *Keeper) kept(ctx context.Context, key patrol.Key) (patrol.Text, error) {
	k.lock.Lock()
	defer k.lock.Unlock()
	for _, text := range slices.Backward(k.waiting) {
		if text.Key() == key {
			return text, nil
		}
	}
	text, found, err := patrol.LastText(ctx, k.store, key)
	if err == nil && !found {
		err = fmt.Errorf("it was not read for %s of %s", key.RecordID, key.Source)
	}
	return text, err
}

// keep stores texts together: until they are, they wait.
func (k *Keeper) keep(ctx context.Context, text patrol.Text) error {
	k.lock.Lock()
	defer k.lock.Unlock()
	k.waiting = append(k.waiting, text)
	if len(k.waiting) < atOnce {
		return nil
	}
	full := k.waiting
	k.waiting = nil
	return patrol.NoteTexts(ctx, k.store, full)
}

// Close stores what still waits.
func (k *Keeper) Close(ctx context.Context) error {
	k.lock.Lock()
	left := k.waiting
	k.waiting = nil
	k.lock.Unlock()
	return errors.Join(k.reader.Close(), patrol.NoteTexts(ctx, k.store, left))
}
