package digest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"yangguang/dashboard/digest/channel"
	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/digests"
	"yangguang/queries/model"
	"yangguang/queries/registry"
)

// Sender sends digests and reminders.
type Sender struct {
	Store       *ask.Asker
	Bundle      *language.Bundle // of Load
	Zone        *time.Location
	Hours       Hours
	District    string
	Language    string // of messages to contacts
	ExternalURL string
	Clock       func() time.Time // says which day it is, and what is due; what is known is known at the real time
	Logger      *slog.Logger
	Readers     []Reader
	Ladder      Ladder                           // nil: nobody is reminded
	Contact     func(model.Unit) channel.Channel // leads to a unit's contact, nil where it holds no address; nil: contacts are not written to
	Patient     bool                             // what a channel refused is tried again after a while only

	registered units // of a load of the registry, for contacts
	load       uint64
}

// Outcome is what a run did for one reader.
type Outcome struct {
	Digest  digests.Digest
	Message channel.Message // empty: none was made
}

// job is one message that is to have been sent by now.
type job struct {
	kind   string // digests.Changes or digests.Reminders
	reader int
	due    time.Time
}

// gathered is what a run goes by.
type gathered struct {
	now      time.Time
	calendar Calendar
	units    units
	readers  []Reader // also contacts
	jobs     []job
	restored time.Time // the database, from a backup; zero: never
}

// Send sends what is due now and not settled, each message once, and first notes those as unknown that a killed run has left. Failures of single readers
// are joined; they hinder no other reader.
func (s *Sender) Send(ctx context.Context) (outcomes []Outcome, err error) {
	g, err := s.gather(ctx)
	if err != nil {
		return nil, err
	}
	listed, err := digests.List(ctx, s.Store.Store)
	if err != nil || !s.anything(listed, g) {
		return nil, err
	}
	run, interrupted, err := digests.Begin(ctx, s.Store.Store)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, run.End(ctx)) }()
	ctx, cancel := context.WithTimeout(ctx, digests.Limit)
	defer cancel()
	for _, digest := range interrupted {
		s.Logger.WarnContext(ctx, "whether a message has arrived is not known; it is not sent again", "kind", digest.Kind, "reader", digest.Reader, "due", digest.DueOn.Format(time.DateOnly))
		outcomes = append(outcomes, Outcome{Digest: digest})
	}
	if listed, err = digests.List(ctx, s.Store.Store); err != nil {
		return outcomes, err
	}
	r := &round{Sender: s, gathered: g, run: run, asker: NewAsker(s.Store), state: s.state(g.now)}
	var problems []error
	for _, j := range g.jobs {
		if ctx.Err() != nil {
			break
		}
		history := of(listed, j.kind, g.readers[j.reader].Name)
		if !s.wanted(history, j.due) {
			continue
		}
		did, err := r.do(ctx, j, history)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s to %s: %w", j.kind, g.readers[j.reader].Name, err))
		}
		outcomes = append(outcomes, did...)
	}
	return outcomes, errors.Join(problems...)
}

// state is what is known now.
func (s *Sender) state(now time.Time) channel.State {
	return channel.State{AsOf: model.Today(now), KnownAt: time.Now().UTC().Truncate(time.Millisecond)}
}

// gather finds whose message of some day is to have been sent by now.
func (s *Sender) gather(ctx context.Context) (g gathered, err error) {
	g.now = s.Clock().In(s.Zone)
	days, err := registry.Calendar(ctx, s.Store.Store)
	if err != nil {
		return g, err
	}
	if g.restored, err = digests.Restored(ctx, s.Store.Store); err != nil {
		return g, err
	}
	g.calendar = CalendarOf(days)
	if g.units, g.readers, err = s.everybody(ctx); err != nil {
		return g, err
	}
	for i, reader := range g.readers {
		if day, is := s.Hours.Due(g.now, reader.Daily, g.calendar); is && !reader.Silent {
			g.jobs = append(g.jobs, job{digests.Changes, i, day})
		}
		if day, is := s.Hours.Due(g.now, true, g.calendar); is && reader.Role != "" && s.Ladder != nil {
			g.jobs = append(g.jobs, job{digests.Reminders, i, day})
		}
	}
	return g, nil
}

// everybody are the configured readers and, if they are written to, the contacts of units; with the units, where somebody is reminded.
func (s *Sender) everybody(ctx context.Context) (units, []Reader, error) {
	if s.Ladder == nil {
		return nil, s.Readers, nil
	}
	load, _, err := registry.Latest(ctx, s.Store.Store)
	if err != nil {
		return nil, nil, err
	}
	if load != s.load {
		loaded, err := registry.InForce(ctx, s.Store.Store)
		if err != nil {
			return nil, nil, err
		}
		s.load, s.registered = load, units{}
		for _, unit := range loaded.Units {
			s.registered[unit.ID] = unit
		}
	}
	readers := slices.Clone(s.Readers)
	if s.Contact != nil {
		for _, id := range slices.Sorted(maps.Keys(s.registered)) {
			if channel := s.Contact(s.registered[id]); channel != nil {
				readers = append(readers, Reader{Name: ContactName + id, Within: id, Role: RoleUnit, Silent: true, Language: s.Language, Channel: channel, contact: true})
			}
		}
	}
	return s.registered, readers, nil
}

// anything reports whether there is something to send, or to note as unknown.
func (s *Sender) anything(listed []digests.Digest, g gathered) bool {
	return slices.ContainsFunc(listed, func(d digests.Digest) bool { return d.State == digests.Sending }) ||
		slices.ContainsFunc(g.jobs, func(j job) bool { return s.wanted(of(listed, j.kind, g.readers[j.reader].Name), j.due) })
}

// of are the messages of a kind to a reader, the latest first.
func of(listed []digests.Digest, kind, reader string) (his []digests.Digest) {
	for _, digest := range listed {
		if digest.Kind == kind && digest.Reader == reader {
			his = append(his, digest)
		}
	}
	return his
}

// wanted reports whether the message of a day is to be sent now.
func (s *Sender) wanted(history []digests.Digest, due time.Time) bool {
	if len(history) == 0 || history[0].DueOn.Before(due) {
		return true
	}
	last := history[0]
	if last.Settled() || !last.DueOn.Equal(due) {
		return false
	}
	return !s.Patient || time.Since(last.NotedAt) >= waitAfter(int(last.Step/2))
}

// waitAfter is how long to wait before a message that was refused so often is tried again.
func waitAfter(refusals int) time.Duration {
	return min(10*time.Minute<<min(max(refusals-1, 0), 3), time.Hour)
}

// Previewed is what a reader would be sent.
type Previewed struct {
	Reader  Reader
	Message channel.Message
}

// Preview is what every reader would be sent now, whenever his next message is due. Nothing is sent or noted.
func (s *Sender) Preview(ctx context.Context) (messages []Previewed, err error) {
	g, err := s.gather(ctx)
	if err != nil {
		return nil, err
	}
	listed, err := digests.List(ctx, s.Store.Store)
	if err != nil {
		return nil, err
	}
	r := &round{Sender: s, gathered: g, asker: NewAsker(s.Store), state: s.state(g.now)}
	for i, reader := range g.readers {
		for _, kind := range []string{digests.Changes, digests.Reminders} {
			if kind == digests.Changes && reader.Silent || kind == digests.Reminders && (reader.Role == "" || s.Ladder == nil) {
				continue
			}
			m, _, err := r.message(ctx, job{kind, i, r.state.AsOf}, of(listed, kind, reader.Name))
			if err != nil {
				return messages, fmt.Errorf("%s to %s: %w", kind, reader.Name, err)
			}
			messages = append(messages, Previewed{reader, m})
		}
	}
	return messages, nil
}
