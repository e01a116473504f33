package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress is a bar of the bytes read, on a terminal; elsewhere it is silent.
type progress struct {
	bar  *progressbar.ProgressBar // nil where nobody looks
	rows int
	name string
	out  io.Writer
}

func newProgress(out io.Writer, name string) *progress {
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{name: name, out: out}
}

// Total is told how many bytes there are to read.
func (p *progress) Total(bytes int64) {
	if p.out == nil {
		return
	}
	p.bar = progressbar.NewOptions64(bytes, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.name),
		progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth())
}

// Advance is told what has been read since.
func (p *progress) Advance(bytes int64, rows int) {
	p.rows += rows
	if p.bar != nil {
		_ = p.bar.Add64(bytes) // a bar that cannot be drawn must not stop the collection
	}
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// of makes it a bar of things that are counted, of which there are so many.
func (p *progress) of(count int) {
	if p.out == nil {
		return
	}
	p.bar = progressbar.NewOptions(count, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.name), progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
}

// advance is told how many have been done since.
func (p *progress) advance(count int) { p.Advance(int64(count), 0) }
