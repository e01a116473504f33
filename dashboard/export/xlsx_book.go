package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook of reports, one after the other, and of sheets of one's own. The same sheets give the same bytes. Close it.
type Book struct {
	file   *excelize.File
	styles *styles
	limit  int // rows a sheet, header included; less in tests
	begun  bool
}

// NewBook begins a workbook.
func NewBook() (*Book, error) {
	book := &Book{file: excelize.NewFile(), limit: sheetRows}
	var err error
	if book.styles, err = newStyles(book.file); err != nil {
		_ = book.Close()
		return nil, err
	}
	return book, nil
}

// File is the workbook for sheets of one's own; add them by Add.
func (b *Book) File() *excelize.File { return b.file }

// Sheets begins a report on a sheet of that name; rows may be written to several at a time, but one that is full begins another at the end of the book.
func (b *Book) Sheets(request Request, name string) (*Sheets, error) {
	sheets := &Sheets{request: request, book: b, title: name, cells: make([]any, len(request.Report.Columns))}
	return sheets, sheets.nextSheet()
}

// Add begins an empty sheet that prints on A4 across, as wide as the page.
func (b *Book) Add(name string) error {
	if err := b.begin(name); err != nil {
		return err
	}
	return b.layOut(name)
}

// add begins a sheet of a report: its header, and the columns that name its rows, are repeated on every page.
func (b *Book) add(name string, naming int) error {
	if err := b.begin(name); err != nil {
		return err
	}
	if err := b.layOut(name); err != nil {
		return err
	}
	sheet := quoted(name)
	titles := sheet + "$1:$1"
	if naming > 0 {
		last, err := excelize.ColumnNumberToName(naming)
		if err != nil {
			return err
		}
		titles = sheet + "$A:$" + last + "," + titles
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: name})
}

// begin names the sheet that every new file has, or adds one.
func (b *Book) begin(name string) error {
	if !b.begun {
		b.begun = true
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// layOut sets what a printer needs: A4 across, as wide as the page.
func (b *Book) layOut(sheet string) error {
	a4, landscape, width, height := 9, "landscape", 1, 0
	fit := true
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	err := b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &width, FitToHeight: &height})
	if err != nil {
		return err
	}
	return b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: "&L&A&R&F", OddFooter: "&C&P / &N"})
}

// Write writes the workbook, once. What excelize leaves to chance is put in order: the parts of the archive, and the kinds of content that it may hold.
func (b *Book) Write(w io.Writer) error {
	b.file.SetActiveSheet(0)
	var written bytes.Buffer
	if _, err := b.file.WriteTo(&written); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(written.Bytes()), int64(written.Len()))
	if err != nil {
		return fmt.Errorf("order workbook: %w", err)
	}
	slices.SortFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	ordered := zip.NewWriter(w)
	for _, part := range archive.File {
		put := ordered.Copy
		if part.Name == contentTypes {
			put = func(part *zip.File) error { return putOrdered(ordered, part) }
		}
		if err := put(part); err != nil {
			return fmt.Errorf("order workbook: %s: %w", part.Name, err)
		}
	}
	return ordered.Close()
}

const contentTypes = "[Content_Types].xml"

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// putOrdered writes the list of content types with those of extensions in order.
func putOrdered(archive *zip.Writer, part *zip.File) error {
	opened, err := part.Open()
	if err != nil {
		return err
	}
	text, err := io.ReadAll(opened)
	if err := errors.Join(err, opened.Close()); err != nil {
		return err
	}
	types := defaultType.FindAll(text, -1)
	slices.SortFunc(types, bytes.Compare)
	next := 0
	text = defaultType.ReplaceAllFunc(bytes.Clone(text), func([]byte) []byte { next++; return types[next-1] })
	entry, err := archive.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = entry.Write(text)
	return err
}

// Close removes the temporary files of large sheets.
func (b *Book) Close() error { return b.file.Close() }
