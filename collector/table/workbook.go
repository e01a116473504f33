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

const (
	// largestPart bounds what is read of one part of a workbook into memory (shared strings, styles), in bytes of XML; sheets are streamed.
	largestPart = 256 << 20
	// mostText bounds the shared strings in memory, in bytes.
	mostText = 512 << 20
)

// workbook is an open XLSX file (ECMA-376, part 1). Elements are matched by local name, because prefixes and the strict
// and transitional namespaces differ between the programs that write such files.
type workbook struct {
	parts    map[string]*zip.File
	sheets   []sheetPart
	strings  []string
	styles   []cellStyle // of cells, by number
	from1904 bool
}

type sheetPart struct {
	name   string
	path   string
	part   *zip.File
	hidden bool
}

// readWorkbook reads every visible sheet that has the header; what the others are is noted. It is an error if none has it.
func readWorkbook(ctx context.Context, file io.ReaderAt, size int64, header Header, each func(Row) error) error {
	book, err := openWorkbook(ctx, file, size)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var mistake *Error
	if errors.As(err, &mistake) {
		return err
	}
	if err != nil {
		return &Error{Text: "this workbook cannot be read: " + err.Error()}
	}
	found, visible, without := false, 0, (*Error)(nil)
	var problems []error
	for _, sheet := range book.sheets {
		if sheet.hidden {
			header.note(Note{Sheet: sheet.name, What: "the sheet is hidden and not read", Kind: Ignored})
			continue
		}
		visible++
		err := book.readSheet(ctx, sheet, header, each)
		switch {
		case err == nil:
			found = true
		case errors.As(err, &mistake) && mistake.headerless:
			if without == nil || mistake.recognised > without.recognised {
				without = mistake
			}
		case errors.As(err, &mistake): // the other sheets are read all the same
			problems = append(problems, err)
		default:
			return err
		}
	}
	switch {
	case len(problems) > 0:
		return errors.Join(problems...)
	case found:
		return nil
	case visible == 0 && len(book.sheets) > 0:
		return &Error{Text: "every sheet of the workbook is hidden; unhide the one to be read"}
	case without == nil:
		return &Error{Text: "the workbook has no sheet"}
	}
	return without
}

func openWorkbook(ctx context.Context, file io.ReaderAt, size int64) (*workbook, error) {
	archive, err := zip.NewReader(file, size)
	if errors.Is(err, zip.ErrFormat) {
		return nil, errors.New("its end is missing; it is still being written, or was cut off; save it again")
	}
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	w := &workbook{parts: make(map[string]*zip.File, len(archive.File))}
	for _, part := range archive.File {
		w.parts[strings.ToLower(partName(part.Name))] = part
	}
	main, err := w.mainPart(ctx)
	if err != nil {
		return nil, err
	}
	if main == "" {
		return nil, &Error{Text: foreignArchive(archive)}
	}
	if strings.HasSuffix(strings.ToLower(main), ".bin") {
		return nil, &Error{Text: "this is a binary workbook (.xlsb); save it as .xlsx"}
	}
	related, err := w.readBook(ctx, main)
	if err != nil {
		return nil, err
	}
	for _, relation := range related {
		switch {
		case strings.HasSuffix(relation.Type, "/sharedStrings"):
			err = w.readStrings(ctx, relation.Target)
		case strings.HasSuffix(relation.Type, "/styles"):
			err = w.readStyles(ctx, relation.Target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// readBook reads the workbook part: the sheets in their order, and what else belongs to the workbook.
func (w *workbook) readBook(ctx context.Context, main string) (map[string]relationship, error) {
	var content struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			ID    string `xml:"id,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.unmarshal(ctx, main, &content); err != nil {
		return nil, err
	}
	w.from1904 = content.Properties.Date1904 == "1" || content.Properties.Date1904 == "true"
	related, err := w.relationships(ctx, main)
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
		w.sheets = append(w.sheets, sheetPart{
			name: sheet.Name, path: relation.Target, part: part, hidden: sheet.State == "hidden" || sheet.State == "veryHidden",
		})
	}
	return related, nil
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// mainPart finds the workbook part by the relationships of the package; it is "" when the package is no workbook.
func (w *workbook) mainPart(ctx context.Context) (string, error) {
	if _, ok := w.parts["_rels/.rels"]; !ok {
		return "", nil
	}
	related, err := w.relationships(ctx, "")
	if err != nil {
		return "", err
	}
	for _, relation := range related {
		if strings.HasSuffix(relation.Type, "/officeDocument") && strings.Contains(strings.ToLower(relation.Target), "workbook") {
			return relation.Target, nil
		}
	}
	for _, relation := range related {
		if strings.HasSuffix(relation.Type, "/officeDocument") && !strings.HasPrefix(relation.Target, "word/") && !strings.HasPrefix(relation.Target, "ppt/") {
			return relation.Target, nil
		}
	}
	return "", nil
}

// relationships of a part by id, targets as absolute names without the leading slash.
func (w *workbook) relationships(ctx context.Context, of string) (map[string]relationship, error) {
	folder, name := path.Split(of)
	var content struct {
		Relationships []relationship `xml:"Relationship"`
	}
	if err := w.unmarshal(ctx, folder+"_rels/"+name+".rels", &content); err != nil {
		return nil, err
	}
	related := make(map[string]relationship, len(content.Relationships))
	for _, relation := range content.Relationships {
		if strings.HasSuffix(relation.Type, "/hyperlink") {
			related[relation.ID] = relation // an address, not a part
			continue
		}
		target := strings.ReplaceAll(relation.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		relation.Target = strings.TrimPrefix(path.Clean(target), "/")
		related[relation.ID] = relation
	}
	return related, nil
}

// open streams a part of the package that is small enough to be held in memory. What its header says of its size is not trusted.
func (w *workbook) open(ctx context.Context, name string) (*boundedReader, io.Closer, error) {
	part, ok := w.parts[strings.ToLower(name)]
	if !ok {
		return nil, nil, fmt.Errorf("part %s is missing", name)
	}
	if part.UncompressedSize64 > largestPart {
		return nil, nil, fmt.Errorf("part %s has %d MB, more than the %d MB that are read", name, part.UncompressedSize64>>20, largestPart>>20)
	}
	content, err := part.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("part %s: %w", name, err)
	}
	return newBoundedReader(ctx, io.LimitReader(content, largestPart)), content, nil
}

func (w *workbook) unmarshal(ctx context.Context, name string, into any) error {
	part, closer, err := w.open(ctx, name)
	if err != nil {
		return err
	}
	defer closer.Close()
	part.left = largestPart // styles and the like are decoded at once
	if err := xml.NewDecoder(part).Decode(into); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return nil
}

// readStrings reads the shared strings one by one: formatted runs are joined, phonetic readings left out.
func (w *workbook) readStrings(ctx context.Context, name string) error {
	part, closer, err := w.open(ctx, name)
	if err != nil {
		return err
	}
	defer closer.Close()
	decoder, size := xml.NewDecoder(part), 0
	for {
		part.next()
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
			if size += len(text.Text) + 64; size > mostText {
				return fmt.Errorf("part %s: its texts take more than %d MB", name, mostText>>20)
			}
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
