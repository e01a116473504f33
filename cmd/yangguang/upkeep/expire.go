package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/dashboard/language"
	"yangguang/queries/acts"
	"yangguang/queries/retention"
	"yangguang/queries/storage"
)

// Expire removes what the retention policy lets go.
type Expire struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	DryRun bool
}

// Run is the command.
func (e Expire) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(e.Config)
	if err != nil {
		return err
	}
	a := application.New(config, streams.Problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.OpenStore(ctx); err != nil {
		return err
	}
	do := retention.Expire
	if e.DryRun {
		do = retention.Expiring
	}
	removals, err := do(ctx, a.Store, config.Retention.Policy, time.Now().In(config.Location))
	if err := errors.Join(writeRemovals(streams.Out, config.Lines(), removals, e.DryRun), err); err != nil {
		return err
	}
	if !e.DryRun {
		if err := acts.Note(ctx, a.Store, acts.Act{What: acts.Expire, Before: removedLines(removals)}); err != nil {
			return err
		}
	}
	sizes, err := storage.Sizes(ctx, a.Store)
	if err != nil {
		return err
	}
	return writeSizes(streams.Out, config.Lines(), sizes)
}

// removedLines are what went, a line each.
func removedLines(removals []retention.Removal) string {
	var lines []string
	for _, r := range removals {
		if r.Rows > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d rows before %s (%s)", r.Kind, r.Rows, r.Before.Format(time.DateOnly), r.Policy))
		}
	}
	return strings.Join(lines, "\n")
}

func writeRemovals(out io.Writer, printer language.Printer, removals []retention.Removal, dry bool) error {
	header := "removed_columns"
	if dry {
		header = "removing_columns"
	}
	rows := [][]string{strings.Split(terminal.Line(printer, header), "|")}
	for _, r := range removals {
		row := []string{r.Kind, r.Policy, "-", "-", "-"}
		if !r.Before.IsZero() {
			row[2] = r.Before.Format(time.DateOnly)
			if r.Done && r.Rows == 0 {
				row[3] = terminal.Line(printer, "removed_nothing")
			} else {
				row[3], row[4] = terminal.Line(printer, "removed_rows", "N", r.Rows), megabytes(r.Bytes)
			}
		}
		rows = append(rows, row)
	}
	return terminal.WriteColumns(out, rows)
}

func writeSizes(out io.Writer, printer language.Printer, sizes storage.TableSizes) error {
	rows := [][]string{strings.Split(terminal.Line(printer, "sizes_columns"), "|")}
	for _, t := range sizes {
		rows = append(rows, []string{t.Table, fmt.Sprint(t.Rows), megabytes(t.Bytes), megabytes(uint64(float64(t.Bytes) / float64(t.Rows) * 1e6))})
	}
	fmt.Fprintln(out)
	return terminal.WriteColumns(out, rows)
}

func megabytes(bytes uint64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

// The hours of the night, in the configured zone, in which serve removes what the policy lets go.
const nightBegins, nightHours = 1, 4

// ExpireNightly removes what the policy lets go every night until ctx ends. The policy is the one with which the program was started.
func ExpireNightly(ctx context.Context, a *application.Application) {
	night := func() time.Duration {
		return time.Until(nextNight(time.Now().In(a.Config.Location), rand.N(nightHours*time.Hour)))
	}
	timetable.Repeatedly(ctx, night(), func() time.Duration {
		begun := time.Now()
		removals, err := retention.Expire(ctx, a.Store, a.Config.Retention.Policy, begun.In(a.Config.Location))
		for _, r := range removals {
			if r.Rows > 0 {
				a.Logger.WarnContext(ctx, "the retention policy has removed what it lets go", "kind", r.Kind, "kept", r.Policy,
					"before", r.Before.Format(time.DateOnly), "rows", r.Rows, "bytes", r.Bytes)
			}
		}
		if ctx.Err() == nil {
			a.Condition.RemovalEnded(begun, err)
		}
		if err != nil && ctx.Err() == nil {
			a.Logger.ErrorContext(ctx, "what the retention policy lets go could not be removed; it is tried again the next night", slog.Any("error", err))
		}
		return night()
	})
}

// nextNight is the next time that lies so long after the beginning of a night, by the clock of now's zone.
func nextNight(now time.Time, after time.Duration) time.Time {
	night := time.Date(now.Year(), now.Month(), now.Day(), nightBegins, 0, 0, 0, now.Location()).Add(after)
	if !night.After(now) {
		night = time.Date(now.Year(), now.Month(), now.Day()+1, nightBegins, 0, 0, 0, now.Location()).Add(after)
	}
	return night
}
