package terminal

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"yangguang/dashboard/language"
)

// RowProgress says how many rows have been done: on a terminal in one line that is written over, elsewhere a line now and then.
type RowProgress struct {
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

// NewRowProgress begins to say it to out, in the words of the printer. End it.
func NewRowProgress(out io.Writer, printer language.Printer) *RowProgress {
	file, ok := out.(*os.File)
	p := &RowProgress{out: out, words: printer, terminal: ok && term.IsTerminal(int(file.Fd())), begun: time.Now(), stop: make(chan struct{})}
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

func (p *RowProgress) show() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.terminal {
		fmt.Fprintf(p.out, "\r\x1b[K%s %s", p.task, p.figures(time.Now()))
	} else {
		fmt.Fprintf(p.out, "%s %s\n", p.task, p.figures(time.Now()))
	}
}

func (p *RowProgress) figures(now time.Time) string {
	seconds := now.Sub(p.begun).Seconds()
	return Line(p.words, "rows_done", "Rows", p.rows, "Seconds", fmt.Sprintf("%.1f", seconds), "Speed", fmt.Sprintf("%.0f", float64(p.rows)/max(seconds, .001)))
}

// Name says what the next rows belong to.
func (p *RowProgress) Name(task string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.task = task
}

// Total is collector.Progress; there are no bytes.
func (p *RowProgress) Total(int64) {}

// Advance is collector.Progress; it may be called by several goroutines.
func (p *RowProgress) Advance(_ int64, rows int) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.rows += rows
}

// Clear makes room for another line.
func (p *RowProgress) Clear() {
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// End stops telling; a second time it does nothing.
func (p *RowProgress) End() {
	p.lock.Lock()
	first := p.ended.IsZero()
	if first {
		p.ended = time.Now()
	}
	p.lock.Unlock()
	if first {
		close(p.stop)
		p.stopped.Wait()
		p.Clear()
	}
}

// Summary is of all rows from the beginning to the end.
func (p *RowProgress) Summary() string { return p.figures(p.ended) }
