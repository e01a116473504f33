// Package pack makes the papers of an assessment meeting, keeps them, and proves later that they said what was known then: one directory or
// archive with the reports as CSV, a workbook, a printable summary and a manifest.
package pack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yangguang/dashboard/language"
	"yangguang/dashboard/pack/paper"
	"yangguang/queries/ask"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// Packs makes, keeps and verifies packs. Its methods may be called from many goroutines.
type Packs struct {
	store   *ask.Asker
	bundle  *language.Bundle
	zone    *time.Location
	program string
	clock   func() time.Time

	removeAll func(string) error

	busy sync.Mutex // one pack at a time is made or verified: each asks everything there is
}

// New adds its texts to the bundle, so a bundle serves one New only. program is the program's version; the zone is the configured one.
func New(store *ask.Asker, bundle *language.Bundle, zone *time.Location, program string) (*Packs, error) {
	if err := bundle.Add(paper.Messages); err != nil {
		return nil, fmt.Errorf("meeting packs: %w", err)
	}
	return &Packs{store: store, bundle: bundle, zone: zone, program: program, clock: time.Now, removeAll: os.RemoveAll}, nil
}

// ErrBusy says that another pack is being made or verified.
var ErrBusy = errors.New("another meeting pack is being made or verified; try again in a minute")

// Order is what to freeze.
type Order struct {
	Name     string
	Question model.Question // with its defaults, checked; without unit and known_at
	Language string         // zh or en
	District string         // whose figures these are; empty: the papers do not say
	Baseline string         // pack of the meeting before, with which this one compares; empty: the last one; NoBaseline: none

	patrol     bool // a chapter of what patrol has found: packs of before, and of where nothing was patrolled, are without
	unitSheets bool // a sheet for each unit that is called up: packs of before are without
}

// Freeze makes a pack of what is known now and keeps it. With an error it is kept only if the manifest is not empty: then all that failed is to
// remove the folder in which it was made. A name that is wrong or taken, or a wrong unit, is a *model.UserError.
func (p *Packs) Freeze(ctx context.Context, order Order) (made Manifest, err error) {
	if err := p.check(ctx, order); err != nil {
		return Manifest{}, err
	}
	if !p.busy.TryLock() {
		return Manifest{}, ErrBusy
	}
	defer p.busy.Unlock()
	ctx, cancel := context.WithTimeout(ctx, freeze.Limit)
	defer cancel()
	if order.Baseline, err = p.baselineOf(ctx, order); err != nil {
		return Manifest{}, err
	}
	order.unitSheets = order.Question.Scope != "subtree" // whose scores are means, not to be taken apart
	if order.patrol, err = p.patrolled(ctx, order.Question); err != nil {
		return Manifest{}, err
	}
	question, err := json.Marshal(askedOf(order))
	if err != nil {
		return Manifest{}, fmt.Errorf("freeze %s: %w", order.Name, err)
	}
	frozen, err := freeze.Begin(ctx, p.store.Store, order.Name, p.clock(), string(question))
	var under *freeze.UnderWayError
	switch {
	case errors.As(err, &under):
		return Manifest{}, &model.UserError{Parameter: "name", Value: order.Name, Expected: "a name that is free: " + under.Error()}
	case errors.Is(err, freeze.ErrTaken):
		return Manifest{}, taken(order.Name)
	}
	if err != nil {
		return Manifest{}, err
	}
	work, err := makeWorkDirectory("", packPattern)
	if err != nil {
		return Manifest{}, p.abandon(ctx, frozen, err)
	}
	directory := work.path
	defer func() { // a pack that is kept counts, whatever becomes of its folder
		if removing := errors.Join(p.removeAll(directory), work.lock.Close()); removing != nil {
			err = errors.Join(err, fmt.Errorf("freeze %s: the folder in which the pack was made holds its figures and is to be removed by hand: %w", order.Name, removing))
		}
	}()
	if made, err = p.build(ctx, directory, frozen, order); err == nil {
		err = p.keep(ctx, directory, frozen, made)
	}
	if err != nil {
		return Manifest{}, p.abandon(ctx, frozen, err)
	}
	return made, nil
}

// abandon removes what a freeze that failed has stored: a pack that is not whole leaves nothing behind.
func (p *Packs) abandon(ctx context.Context, frozen freeze.Freeze, problem error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	return errors.Join(fmt.Errorf("freeze %s: %w", frozen.Name, problem), freeze.Abandon(ctx, p.store.Store, frozen))
}

// farewell bounds how long a freeze that failed may take to remove what it stored; what it leaves, a later one removes.
const farewell = 30 * time.Second

// check is what can be checked before anything is done.
func (p *Packs) check(ctx context.Context, order Order) error {
	if err := CheckName(order.Name); err != nil {
		return err
	}
	if !slices.Contains(language.Languages(), order.Language) {
		return &model.UserError{Parameter: "lang", Value: order.Language, Expected: "one of " + strings.Join(language.Languages(), ", ")}
	}
	if err := p.store.CheckUnits(ctx, order.Question); err != nil {
		return err
	}
	_, err := freeze.Find(ctx, p.store.Store, order.Name)
	switch {
	case err == nil:
		return taken(order.Name)
	case errors.Is(err, freeze.ErrNone):
		return nil
	}
	return err
}

func taken(name string) error {
	return &model.UserError{Parameter: "name", Value: name, Expected: "a name that is not taken: what is frozen is never replaced (freeze --list shows what is)"}
}

// keep stores a pack that has been built and makes it count.
func (p *Packs) keep(ctx context.Context, directory string, frozen freeze.Freeze, made Manifest) error {
	for _, file := range made.Files {
		if err := p.keepFile(ctx, filepath.Join(directory, file.Name), frozen, file.Name); err != nil {
			return err
		}
	}
	manifest, err := made.encode()
	if err != nil {
		return err
	}
	frozen.Manifest = string(manifest)
	return freeze.Finish(ctx, p.store.Store, frozen)
}

func (p *Packs) keepFile(ctx context.Context, path string, frozen freeze.Freeze, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	defer func() { _ = file.Close() }() // only read
	return freeze.AddFile(ctx, p.store.Store, frozen, name, file)
}

// List tells every pack, the latest first.
func (p *Packs) List(ctx context.Context) ([]Manifest, error) {
	freezes, err := freeze.List(ctx, p.store.Store)
	if err != nil {
		return nil, err
	}
	var manifests []Manifest
	for _, frozen := range freezes {
		manifest, err := decodeManifest(frozen)
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest)
	}
	return manifests, nil
}

// named finds a pack; an unknown name is a *model.UserError.
func (p *Packs) named(ctx context.Context, name string) (freeze.Freeze, Manifest, error) {
	frozen, err := freeze.Find(ctx, p.store.Store, name)
	if errors.Is(err, freeze.ErrNone) {
		return frozen, Manifest{}, &model.UserError{Parameter: "name", Value: name, Expected: "the name of a frozen meeting pack"}
	}
	if err != nil {
		return frozen, Manifest{}, err
	}
	manifest, err := decodeManifest(frozen)
	return frozen, manifest, err
}
