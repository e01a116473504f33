// Package export writes the reports of SPEC §7 as CSV, XLSX and JSON, to files and over HTTP.
package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
	"yangguang/queries/stream"
)

// Streamer gives the rows of a report; *ask.Asker is one.
type Streamer interface {
	CheckUnits(ctx context.Context, question model.Question) error
	Stream(ctx context.Context, report model.Report, question model.Question, each func(row []any) error) error
}

// Request is one file to write.
type Request struct {
	Report     model.Report
	Question   model.Question // with its defaults, checked
	Printer    language.Printer
	Zone       *time.Location // in which instants are written
	District   string         // whose figures these are; stands on printed pages
	ComputedAt time.Time      // stated in JSON; the zero time leaves it out, so that the same data give the same bytes

	// Of what is no report of SPEC §7: its name in the language, and by their keys those of its columns.
	Title   string
	Headers map[string]string
}

// title is what the file and its sheets are called.
func (r Request) title() string {
	if r.Title != "" {
		return r.Title
	}
	return r.Printer.Report(r.Report.Name)
}

// header is what stands above a column: in English its key (SPEC §7).
func (r Request) header(key string) string {
	if label, own := r.Headers[key]; own && r.Printer.Language() != "en" {
		return label
	}
	if id := "column." + key + ".yoy"; r.Question.Compare == model.CompareYear && r.Printer.Language() != "en" && r.Printer.Has(id) {
		return r.Printer.T(id)
	}
	return r.Printer.Header(r.Report.Name, key)
}

// said is a text as it stands in a cell: the name of a code, a sentence in the language.
func (r Request) said(column model.Column, text string) string {
	switch column.Kind {
	case model.Code:
		return r.Printer.Code(column.Key, text)
	case model.Sentence:
		return r.Printer.Said(text)
	}
	return text
}

// label is header as pages call the column in either language.
func (r Request) label(key string) string {
	if label, own := r.Headers[key]; own {
		return label
	}
	return r.Printer.ReportLabel(r.Report.Name, key)
}

// Writer writes one report in one format. After an error only Close may follow.
type Writer interface {
	Row(row []any) error // a row as ask.Asker.Stream gives it; not kept
	Finish() error       // writes what is left
	Close() error        // releases what the writer holds, finished or not
}

// format is a kind of file; a new one is one more line in formats.
type format struct {
	name, mediaType string
	open            func(io.Writer, Request) (Writer, error)
}

func formats() []format {
	return []format{
		{"csv", "text/csv; charset=utf-8", newCSV},
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", newXLSX},
		{"json", "application/json; charset=utf-8", newJSON},
	}
}

func formatNamed(name string) (format, error) {
	index := slices.IndexFunc(formats(), func(f format) bool { return f.name == name })
	if index < 0 {
		return format{}, &model.UserError{Parameter: "format", Value: name, Expected: "one of " + strings.Join(Formats(), ", ")}
	}
	return formats()[index], nil
}

// Formats lists the names of the formats, which are the files' extensions.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// Write writes one report as one file. An unknown format or unit is a *model.UserError; after any other error the file is
// incomplete and must not be kept.
func Write(ctx context.Context, w io.Writer, formatName string, streamer Streamer, request Request) error {
	f, err := formatNamed(formatName)
	if err != nil {
		return err
	}
	if err := streamer.CheckUnits(ctx, request.Question); err != nil {
		return err
	}
	return writeFile(w, f, request, func(writer Writer) error { return fill(ctx, writer, streamer, request) })
}

// writeFile begins a file, has it filled and ends it.
func writeFile(w io.Writer, f format, request Request, fill func(Writer) error) (err error) {
	writer, err := f.open(w, request)
	if err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	defer func() {
		if closeErr := writer.Close(); err == nil {
			err = closeErr
		}
	}()
	if err := fill(writer); err != nil {
		return err
	}
	if err := writer.Finish(); err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	return nil
}

// inBlocks is a Streamer that also gives rows in blocks, which is faster.
type inBlocks interface {
	StreamBlocks(ctx context.Context, report model.Report, question model.Question, eachBlock func(stream.Block) error, eachRow func(row []any) error) error
}

// fill streams a report into a writer: in blocks if both know them.
func fill(ctx context.Context, writer Writer, streamer Streamer, request Request) error {
	lines, isCSV := writer.(*csvWriter)
	blocks, knows := streamer.(inBlocks)
	if isCSV && knows {
		return blocks.StreamBlocks(ctx, request.Report, request.Question, lines.Block, lines.Row)
	}
	return streamer.Stream(ctx, request.Report, request.Question, writer.Row)
}
