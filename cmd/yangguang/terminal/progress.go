package terminal

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Progress is a bar of the bytes read, on a terminal; elsewhere it is silent.
type Progress struct {
	bar  *progressbar.ProgressBar // nil where nobody looks
	rows int
	name string
	out  io.Writer
}

// NewProgress is a bar of what has this name, where out is a terminal. End it.
func NewProgress(out io.Writer, name string) *Progress {
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return &Progress{}
	}
	return &Progress{name: name, out: out}
}

// Total is told how many bytes there are to read.
func (p *Progress) Total(bytes int64) {
	if p.out == nil {
		return
	}
	p.bar = progressbar.NewOptions64(bytes, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.name),
		progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth())
}

// Advance is told what has been read since.
func (p *Progress) Advance(bytes int64, rows int) {
	p.rows += rows
	if p.bar != nil {
		_ = p.bar.Add64(bytes) // a bar that cannot be drawn must not stop the collection
	}
}

// End takes the bar away.
func (p *Progress) End() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// CountOf makes it a bar of things that are counted, of which there are so many.
func (p *Progress) CountOf(count int) {
	if p.out == nil {
		return
	}
	p.bar = progressbar.NewOptions(count, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.name), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
}

// Count is told how many have been done since.
func (p *Progress) Count(count int) { p.Advance(int64(count), 0) }
