package ledger

import (
	"fmt"
	"os"
	"slices"
	"time"

	"yangguang/collector"
)

// ledgerFile is a file as it was when it was found.
type ledgerFile struct {
	path    string
	size    int64
	changed time.Time
}

// findFiles lists what the source's path names, in name order. Directories and what systems and office programs put beside files are
// no ledgers. What cannot be looked at is reported to remark, which may be nil, and so is what lies beside the ledgers.
func (l *Ledger) findFiles(remark func(collector.Remark)) ([]ledgerFile, error) {
	found, err := glob(l.base, l.config.Path)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found.paths, compareNames)
	var files []ledgerFile
	for _, path := range found.paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			if remark != nil {
				remark(collector.Remark{
					Place: l.shown(path), What: fmt.Sprintf("the file cannot be read (%v)", withoutPath(err)), Nearest: "put the file there, or delete the link", Kind: collector.Unread,
				})
			}
		case info.Mode().IsRegular():
			files = append(files, ledgerFile{path: path, size: info.Size(), changed: info.ModTime()})
		case !info.IsDir() && remark != nil: // remarkBeside tells of directories
			remark(collector.Remark{
				Place: l.shown(path), What: "the file is no regular file and cannot be read", Nearest: "put a file there, or rename what is there", Kind: collector.Unread,
			})
		}
	}
	if remark != nil {
		l.remarkBeside(found, remark)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no file matches %s; put the ledger there or correct the source's path", l.shown(l.pattern()))
	}
	return files, nil
}

// checkUnchanged reports whether the file is still what was found: one that is being written has not been read whole.
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
