package digest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/digests"
	"yangguang/queries/model"
	"yangguang/queries/registry"
)

// Sender sends digests.
type Sender struct {
	Store       *ask.Asker
	Bundle      *language.Bundle // of Load
	Zone        *time.Location
	Hours       Hours
	District    string
	ExternalURL string
	Clock       func() time.Time // says which day it is, and what is due; what is known is known at the real time
	Logger      *slog.Logger
	Readers     []Reader
	Patient     bool // what a channel refused is tried again after a while only
}

// Outcome is what a run did for one reader.
type Outcome struct {
	Digest  digests.Digest
	Message Message // empty: none was made
}

// Send sends what is due now and not settled, each digest once, and first notes those as unknown that a killed run has left. Failures of single readers
// are joined; they hinder no other reader.
func (s *Sender) Send(ctx context.Context) (outcomes []Outcome, err error) {
	now := s.Clock().In(s.Zone)
	readers, dues, err := s.due(ctx, now)
	if err != nil {
		return nil, err
	}
	listed, err := digests.List(ctx, s.Store.Store)
	if err != nil || !s.anything(listed, readers, dues) {
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
		s.Logger.WarnContext(ctx, "whether a digest has arrived is not known; it is not sent again", "reader", digest.Reader, "due", digest.DueOn.Format(time.DateOnly))
		outcomes = append(outcomes, Outcome{Digest: digest})
	}
	if listed, err = digests.List(ctx, s.Store.Store); err != nil {
		return outcomes, err
	}
	asker, state := NewAsker(s.Store), s.now(now)
	var problems []error
	for i, reader := range readers {
		history := of(listed, reader.Name)
		if !s.wanted(history, dues[i]) {
			continue
		}
		outcome, err := s.sendTo(ctx, run, asker, reader, history, dues[i], state)
		if err != nil {
			problems = append(problems, fmt.Errorf("the digest to %s: %w", reader.Name, err))
		}
		if outcome.Digest.State != "" {
			outcomes = append(outcomes, outcome)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return outcomes, errors.Join(problems...)
}

// now is what is known now.
func (s *Sender) now(now time.Time) State {
	return State{AsOf: model.Today(now), KnownAt: time.Now().UTC().Truncate(time.Millisecond)}
}

// due are the readers whose digest of some day is to have been sent by now.
func (s *Sender) due(ctx context.Context, now time.Time) (readers []Reader, dues []time.Time, err error) {
	days, err := registry.Calendar(ctx, s.Store.Store)
	if err != nil {
		return nil, nil, err
	}
	calendar := CalendarOf(days)
	for _, reader := range s.Readers {
		if day, is := s.Hours.Due(now, reader.Daily, calendar); is {
			readers, dues = append(readers, reader), append(dues, day)
		}
	}
	return readers, dues, nil
}

// anything tells whether there is something to send, or to note as unknown.
func (s *Sender) anything(listed []digests.Digest, readers []Reader, dues []time.Time) bool {
	for _, digest := range listed {
		if digest.State == digests.Sending {
			return true
		}
	}
	for i, reader := range readers {
		if s.wanted(of(listed, reader.Name), dues[i]) {
			return true
		}
	}
	return false
}

// of are the digests to a reader, the latest first.
func of(listed []digests.Digest, reader string) (his []digests.Digest) {
	for _, digest := range listed {
		if digest.Reader == reader {
			his = append(his, digest)
		}
	}
	return his
}

// wanted tells whether the digest of a day is to be sent now.
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

// waitAfter is how long to wait before a digest that was refused so often is tried again.
func waitAfter(refusals int) time.Duration {
	return min(10*time.Minute<<min(max(refusals-1, 0), 3), time.Hour)
}

// baseline is what the last digest that arrived, or for which nothing had changed, spoke of; zero: there is none. unknown is the day of one since then
// of which it is not known whether it arrived.
func baseline(history []digests.Digest) (before State, unknown time.Time) {
	for _, digest := range history {
		switch digest.State {
		case digests.Sent, digests.Quiet:
			return State{digest.AsOf, digest.KnownAt}, unknown
		case digests.Unknown:
			if unknown.IsZero() {
				unknown = digest.DueOn
			}
		}
	}
	return State{}, unknown
}

// sendTo sends one digest and notes what became of it.
func (s *Sender) sendTo(ctx context.Context, run *digests.Run, asker *Asker, reader Reader, history []digests.Digest, due time.Time, now State) (Outcome, error) {
	digest := digests.Digest{Reader: reader.Name, DueOn: due, AsOf: now.AsOf, KnownAt: now.KnownAt}
	if len(history) > 0 && history[0].DueOn.Equal(due) {
		digest.Step = history[0].Step
	}
	message, err := s.message(ctx, asker, reader, history, due, now)
	if err != nil {
		return Outcome{}, err
	}
	if !message.Changes.Any() {
		digest.State = digests.Quiet
		return Outcome{Digest: digest}, run.Note(ctx, &digest)
	}
	digest.State = digests.Sending
	if err := run.Note(ctx, &digest); err != nil { // perhaps it is noted: then it counts as unknown, rather than being sent unnoted
		return Outcome{}, err
	}
	ctx = context.WithoutCancel(ctx) // what has begun is brought to its end; channels have a time limit of their own
	failed := reader.Channel.Send(ctx, message)
	var refused *RefusedError
	switch {
	case failed == nil:
		digest.State = digests.Sent
	case errors.As(failed, &refused):
		digest.State, digest.Problem = digests.Refused, refused.Error()
	default:
		digest.State, digest.Problem = digests.Unknown, failed.Error()
	}
	if err := run.Note(ctx, &digest); err != nil {
		failed = errors.Join(failed, err)
	}
	return Outcome{digest, message}, failed
}

// message is what a reader is told of now.
func (s *Sender) message(ctx context.Context, asker *Asker, reader Reader, history []digests.Digest, due time.Time, now State) (Message, error) {
	before, unknown := baseline(history)
	changes, err := asker.Changes(ctx, reader.Within, before, now)
	if err != nil {
		return Message{}, err
	}
	w := writer{printer: s.Bundle.Printer(reader.Language), base: strings.TrimRight(s.ExternalURL, "/"), district: s.District}
	m := w.write(changes, reader.Within, unknown)
	m.Reader, m.ID = reader.Name, idOf(reader.Name, due)
	if reader.Sheet && changes.Any() {
		m.Sheet, err = s.sheet(ctx, reader, w, now)
	}
	return m, err
}

// idOf names a digest in letters that every channel takes.
func idOf(reader string, due time.Time) string {
	sum := sha256.Sum256([]byte(reader))
	return "digest-" + due.Format(time.DateOnly) + "-" + hex.EncodeToString(sum[:8])
}

// mostSheet bounds an attached sheet; a larger one is linked only.
const mostSheet = 5 << 20

// errLarge ends a sheet that is too large.
var errLarge = errors.New("the sheet is too large to be attached")

// bounded is a buffer that takes so much.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > mostSheet {
		return 0, errLarge
	}
	return b.Buffer.Write(p)
}

// sheet is the report lapsed as CSV; nil: it is too large.
func (s *Sender) sheet(ctx context.Context, reader Reader, w writer, now State) ([]byte, error) {
	report, _ := model.ReportNamed("lapsed")
	var sheet bounded
	err := export.Write(ctx, &sheet, "csv", s.Store, export.Request{Report: report, Question: now.question(reader.Within), Printer: w.printer, Zone: s.Zone, District: s.District})
	if errors.Is(err, errLarge) {
		return nil, nil
	}
	return sheet.Bytes(), err
}

// Preview is what every reader would be sent now, whenever his next digest is due. Nothing is sent or noted.
func (s *Sender) Preview(ctx context.Context) (messages []Message, err error) {
	now := s.Clock().In(s.Zone)
	listed, err := digests.List(ctx, s.Store.Store)
	if err != nil {
		return nil, err
	}
	asker, state := NewAsker(s.Store), s.now(now)
	for _, reader := range s.Readers {
		m, err := s.message(ctx, asker, reader, of(listed, reader.Name), state.AsOf, state)
		if err != nil {
			return messages, fmt.Errorf("the digest to %s: %w", reader.Name, err)
		}
		messages = append(messages, m)
	}
	return messages, nil
}
