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

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/pack/paper"
	"yangguang/queries/freeze"
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
	if order.patrol {
		parts = append(parts, p.patrolPart(question))
	}
	printer := p.bundle.Printer(order.Language)
	book, err := paper.NewWorkbook(printer, question, order.District)
	if err != nil {
		return Manifest{}, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	papers := map[string]*paper.Paper{}
	for _, part := range parts {
		file, kept, err := p.buildPart(ctx, directory, part, printer, book)
		if err != nil {
			return Manifest{}, fmt.Errorf("%s: %w", part.File, err)
		}
		made.Files = append(made.Files, file)
		papers[part.File] = kept
	}
	of := paper.Subject{Name: frozen.Name, District: order.District, Question: question, Inputs: inputs, Printer: printer, Zone: p.zone, Old: !order.unitSheets}
	if baseline != nil {
		of.Earlier = &paper.Earlier{Name: baseline.Name, Question: baseline.Question}
	}
	others := []madeFile{
		{"meeting.xlsx", func(w io.Writer) error { return book.Write(w, papers, inputs) }},
		{"meeting.html", func(w io.Writer) error { return paper.WriteSummary(w, of, papers) }},
	}
	if order.unitSheets {
		others = append(others, madeFile{paper.SheetsFile, func(w io.Writer) error { return paper.WriteSheets(ctx, w, p.store, of) }})
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
func (p *Packs) buildPart(ctx context.Context, directory string, part paper.Part, printer language.Printer, book *paper.Workbook) (File, *paper.Paper, error) {
	kept := &paper.Paper{Part: part}
	request := export.Request{Report: part.Report, Question: part.Question, Printer: printer, Zone: p.zone, District: book.District}
	file, err := writeFile(directory, part.File, func(w io.Writer) error {
		csv, err := export.NewCSV(w, request)
		if err != nil {
			return err
		}
		sheets, err := book.Sheets(request, part)
		if err != nil {
			return err
		}
		err = p.ask(ctx, part, func(row []any) error {
			kept.Add(row)
			return errors.Join(csv.Row(row), sheets.Row(row))
		})
		if err != nil {
			return err
		}
		kept.Sheet = sheets.Names[0]
		return errors.Join(csv.Finish(), csv.Close(), sheets.End())
	})
	file.Report, file.Group, file.Rows = part.Report.Name, part.Group, kept.Count
	return file, kept, err
}

// ask hands over the rows of a part.
func (p *Packs) ask(ctx context.Context, part paper.Part, each func([]any) error) error {
	if part.Rows != nil {
		return part.Rows(ctx, each)
	}
	return p.store.Stream(ctx, part.Report, part.Question, each)
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
