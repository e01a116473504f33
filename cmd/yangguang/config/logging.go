package config

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"yangguang/cmd/yangguang/terminal"
)

// Log is what is logged, and how (key log).
type Log struct {
	Level  string `yaml:"level"`  // debug, info, warn or error; warn without it
	Format string `yaml:"format"` // text or json; text without it
}

func (l Log) check(file string) (problems []error) {
	if l.Level != "" && !slices.Contains([]string{"debug", "info", "warn", "error"}, l.Level) {
		problems = append(problems, fmt.Errorf("%s: log.level: %q is unknown; expected debug, info, warn or error", file, l.Level))
	}
	if l.Format != "" && !slices.Contains([]string{"text", "json"}, l.Format) {
		problems = append(problems, fmt.Errorf("%s: log.format: %q is unknown; expected text or json", file, l.Format))
	}
	return problems
}

// handler writes records by the clock of the configured zone; nil, where that is not known, stands for UTC.
func (l Log) handler(out io.Writer, zone *time.Location) slog.Handler {
	if zone == nil {
		zone = time.UTC
	}
	level := slog.LevelWarn
	if l.Level != "" {
		_ = level.UnmarshalText([]byte(l.Level)) // checked
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 && a.Value.Kind() == slog.KindTime {
			a.Value = slog.TimeValue(a.Value.Time().In(zone))
		}
		return a
	}}
	if l.Format == "json" {
		return slog.NewJSONHandler(out, options)
	}
	return slog.NewTextHandler(out, options)
}

// Logger logs to the problems of a command: between its lines or, where these are records of a log themselves, as they are.
func (l Log) Logger(problems io.Writer, zone *time.Location) *slog.Logger {
	if records, are := problems.(*RecordedLines); are {
		return slog.New(records.handler)
	}
	return slog.New(l.handler(problems, zone))
}

// Recorded are streams for log.format json: every line that a command writes to them becomes a record. Other formats leave streams as they are.
func (l Log) Recorded(s terminal.Streams, zone *time.Location) terminal.Streams {
	if l.Format != "json" {
		return s
	}
	return terminal.Streams{
		Out: &RecordedLines{handler: l.handler(s.Out, zone), level: slog.LevelInfo}, Problems: &RecordedLines{handler: l.handler(s.Problems, zone), level: slog.LevelWarn},
		Words: s.Words,
	}
}

// RecordedLines makes a record of every line that is written, whatever the log's level.
type RecordedLines struct {
	handler slog.Handler
	level   slog.Level

	lock sync.Mutex // guards rest
	rest []byte     // of a line whose end has not been written
}

// Write makes a record of every line whose end is written.
func (r *RecordedLines) Write(text []byte) (int, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.rest = append(r.rest, text...)
	for {
		line, rest, whole := bytes.Cut(r.rest, []byte("\n"))
		if !whole {
			return len(text), nil
		}
		if err := r.handler.Handle(context.Background(), slog.NewRecord(time.Now(), r.level, string(line), 0)); err != nil {
			return 0, err
		}
		r.rest = rest
	}
}
