package facts

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"yangguang/queries/model"
)

// Refresher computes the facts that questions about very many units are answered from: of the default question whenever data or day have changed,
// and of others when they are asked; and it removes what nobody reads any more.
type Refresher struct {
	store  *Facts
	days   func() []time.Time // whose default questions are refreshed: civil days in the configured time zone, at midnight UTC
	logger *slog.Logger
	wanted chan model.Question
	seen   map[time.Time]string // of each day: data version of its snapshot
	known  checked
}

// checked is what was asked last and is stored, so that it is not looked for again for each panel of a page.
type checked struct {
	question model.Question
	version  string
	at       time.Time
}

// checkedFor is how long what was stored is taken to be: it may be forgotten.
const checkedFor = 10 * time.Second

// looksEvery is how often a refresher looks whether data or day have changed: new records show within seconds.
const looksEvery = 2 * time.Second

// forgetsEvery is how often a refresher removes snapshots that others have followed, which of a country takes some ten seconds.
const forgetsEvery = 5 * time.Minute

// NewRefresher is the refresher of a store: from now on it hears what is asked.
func NewRefresher(store *Facts, days func() []time.Time, logger *slog.Logger) *Refresher {
	r := &Refresher{store: store, days: days, logger: logger, wanted: make(chan model.Question, 16), seen: map[time.Time]string{}}
	store.want.Store(&r.wanted)
	return r
}

// Run refreshes until ctx ends.
func (r *Refresher) Run(ctx context.Context) {
	var others sync.WaitGroup
	defer others.Wait()
	others.Go(func() { r.forget(ctx) })
	others.Go(func() { r.refreshAsked(ctx) }) // however long that takes, the default question follows the data
	look := time.NewTicker(looksEvery)
	defer look.Stop()
	var last string
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		var err error
		for _, day := range r.days() {
			err = errors.Join(err, r.refreshDefault(ctx, day))
		}
		r.complain(ctx, err, &last)
	}
}

// refreshAsked computes what readers ask beside the default questions.
func (r *Refresher) refreshAsked(ctx context.Context) {
	var last string
	for {
		select {
		case <-ctx.Done():
			return
		case question := <-r.wanted:
			r.complain(ctx, r.refreshUnlessKnown(ctx, question), &last)
		}
	}
}

// complain logs a failure, once as long as it stays the last one's.
func (r *Refresher) complain(ctx context.Context, err error, last *string) {
	if err == nil || errors.Is(err, model.ErrNoRegistry) {
		*last = ""
		return
	}
	if text := err.Error(); ctx.Err() == nil && text != *last {
		*last = text
		r.logger.ErrorContext(ctx, "facts could not be computed beforehand", "error", err)
	}
}

// RefreshedDays are today and, in the evening, tomorrow: at midnight a country's snapshot is there already.
func RefreshedDays(now time.Time) []time.Time {
	days := []time.Time{model.Today(now)}
	if now.Hour() >= evening {
		days = append(days, days[0].AddDate(0, 0, 1))
	}
	return days
}

const evening = 18

// refreshDefault makes the snapshot of a day's default question if data or day have changed and there are so many units that it is needed.
func (r *Refresher) refreshDefault(ctx context.Context, day time.Time) error {
	version, err := r.store.dataVersionAt(ctx, time.Now())
	if err != nil || version == r.seen[day] {
		return err
	}
	question := model.Question{}.WithDefaults(day)
	load, err := LoadInForce(ctx, r.store.Store, question)
	if err != nil {
		return err
	}
	_, many, err := r.store.Many(ctx, load)
	if err != nil {
		return err
	}
	if many {
		if err := r.refresh(ctx, question, r.store.makeSnapshot); err != nil {
			return err
		}
	}
	r.seen[day] = version
	return nil
}

// refreshUnlessKnown computes what was asked for, unless what is stored knows all there is.
func (r *Refresher) refreshUnlessKnown(ctx context.Context, question model.Question) error {
	if slices.ContainsFunc(r.days(), func(day time.Time) bool { return question == model.Question{}.WithDefaults(day) }) {
		return nil // refreshDefault computes it
	}
	version, err := r.store.dataVersionAt(ctx, time.Now())
	if err != nil || r.known.question == question && r.known.version == version && time.Since(r.known.at) < checkedFor {
		return err
	}
	current, err := r.store.currentResults(ctx, question)
	if err == nil && !current {
		err = r.refresh(ctx, question, r.store.makeAsked)
	}
	if err == nil {
		r.known = checked{question, version, time.Now()}
	}
	return err
}

// refresh computes what a question is answered from, and logs how far it is.
func (r *Refresher) refresh(ctx context.Context, question model.Question, make func(context.Context, model.Question, func(made, of int)) error) error {
	begun, parts := time.Now(), 0
	logged := begun
	err := make(ctx, question, func(made, of int) {
		if parts = of; time.Since(logged) > 10*time.Second {
			logged = time.Now()
			r.logger.InfoContext(ctx, "a snapshot is being computed", "parts", made, "of", of)
		}
	})
	if err != nil {
		return err
	}
	r.logger.InfoContext(ctx, "a snapshot was computed", "as_of", question.AsOf.Format(model.DayLayout), "parts", parts, "seconds", time.Since(begun).Seconds())
	return nil
}

// forget deletes superseded snapshots at times, while others are computed.
func (r *Refresher) forget(ctx context.Context) {
	again := time.NewTicker(forgetsEvery)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		if !r.store.made.Swap(false) {
			continue
		}
		if err := Forget(ctx, r.store.Store, time.Now().Add(-PartTakes)); err != nil && ctx.Err() == nil {
			r.logger.ErrorContext(ctx, "superseded snapshots could not be deleted", "error", err)
		}
	}
}
