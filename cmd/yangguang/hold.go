package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	sentences "yangguang/dashboard/whatif"
	"yangguang/queries/model"
	"yangguang/queries/registry"
)

// putInForce puts a registry in force, or holds it back where it would change more than registry.hold allows: then it waits, also across restarts, until
// somebody accepts it or its files are changed again.
func (a *application) putInForce(ctx context.Context, load registry.Load, problems io.Writer) error {
	held, err := a.holds(ctx, &load, problems)
	if err != nil {
		return err
	}
	a.condition.change(func(c *condition) { c.held = held })
	if held.Hash == "" {
		a.registry = load.Registry
		if _, _, err = registry.Save(ctx, a.store, load); err == nil {
			a.condition.registryIs(a.registry, a.config.Location, nil)
		}
		return err
	}
	if a.registry, err = registry.InForce(ctx, a.store); err == nil {
		a.condition.registryIs(a.registry, a.config.Location, nil)
	}
	return err
}

// holds is a registry that is held back now; none: its Hash is empty.
func (a *application) holds(ctx context.Context, load *registry.Load, problems io.Writer) (held registry.Held, err error) {
	if load.Hash, err = load.ContentHash(); err != nil {
		return held, err
	}
	inForce, hash, err := registry.Latest(ctx, a.store)
	if err != nil {
		return held, err
	}
	before, accepted, err := registry.HeldNow(ctx, a.store)
	if err != nil {
		return held, err
	}
	wanted := a.config.Registry.Hold.Wanted() && inForce != 0
	switch {
	case wanted && before.Hash == load.Hash && a.accepts:
		return registry.Held{}, registry.Accept(ctx, a.store, load.Hash)
	case wanted && before.Hash == load.Hash:
		return before, nil
	case before.Hash != "":
		if err := registry.Withdraw(ctx, a.store, before.Hash); err != nil {
			return held, err
		}
	}
	if !wanted || load.Hash == hash || load.Hash == accepted {
		return held, nil
	}
	result, err := a.compare(ctx, *load, a.today(), 0, problems)
	refused, why := mistakenly(err)
	switch {
	case refused: // what it would change is not known, so that somebody is to accept it
		why = a.config.Printer().SaidOfFile(why)
	case err != nil:
		return held, fmt.Errorf("compare the changed registry with the one in force: %w", err)
	case !a.config.Registry.Hold.Exceeded(result):
		return held, nil
	default:
		why = strings.Join(sentences.Sentences(a.config.Printer(), result), "\n")
	}
	if a.accepts {
		return held, registry.Accept(ctx, a.store, load.Hash)
	}
	if err := registry.Hold(ctx, a.store, load.Hash, why); err != nil {
		return held, err
	}
	terminal.WriteLine(problems, a.config.Lines(), "registry_held", "Why", why)
	held, _, err = registry.HeldNow(ctx, a.store)
	return held, err
}

// today is the default question.
func (a *application) today() model.Question {
	return model.Question{}.WithDefaults(model.Today(time.Now().In(a.config.Location)))
}

// acceptHeld has the registry take force that is held back, if it is the one of this hash; whoever accepts is the context's actor. It reports whether it was.
func (a *application) acceptHeld(ctx context.Context, hash string) (bool, error) {
	held, _, err := registry.HeldNow(ctx, a.store)
	if err != nil || held.Hash == "" || held.Hash != hash {
		return false, err
	}
	if err := registry.Accept(ctx, a.store, hash); err != nil {
		return false, err
	}
	round := a.round.Load()
	if round == nil {
		return true, nil // it takes force when the registry is read next
	}
	round.lock.Lock()
	defer round.lock.Unlock()
	return true, round.load(ctx)
}

// sayChanges says what the registry of the files would change, were it in force, and whether it would be held back.
func (a *application) sayChanges(ctx context.Context, load registry.Load, streams terminal.Streams) error {
	hash, err := load.ContentHash()
	if err != nil {
		return err
	}
	inForce, known, err := registry.Latest(ctx, a.store)
	if err != nil || inForce == 0 {
		return err
	}
	lines := a.config.Lines()
	if hash == known {
		terminal.WriteLine(streams.Out, lines, "registry_same")
		return nil
	}
	result, err := a.compare(ctx, load, a.today(), 0, streams.Problems)
	if refused, why := mistakenly(err); refused {
		terminal.WriteLine(streams.Out, lines, "registry_not_compared", "Why", lines.SaidOfFile(why))
		return nil
	}
	if err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, lines, "registry_changes")
	for _, sentence := range sentences.Sentences(lines, result) {
		terminal.WriteLine(streams.Out, lines, "registry_change", "Text", sentence)
	}
	_, accepted, err := registry.HeldNow(ctx, a.store)
	if err == nil && accepted != hash && a.config.Registry.Hold.Exceeded(result) {
		terminal.WriteLine(streams.Out, lines, "registry_would_be_held", "Lapses", config.LimitText(a.config.Registry.Hold.Lapses), "Units", config.LimitText(a.config.Registry.Hold.UnitsGone))
	}
	return err
}

// mistakenly reports whether an error says that registries cannot be compared here, and why.
func mistakenly(err error) (refused bool, why string) {
	var mistake *model.UserError
	if errors.As(err, &mistake) {
		return true, mistake.Error()
	}
	return false, ""
}
