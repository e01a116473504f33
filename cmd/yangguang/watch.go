package main

import (
	"fmt"
	"os"
	"time"

	"yangguang/collector"
)

// fileLook is how often the configuration file and the ledgers are looked at.
const fileLook = 5 * time.Second

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

// watchedFile notices that a file was changed.
type watchedFile struct {
	path string
	settling
}

// changed reports whether the file is another than at the last time.
func (f *watchedFile) changed() bool {
	info, err := os.Stat(f.path)
	if err != nil {
		return false // being replaced, or gone: what was read stays in force
	}
	return f.settling.changed(fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
}

// watchedLedgers notices new and changed files of the sources that read files, by name.
type watchedLedgers map[string]*settling

// changed are the sources with files other than at the last time. A source that is new is not among them.
func (w watchedLedgers) changed(sources []collector.Source) (names []string) {
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
