package terminal

import (
	"fmt"
	"io"
	"strings"

	"yangguang/collector"
	"yangguang/dashboard/language"
)

// remarksShown bounds how many remarks are shown a source or registry.
const remarksShown = 50

// WriteRemarks writes what of a source or of the registry was not read, a line each: warnings for what was not understood, notes for what
// was left out on purpose.
func WriteRemarks(out io.Writer, printer language.Printer, prefix string, remarks []collector.Remark) {
	shown := 0
	for _, warnings := range []bool{true, false} {
		for _, remark := range remarks {
			if (remark.Kind != collector.Ignored) != warnings {
				continue
			}
			if shown++; shown > remarksShown {
				continue
			}
			word := "said.note"
			switch remark.Kind {
			case collector.NotUnderstood:
				word = "said.warning"
			case collector.Unread:
				word = "said.warning_unread"
			}
			fmt.Fprintln(out, prefix+printer.T(word, "Text", remarkLine(printer, remark)))
		}
	}
	if shown > remarksShown {
		fmt.Fprintln(out, prefix+printer.T("said.more_remarks", "N", shown-remarksShown))
	}
}

// remarkLine is a remark in one line: place, what, how many, nearest.
func remarkLine(printer language.Printer, remark collector.Remark) string {
	text := printer.Said(remark.What)
	if remark.Count > 1 {
		text = printer.T("said.count", "What", text, "Count", remark.Count)
	}
	if remark.Nearest != "" {
		text += printer.T("said.stop") + printer.T("said.nearest_is", "Nearest", printer.Said(remark.Nearest))
	}
	if remark.Place != "" {
		text = remark.Place + ": " + text
	}
	return strings.Join(strings.Fields(text), " ")
}

// NotUnderstood counts the parts that were not understood or not read.
func NotUnderstood(remarks []collector.Remark) uint64 {
	return collector.Summary{Remarks: remarks}.NotUnderstood()
}
