package paper

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// Workbook is meeting.xlsx: a cover, charts, and one sheet a report. It holds nothing that differs between two freezes of the same question and
// the same knowledge.
type Workbook struct {
	book     *export.Book
	printer  language.Printer
	question model.Question
	cover    string
	charts   string
	District string
	lostRows int // written of the sheet of points lost
}

// NewWorkbook begins a workbook; close it.
func NewWorkbook(printer language.Printer, question model.Question, district string) (*Workbook, error) {
	book, err := export.NewBook()
	if err != nil {
		return nil, err
	}
	w := &Workbook{book: book, printer: printer, question: question, cover: printer.T("pack.sheet.cover"), charts: printer.T("pack.sheet.charts"), District: district}
	for _, name := range []string{w.cover, w.charts} { // first in the book, filled when all reports are known
		if err := book.Add(name); err != nil {
			_ = book.Close()
			return nil, err
		}
	}
	return w, nil
}

// Sheets begins the sheets of a report.
func (w *Workbook) Sheets(request export.Request, part Part) (*export.Sheets, error) {
	return w.book.Sheets(request, w.title(part))
}

// title is what a report is called in the book: 镇（街道）排名.
func (w *Workbook) title(part Part) string {
	if w.printer.Language() == "en" { // keys and codes, as in the exports
		return strings.TrimSpace(part.Report.Name + " " + part.Group)
	}
	if part.Group != "" {
		return w.printer.T("pack.ranking", "Group", w.printer.CodeLabel("group", part.Group))
	}
	return w.printer.Report(part.Report.Name)
}

// Write fills the first sheets and writes the workbook.
func (w *Workbook) Write(out io.Writer, papers map[string]*Paper, inputs freeze.Inputs) error {
	day := w.question.AsOf.Format(time.DateOnly) + "T00:00:00Z"
	err := w.book.File().SetDocProps(&excelize.DocProperties{
		Title: w.printer.T("pack.title"), Subject: w.printer.T("pack.window", "From", w.question.From.Format(time.DateOnly), "To", w.question.To.Format(time.DateOnly)),
		Creator: w.printer.T("pack.creator"), LastModifiedBy: w.printer.T("pack.creator"), Created: day, Modified: day, Language: w.printer.Language(),
	})
	if err != nil {
		return err
	}
	if err := w.writeCover(papers, inputs); err != nil {
		return fmt.Errorf("cover: %w", err)
	}
	if err := w.writeCharts(papers); err != nil {
		return fmt.Errorf("charts: %w", err)
	}
	return w.book.Write(out)
}

// Close releases what the workbook holds.
func (w *Workbook) Close() error { return w.book.Close() }
