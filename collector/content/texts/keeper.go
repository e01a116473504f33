package texts

import (
	"context"
	"errors"
	"fmt"
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

	lock    sync.Mutex
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
	reading, err := k.reader.Read(ctx, attachment.File{Name: seen.URL, ContentType: seen.ContentType, Body: seen.Body, Whole: seen.Whole})
	if err != nil {
		return fmt.Errorf("read %s: %w", seen.URL, err)
	}
	if reading.Kind == attachment.HTML && reading.Fault == attachment.None && reading.Pictures+reading.Links > 0 {
		reading.Fault = attachment.More
	}
	place := strings.TrimSpace(seen.Place)
	if place == "" {
		place = strings.TrimSpace(seen.URL)
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
		same, err := patrol.Same(ctx, k.store, text)
		if err != nil {
			return err
		}
		if same {
			continue
		}
		if err := k.keep(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) keep(ctx context.Context, text patrol.Text) error {
	k.lock.Lock()
	k.waiting = append(k.waiting, text)
	var full []patrol.Text
	if len(k.waiting) >= atOnce {
		full, k.waiting = k.waiting, nil
	}
	k.lock.Unlock()
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
