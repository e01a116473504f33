package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"yangguang/collector"
)

// mostBeside bounds how many directory entries beside the ledgers are looked at.
const mostBeside = 2000

// tables are the extensions of files that may be ledgers.
var tables = []string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".numbers", ".zip", ".rar", ".7z"}

// SetNeighbours tells a ledger which files others read, so that it does not remark on them: other ledgers, and paths of single files.
func (l *Ledger) SetNeighbours(ledgers []*Ledger, files []string) {
	l.neighbours, l.known = ledgers, map[string]bool{}
	for _, file := range files {
		if absolute, err := filepath.Abs(file); err == nil {
			l.known[absolute] = true
		}
	}
}

// remarkBeside remarks on what lies beside the ledgers and is not read: tables with other names, and directories with tables in them.
func (l *Ledger) remarkBeside(found found, remark func(collector.Remark)) {
	read := l.readByOthers()
	for _, path := range found.paths {
		read[path] = true
	}
	kind := collector.NotUnderstood
	if !strings.ContainsAny(l.config.Path, "*?[") {
		kind = collector.Ignored // one file is meant
	}
	looked := 0
	for _, folder := range slices.Sorted(maps.Keys(found.folders)) {
		entries, err := list(folder)
		if err != nil {
			continue // it has been looked through just now; what has become of it since is the next collection's
		}
		for _, entry := range entries {
			if looked++; looked > mostBeside {
				return
			}
			path := filepath.Join(folder, entry.Name())
			switch {
			case read[path] && !isFolder(path, entry) || l.isKnown(path) || isSystem(entry.Name()) && !isLock(entry.Name()):
			case isSystem(entry.Name()):
				remark(collector.Remark{Place: l.shown(path), What: "a file that an office program or a system has put there is not read", Kind: collector.Ignored})
			case isFolder(path, entry):
				if !found.leadsInto(path) {
					l.remarkFolder(path, read, &looked, kind, remark)
				}
			case isTable(entry.Name()):
				remark(collector.Remark{
					Place: l.shown(path), What: "the file lies beside the ledgers and is not read, as " + l.config.Path + " does not name it",
					Nearest: l.wider(entry.Name()), Kind: kind,
				})
			}
		}
	}
}

// leadsInto reports whether the pattern leads into a directory, or into one below it.
func (f found) leadsInto(folder string) bool {
	if real, err := filepath.EvalSymlinks(folder); err == nil && real != folder && f.leadsInto(real) {
		return true
	}
	return f.folders[folder] || slices.ContainsFunc(slices.Collect(maps.Keys(f.folders)), func(other string) bool { return isBelow(other, folder) })
}

// wider is a path that would name a file of that name as well.
func (l *Ledger) wider(name string) string {
	folder, last := path.Split(filepath.ToSlash(l.config.Path))
	if strings.EqualFold(path.Ext(last), path.Ext(name)) {
		return folder + "*" + strings.ToLower(path.Ext(name))
	}
	return folder + "*"
}

// remarkFolder remarks on a directory that the pattern does not lead into, if it has tables.
func (l *Ledger) remarkFolder(folder string, read map[string]bool, looked *int, kind collector.RemarkKind, remark func(collector.Remark)) {
	count := uint64(0)
	root, err := filepath.EvalSymlinks(folder)
	if err != nil {
		root = folder // what it says of the way there, the walk says again
	}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if *looked++; *looked > mostBeside {
			return fs.SkipAll
		}
		switch {
		case err != nil:
			return fs.SkipDir
		case entry.IsDir() && isSystem(entry.Name()):
			return fs.SkipDir
		case !entry.IsDir() && isTable(entry.Name()) && !isSystem(entry.Name()) && !read[path] && !l.isKnown(path):
			count++
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.SkipAll) {
		count = max(count, 1)
	}
	if count > 0 {
		parent, last := path.Split(filepath.ToSlash(l.config.Path))
		remark(collector.Remark{
			Place: l.shown(folder), What: fmt.Sprintf("the folder has %d files that may be ledgers and is not read", count),
			Nearest: strings.TrimSuffix(parent, "**/") + "**/" + last, Kind: kind,
		})
	}
}

// readByOthers are the paths that other ledgers read.
func (l *Ledger) readByOthers() map[string]bool {
	read := map[string]bool{}
	for _, other := range l.neighbours {
		if found, err := glob(other.base, other.config.Path); err == nil && other != l {
			for _, path := range found.paths {
				read[path] = true
			}
		}
	}
	return read
}

func (l *Ledger) isKnown(path string) bool {
	absolute, err := filepath.Abs(path)
	return err == nil && l.known[absolute]
}

func isTable(name string) bool {
	return slices.Contains(tables, strings.ToLower(path.Ext(name)))
}

// isLock reports whether a file that is none of the user's is worth a word, as its name might be a ledger's.
func isLock(name string) bool {
	return isTable(strings.TrimSuffix(name, "#"))
}

// isFolder reports whether an entry is a directory, or a link to one.
func isFolder(path string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.IsDir()
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// isBelow reports whether a path lies in a directory.
func isBelow(path, folder string) bool {
	return strings.HasPrefix(path, folder+string(filepath.Separator))
}
