package attachment

import (
	"archive/zip"
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"unicode"

	"github.com/richardlehane/mscfb"

	"yangguang/collector/markup"
)

// kindOf says what a file is by its bytes, and what its name, or else the server, promises: a document's kind, or empty.
func kindOf(file File) (kind, promised string) {
	promised = promisedBy(file)
	body := file.Body
	head := body[:min(len(body), 1024)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return PDF, promised
	case bytes.HasPrefix(body, []byte("PK\x03\x04")), bytes.HasPrefix(body, []byte("PK\x05\x06")):
		return archiveKind(body, promised), promised
	case isCompound(body):
		return oldKind(body, promised), promised
	case strings.HasPrefix(http.DetectContentType(body), "image/"):
		return Image, promised
	case isRich(body) && promised == DOC: // which Word opens
		return Other, ""
	case isRich(body):
		return Other, promised
	case looksLikeMarkup(head), saidToBeHTML(file) && isText(head) && tag.Match(head): // many pages are a piece of one, without <html>
		return HTML, promised
	case isText(head) && (promised == "" || promised == XLS): // a table that a program wrote as text
		return Text, promised
	}
	return Other, promised
}

// promisedBy is the document that a name's ending or the server promises; empty: none.
func promisedBy(file File) string {
	name := file.Name
	if address, err := url.Parse(name); err == nil && address.Path != "" {
		name = address.Path
	}
	switch ending := strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")); ending {
	case PDF, DOCX, XLSX, DOC, XLS:
		return ending
	case "wps":
		return DOC
	case "et":
		return XLS
	}
	kind, _, _ := mime.ParseMediaType(file.ContentType)
	return map[string]string{
		"application/pdf": PDF, "application/msword": DOC, "application/vnd.ms-excel": XLS,
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       XLSX,
	}[kind]
}

// misnamed reports whether a file is one that the program which its name calls refuses. Word and Excel open each other's older and newer forms.
func misnamed(kind, promised string) bool {
	switch promised {
	case "", kind:
		return false
	case DOC:
		return kind != DOCX && kind != HTML
	case XLS:
		return kind != XLSX && kind != HTML && kind != Text
	case DOCX:
		return kind != DOC
	case XLSX:
		return kind != XLS
	}
	return true
}

// isRich reports whether a file is RTF, which is a text of marks and not read.
func isRich(body []byte) bool { return bytes.HasPrefix(body, []byte("{\\rtf")) }

// isAnother reports whether a file of no kind that is read is whole and one of another kind, rather than what a document is when it is damaged.
func isAnother(body []byte) bool {
	if isRich(body) {
		return true
	}
	_, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	return err == nil
}

// archiveKind tells a document of 2007 and later from other archives by what is in it; one that cannot be read is what it promises.
func archiveKind(body []byte, promised string) string {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		if promised == DOCX || promised == XLSX {
			return promised
		}
		return Other
	}
	for _, part := range archive.File {
		switch {
		case strings.EqualFold(part.Name, "word/document.xml"):
			return DOCX
		case strings.EqualFold(part.Name, "xl/workbook.xml"):
			return XLSX
		}
	}
	return Other
}

// isCompound reports whether a file is a compound file (MS-CFB), as documents of before 2007 are.
func isCompound(body []byte) bool {
	return bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

// oldKind tells the binary documents apart; a document of 2007 and later that is encrypted is wrapped in the same form.
func oldKind(body []byte, promised string) string {
	streams := streamsOf(body)
	switch {
	case streams["EncryptedPackage"] && (promised == XLSX || promised == XLS):
		return XLSX
	case streams["EncryptedPackage"]:
		return DOCX
	case streams["Workbook"], streams["Book"]:
		return XLS
	case streams["WordDocument"]:
		return DOC
	case promised == DOC || promised == XLS:
		return promised
	}
	return Other
}

// oldFault is why an old document is not read: it is cut off, or because it is old.
func oldFault(body []byte) string {
	if len(streamsOf(body)) == 0 {
		return Damaged
	}
	return OldFormat
}

// mostStreams bounds what is looked at of a compound file.
const mostStreams = 1000

// streamsOf are the names of what a compound file (MS-CFB) holds; none: it cannot be read.
func streamsOf(body []byte) (names map[string]bool) {
	defer func() {
		if recover() != nil { // the library does not check every offset
			names = nil
		}
	}()
	file, err := mscfb.New(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	names = map[string]bool{}
	for range mostStreams {
		entry, err := file.Next()
		if err != nil {
			break
		}
		names[entry.Name] = true
	}
	return names
}

// saidToBeHTML reports whether the server calls a file a page.
func saidToBeHTML(file File) bool {
	kind, _, _ := mime.ParseMediaType(file.ContentType)
	return kind == "text/html" || kind == "application/xhtml+xml"
}

func looksLikeMarkup(head []byte) bool {
	text := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	for _, start := range []string{"<!doctype", "<html", "<head", "<body", "<div", "<p", "<table", "<script", "<!--", "<?xml", "<meta", "<style", "<span", "<a ", "<ul", "<li"} {
		if bytes.HasPrefix(text, []byte(start)) {
			return true
		}
	}
	return bytes.Contains(text, []byte("<html"))
}

// isText reports whether bytes may be text in UTF-8 or GB18030.
func isText(head []byte) bool {
	for _, char := range head {
		if char < ' ' && !unicode.IsSpace(rune(char)) && char != 0x1b {
			return false
		}
	}
	return true
}

// decoded is a page's or a text's characters, whatever their encoding.
func decoded(file File) string {
	text, err := markup.Decode(file.Body, file.ContentType, "")
	if err != nil {
		return strings.ToValidUTF8(string(file.Body), "\ufffd")
	}
	return text
}

// holdsText reports whether a text has any letter or figure.
func holdsText(text string) bool {
	for _, char := range text {
		if unicode.IsLetter(char) || unicode.IsDigit(char) {
			return true
		}
	}
	return false
}
