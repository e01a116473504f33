package facts

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"yangguang/queries/model"
)

// Refresher computes the facts that questions about very many units are answered from: of the default question whenever data or day have changed,
// and of others when they are asked; and it removes what nobody reads any more.
type Refresher struct {
	store  *Facts
	days   func() []time.Time // whose default questions are kept: civil days in the configured time zone, at midnight UTC
	logger *slog.Logger
	wanted chan model.Question
	seen   map[time.Time]string // of each day: data version of its edition
	last   string               // failure
}

// keeperLooks is how often a keeper looks whether data or day have changed: new records show within seconds.
const keeperLooks = 2 * time.Second

// keeperForgets is how often a keeper removes editions that others have followed, which of a country takes some ten seconds.
const keeperForgets = 5 * time.Minute

// NewRefresher makes the keeper of a store.
func NewRefresher(store *Facts, days func() []time.Time, logger *slog.Logger) *Refresher {
	k := &Refresher{store: store, days: days, logger: logger, wanted: make(chan model.Question, 16), seen: map[time.Time]string{}}
	store.want.Store(&k.wanted)
	return k
}

// Run keeps editions until ctx ends.
func (k *Refresher) Run(ctx context.Context) {
	var forgetting sync.WaitGroup
	defer forgetting.Wait()
	forgetting.Go(func() { k.forget(ctx) })
	look := time.NewTicker(keeperLooks)
	defer look.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case question := <-k.wanted:
			err = k.keepUnlessKnown(ctx, question)
		case <-look.C:
			for _, day := range k.days() {
				err = errors.Join(err, k.keepDefault(ctx, day))
			}
		}
		k.complain(ctx, err)
	}
}

// complain logs a failure, once as long as it stays the same.
func (k *Refresher) complain(ctx context.Context, err error) {
	if err == nil || errors.Is(err, model.ErrNoRegistry) {
		k.last = ""
		return
	}
	if text := err.Error(); ctx.Err() == nil && text != k.last {
		k.last = text
		k.logger.ErrorContext(ctx, "facts could not be computed beforehand", "error", err)
	}
}

// KeptDays are today and, in the evening, tomorrow: at midnight a country's edition is there already.
func KeptDays(now time.Time) []time.Time {
	days := []time.Time{model.Today(now)}
	if now.Hour() >= evening {
		days = append(days, days[0].AddDate(0, 0, 1))
	}
	return days
}

const evening = 18

// keepDefault makes the edition of a day's default question if data or day have changed and there are so many units that it is needed.
func (k *Refresher) keepDefault(ctx context.Context, day time.Time) error {
	version, err := k.store.dataVersionAt(ctx, time.Now())
	if err != nil || version == k.seen[day] {
		return err
	}
	question := model.Question{}.WithDefaults(day)
	load, err := LoadInForce(ctx, k.store.Store, question)
	if err != nil {
		return err
	}
	_, many, err := k.store.Many(ctx, load)
	if err != nil {
		return err
	}
	if many {
		if err := k.keep(ctx, question, k.store.makeEdition); err != nil {
			return err
		}
	}
	k.seen[day] = version
	return nil
}

// keepUnlessKnown computes the facts that were asked for, unless those stored know all there is.
func (k *Refresher) keepUnlessKnown(ctx context.Context, question model.Question) error {
	load, err := LoadInForce(ctx, k.store.Store, question)
	if err != nil {
		return err
	}
	_, missing, err := k.store.currentFacts(ctx, load, []model.Question{question, question.Previous()}, "")
	if err != nil || len(missing) == 0 {
		return err
	}
	return k.keep(ctx, question, k.store.makeFacts)
}

// keep makes what a question is answered from, and says how far it is.
func (k *Refresher) keep(ctx context.Context, question model.Question, make func(context.Context, model.Question, func(made, of int)) error) error {
	begun, layers := time.Now(), 0
	told := begun
	err := make(ctx, question, func(made, of int) {
		if layers = of; time.Since(told) > 10*time.Second {
			told = time.Now()
			k.logger.InfoContext(ctx, "an edition is being made", "layers", made, "of", of)
		}
	})
	if err != nil {
		return err
	}
	k.logger.InfoContext(ctx, "an edition was made", "as_of", question.AsOf.Format(model.DayLayout), "layers", layers, "seconds", time.Since(begun).Seconds())
	return nil
}

// forget removes what editions have followed, at times, while others are made.
func (k *Refresher) forget(ctx context.Context) {
	again := time.NewTicker(keeperForgets)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		if !k.store.made.Swap(false) {
			continue
		}
		if err := Forget(ctx, k.store.Store, time.Now().Add(-LayerMakes)); err != nil && ctx.Err() == nil {
			k.logger.ErrorContext(ctx, "old editions could not be removed", "error", err)
		}
	}
}
