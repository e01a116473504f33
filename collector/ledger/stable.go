package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"yangguang/collector/online"
)

const (
	quiet     = time.Second // how long a file must have stayed as it is to be taken for whole
	mostLooks = 10          // at a file that does not come to rest
)

// waitUntilWhole waits until the file has not been changed for a while: one that is being written is not read, as the end of
// what is there may be half of a row.
func (f *ledgerFile) waitUntilWhole(ctx context.Context) error {
	for range mostLooks {
		age := time.Since(f.changed)
		if age >= quiet {
			return nil
		}
		if err := online.Pause(ctx, min(quiet, quiet-age)); err != nil { // the file's clock may be ahead
			return err
		}
		info, err := os.Stat(f.path)
		if err != nil {
			return fmt.Errorf("look at ledger again: %w", withoutPath(err))
		}
		if info.Size() == f.size && info.ModTime().Equal(f.changed) {
			return nil
		}
		f.size, f.changed = info.Size(), info.ModTime()
	}
	return errors.New("the file is being written and has not been read; collect again when it has been saved")
}

// State changes with the names, sizes and times of the source's files; it is empty when there are none.
func (l *Ledger) State() string {
	files, err := l.findFiles(nil)
	if err != nil {
		return "" // the next collection says why
	}
	state := ""
	for _, file := range files {
		state += fmt.Sprintf("%q %d %d\n", file.path, file.size, file.changed.UnixNano())
	}
	return state
}
