package attachment_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"yangguang/collector/attachment"
	"yangguang/collector/attachment/attachmenttest"
	"yangguang/queries/querytest"
)

// builder makes attachments of what LibreOffice and qpdf have written (testdata/office), sound or with a fault, at random.
type builder struct {
	t      *testing.T
	random *rand.Rand
	files  map[string][]byte
}

func newBuilder(t *testing.T) *builder {
	t.Helper()
	b := &builder{t, rand.New(rand.NewPCG(5, 5)), map[string][]byte{}}
	names, err := filepath.Glob("testdata/office/*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, name := range names {
		if b.files[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// one is one of some documents.
func (b *builder) one(names ...string) (name string, body []byte) {
	name = names[b.random.IntN(len(names))]
	return name, bytes.Clone(b.files[name])
}

// file is a document as a site names it.
func (b *builder) file(name string, body []byte) attachment.File {
	return attachment.File{Name: fmt.Sprintf("/upload/%d/%s", b.random.IntN(1000), name), Body: body, Whole: true}
}

// sound are kinds that open and hold text.
func (b *builder) sound() map[string]func() attachment.File {
	as := b.file
	return map[string]func() attachment.File{
		"document": func() attachment.File { return as(b.one("doc.docx", "sheet.xlsx", "doc.pdf", "lin.pdf", "objs.pdf")) },
		"in capitals": func() attachment.File {
			name, body := b.one("doc.docx", "sheet.xlsx", "doc.pdf")
			return as(strings.ToUpper(name), body)
		},
		"without an ending": func() attachment.File {
			name, body := b.one("doc.docx", "doc.pdf")
			file := as("download.do?id="+name[:3], body)
			file.ContentType = "application/octet-stream"
			return file
		},
		"newer than its name": func() attachment.File {
			_, body := b.one("doc.docx")
			return as("a.doc", body)
		},
		"with bytes behind": func() attachment.File { // which some servers add
			name, body := b.one("doc.pdf", "objs.pdf")
			return as(name, append(body, "\r\n\r\n"...))
		},
		"with bytes before": func() attachment.File {
			name, body := b.one("doc.pdf")
			return as(name, append([]byte("\xef\xbb\xbf\r\n"), body...))
		},
		"a page's table": func() attachment.File {
			return as("a.xls", []byte("<html><body><table><tr><td>合计</td><td>"+strconv.Itoa(b.random.IntN(1000))+"</td></tr></table></body></html>"))
		},
	}
}

// faults are kinds that do not open, or hold no text, with what is said of each.
func (b *builder) faults() map[string]func() (attachment.File, string) {
	as := b.file
	page := []byte("<!DOCTYPE html><html><head><title>404</title></head><body><p>您访问的页面不存在</p></body></html>")
	return map[string]func() (attachment.File, string){
		"no bytes": func() (attachment.File, string) {
			name, _ := b.one("doc.docx", "sheet.xlsx", "doc.pdf", "doc.doc")
			return as(name, nil), attachment.NoBytes
		},
		"cut off": func() (attachment.File, string) {
			name, body := b.one("doc.docx", "sheet.xlsx", "doc.pdf", "objs.pdf", "lin.pdf")
			return as(name, body[:len(body)/20+b.random.IntN(len(body)*9/10)]), attachment.Damaged
		},
		"cut off near its end": func() (attachment.File, string) {
			name, body := b.one("doc.docx", "sheet.xlsx", "doc.pdf", "objs.pdf")
			return as(name, body[:len(body)-30-b.random.IntN(200)]), attachment.Damaged
		},
		"a wrong byte": func() (attachment.File, string) { // within what its parts are packed to
			name, body := b.one("doc.docx", "sheet.xlsx")
			at, length := packed(body, b.random)
			body[at+b.random.IntN(length)] ^= 1 << b.random.IntN(8)
			return as(name, body), attachment.Damaged
		},
		"zeros": func() (attachment.File, string) {
			name, body := b.one("doc.docx", "sheet.xlsx", "doc.pdf", "doc.doc")
			return as(name, make([]byte, len(body))), attachment.Damaged
		},
		"noise": func() (attachment.File, string) {
			name, body := b.one("doc.docx", "sheet.xlsx", "doc.pdf", "doc.doc", "sheet.xls")
			for i := range body {
				body[i] = byte(b.random.IntN(256))
			}
			body[0] = 1 // and no beginning that means something
			return as(name, body), attachment.Damaged
		},
		"a page instead": func() (attachment.File, string) {
			name, _ := b.one("doc.docx", "sheet.xlsx", "doc.pdf")
			file := as(name, page)
			file.ContentType = []string{"", "text/html", "application/octet-stream"}[b.random.IntN(3)]
			return file, attachment.WrongKind
		},
		"another kind": func() (attachment.File, string) {
			_, body := b.one("doc.docx", "doc.odt", "sheet.xlsx", "doc.doc", "doc.rtf")
			return as([]string{"a.pdf", "B.PDF"}[b.random.IntN(2)], body), attachment.WrongKind
		},
		"a password": func() (attachment.File, string) {
			if _, body := b.one("enc.pdf"); b.random.IntN(2) == 0 {
				return as("a.pdf", body), attachment.Encrypted
			}
			return as([]string{"a.docx", "a.xlsx", "a.doc"}[b.random.IntN(3)], attachmenttest.Old("EncryptedPackage")), attachment.Encrypted
		},
		"pictures of pages": func() (attachment.File, string) {
			return as("scan.pdf", attachmenttest.PDF(make([]string, 1+b.random.IntN(4))...)), attachment.NoText
		},
		"nothing on its sheets": func() (attachment.File, string) {
			return as("a.xlsx", attachmenttest.XLSX(b.t)), attachment.NoText
		},
		"paragraphs without a word": func() (attachment.File, string) {
			return as("a.docx", attachmenttest.DOCXOf(b.t, make([]string, b.random.IntN(5))...)), attachment.NoText
		},
		"an old document": func() (attachment.File, string) {
			name, body := b.one("doc.doc", "sheet.xls")
			return as(name, body), attachment.OldFormat
		},
		"more than is fetched": func() (attachment.File, string) {
			name, body := b.one("doc.docx", "doc.pdf")
			file := as(name, body[:len(body)/2])
			file.Whole = false
			return file, attachment.TooLarge
		},
		"more than is unpacked": func() (attachment.File, string) {
			return as("a.docx", attachmenttest.Zip(b.t, attachmenttest.Part{"word/document.xml", strings.Repeat(" ", 3<<20)})), attachment.TooLarge
		},
		"what is not read": func() (attachment.File, string) {
			if b.random.IntN(2) == 0 {
				_, body := b.one("doc.odt")
				return as("a.odt", body), attachment.Unread
			}
			_, body := b.one("doc.rtf")
			return as("a.rtf", body), attachment.Unread
		},
	}
}

// packed is where a part of an archive lies that is packed, and how long it is.
func packed(body []byte, random *rand.Rand) (at, length int) {
	var starts, lengths []int
	for i := 0; i+46 < len(body); i++ {
		if string(body[i:i+4]) == "PK\x01\x02" {
			start := int(binary.LittleEndian.Uint32(body[i+42:]))
			names := int(binary.LittleEndian.Uint16(body[start+26:])) + int(binary.LittleEndian.Uint16(body[start+28:]))
			if length := int(binary.LittleEndian.Uint32(body[i+20:])); length > 0 {
				starts, lengths = append(starts, start+30+names), append(lengths, length)
			}
		}
	}
	n := random.IntN(len(starts))
	return starts[n], lengths[n]
}

// Of attachments as programs write them, most of them with one of sixteen faults, each is said to be what it is, and none that opens to be damaged.
// YANGGUANG_PATROL_ATTACHMENTS builds more: 2000 says more than a test needs to.
func TestBuiltAttachments(t *testing.T) {
	count := querytest.Scaled(t, "YANGGUANG_PATROL_ATTACHMENTS", 130)
	limits := attachment.DefaultLimits()
	limits.Unpacked = 2 << 20
	reader := attachment.NewReader(limits)
	t.Cleanup(func() {
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	})
	b := newBuilder(t)
	check := func(kind string, file attachment.File, want string) {
		t.Helper()
		got, err := reader.Read(t.Context(), file)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if got.Fault != want || (want == attachment.None) != (got.Text != "") {
			t.Errorf("%s, %s of %d bytes: %q %q, want %q", kind, file.Name, len(file.Body), got.Fault, got.Text, want)
		}
	}
	for built := 0; built < count; {
		for kind, make := range b.sound() {
			check(kind, make(), attachment.None)
			built++
		}
		for kind, make := range b.faults() {
			file, want := make()
			check(kind, file, want)
			built++
		}
	}
}
