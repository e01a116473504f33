package digest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"yangguang/dashboard/digest/channel"
	"yangguang/queries/digests"
	"yangguang/queries/model"
)

// round is one run over everybody; what is said to them is known at one instant.
type round struct {
	*Sender
	gathered
	run       *digests.Run
	asker     *Asker
	state     channel.State
	reminding *reminding // nil: not asked yet
}

// do sends one message and notes what became of it.
func (r *round) do(ctx context.Context, j job, history []digests.Digest) (did []Outcome, err error) {
	if left, is := r.forgotten(j, history); is {
		if err := r.leaveOut(ctx, j, &left); err != nil {
			return nil, err
		}
		did = append(did, Outcome{Digest: left})
		if !left.DueOn.Before(j.due) {
			return did, nil
		}
		history = append([]digests.Digest{left}, history...)
	}
	outcome, err := r.sendTo(ctx, j, history)
	if outcome.Digest.State != "" {
		did = append(did, outcome)
	}
	return did, err
}

// forgotten is the message that may have been sent since the backup from which the database was restored; is: there is such a one, not noted yet.
func (r *round) forgotten(j job, history []digests.Digest) (left digests.Digest, is bool) {
	day := model.Today(r.restored.In(r.Zone))
	left = digests.Digest{Kind: j.kind, Reader: r.readers[j.reader].Name, DueOn: day, AsOf: r.state.AsOf, KnownAt: r.state.KnownAt}
	if j.kind == digests.Changes {
		left.DueOn = j.due // his last day for one
	}
	if r.restored.IsZero() || left.DueOn.After(day) || len(history) > 0 && (history[0].NotedAt.After(r.restored) || history[0].DueOn.After(left.DueOn)) {
		return left, false
	}
	if len(history) > 0 && history[0].DueOn.Equal(left.DueOn) {
		left.Step = history[0].Step
		return left, !history[0].Settled()
	}
	return left, true
}

// leaveOut notes a message as unknown that was perhaps sent before the database was restored, with what it may have reminded of.
func (r *round) leaveOut(ctx context.Context, j job, left *digests.Digest) error {
	if j.kind == digests.Reminders {
		reminding, err := r.reminders(ctx)
		if err != nil {
			return err
		}
		var said []digests.Reminded
		for _, step := range reminding.stepsOf(j.reader, left.DueOn) {
			said = append(said, step.Reminded)
		}
		if err := r.run.NoteReminded(ctx, said); err != nil {
			return err
		}
		reminding.said[left.Reader] = append(reminding.said[left.Reader], said...)
	}
	left.State, left.Problem = digests.Unknown, "the database was restored from a backup; what was sent since is not known"
	return r.run.Note(ctx, left)
}

// reminders is what the run knows of all that is to be reminded of.
func (r *round) reminders(ctx context.Context) (*reminding, error) {
	if r.reminding == nil {
		found, err := r.remind(ctx, r.asker, r.gathered, r.state)
		if err != nil {
			return nil, err
		}
		r.reminding = found
	}
	return r.reminding, nil
}

// sendTo sends one message and notes what became of it.
func (r *round) sendTo(ctx context.Context, j job, history []digests.Digest) (Outcome, error) {
	reader := r.readers[j.reader]
	digest := digests.Digest{Kind: j.kind, Reader: reader.Name, DueOn: j.due, AsOf: r.state.AsOf, KnownAt: r.state.KnownAt}
	if len(history) > 0 && history[0].DueOn.Equal(j.due) {
		digest.Step = history[0].Step
	}
	message, said, err := r.message(ctx, j, history)
	if err != nil {
		return Outcome{}, err
	}
	if !message.Any() {
		digest.State = digests.Quiet
		return Outcome{Digest: digest}, r.run.Note(ctx, &digest)
	}
	if err := r.run.NoteReminded(ctx, said); err != nil {
		return Outcome{}, err
	}
	digest.State = digests.Sending
	if err := r.run.Note(ctx, &digest); err != nil { // perhaps it is noted: then it counts as unknown, rather than being sent unnoted
		return Outcome{}, err
	}
	ctx = context.WithoutCancel(ctx) // what has begun is brought to its end; channels have a time limit of their own
	failed := reader.Channel.Send(ctx, message)
	var refused *channel.RefusedError
	switch {
	case failed == nil:
		digest.State = digests.Sent
	case errors.As(failed, &refused):
		digest.State, digest.Problem = digests.Refused, refused.Error()
	default:
		digest.State, digest.Problem = digests.Unknown, failed.Error()
	}
	if err := r.run.Note(ctx, &digest); err != nil {
		failed = errors.Join(failed, err)
	}
	return Outcome{digest, message}, failed
}

// message is what is said to a reader now, and what of it is noted obligation by obligation.
func (r *round) message(ctx context.Context, j job, history []digests.Digest) (m channel.Message, said []digests.Reminded, err error) {
	reader := r.readers[j.reader]
	w := writer{printer: r.Bundle.Printer(reader.Language), base: strings.TrimRight(r.ExternalURL, "/"), district: r.District}
	if j.kind == digests.Reminders {
		m, said, err = r.reminderTo(ctx, w, j, history)
	} else {
		m, err = r.changesTo(ctx, w, reader, history)
	}
	m.Kind, m.Reader, m.ID = j.kind, reader.Name, idOf(j.kind, reader.Name, j.due)
	return m, said, err
}

func (r *round) changesTo(ctx context.Context, w writer, reader Reader, history []digests.Digest) (channel.Message, error) {
	before, unknown := baseline(history)
	changes, err := r.asker.Changes(ctx, reader.Within, before, r.state)
	if err != nil {
		return channel.Message{}, err
	}
	m := w.write(changes, reader.Within, unknown)
	if reader.Sheet && changes.Any() {
		m.Sheet, err = r.sheet(ctx, reader, w, r.state)
	}
	return m, err
}

func (r *round) reminderTo(ctx context.Context, w writer, j job, history []digests.Digest) (channel.Message, []digests.Reminded, error) {
	reminding, err := r.reminders(ctx)
	if err != nil {
		return channel.Message{}, nil, err
	}
	var before channel.State // whatever was perhaps sent is not sent again
	for _, last := range history {
		if last.State != digests.Refused {
			before = channel.State{AsOf: last.AsOf, KnownAt: last.KnownAt}
			break
		}
	}
	_, unknown := baseline(history)
	reminder, said, err := reminding.reminder(ctx, j.reader, before)
	if err != nil {
		return channel.Message{}, nil, err
	}
	return w.remind(reminder, r.readers[j.reader].Within, unknown), said, nil
}

// baseline is what the last message that arrived, or for which there was nothing to say, spoke of; zero: there is none. unknown is the day of one since
// then of which it is not known whether it arrived.
func baseline(history []digests.Digest) (before channel.State, unknown time.Time) {
	for _, digest := range history {
		switch digest.State {
		case digests.Sent, digests.Quiet:
			return channel.State{AsOf: digest.AsOf, KnownAt: digest.KnownAt}, unknown
		case digests.Unknown:
			if unknown.IsZero() {
				unknown = digest.DueOn
			}
		}
	}
	return channel.State{}, unknown
}

// idOf names a message in letters that every channel takes.
func idOf(kind, reader string, due time.Time) string {
	sum := sha256.Sum256([]byte(reader))
	return strings.TrimSuffix(kind, "s") + "-" + due.Format(time.DateOnly) + "-" + hex.EncodeToString(sum[:8])
}
