package table

import (
	"archive/zip"
	"bytes"
	"regexp"
	"strings"
)

// startSize is how much of a file it takes to recognise what it is.
const startSize = 1024

// foreign says what a file is that starts so, if it is no table that can be read; "" when it may be one.
func foreign(start []byte) string {
	for _, format := range []struct{ start, name string }{
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old (.xls, .et) or password-protected workbook; save it as .xlsx without a password, or as CSV"},
		{"PK\x05\x06", "an empty ZIP archive; save the table as .xlsx or CSV"},
		{"%PDF", "a PDF document; save the table that it was made from as .xlsx or CSV"},
		{`{\rtf`, "an RTF document; save its table as .xlsx or CSV"},
		{"\x89PNG", "an image; enter its table into an .xlsx or CSV file"},
		{"\xFF\xD8\xFF", "an image; enter its table into an .xlsx or CSV file"},
		{"GIF8", "an image; enter its table into an .xlsx or CSV file"},
		{"BM\x00", "an image; enter its table into an .xlsx or CSV file"},
		{"II*\x00", "an image; enter its table into an .xlsx or CSV file"},
		{"MM\x00*", "an image; enter its table into an .xlsx or CSV file"},
		{"RIFF", "an image or a recording; enter its table into an .xlsx or CSV file"},
		{"Rar!", "a RAR archive; unpack it and put the tables there"},
		{"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it and put the tables there"},
		{"\x1F\x8B", "a gzip archive; unpack it and put the tables there"},
		{"SQLite format 3", "a database; save its table as .xlsx or CSV"},
		{"ID;P", "a SYLK table; save it as .xlsx or CSV"},
		{"\x00\x05\x16\x07", "a companion file of macOS without content; delete it"},
	} {
		if bytes.HasPrefix(start, []byte(format.start)) {
			return "this is " + format.name
		}
	}
	utf16 := bytes.HasPrefix(start, []byte("\xFF\xFE")) || bytes.HasPrefix(start, []byte("\xFE\xFF"))
	text := string(bytes.TrimPrefix(start, []byte("\xEF\xBB\xBF")))
	if utf16 {
		text = strings.ReplaceAll(text[2:], "\x00", "") // what formats begin with is ASCII
	}
	text = withoutComments(strings.ToLower(text))
	switch {
	case text == "" && len(start) < startSize:
		return "this is an empty file; write a header and rows, or delete it"
	case strings.HasPrefix(text, "<?xml") && (strings.Contains(text, "excel.sheet") || strings.Contains(text, "<workbook")):
		return "this is an XML spreadsheet of 2003; open it in Excel or WPS and save it as .xlsx or CSV"
	case strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<table"), strings.HasPrefix(text, "<head"),
		strings.HasPrefix(text, "<meta"), strings.HasPrefix(text, "<body"), strings.HasPrefix(text, "<div"), strings.HasPrefix(text, "<style"), strings.HasPrefix(text, "<!--"):
		return "this is a web page (HTML), whatever its name says; open it in Excel or WPS and save it as .xlsx or CSV"
	case strings.HasPrefix(text, "<?xml"):
		return "this is an XML file; save its table as .xlsx or CSV"
	case strings.HasPrefix(text, "mime-version:"):
		return "this is a web archive (MHTML); open it in Excel or WPS and save it as .xlsx or CSV"
	case jsonStart.MatchString(text):
		return "this is JSON; save its table as .xlsx or CSV"
	case !utf16 && bytes.IndexByte(start, 0) >= 0:
		return "this is no text (or UTF-16 without a byte order mark); save it as .xlsx, or as CSV in UTF-8"
	}
	return ""
}

// jsonStart is how JSON begins that may hold a table.
var jsonStart = regexp.MustCompile(`^(?:\{\s*"|\[\s*[{\[])`)

// withoutComments is a text without white space and whole comments of HTML at its beginning.
func withoutComments(text string) string {
	for {
		text = strings.TrimLeft(text, " \t\r\n")
		_, after, ended := strings.Cut(text, "-->")
		if !ended || !strings.HasPrefix(text, "<!--") {
			return text
		}
		text = after
	}
}

// foreignArchive says what a ZIP file is that is no workbook.
func foreignArchive(archive *zip.Reader) string {
	files := 0
	for _, part := range archive.File {
		name := strings.ToLower(partName(part.Name))
		switch {
		case name == "mimetype", strings.HasSuffix(name, "/content.xml"), name == "content.xml":
			return "this is an OpenDocument file (.ods, .odt); save it as .xlsx or CSV"
		case strings.HasPrefix(name, "word/"):
			return "this is a Word document (.docx); enter its table into an .xlsx or CSV file"
		case strings.HasPrefix(name, "ppt/"):
			return "this is a presentation (.pptx); enter its table into an .xlsx or CSV file"
		case strings.HasPrefix(name, "index/") && strings.HasSuffix(name, ".iwa"), name == "index.zip":
			return "this is a Numbers or Pages document; export it as .xlsx or CSV"
		case strings.HasPrefix(name, "ofd.xml"), strings.HasPrefix(name, "doc_0/"):
			return "this is an OFD document; save the table that it was made from as .xlsx or CSV"
		case !strings.HasSuffix(name, "/"):
			files++
		}
	}
	if files == 0 {
		return "this is an empty ZIP archive; save the table as .xlsx or CSV"
	}
	return "this is a ZIP archive and no workbook; unpack it and put the tables there"
}

// partName is a part's name as the standard has it; some writers use backslashes or a leading slash.
func partName(name string) string {
	return strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/")
}
