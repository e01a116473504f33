package main

import (
	"fmt"
	"io"

	"yangguang/collector"
)

// remarksShown bounds how many remarks are shown a source or registry.
const remarksShown = 50

// writeRemarks writes what of a source or of the registry was not read, a line each: warnings for what was not understood, notes for what
// was left out on purpose.
func writeRemarks(out io.Writer, prefix string, remarks []collector.Remark) {
	shown := 0
	for _, warnings := range []bool{true, false} {
		for _, remark := range remarks {
			if (remark.Kind != collector.Ignored) != warnings {
				continue
			}
			if shown++; shown > remarksShown {
				continue
			}
			word := "note"
			switch remark.Kind {
			case collector.NotUnderstood:
				word = "WARNING"
			case collector.Unread:
				word = "WARNING, not read"
			}
			fmt.Fprintf(out, "%s%s: %s\n", prefix, word, remark)
		}
	}
	if shown > remarksShown {
		fmt.Fprintf(out, "%sand %d more\n", prefix, shown-remarksShown)
	}
}

// notUnderstood counts the parts that were not understood or not read.
func notUnderstood(remarks []collector.Remark) uint64 {
	return collector.Summary{Remarks: remarks}.NotUnderstood()
}
