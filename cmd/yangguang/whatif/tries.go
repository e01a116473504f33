package whatif

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"

	"yangguang/cmd/yangguang/application"
	"yangguang/dashboard/access"
	"yangguang/dashboard/page"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/whatif"
)

// Tries are what clerks try on the page /what-if: held in memory for a while, never stored. Close it.
type Tries struct {
	application *application.Application
	ctx         context.Context // of what is compared in the background
	stop        context.CancelFunc
	comparing   sync.WaitGroup
	turn        chan struct{} // one is compared at a time
	known       *expirable.LRU[string, *tried]
}

// How many results are held, for how long, how many of their obligations, and how long a comparison may take.
const (
	triesHeld       = 16
	triesHeldFor    = 2 * time.Hour
	triedRows       = 20_000
	comparisonTakes = time.Hour
)

// NewTries are of the registry that is in force in an application.
func NewTries(a *application.Application) *Tries {
	ctx, stop := context.WithCancel(context.Background())
	return &Tries{application: a, ctx: ctx, stop: stop, turn: make(chan struct{}, 1), known: expirable.NewLRU[string, *tried](triesHeld, nil, triesHeldFor)}
}

// Close gives up what is being compared.
func (t *Tries) Close() {
	t.stop()
	t.comparing.Wait()
}

// tried is a draft that is compared, or was.
type tried struct {
	done chan struct{} // closed at the end
	lock sync.Mutex    // guards the following
	page.WhatIfTried
}

func (t *tried) now() page.WhatIfTried {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.WhatIfTried
}

func (t *tried) change(write func(*page.WhatIfTried)) {
	t.lock.Lock()
	defer t.lock.Unlock()
	write(&t.WhatIfTried)
}

// May reports whether a user may try registries: clerks, or operators where no clerks are named.
func (t *Tries) May(user access.User) bool {
	return user.Clerk || len(t.application.Config.Clerks) == 0 && user.Operator
}

// Items are those of the registry in force.
func (t *Tries) Items(ctx context.Context) ([]model.Item, error) {
	return registry.ItemsInForce(ctx, t.application.Store)
}

// Try begins to compare a draft.
func (t *Tries) Try(ctx context.Context, draft page.WhatIfDraft, question model.Question) (string, error) {
	if err := t.application.Asker.CheckUnits(ctx, model.Question{Within: question.Within}); err != nil {
		return "", err
	}
	load, err := t.drafted(ctx, draft)
	if err != nil {
		return "", err
	}
	name := strings.ToLower(rand.Text())
	one := &tried{done: make(chan struct{}), WhatIfTried: page.WhatIfTried{What: draft.Name, Changed: draft.Changed, Begun: time.Now()}}
	t.known.Add(name, one)
	t.comparing.Go(func() { t.compare(one, load, question) })
	return name, nil
}

// drafted is the registry of the configuration's files with what a draft changes.
func (t *Tries) drafted(ctx context.Context, draft page.WhatIfDraft) (load registry.Load, err error) {
	var files draftFiles
	if draft.File != "" {
		place := slices.IndexFunc(files.places(), func(p draftPlace) bool { return p.key == draft.File })
		if place < 0 {
			return load, &model.UserError{Parameter: "file_of", Value: draft.File, Expected: "a file of the registry, or assessment"}
		}
		directory, err := os.MkdirTemp("", "yangguang-what-if-")
		if err != nil {
			return load, fmt.Errorf("try a file: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(directory)) }()
		path := filepath.Join(directory, draft.File+strings.ToLower(filepath.Ext(draft.Name)))
		if err := os.WriteFile(path, draft.Content, 0o600); err != nil {
			return load, fmt.Errorf("try a file: %w", err)
		}
		*files.places()[place].path = path
		load, err = t.read(ctx, files)
		if err != nil { // as the clerk calls it
			return load, &page.WhatIfFileError{Mistakes: strings.ReplaceAll(err.Error(), path, draft.Name)}
		}
	} else if load, err = t.read(ctx, files); err != nil {
		return load, &page.WhatIfFileError{Mistakes: err.Error()}
	}
	if draft.Assessment != nil {
		load.Assessment = *draft.Assessment
		if _, err := load.Assessment.Settings(); err != nil {
			return load, &model.UserError{Parameter: "settings", Value: "", Expected: err.Error()}
		}
	}
	for id, days := range draft.DueDays {
		at := slices.IndexFunc(load.Registry.Items, func(item model.Item) bool { return item.ID == id })
		if at < 0 {
			return load, &model.UserError{Parameter: "item", Value: id, Expected: "an item of the catalogue"}
		}
		load.Registry.Items[at].DueDays = days
	}
	return load, nil
}

// read reads files with the configuration that is in force now.
func (t *Tries) read(ctx context.Context, files draftFiles) (registry.Load, error) {
	return drafted(ctx, t.application.Current(), files, io.Discard)
}

// compare compares a draft when it is its turn.
func (t *Tries) compare(one *tried, load registry.Load, question model.Question) {
	defer close(one.done)
	ctx, cancel := context.WithTimeout(t.ctx, comparisonTakes)
	defer cancel()
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		one.change(func(w *page.WhatIfTried) { w.Err = ctx.Err() })
		return
	}
	result, err := t.result(ctx, one, load, question)
	if err != nil && t.ctx.Err() == nil {
		t.application.Logger.ErrorContext(ctx, "a registry could not be tried", "error", err)
	}
	one.change(func(w *page.WhatIfTried) {
		if w.Err = err; err == nil {
			w.Result = &result
		}
	})
}

func (t *Tries) result(ctx context.Context, one *tried, load registry.Load, question model.Question) (result whatif.Result, err error) {
	draft, err := whatif.Open(ctx, t.application.Asker.Facts, load, question)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, draft.Close()) }()
	return draft.Compare(ctx, triedRows, nil, func(done, of int) {
		one.change(func(w *page.WhatIfTried) { w.Done, w.Of = done, of })
	})
}

// Tried is what became of a draft.
func (t *Tries) Tried(ctx context.Context, name string) (page.WhatIfTried, bool) {
	one, found := t.known.Get(name)
	if !found {
		return page.WhatIfTried{}, false
	}
	select {
	case <-one.done:
	case <-ctx.Done():
	}
	return one.now(), true
}

// Held is the changed registry that is held back.
func (t *Tries) Held() registry.Held {
	return t.application.Condition.HeldNow()
}

// Accept has it take force.
func (t *Tries) Accept(ctx context.Context, hash string) (bool, error) {
	return t.application.AcceptHeld(ctx, hash)
}
