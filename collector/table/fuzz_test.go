package table

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// sheetBook is a workbook of one sheet with these parts.
func sheetBook(t testing.TB, sheet, texts string) []byte {
	t.Helper()
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	for _, part := range [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="` + types + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook><sheets><sheet name="表" id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="` + types + `/worksheet" Target="s.xml"/>` +
			`<Relationship Id="r2" Type="` + types + `/sharedStrings" Target="t.xml"/></Relationships>`},
		{"xl/s.xml", sheet},
		{"xl/t.xml", texts},
	} {
		writer, err := archive.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store})
		check(t, err)
		_, err = writer.Write([]byte(part[1]))
		check(t, err)
	}
	check(t, archive.Close())
	return content.Bytes()
}

const sheetHead = `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>单位</t></is></c><c t="inlineStr"><is><t>事项</t></is></c></row>`

// FuzzReadWorkbook reads any sheet and any shared strings: rows come in rising order, a bad file is told to be one, and what
// stands in memory reads like a file.
func FuzzReadWorkbook(f *testing.F) {
	for _, seed := range [][2]string{
		{sheetHead + `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>46204</v></c></row></sheetData></worksheet>`, `<sst><si><t>甲</t></si></sst>`},
		{sheetHead + `<row r="2"><c><v>1e300</v></c></row><row r="4"/><row r="3"><c r="XFD1" t="b"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A9"/></mergeCells></worksheet>`, `<sst/>`},
		{sheetHead + `<row><c t="s"><v>9</v></c></row></sheetData>`, `<sst><si><r><t>a_x000D_</t></r><rPh><t>b</t></rPh></si></sst>`},
		{`<worksheet><sheetData><row r="1048577"><c r="ZZZ0">`, ``},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, sheet, texts string) {
		content := sheetBook(t, sheet, texts)
		rows, last := 0, 0
		err := readWorkbook(context.Background(), bytes.NewReader(content), int64(len(content)), sampleHeader(), func(row Row) error {
			if rows++; row.Line <= last || row.Line > lastRow {
				t.Errorf("row %d after row %d", row.Line, last)
			}
			last = row.Line
			if row.Problem == "" && row.Get("unit") == "" && row.Get("item") == "" && row.Get("title") == "" {
				t.Errorf("row %d is empty", row.Line)
			}
			return nil
		})
		var mistake *Error
		if err != nil && !errors.As(err, &mistake) {
			t.Errorf("%v is no mistake of the file", err)
		}
		again, err2 := readAll(bytes.NewReader(content))
		if len(again) != rows || (err == nil) != (err2 == nil) {
			t.Errorf("%d rows and %v, spooled %d rows and %v", rows, err, len(again), err2)
		}
	})
}

// FuzzSameTextOfEveryForm writes one text into a CSV and into each kind of text cell: all read alike.
func FuzzSameTextOfEveryForm(f *testing.F) {
	for _, seed := range []string{"孟庙镇", `"a",b;c`, "a\nb", " x\t", "=1+1", "<&>", "_x000D_", "2026-07-01", "0012", "\u3000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
			return r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r == '\ufeff'
		}) {
			return // cannot stand in XML, or means the end of a line
		}
		quoted := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "_x", "_x005F_x").Replace(text)
		cell := func(kind, value string) string {
			return sheetHead + `<row r="2"><c t="inlineStr"><is><t>u</t></is></c><c t="` + kind + `">` + value + `</c></row></sheetData></worksheet>`
		}
		csv, err := readAll(strings.NewReader("单位,事项\nu,\"" + strings.ReplaceAll(text, `"`, `""`) + "\"\n"))
		check(t, err)
		for form, content := range map[string][]byte{
			"inline":  sheetBook(t, cell("inlineStr", "<is><t>"+quoted+"</t></is>"), "<sst/>"),
			"formula": sheetBook(t, cell("str", "<f>A1</f><v>"+quoted+"</v>"), "<sst/>"),
			"shared":  sheetBook(t, cell("s", "<v>0</v>"), "<sst><si><t>"+quoted+"</t></si></sst>"),
		} {
			got, err := readAll(bytes.NewReader(content))
			check(t, err)
			for i := range got {
				got[i] = strings.TrimPrefix(got[i], "表!")
			}
			if diff := cmp.Diff(csv, got); diff != "" {
				t.Errorf("%s (-CSV +workbook):\n%s", form, diff)
			}
		}
	})
}
