// Package terminal is what commands have in common towards whoever types them: in whose words they answer, what is his mistake, how lines, columns,
// remarks, progress and files are written, and the flags of a question.
package terminal

import (
	"io"

	"yangguang/dashboard/language"
)

// Streams are where a command writes: its answer and what goes wrong or on; and in whose words.
type Streams struct {
	Out, Problems io.Writer
	Words         language.Printer
}
