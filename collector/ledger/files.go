package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// ledgerFile is a file as it was when it was found.
type ledgerFile struct {
	path    string
	size    int64
	changed time.Time
}

// findFiles lists what matches the glob in name order. Directories and the lock files that office programs put beside an
// open workbook are no ledgers.
func findFiles(pattern string) ([]ledgerFile, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("path: %q is not a glob; write it like ledgers/*.csv", pattern)
	}
	slices.Sort(paths)
	var files []ledgerFile
	for _, path := range paths {
		if name := filepath.Base(path); strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock.") {
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("look at ledger: %w", err)
		}
		if info.IsDir() {
			continue
		}
		files = append(files, ledgerFile{path: path, size: info.Size(), changed: info.ModTime()})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no file matches %s; put the ledger there or correct the source's path", pattern)
	}
	return files, nil
}

// checkUnchanged tells whether the file is still what was found: one that is being written has not been read whole.
func (f ledgerFile) checkUnchanged() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("look at ledger again: %w", err)
	}
	if info.Size() != f.size || !info.ModTime().Equal(f.changed) {
		return fmt.Errorf("the file was changed while it was read; collect again when it has been saved")
	}
	return nil
}
