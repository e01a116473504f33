package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// found is what a glob leads to.
type found struct {
	paths   []string        // of what matches, links and directories included
	folders map[string]bool // directories that were looked through for it
}

// glob finds what matches a pattern below base. Of the pattern * ? [ ] have their usual meaning, ** is any number of directories, and a
// name's extension is compared without case. A part of the pattern that is the very name of a file or directory is taken for that name.
// Directories that links lead to are entered where the pattern names them, not below **.
func glob(base, pattern string) (found, error) {
	parts := strings.Split(filepath.ToSlash(pattern), "/")
	if filepath.IsAbs(pattern) {
		base = filepath.VolumeName(pattern) + string(filepath.Separator)
	}
	for _, part := range parts {
		if _, err := path.Match(part, ""); err != nil {
			if _, err := os.Lstat(filepath.Join(base, pattern)); err == nil {
				return found{paths: []string{filepath.Join(base, pattern)}, folders: map[string]bool{}}, nil
			}
			return found{}, fmt.Errorf("path: %q is not a glob; write it like ledgers/*.csv", pattern)
		}
	}
	result := found{folders: map[string]bool{}}
	seen := map[string]bool{}
	err := result.walk(base, parts, seen)
	return result, err
}

// walk follows the rest of a pattern from a directory.
func (f *found) walk(folder string, parts []string, seen map[string]bool) error {
	for len(parts) > 0 && (parts[0] == "" || parts[0] == ".") {
		parts = parts[1:]
	}
	switch {
	case len(parts) == 0:
		return nil
	case parts[0] == "..":
		return f.walk(filepath.Dir(folder), parts[1:], seen)
	case parts[0] == "**":
		return f.walkDeep(folder, parts[1:], seen)
	}
	if !strings.ContainsAny(parts[0], `*?[\`) || exists(filepath.Join(folder, parts[0])) {
		if len(parts) == 1 {
			f.folders[folder] = true
		}
		if name, ok := named(folder, parts[0], len(parts) == 1); ok {
			return f.enter(filepath.Join(folder, name), parts[1:], seen)
		}
		return nil
	}
	entries, err := list(folder)
	if err != nil {
		return err
	}
	f.folders[folder] = true
	for _, entry := range entries {
		if matches(parts[0], entry.Name()) {
			if err := f.enter(filepath.Join(folder, entry.Name()), parts[1:], seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter takes a path that the pattern names so far.
func (f *found) enter(path string, rest []string, seen map[string]bool) error {
	if len(rest) > 0 {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return nil
		}
		return f.walk(path, rest, seen)
	}
	if !seen[path] {
		seen[path] = true
		f.paths = append(f.paths, path)
	}
	return nil
}

// walkDeep follows the rest of a pattern from a directory and all below it.
func (f *found) walkDeep(folder string, rest []string, seen map[string]bool) error {
	if len(rest) == 0 {
		rest = []string{"*"}
	}
	if err := f.walk(folder, rest, seen); err != nil {
		return err
	}
	entries, err := list(folder)
	if err != nil {
		return err
	}
	f.folders[folder] = true
	for _, entry := range entries {
		if entry.IsDir() && !isSystem(entry.Name()) {
			if err := f.walkDeep(filepath.Join(folder, entry.Name()), rest, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// list lists a directory; one that is not there is empty.
func list(folder string) ([]os.DirEntry, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look through %s: %w", folder, withoutPath(err))
	}
	return entries, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// named finds a file or directory of that name; a file's extension may be written in another case.
func named(folder, name string, file bool) (string, bool) {
	if exists(filepath.Join(folder, name)) {
		return name, true
	}
	entries, err := os.ReadDir(folder)
	if err != nil || !file {
		return "", false
	}
	for _, entry := range entries {
		if withLowerExtension(entry.Name()) == withLowerExtension(name) {
			return entry.Name(), true
		}
	}
	return "", false
}

// matches reports whether a name is one that a part of a pattern means.
func matches(part, name string) bool {
	if isSystem(name) && !strings.HasPrefix(part, ".") && !strings.HasPrefix(part, "~") {
		return false
	}
	matched, err := path.Match(withLowerExtension(part), withLowerExtension(name))
	return err == nil && matched
}

func withLowerExtension(name string) string {
	extension := path.Ext(name)
	return strings.TrimSuffix(name, extension) + strings.ToLower(extension)
}

// isSystem knows the files and directories that systems and office programs put beside others: hidden ones, locks, thumbnails.
func isSystem(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "desktop.ini", "__macosx", "ehthumbs.db", "$recycle.bin", "@eadir":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "~WRL") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(strings.ToLower(name), ".tmp")
}
