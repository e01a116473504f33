package pack

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// build writes the files of a pack to a directory, all but the manifest, which it returns. The same freeze gives the same bytes as long as the
// program is the same.
func (p *Packs) build(ctx context.Context, directory string, frozen freeze.Freeze, order Order) (made Manifest, err error) {
	question := order.Question
	question.KnownAt = frozen.KnownAt
	inputs, err := freeze.InputsOf(ctx, p.store.Store, frozen)
	if err != nil {
		return Manifest{}, err
	}
	if made, err = p.describe(frozen, order, inputs); err != nil {
		return Manifest{}, err
	}
	if err := freeze.Prepare(ctx, p.store.Facts, question); err != nil {
		return Manifest{}, err
	}
	parts, err := p.parts(ctx, question)
	if err != nil {
		return Manifest{}, err
	}
	since, baseline, err := p.sinceParts(ctx, question, order.Baseline)
	if err != nil {
		return Manifest{}, err
	}
	parts = append(parts, since...)
	printer := p.bundle.Printer(order.Language)
	book, err := newWorkbook(printer, question, order.District)
	if err != nil {
		return Manifest{}, err
	}
	defer func() { err = errors.Join(err, book.close()) }()
	papers := map[string]*paper{}
	for _, part := range parts {
		file, kept, err := p.buildPart(ctx, directory, part, printer, book)
		if err != nil {
			return Manifest{}, fmt.Errorf("%s: %w", part.file, err)
		}
		made.Files = append(made.Files, file)
		papers[part.file] = kept
	}
	others := []madeFile{
		{"meeting.xlsx", func(w io.Writer) error { return book.write(w, papers, inputs) }},
		{"meeting.html", func(w io.Writer) error { return p.writeSummary(w, frozen, order, printer, papers, inputs, baseline) }},
	}
	if order.unitSheets {
		others = append(others, madeFile{sheetsFile, func(w io.Writer) error { return p.writeSheets(ctx, w, frozen, order, printer, inputs) }})
	}
	for _, other := range others {
		file, err := writeFile(directory, other.name, other.write)
		if err != nil {
			return Manifest{}, fmt.Errorf("%s: %w", other.name, err)
		}
		made.Files = append(made.Files, file)
	}
	return made, nil
}

// madeFile is a file that is made of the reports.
type madeFile struct {
	name  string
	write func(io.Writer) error
}

// buildPart asks one report once, for its CSV, its sheet and what the summary shows of it.
func (p *Packs) buildPart(ctx context.Context, directory string, part part, printer language.Printer, book *workbook) (File, *paper, error) {
	kept := &paper{part: part}
	request := export.Request{Report: part.report, Question: part.question, Printer: printer, Zone: p.zone, District: book.district}
	file, err := writeFile(directory, part.file, func(w io.Writer) error {
		csv, err := export.NewCSV(w, request)
		if err != nil {
			return err
		}
		sheets, err := book.sheets(request, part)
		if err != nil {
			return err
		}
		err = p.ask(ctx, part, func(row []any) error {
			kept.add(row)
			return errors.Join(csv.Row(row), sheets.Row(row))
		})
		if err != nil {
			return err
		}
		kept.sheet = sheets.Names[0]
		return errors.Join(csv.Finish(), csv.Close(), sheets.End())
	})
	file.Report, file.Group, file.Rows = part.report.Name, part.group, kept.count
	return file, kept, err
}

// ask hands over the rows of a part.
func (p *Packs) ask(ctx context.Context, part part, each func([]any) error) error {
	if part.rows != nil {
		return part.rows(ctx, each)
	}
	return p.store.Stream(ctx, part.report, part.question, each)
}

// writeFile writes one file and tells its size and hash.
func writeFile(directory, name string, write func(io.Writer) error) (file File, err error) {
	created, err := os.Create(filepath.Join(directory, name))
	if err != nil {
		return File{}, err
	}
	defer func() { err = errors.Join(err, created.Close()) }()
	counted := &hashed{hash: sha256.New()}
	buffered := bufio.NewWriterSize(io.MultiWriter(created, counted), 1<<16)
	if err := errors.Join(write(buffered), buffered.Flush()); err != nil {
		return File{}, err
	}
	return File{Name: name, Bytes: counted.bytes, SHA256: hex.EncodeToString(counted.hash.Sum(nil))}, nil
}

// hashed counts and hashes what is written to it.
type hashed struct {
	hash  hash.Hash
	bytes int64
}

func (h *hashed) Write(content []byte) (int, error) {
	h.bytes += int64(len(content))
	return h.hash.Write(content)
}

// paper is what the workbook's first sheets and the printable summary show of a report.
type paper struct {
	part  part
	sheet string  // in the workbook
	rows  [][]any // the first ones
	count int     // all of them
}

// keptRows is how many rows of a report are printed at most: 40 pages of a ranking. The rest is in the tables.
const keptRows = 1000

func (p *paper) add(row []any) {
	p.count++
	if p.part.rows != nil || len(p.rows) < keptRows { // what changed is counted
		p.rows = append(p.rows, slices.Clone(row))
	}
}

// column is where a report has a column.
func (p *paper) column(key string) int {
	return slices.IndexFunc(p.part.report.Columns, func(column model.Column) bool { return column.Key == key })
}

// value is what a row has in a column; nil is no value.
func (p *paper) value(row []any, key string) any { return row[p.column(key)] }
