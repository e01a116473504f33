package application

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
func (a *Application) putInForce(ctx context.Context, load registry.Load, problems io.Writer) error {
	held, err := a.holds(ctx, &load, problems)
	if err != nil {
		return err
	}
	a.Condition.change(func(c *Condition) { c.held = held })
	if held.Hash == "" {
		a.Registry = load.Registry
		if _, _, err = registry.Save(ctx, a.Store, load); err == nil {
			a.Condition.registryIs(a.Registry, a.Config.Location, nil)
		}
		return err
	}
	if a.Registry, err = registry.InForce(ctx, a.Store); err == nil {
		a.Condition.registryIs(a.Registry, a.Config.Location, nil)
	}
	return err
}

// holds is a registry that is held back now; none: its Hash is empty.
func (a *Application) holds(ctx context.Context, load *registry.Load, problems io.Writer) (held registry.Held, err error) {
	if load.Hash, err = load.ContentHash(); err != nil {
		return held, err
	}
	inForce, hash, err := registry.Latest(ctx, a.Store)
	if err != nil {
		return held, err
	}
	before, accepted, err := registry.HeldNow(ctx, a.Store)
	if err != nil {
		return held, err
	}
	wanted := a.Config.Registry.Hold.Wanted() && inForce != 0
	switch {
	case wanted && before.Hash == load.Hash && a.Accepts:
		return registry.Held{}, registry.Accept(ctx, a.Store, load.Hash)
	case wanted && before.Hash == load.Hash:
		return before, nil
	case before.Hash != "":
		if err := registry.Withdraw(ctx, a.Store, before.Hash); err != nil {
			return held, err
		}
	}
	if !wanted || load.Hash == hash || load.Hash == accepted {
		return held, nil
	}
	result, err := a.Compare(ctx, *load, a.today(), 0, problems)
	refused, why := mistakenly(err)
	switch {
	case refused: // what it would change is not known, so that somebody is to accept it
		why = a.Config.Printer().SaidOfFile(why)
	case err != nil:
		return held, fmt.Errorf("compare the changed registry with the one in force: %w", err)
	case !a.Config.Registry.Hold.Exceeded(result):
		return held, nil
	default:
		why = strings.Join(sentences.Sentences(a.Config.Printer(), result), "\n")
	}
	if a.Accepts {
		return held, registry.Accept(ctx, a.Store, load.Hash)
	}
	if err := registry.Hold(ctx, a.Store, load.Hash, why); err != nil {
		return held, err
	}
	terminal.WriteLine(problems, a.Config.Lines(), "registry_held", "Why", why)
	held, _, err = registry.HeldNow(ctx, a.Store)
	return held, err
}

// today is the default question.
func (a *Application) today() model.Question {
	return model.Question{}.WithDefaults(model.Today(time.Now().In(a.Config.Location)))
}

// AcceptHeld has the registry take force that is held back, if it is the one of this hash; whoever accepts is the context's actor. It reports whether it was.
func (a *Application) AcceptHeld(ctx context.Context, hash string) (bool, error) {
	held, _, err := registry.HeldNow(ctx, a.Store)
	if err != nil || held.Hash == "" || held.Hash != hash {
		return false, err
	}
	if err := registry.Accept(ctx, a.Store, hash); err != nil {
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

// SayChanges says what the registry of the files would change, were it in force, and whether it would be held back.
func (a *Application) SayChanges(ctx context.Context, load registry.Load, streams terminal.Streams) error {
	hash, err := load.ContentHash()
	if err != nil {
		return err
	}
	inForce, known, err := registry.Latest(ctx, a.Store)
	if err != nil || inForce == 0 {
		return err
	}
	lines := a.Config.Lines()
	if hash == known {
		terminal.WriteLine(streams.Out, lines, "registry_same")
		return nil
	}
	result, err := a.Compare(ctx, load, a.today(), 0, streams.Problems)
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
	_, accepted, err := registry.HeldNow(ctx, a.Store)
	if err == nil && accepted != hash && a.Config.Registry.Hold.Exceeded(result) {
		terminal.WriteLine(streams.Out, lines, "registry_would_be_held", "Lapses", config.LimitText(a.Config.Registry.Hold.Lapses), "Units", config.LimitText(a.Config.Registry.Hold.UnitsGone))
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
