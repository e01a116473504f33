// Package attachmenttest builds attachments for tests, from a few bytes each.
package attachmenttest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// PDF is a PDF with a line of text on each page, in a Chinese font that is not embedded; an empty line is a page without text.
func PDF(lines ...string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(text string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), text)
	}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var kids []string
	for i := range lines {
		kids = append(kids, fmt.Sprintf("%d 0 R", 5+2*i))
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(lines)))
	object("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
	object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>")
	for _, line := range lines {
		content := ""
		if line != "" {
			var hex strings.Builder
			for _, unit := range utf16.Encode([]rune(line)) {
				fmt.Fprintf(&hex, "%04X", unit)
			}
			content = "BT /F1 12 Tf 72 720 Td <" + hex.String() + "> Tj ET"
		}
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", len(offsets)+2))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	return withTrailer(&b, offsets, "")
}

func withTrailer(b *bytes.Buffer, offsets []int, extra string) []byte {
	start := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, extra, start)
	return b.Bytes()
}

// EncryptedPDF is one whose password nobody has.
func EncryptedPDF() []byte {
	body := bytes.Replace(PDF("秘密"), []byte("/Root 1 0 R"), []byte("/Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] "+
		"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <"+strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >>"), 1)
	return body
}

// Part is the name and the text of a part of an archive.
type Part [2]string

// Zip is an archive.
func Zip(t testing.TB, parts ...Part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, one := range parts {
		to, err := w.Create(one[0])
		if err == nil {
			_, err = to.Write([]byte(one[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// DOCX is a document with a footer.
func DOCX(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	return Zip(t, append(document(paragraphs), Part{"word/footer1.xml", `<w:ftr xmlns:w="x"><w:p><w:r><w:t>页脚</w:t></w:r></w:p></w:ftr>`})...)
}

// DOCXOf is a document of nothing else.
func DOCXOf(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	return Zip(t, document(paragraphs)...)
}

func document(paragraphs []string) []Part {
	var text strings.Builder
	for _, paragraph := range paragraphs {
		text.WriteString("<w:p><w:r><w:t>" + paragraph + "</w:t></w:r></w:p>")
	}
	return []Part{{"[Content_Types].xml", "<Types/>"}, {
		"word/document.xml",
		`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + text.String() + "</w:body></w:document>",
	}}
}

// XLSX is a workbook of a sheet with these rows, and of one that is hidden.
func XLSX(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := book.NewSheet("隐藏"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{book.SetCellStr("隐藏", "A1", "看不见"), book.SetSheetVisible("隐藏", false)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Old is a compound file (MS-CFB) with one stream.
func Old(stream string) []byte {
	const sector = 512
	body := make([]byte, 4*sector)
	copy(body, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16, put32 := binary.LittleEndian.PutUint16, binary.LittleEndian.PutUint32
	put16(body[24:], 0x3e)
	put16(body[26:], 3)
	put16(body[28:], 0xfffe)
	put16(body[30:], 9)
	put16(body[32:], 6)
	put32(body[44:], 1)          // sectors of the FAT
	put32(body[48:], 1)          // first sector of the directory
	put32(body[56:], 4096)       // smaller streams are in the mini stream
	put32(body[60:], 0xfffffffe) // none
	put32(body[68:], 0xfffffffe)
	for i := range 109 {
		put32(body[76+4*i:], 0xffffffff)
	}
	put32(body[76:], 0)
	fat := body[sector:]
	for i := range sector / 4 {
		put32(fat[4*i:], 0xffffffff)
	}
	put32(fat[0:], 0xfffffffd)
	put32(fat[4:], 0xfffffffe)
	directory := body[2*sector:]
	entry := func(n int, name string, kind byte, child uint32) {
		e := directory[128*n:]
		for i, unit := range utf16.Encode([]rune(name)) {
			put16(e[2*i:], unit)
		}
		put16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		put32(e[68:], 0xffffffff)
		put32(e[72:], 0xffffffff)
		put32(e[76:], child)
		put32(e[116:], 0xfffffffe)
	}
	entry(0, "Root Entry", 5, 1)
	entry(1, stream, 2, 0xffffffff)
	return body
}
