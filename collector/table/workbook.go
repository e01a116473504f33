package table

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// largestPart bounds what is kept of one part of a workbook in memory (shared strings, styles); sheets are streamed.
const largestPart = 2 << 30

// workbook is an open XLSX file (ECMA-376, part 1). Elements are matched by local name, because prefixes and the strict
// and transitional namespaces differ between the programs that write such files.
type workbook struct {
	parts    map[string]*zip.File
	sheets   []sheetPart
	strings  []string
	dates    []bool // of a cell style: its number format shows a date or a time
	from1904 bool
}

type sheetPart struct {
	name string
	part *zip.File
}

// readWorkbook reads every sheet that has the header. Other sheets are left alone, unless one looks like a table whose
// header lost a required column: that is an error, since its rows would go missing without a word.
func readWorkbook(ctx context.Context, file io.ReaderAt, size int64, header Header, each func(Row) error) error {
	book, err := openWorkbook(file, size)
	if err != nil {
		return &Error{Text: "this workbook cannot be read: " + err.Error()}
	}
	found, without := false, error(nil)
	for _, sheet := range book.sheets {
		err := book.readSheet(ctx, sheet, header, each)
		var mistake *Error
		switch {
		case err == nil:
			found = true
		case errors.As(err, &mistake) && mistake.recognised < 3 && mistake.headerless:
			if without == nil {
				without = err
			}
		default:
			return err
		}
	}
	if !found && without == nil {
		return &Error{Text: "the workbook has no sheet"}
	}
	if !found {
		return without
	}
	return nil
}

func openWorkbook(file io.ReaderAt, size int64) (*workbook, error) {
	archive, err := zip.NewReader(file, size)
	if errors.Is(err, zip.ErrFormat) {
		return nil, errors.New("its end is missing; it is still being written, or was cut off; save it again")
	}
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	w := &workbook{parts: make(map[string]*zip.File, len(archive.File))}
	for _, part := range archive.File {
		w.parts[strings.ToLower(strings.TrimPrefix(part.Name, "/"))] = part
	}
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	var content struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.unmarshal(main, &content); err != nil {
		return nil, err
	}
	w.from1904 = content.Properties.Date1904 == "1" || content.Properties.Date1904 == "true"
	related, err := w.relationships(main)
	if err != nil {
		return nil, err
	}
	for _, sheet := range content.Sheets {
		relation := related[sheet.ID]
		if !strings.HasSuffix(relation.Type, "/worksheet") {
			continue // a chart sheet
		}
		part, ok := w.parts[strings.ToLower(relation.Target)]
		if !ok {
			return nil, fmt.Errorf("sheet %q: part %s is missing", sheet.Name, relation.Target)
		}
		w.sheets = append(w.sheets, sheetPart{name: sheet.Name, part: part})
	}
	for _, relation := range related {
		switch {
		case strings.HasSuffix(relation.Type, "/sharedStrings"):
			err = w.readStrings(relation.Target)
		case strings.HasSuffix(relation.Type, "/styles"):
			err = w.readStyles(relation.Target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// mainPart finds the workbook part by the relationships of the package.
func (w *workbook) mainPart() (string, error) {
	related, err := w.relationships("")
	if err != nil {
		return "", err
	}
	for _, relation := range related {
		if strings.HasSuffix(relation.Type, "/officeDocument") {
			return relation.Target, nil
		}
	}
	return "", errors.New("it is a ZIP file, but not an Excel workbook")
}

// relationships of a part by id, targets as absolute names without the leading slash.
func (w *workbook) relationships(of string) (map[string]relationship, error) {
	folder, name := path.Split(of)
	var content struct {
		Relationships []relationship `xml:"Relationship"`
	}
	if err := w.unmarshal(folder+"_rels/"+name+".rels", &content); err != nil {
		return nil, err
	}
	related := make(map[string]relationship, len(content.Relationships))
	for _, relation := range content.Relationships {
		target := relation.Target
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		relation.Target = strings.TrimPrefix(path.Clean(target), "/")
		related[relation.ID] = relation
	}
	return related, nil
}

// open streams a part of the package that is small enough to be kept.
func (w *workbook) open(name string) (io.ReadCloser, error) {
	part, ok := w.parts[strings.ToLower(name)]
	if !ok {
		return nil, fmt.Errorf("part %s is missing", name)
	}
	if part.UncompressedSize64 > largestPart {
		return nil, fmt.Errorf("part %s is larger than %d bytes", name, int64(largestPart))
	}
	return part.Open()
}

func (w *workbook) unmarshal(name string, into any) error {
	part, err := w.open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	if err := xml.NewDecoder(part).Decode(into); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return nil
}

// readStrings reads the shared strings one by one: formatted runs are joined, phonetic readings left out.
func (w *workbook) readStrings(name string) error {
	part, err := w.open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	decoder := xml.NewDecoder(part)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("part %s: %w", name, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			var text richText
			if err := decoder.DecodeElement(&text, &start); err != nil {
				return fmt.Errorf("part %s: %w", name, err)
			}
			w.strings = append(w.strings, text.String())
		}
	}
}

// richText is CT_Rst: plain text or formatted runs.
type richText struct {
	Text string   `xml:"t"`
	Runs []string `xml:"r>t"`
}

func (t richText) String() string {
	return unescapeText(t.Text + strings.Join(t.Runs, ""))
}
