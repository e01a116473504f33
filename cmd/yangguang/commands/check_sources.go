package commands

import (
	"context"
	"fmt"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	"yangguang/queries/model"
)

// rejectsShown is how many rejected rows of a source check tells; try --dropped shows all.
const rejectsShown = 3

// checkLedgers reads every source that needs no network and tells its rows and rejects. Its errors say what could not be read: files,
// headers. Rejected rows are none; doubts counts them and the parts that were not understood.
func checkLedgers(ctx context.Context, a *application.Application, registry model.Registry, streams terminal.Streams) (mistakes []error, doubts uint64) {
	out, printer, lines := streams.Out, a.Config.Printer(), a.Config.Lines()
	options := tryOptions(a, registry)
	for _, source := range a.Sources {
		if source.Online() {
			continue
		}
		var rejects []string
		summary, err := collector.Try(ctx, options, source, func(row collector.Tried) error {
			if row.Record == nil && len(rejects) < rejectsShown {
				rejects = append(rejects, row.Place+": "+terminal.OneLine(printer.Said(row.Reason)))
			}
			return nil
		})
		if ctx.Err() != nil {
			return append(mistakes, ctx.Err()), doubts
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("source %s: %w", source.Name(), err))
		}
		terminal.WriteLine(out, lines, "source", "Source", source.Name(), "Rows", summary.Read, "Rejected", summary.Rejected)
		terminal.WriteRemarks(streams.Problems, printer, terminal.Line(lines, "source_prefix", "Source", source.Name()), summary.Remarks)
		doubts += summary.Rejected + summary.NotUnderstood()
		for _, reject := range rejects {
			fmt.Fprintf(out, "  %s\n", reject)
		}
		if more := summary.Rejected - uint64(len(rejects)); more > 0 {
			terminal.WriteLine(out, lines, "more", "N", more, "Source", source.Name())
		}
	}
	return mistakes, doubts
}
