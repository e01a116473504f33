package timetable

import (
	"fmt"
	"os"
	"time"

	"yangguang/collector"
)

// Look is how often the configuration file and the ledgers are looked at.
const Look = 5 * time.Second

// settling notices that something was changed, once it has stayed the same from one look to the next: what is being written
// is not read. The first look only learns how it is.
type settling struct {
	begun            bool
	reported, before string // the state reported last, and that of the look before
}

// changed takes the state at a look.
func (s *settling) changed(state string) bool {
	if !s.begun {
		*s = settling{true, state, state}
		return false
	}
	stable := state == s.before
	s.before = state
	if !stable || state == s.reported {
		return false
	}
	s.reported = state
	return true
}

// File notices that a file was changed.
type File struct {
	Path string
	settling
}

// Changed reports whether the file is another than at the last time.
func (f *File) Changed() bool {
	info, err := os.Stat(f.Path)
	if err != nil {
		return false // being replaced, or gone: what was read stays in force
	}
	return f.settling.changed(fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
}

// Ledgers notices new and changed files of the sources that read files, by name.
type Ledgers map[string]*settling

// Changed are the sources with files other than at the last time. A source that is new is not among them.
func (w Ledgers) Changed(sources []collector.Source) (names []string) {
	for _, source := range sources {
		watched, is := source.(collector.Watched)
		if !is {
			continue
		}
		if w[source.Name()] == nil {
			w[source.Name()] = &settling{}
		}
		if w[source.Name()].changed(watched.State()) {
			names = append(names, source.Name())
		}
	}
	return names
}
