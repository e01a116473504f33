package application

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	"yangguang/queries/model"
)

// mostAtOnce bounds how many online sources are collected at a time, and so the memory that they take.
const mostAtOnce = 16

// Collect collects the sources. Ledgers, which keep the processor busy, take turns; sources that wait for a network do not: one that is
// slow delays none. A failing one does not keep the others from being collected.
func Collect(ctx context.Context, a *Application, sources []collector.Source, strict bool, streams terminal.Streams) error {
	pull := a.Collector()
	defer BoundMemory()()
	var told sync.Mutex // one line at a time is written; guards failed
	failed := false
	one := func(source collector.Source) {
		bar := terminal.NewProgress(streams.Problems, source.Name())
		summary, err := pull.Collect(ctx, source, bar)
		bar.End()
		told.Lock()
		defer told.Unlock()
		WriteSummary(streams.Out, a.Config, summary)
		terminal.WriteRemarks(streams.Problems, a.Config.Printer(), source.Name()+": ", summary.Remarks)
		failed = failed || err != nil || strict && summary.Rejected+summary.NotUnderstood() > 0
	}
	var group errgroup.Group
	group.SetLimit(1 + mostAtOnce)
	group.Go(func() error {
		for _, source := range sources {
			if !source.Online() && ctx.Err() == nil {
				one(source)
			}
		}
		return nil
	})
	for _, source := range sources {
		if source.Online() {
			group.Go(func() error {
				if ctx.Err() == nil {
					one(source)
				}
				return nil
			})
		}
	}
	_ = group.Wait() // failed says it
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted; the next collection starts over: %w", ctx.Err())
	}
	if failed {
		return terminal.ErrReported
	}
	return nil
}

// WriteSummary writes how a collection ended, in one line.
func WriteSummary(out io.Writer, config *config.Config, s collector.Summary) {
	printer := config.Lines()
	line := terminal.Line(printer, "collected", "Source", s.Source, "Read", s.Read, "New", s.New, "Changed", s.Changed, "Unchanged", s.Unchanged, "Rejected", s.Rejected)
	if parts := s.NotUnderstood(); parts > 0 {
		line += terminal.Line(printer, "not_understood", "N", parts)
	}
	if s.Withdrawn > 0 {
		line += terminal.Line(printer, "withdrawn", "N", s.Withdrawn)
	}
	line += terminal.Line(printer, "took", "Seconds", fmt.Sprintf("%.1f", s.Seconds), "Speed", fmt.Sprintf("%.0f", s.RowsPerSecond()))
	switch {
	case s.Outcome == model.Suspicious:
		line += terminal.Line(printer, "suspicious", "Why", terminal.OneLine(printer.Said(s.Error)))
	case s.Error != "":
		line += terminal.Line(printer, "failed", "Why", terminal.OneLine(printer.Said(s.Error)))
	case s.Accepted != "":
		line += terminal.Line(printer, "accepted", "Why", terminal.OneLine(printer.Said(s.Accepted)))
	}
	fmt.Fprintln(out, line)
}

// Chosen are the sources of the given names, in the order of the configuration; all without names.
func Chosen(sources []collector.Source, names []string) ([]collector.Source, error) {
	if len(names) == 0 {
		return sources, nil
	}
	var found []collector.Source
	var known []string
	for _, source := range sources {
		known = append(known, source.Name())
		if slices.Contains(names, source.Name()) {
			found = append(found, source)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, terminal.Mistake(fmt.Errorf("no source %q; the configuration has %s", name, strings.Join(known, ", ")))
		}
	}
	return found, nil
}
