// Package upkeep is what serve does by itself and a command does when told: digests and reminders, patrols, the chain of evidence, what the retention
// policy lets go.
package upkeep

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/dashboard/digest"
	"yangguang/dashboard/language"
	"yangguang/queries/digests"
)

// Digest sends what is due of digests and reminders now, shows them, or tells what became of them.
type Digest struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	DryRun bool   `xor:"what"`
	Status bool   `xor:"what"`
}

// digestClock is the clock that says what is due.
var digestClock = time.Now

// GoBy has digests go by another clock, and serve look for the first time so long after its start: for the program of tests, before it does anything.
func GoBy(clock func() time.Time, first time.Duration) { digestClock, digestFirst = clock, first }

// Run is the command. A digest that was refused, or of which it is not known whether it arrived, gives status 1.
func (d Digest) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(d.Config)
	if err != nil {
		return err
	}
	if len(config.Digest.Readers) == 0 {
		return terminal.Mistake(fmt.Errorf("%s: digest.readers: there is none; see docs/operations.md, Digest", config.File))
	}
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	sender, err := digestSender(a)
	if err != nil {
		return err
	}
	switch {
	case d.Status:
		return digestStatus(ctx, a, streams)
	case d.DryRun:
		messages, err := sender.Preview(ctx)
		for _, would := range messages {
			name := would.Reader.Name + terminal.Line(config.Lines(), "digest_of_"+would.Message.Kind)
			if !would.Message.Any() {
				fmt.Fprintf(streams.Out, "— %s\n\n", terminal.Line(config.Lines(), "digest_unchanged", "Reader", name))
				continue
			}
			fmt.Fprintf(streams.Out, "— %s\n%s\n\n", name, would.Reader.Channel.Preview(would.Message))
		}
		return err
	}
	outcomes, err := sender.Send(ctx)
	for _, outcome := range outcomes {
		fmt.Fprintln(streams.Out, outcomeLine(config.Lines(), outcome.Digest))
	}
	if len(outcomes) == 0 && err == nil {
		terminal.WriteLine(streams.Out, config.Lines(), "digest_nothing")
	}
	unknown := func(o digest.Outcome) bool { return o.Digest.State == digests.Unknown }
	if err == nil && slices.ContainsFunc(outcomes, unknown) {
		return terminal.ErrReported
	}
	return err
}

// outcomeLine says what became of a digest.
func outcomeLine(printer language.Printer, d digests.Digest) string {
	line := fmt.Sprintf("%s  %s  %s%s", d.DueOn.Format(time.DateOnly), terminal.Line(printer, "digest_"+d.State), d.Reader, terminal.Line(printer, "digest_of_"+d.Kind))
	if d.Problem != "" {
		line += ": " + d.Problem
	}
	return line
}

// digestSender sends as the configuration says.
func digestSender(a *application.Application) (*digest.Sender, error) {
	bundle, err := digest.Load()
	if err != nil {
		return nil, err
	}
	return &digest.Sender{
		Store: a.Asker, Bundle: bundle, Zone: a.Config.Location, Hours: a.Config.Digest.Hours, District: a.Config.District, ExternalURL: a.Config.ExternalURL,
		Clock: digestClock, Logger: a.Logger, Readers: a.Config.Digest.Recipients, Ladder: a.Config.Digest.Reminders, Contact: a.Config.Digest.ContactChannel,
		Language: a.Config.Language,
	}, nil
}

// statusShown is how many digests of a reader are listed.
const statusShown = 5

// digestStatus lists the last digests of each reader, the latest first.
func digestStatus(ctx context.Context, a *application.Application, streams terminal.Streams) error {
	listed, err := digests.List(ctx, a.Store)
	if err != nil {
		return err
	}
	lines := a.Config.Lines()
	rows := [][]string{strings.Split(terminal.Line(lines, "digest_columns"), "|")}
	shown := map[[2]string]int{}
	for _, d := range listed {
		of := [2]string{d.Reader, d.Kind}
		if shown[of]++; shown[of] > statusShown {
			continue
		}
		rows = append(rows, []string{
			d.Reader, terminal.Line(lines, "digest_kind_"+d.Kind), d.DueOn.Format(time.DateOnly), terminal.Line(lines, "digest_"+d.State), d.AsOf.Format(time.DateOnly),
			d.NotedAt.In(a.Config.Location).Format(terminal.InstantLayout), d.Problem,
		})
	}
	for _, reader := range a.Config.Digest.Recipients {
		for _, of := range []struct {
			kind   string
			wanted bool
		}{{digests.Changes, !reader.Silent}, {digests.Reminders, reader.Role != ""}} {
			if of.wanted && shown[[2]string{reader.Name, of.kind}] == 0 {
				rows = append(rows, []string{reader.Name, terminal.Line(lines, "digest_kind_"+of.kind), "-", terminal.Line(lines, "digest_never"), "-", "-", ""})
			}
		}
	}
	return terminal.WriteColumns(streams.Out, rows)
}

// digestLook is how often serve looks whether digests are due; a run that failed is begun again after digestPause.
const (
	digestLook  = time.Minute
	digestPause = 10 * time.Minute
)

// digestFirst is when serve looks first: the collections that it begins with come before.
var digestFirst = 5 * time.Minute

// SendDigests sends digests when they are due, until ctx ends.
func SendDigests(ctx context.Context, a *application.Application) {
	if len(a.Config.Digest.Readers) == 0 {
		return
	}
	sender, err := digestSender(a)
	if err != nil {
		a.Logger.ErrorContext(ctx, "no digests are sent", "error", err)
		return
	}
	sender.Patient = true
	noteDigests(ctx, a)
	timetable.Repeatedly(ctx, digestFirst, func() time.Duration {
		pause := digestLook
		outcomes, err := sender.Send(ctx)
		for _, outcome := range outcomes {
			a.Logger.InfoContext(ctx, "sent", "kind", outcome.Digest.Kind, "reader", outcome.Digest.Reader, "due", outcome.Digest.DueOn.Format(time.DateOnly), "state", outcome.Digest.State)
		}
		if err != nil && ctx.Err() == nil {
			pause = digestPause
			a.Logger.ErrorContext(ctx, "not all digests were sent", "error", err)
		}
		noteDigests(ctx, a)
		return pause
	})
}

// unsettledDays is how long a contact's message that did not arrive, or perhaps not, is told; a configured reader's is until his next.
const unsettledDays = 14

// noteDigests has pages and metrics say whose last message did not arrive, or perhaps not. While the database does not answer what is known stays.
func noteDigests(ctx context.Context, a *application.Application) {
	listed, err := digests.List(ctx, a.Store)
	if err != nil {
		return
	}
	reads := func(d digests.Digest) bool {
		return strings.HasPrefix(d.Reader, digest.ContactName) && digestClock().Sub(d.DueOn) < unsettledDays*24*time.Hour ||
			slices.ContainsFunc(a.Config.Digest.Recipients, func(r digest.Reader) bool { return r.Name == d.Reader })
	}
	seen, unsettled := map[[2]string]bool{}, map[string][]string{}
	for _, d := range listed {
		if of := [2]string{d.Kind, d.Reader}; !seen[of] && reads(d) {
			seen[of] = true
			unsettled[d.State] = append(unsettled[d.State], d.Reader+" "+d.DueOn.Format(time.DateOnly))
		}
	}
	a.Condition.DigestsAre(unsettled[digests.Refused], unsettled[digests.Unknown])
}
