package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"yangguang/dashboard/language"
)

// rowProgress says how many rows have been done: on a terminal in one line that is written over, elsewhere a line now and then.
type rowProgress struct {
	out      io.Writer
	words    language.Printer
	terminal bool
	begun    time.Time
	stop     chan struct{}
	stopped  sync.WaitGroup

	lock  sync.Mutex // guards the following
	rows  int
	task  string
	ended time.Time
}

func newRowProgress(out io.Writer, printer language.Printer) *rowProgress {
	file, ok := out.(*os.File)
	p := &rowProgress{out: out, words: printer, terminal: ok && term.IsTerminal(int(file.Fd())), begun: time.Now(), stop: make(chan struct{})}
	interval := 10 * time.Second
	if p.terminal {
		interval = 200 * time.Millisecond
	}
	p.stopped.Go(func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				p.show()
			case <-p.stop:
				return
			}
		}
	})
	return p
}

func (p *rowProgress) show() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.terminal {
		fmt.Fprintf(p.out, "\r\x1b[K%s %s", p.task, p.figures(time.Now()))
	} else {
		fmt.Fprintf(p.out, "%s %s\n", p.task, p.figures(time.Now()))
	}
}

func (p *rowProgress) figures(now time.Time) string {
	seconds := now.Sub(p.begun).Seconds()
	return words(p.words, "rows_done", "Rows", p.rows, "Seconds", fmt.Sprintf("%.1f", seconds), "Speed", fmt.Sprintf("%.0f", float64(p.rows)/max(seconds, .001)))
}

// name says what the next rows belong to.
func (p *rowProgress) name(task string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.task = task
}

// Total is collector.Progress; there are no bytes.
func (p *rowProgress) Total(int64) {}

// Advance is collector.Progress; it may be called by several goroutines.
func (p *rowProgress) Advance(_ int64, rows int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.rows += rows
}

// clear makes room for another line.
func (p *rowProgress) clear() {
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// end stops telling; a second time it does nothing.
func (p *rowProgress) end() {
	p.lock.Lock()
	first := p.ended.IsZero()
	if first {
		p.ended = time.Now()
	}
	p.lock.Unlock()
	if first {
		close(p.stop)
		p.stopped.Wait()
		p.clear()
	}
}

// summary is of all rows from the beginning to the end.
func (p *rowProgress) summary() string { return p.figures(p.ended) }
