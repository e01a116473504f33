package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"
)

// logConfig is what is logged, and how (key log).
type logConfig struct {
	Level  string `yaml:"level"`  // debug, info, warn or error; warn without it
	Format string `yaml:"format"` // text or json; text without it
}

func (l logConfig) check(file string) (problems []error) {
	if l.Level != "" && !contains([]string{"debug", "info", "warn", "error"}, l.Level) {
		problems = append(problems, fmt.Errorf("%s: log.level: %q is unknown; expected debug, info, warn or error", file, l.Level))
	}
	if l.Format != "" && !contains([]string{"text", "json"}, l.Format) {
		problems = append(problems, fmt.Errorf("%s: log.format: %q is unknown; expected text or json", file, l.Format))
	}
	return problems
}

// handler writes records by the clock of the configured zone; nil, where that is not known, stands for UTC.
func (l logConfig) handler(out io.Writer, zone *time.Location) slog.Handler {
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

// logger logs to the problems of a command: between its lines or, where these are records of a log themselves, as they are.
func (l logConfig) logger(problems io.Writer, zone *time.Location) *slog.Logger {
	if records, are := problems.(*recordedLines); are {
		return slog.New(records.handler)
	}
	return slog.New(l.handler(problems, zone))
}

// recorded are streams for log.format json: every line that a command writes to them becomes a record. Other formats leave streams as they are.
func (l logConfig) recorded(s streams, zone *time.Location) streams {
	if l.Format != "json" {
		return s
	}
	return streams{
		out: &recordedLines{handler: l.handler(s.out, zone), level: slog.LevelInfo}, problems: &recordedLines{handler: l.handler(s.problems, zone), level: slog.LevelWarn},
		words: s.words,
	}
}

// recordedLines makes a record of every line that is written, whatever the log's level.
type recordedLines struct {
	handler slog.Handler
	level   slog.Level

	lock sync.Mutex // guards rest
	rest []byte     // of a line whose end has not been written
}

func (r *recordedLines) Write(text []byte) (int, error) {
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
