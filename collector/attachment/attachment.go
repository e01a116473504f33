// Package attachment reads what hangs on a disclosure: from bytes to what kind of file they are, the text that they hold, or why there is none. Whatever it
// is given, it takes bounded memory and time; what it could not read it names, and never says to be empty.
package attachment

import (
	"cmp"
	"context"
	"errors"
	"html"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Kinds of files.
const (
	HTML  = "html"
	Text  = "text"
	PDF   = "pdf"
	DOCX  = "docx"
	XLSX  = "xlsx"
	DOC   = "doc" // and XLS: the binary forms of before 2007
	XLS   = "xls"
	Image = "image"
	Other = "other"
)

// Why there is no text, or not all.
const (
	None      = ""
	NoBytes   = "no_bytes"   // the file has no bytes
	Damaged   = "damaged"    // it does not open, or is cut off
	WrongKind = "wrong_kind" // it is another kind of file than its name says, which its readers' programs refuse
	Encrypted = "encrypted"  // it opens with a password only
	NoText    = "no_text"    // it opens, and holds no text: pictures of pages, or nothing
	OldFormat = "old_format" // DOC or XLS: not read
	TooLarge  = "too_large"  // larger than what is read, also when it is unpacked
	TooSlow   = "too_slow"   // reading it took too long
	Unread    = "unread"     // a kind of file that is not read
	// Of what was read: it may say more elsewhere, so that what it lacks is not known.
	More = "more" // it shows pictures, frames or files
	Part = "part" // it is a row of a list, or else a part of a page
)

// Opens reports whether a reader can open what has a fault; known is false where it was not found out.
func Opens(fault string) (opens, known bool) {
	switch fault {
	case None, NoText, More, Part:
		return true, true
	case NoBytes, Damaged, WrongKind, Encrypted:
		return false, true
	}
	return false, false
}

// Sentence says in English why a file does not open or holds no text, as pages translate it; empty for other faults.
func Sentence(fault string) string {
	return map[string]string{
		NoBytes: "the file has no bytes", Damaged: "the file does not open: it is damaged or cut off", WrongKind: "the file is of another kind than its name says",
		Encrypted: "the file opens with a password only", NoText: "the file opens and holds no text, as a scan does",
	}[fault]
}

// File is what was fetched.
type File struct {
	Name        string // its address or file name, whose ending says what it should be
	ContentType string // as the server says; may be empty or wrong
	Body        []byte
	Whole       bool // false: Body is its beginning
}

// Reading is what became of a file.
type Reading struct {
	Kind     string
	Fault    string
	Text     string
	Pictures int // of a page: pictures in its main part, which may be what it says
	Links    int // of a page: files that its main part links to, or frames it shows
}

// Limits bound what reading one file takes.
type Limits struct {
	Unpacked int64         // bytes of an archive, unpacked
	Text     int           // bytes of text
	Time     time.Duration // of one file
	Pages    int           // of a PDF
}

// DefaultLimits are far above what disclosures are.
func DefaultLimits() Limits {
	return Limits{Unpacked: 64 << 20, Text: 1 << 20, Time: 20 * time.Second, Pages: 500}
}

// Reader reads files, several at a time. Close it.
type Reader struct {
	limits Limits
	pdf    pdfReader
}

// NewReader reads within limits.
func NewReader(limits Limits) *Reader { return &Reader{limits: limits} }

// Close frees what reading PDFs took.
func (r *Reader) Close() error { return r.pdf.close() }

// errTooLarge says that a limit was met.
var errTooLarge = errors.New("larger than what is read")

// errEncrypted says that a password is needed.
var errEncrypted = errors.New("opens with a password only")

// Read reads a file. Its error is the context's end, or an internal fault of the reading of PDFs; a fault of the file is in the Reading.
func (r *Reader) Read(ctx context.Context, file File) (Reading, error) {
	kind, promised := kindOf(file)
	reading := Reading{Kind: kind}
	switch {
	case len(file.Body) == 0:
		reading.Kind, reading.Fault = cmp.Or(promised, Other), NoBytes
	case kind == Other && promised != "" && !isAnother(file.Body):
		reading.Kind, reading.Fault = promised, Damaged
	case misnamed(kind, promised):
		reading.Fault = WrongKind
	case !file.Whole:
		reading.Fault = TooLarge
	case (kind == DOCX || kind == XLSX) && isCompound(file.Body):
		reading.Fault = Encrypted
	}
	if reading.Fault != None {
		return reading, nil
	}
	if kind == PDF { // what reads PDFs may take long to start, which is no fault of the first one
		if _, err := r.pdf.start(); err != nil {
			return reading, err
		}
	}
	limited, cancel := context.WithTimeout(ctx, r.limits.Time)
	defer cancel()
	var err error
	switch kind {
	case HTML:
		reading.Text, reading.Pictures, reading.Links = mainPart(decoded(file))
	case Text:
		reading.Text = decoded(file)
	case PDF:
		reading.Text, err = r.pdf.text(limited, file.Body, r.limits)
	case DOCX:
		reading.Text, err = docxText(limited, file.Body, r.limits)
	case XLSX:
		reading.Text, err = xlsxText(limited, file.Body, r.limits)
	case DOC, XLS:
		reading.Fault = oldFault(file.Body)
		return reading, nil
	default:
		reading.Fault = Unread
		return reading, nil
	}
	var internal *internalError
	switch {
	case ctx.Err() != nil:
		return reading, ctx.Err()
	case errors.As(err, &internal):
		return reading, err
	case limited.Err() != nil:
		reading.Fault = TooSlow
	case errors.Is(err, errTooLarge):
		reading.Fault = TooLarge
	case errors.Is(err, errEncrypted):
		reading.Fault = Encrypted
	case err != nil:
		reading.Fault = Damaged
	case kind != HTML && !holdsText(reading.Text):
		reading.Fault = NoText
	}
	if reading.Fault != None {
		reading.Text = ""
	}
	reading.Text = clean(reading.Text, r.limits.Text)
	return reading, nil
}

// tag begins an element of a page.
var tag = regexp.MustCompile(`<[a-zA-Z!/]`)

// OfText reads what a source stored of a page, or plain text.
func OfText(text string) Reading {
	reading := Reading{Kind: Text}
	if tag.MatchString(text) {
		reading.Kind = HTML
		text, reading.Pictures, reading.Links = mainPart(text)
	} else {
		text = html.UnescapeString(text)
	}
	reading.Text = clean(text, DefaultLimits().Text)
	return reading
}

// internalError is a fault of the program, not of a file.
type internalError struct{ err error }

func (e *internalError) Error() string { return e.err.Error() }
func (e *internalError) Unwrap() error { return e.err }

// clean is text in UTF-8 without what no database or page shows, cut at a limit.
func clean(text string, most int) string {
	text = strings.ToValidUTF8(text, "�")
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\ufeff' {
			return -1
		}
		return r
	}, text)
	if len(text) > most {
		for most > 0 && !utf8.RuneStart(text[most]) {
			most--
		}
		text = text[:most]
	}
	return strings.TrimSpace(text)
}
