package table

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// rezip changes parts of a package whose name begins so.
func rezip(t testing.TB, content []byte, part string, change func(string) string) []byte {
	t.Helper()
	return repack(t, content, func(name, text string) (string, string) {
		if strings.HasPrefix(name, part) {
			text = change(text)
		}
		return name, text
	})
}

// repack changes the names and texts of a package's parts.
func repack(t testing.TB, content []byte, change func(name, text string) (string, string)) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	check(t, err)
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		reader, err := part.Open()
		check(t, err)
		text, err := io.ReadAll(reader)
		check(t, err)
		name, changed := change(part.Name, string(text))
		writer, err := to.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		check(t, err)
		_, err = io.WriteString(writer, changed)
		check(t, err)
	}
	check(t, to.Close())
	return out.Bytes()
}

func TestNumberFormats(t *testing.T) {
	for _, test := range []struct {
		format string
		value  any
		text   string
		nature Nature
	}{
		{"General", 1, "1", Number},
		{"GENERAL", 1, "1", Number},
		{"[DBNum1][$-804]General", 1, "1", Number},
		{"[DBNum2]General", 2, "2", Number},
		{"[Red]General", 31, "31", Number},
		{`"第"General"号"`, 3, "3", Number},
		{`General"号"`, 4, "4", Number},
		{"G/通用格式", 5, "5", Number},
		{`G/通用格式"人"`, 5, "5", Number},
		{"0月", 7, "7", Number},
		{"0日", 7, "7", Number},
		{"0.00E+00", 7, "7", Number},
		{"#,##0", 1200, "1200", Number},
		{"000", 7, "007", Number},
		{"00000000", 12, "00000012", Number},
		{`"V"000`, 7, "V007", Number},
		{"000-0000", 1234567, "123-4567", Number},
		{"000", 12345, "12345", Number},
		{"000", 1.5, "1.5", Number},
		{"0.00", 7, "7", Number},
		{"0%", 0.95, "0.95", Percent},
		{"0.0%", 0.885, "0.885", Percent},
		{`"完成"0%`, 1, "1", Percent},
		{`yyyy"年"m"月"`, 46204, "2026-07-01", Month},
		{"yyyy/m", 46218, "2026-07-15", Month},
		{`yyyy"年"`, 46204, "2026", Month},
		{"e", 46218, "2026", Month},
		{`m"月"`, 46218, "2026-07-15", Month},
		{`d"日"`, 46204, "2026-07-01", Date},
		{`yyyy"年"m"月"d"日"`, 46204, "2026-07-01", Date},
		{"[$-804]yyyy年m月d日", 46204, "2026-07-01", Date},
		{"mm:ss.0", 0.5, "12:00:00", Date},
		{"[h]:mm", 0.5, "12:00:00", Date},
		{"@", 46204, "46204", Number},
	} {
		t.Run(fmt.Sprint(test.format, test.value), func(t *testing.T) {
			content := book(t, func(set func(string, any), file *excelize.File, sheet string) {
				set("A1", "单位")
				set("B1", "事项")
				set("A2", "x")
				set("B2", test.value)
				style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &test.format})
				check(t, err)
				check(t, file.SetCellStyle(sheet, "B2", "B2", style))
			})
			check(t, Read(t.Context(), bytes.NewReader(content), sampleHeader(), func(row Row) error {
				if row.Get("item") != test.text || row.Nature("item") != test.nature {
					t.Errorf("%q of nature %d, want %q of %d", row.Get("item"), row.Nature("item"), test.text, test.nature)
				}
				return nil
			}))
		})
	}
}

func TestCellsThatCannotBeRead(t *testing.T) {
	sheet := func(cells string) []byte {
		return sheetBook(t, `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>记录编号</t></is></c><c t="inlineStr"><is><t>单位</t></is></c><c t="inlineStr"><is><t>事项</t></is></c>`+
			`<c t="inlineStr"><is><t>公开日期</t></is></c></row><row r="2">`+cells+`</row></sheetData></worksheet>`, "<sst/>")
	}
	const named = `<c r="B2" t="str"><v>东镇</v></c><c r="C2" t="str"><v>党费</v></c>`
	for _, test := range []struct{ name, cells, want string }{
		{"error value", named + `<c r="D2" t="e"><v>#N/A</v></c>`, "表!2: |东镇|党费|||#N/A|| !published_on: cell D2 has the error value #N/A; correct its formula or write the value"},
		{"formula without a result", named + `<c r="D2"><f>TODAY()</f><v></v></c>`, "表!2: |东镇|党费||||| !published_on: the result of the formula in cell D2 is not stored; open the workbook in Excel or WPS and save it"},
		{"formula that gives an empty text", named + `<c r="D2" t="str"><f>IF(1,"")</f><v></v></c>`, "表!2: |东镇|党费|||||"},
		{"formula with a result", named + `<c r="D2"><f>A1</f><v>46204</v></c>`, "表!2: |东镇|党费|||2026-07-01||"},
		{"serial without a date format", named + `<c r="D2"><v>46204</v></c>`, "表!2: |东镇|党费|||2026-07-01||"},
		{"no serial", named + `<c r="D2"><v>20260701</v></c>`, "表!2: |东镇|党费|||20260701||"},
		{"long number as id", `<c r="A2"><v>411103001001000123</v></c>` + named, "表!2: 411103001001000000|东镇|党费||||| " +
			`!record_id: "411103001001000000" in cell A2 is a number of more than 15 digits, of which the spreadsheet has lost the last ones; format the column as text and write it again in full`},
		{"long number as text", `<c r="A2" t="str"><v>411103001001000123</v></c>` + named, "表!2: 411103001001000123|东镇|党费|||||"},
		{"fifteen digits", `<c r="A2"><v>411103001001000</v></c>` + named, "表!2: 411103001001000|东镇|党费|||||"},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows, _ := readNoted(t, sheet(test.cells))
			if diff := cmp.Diff([]string{test.want}, rows); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSerialsFrom1904(t *testing.T) {
	content := book(t, func(set func(string, any), file *excelize.File, _ string) {
		yes := true
		check(t, file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		for cell, value := range map[string]any{"A1": "单位", "B1": "事项", "C1": "公开日期", "A2": "东镇", "B2": "党费", "C2": 44742} {
			set(cell, value)
		}
	})
	rows, _ := readNoted(t, content)
	if diff := cmp.Diff([]string{"表1!2: |东镇|党费|||2026-07-01||"}, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMergedCellsHideWhatTheyCover(t *testing.T) {
	content := book(t, func(set func(string, any), file *excelize.File, sheet string) {
		for cell, value := range map[string]any{
			"A1": "单位", "B1": "事项", "C1": "标题", "A2": "东镇", "B2": "党费", "C2": "甲", "B3": "党费", "C3": "乙", "B4": "党费", "C4": "丙", "A5": "西镇", "B5": "党费", "C5": "丁",
		} {
			set(cell, value)
		}
		check(t, file.MergeCell(sheet, "A2", "A3"))
		check(t, file.MergeCell(sheet, "B5", "C5"))
	})
	content = rezip(t, content, "xl/worksheets/", func(text string) string { // what Excel would have cleared
		return strings.Replace(text, `<c r="B3"`, `<c r="A3" t="str"><v>南镇</v></c><c r="B3"`, 1)
	})
	content = rezip(t, content, "xl/worksheets/", func(text string) string {
		text = strings.Replace(text, `<c r="C5"/>`, "", 1)
		return strings.Replace(text, `</row></sheetData>`, `<c r="C5" t="str"><v>戊</v></c></row></sheetData>`, 1)
	})
	rows, notes := readNoted(t, content)
	if diff := cmp.Diff([]string{"表1!2: |东镇|党费|甲||||", "表1!3: |东镇|党费|乙||||", "表1!4: ||党费|丙||||", "表1!5: |西镇|党费|||||"}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ignored 表1!0 2: values that merged cells hide are not read"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestLinksBehindCells(t *testing.T) {
	content := book(t, func(set func(string, any), file *excelize.File, sheet string) {
		for cell, value := range map[string]any{"A1": "单位", "B1": "事项", "C1": "标题", "A2": "东镇", "B2": "党费", "C2": "点击", "A3": "西镇", "C3": "看", "A4": "南镇", "C4": "此处"} {
			set(cell, value)
		}
		check(t, file.SetCellHyperLink(sheet, "C2", "https://a.example/x?a=1&b=2", "External"))
		check(t, file.SetCellFormula(sheet, "C3", `HYPERLINK("http://b.example/""y""","看")`))
		check(t, file.SetCellHyperLink(sheet, "C4", "表1!A1", "Location"))
	})
	var links []string
	check(t, Read(t.Context(), bytes.NewReader(content), sampleHeader(), func(row Row) error {
		links = append(links, row.LinkAt(2))
		return nil
	}))
	if diff := cmp.Diff([]string{"https://a.example/x?a=1&b=2", `http://b.example/"y"`, ""}, links); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPartNamesWithBackslashes(t *testing.T) {
	content := book(t, func(set func(string, any), _ *excelize.File, _ string) {
		for cell, value := range map[string]any{"A1": "单位", "B1": "事项", "A2": "东镇", "B2": "党费"} {
			set(cell, value)
		}
	})
	content = repack(t, content, func(name, text string) (string, string) { return strings.ReplaceAll(name, "/", `\`), text })
	rows, _ := readNoted(t, content)
	if diff := cmp.Diff([]string{"表1!2: |东镇|党费|||||"}, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatIsBesideTheTable(t *testing.T) {
	var sheet strings.Builder
	sheet.WriteString(sheetHead + `<row r="2"><c r="A2" t="str"><v>东镇</v></c><c r="B2" t="str"><v>党费</v></c><c r="D2" t="str"><v>已核对</v></c></row>`)
	for line := 3; line < 200; line++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="A%d" t="str"><v>西镇</v></c><c r="B%d" t="str"><v>党费</v></c><c r="XFD%d"><v>1</v></c></row>`, line, line, line, line)
	}
	rows, notes := readNoted(t, sheetBook(t, sheet.String()+"</sheetData></worksheet>", "<sst/>"))
	if len(rows) != 198 || rows[0] != "表!2: |东镇|党费|||||" {
		t.Errorf("%d rows, first %s", len(rows), rows[0])
	}
	if diff := cmp.Diff([]string{`ignored 表!2 198: what stands beside the table is not read, first "已核对" in column D`}, notes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestForeignFormats(t *testing.T) {
	archive := func(names ...string) string {
		var out bytes.Buffer
		writer := zip.NewWriter(&out)
		for _, name := range names {
			_, err := writer.Create(name)
			check(t, err)
		}
		check(t, writer.Close())
		return out.String()
	}
	for name, test := range map[string]struct{ content, want string }{
		"ods":            {archive("mimetype", "content.xml", "META-INF/manifest.xml"), "OpenDocument"},
		"docx":           {archive("[Content_Types].xml", "word/document.xml"), "Word document"},
		"pptx":           {archive("ppt/presentation.xml"), "presentation"},
		"numbers":        {archive("Index/Document.iwa"), "Numbers"},
		"zip of tables":  {archive("a.csv", "b.csv"), "ZIP archive"},
		"empty zip":      {archive(), "empty ZIP"},
		"xls":            {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "save it as .xlsx"},
		"html":           {"\n<HTML><body><table>", "web page"},
		"html with BOM":  {"\uFEFF<!DOCTYPE html>", "web page"},
		"comment first":  {"<!-- saved from url=(0014)about:internet -->\r\n<HTML>", "web page"},
		"html in UTF-16": {"\xFF\xFE<\x00t\x00a\x00b\x00l\x00e\x00>\x00", "web page"},
		"empty":          {"", "empty file"},
		"BOM alone":      {"\uFEFF\r\n", "empty file"},
		"indented json":  {"[\n  {\"unit\": 1}]", "JSON"},
		"table only":     {"<table><tr><td>单位</td></tr></table>", "web page"},
		"spreadsheet ML": {`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`, "XML spreadsheet"},
		"mhtml":          {"MIME-Version: 1.0\n", "web archive"},
		"pdf":            {"%PDF-1.7\n", "PDF"},
		"rtf":            {`{\rtf1 }`, "RTF"},
		"png":            {"\x89PNG\r\n", "image"},
		"jpeg":           {"\xFF\xD8\xFF\xE0", "image"},
		"rar":            {"Rar!\x1A\x07", "RAR"},
		"gzip":           {"\x1F\x8B\x08\x00", "gzip"},
		"json":           {`[{"unit":"x"}]`, "JSON"},
		"UTF-16 bare":    {"u\x00n\x00i\x00t\x00", "byte order mark"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readAll(strings.NewReader(test.content))
			var mistake *Error
			if !errors.As(err, &mistake) || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(mistake.Text, "this is ") {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

// withStrings is a workbook whose shared strings are written by write.
func withStrings(t testing.TB, write func(archive *zip.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	from := sheetBook(t, sheetHead+"</sheetData></worksheet>", "")
	base, err := zip.NewReader(bytes.NewReader(from), int64(len(from)))
	check(t, err)
	for _, part := range base.File {
		if part.Name != "xl/t.xml" {
			check(t, archive.Copy(part))
		}
	}
	write(archive)
	check(t, archive.Close())
	return out.Bytes()
}

func TestTooManySharedStringsAreRefused(t *testing.T) {
	content := withStrings(t, func(archive *zip.Writer) {
		writer, err := archive.CreateRaw(&zip.FileHeader{Name: "xl/t.xml", Method: zip.Deflate, UncompressedSize64: 1500 << 20, CompressedSize64: 4})
		check(t, err)
		_, err = io.WriteString(writer, "....")
		check(t, err)
	})
	_, err := readAll(bytes.NewReader(content))
	if err == nil || !strings.Contains(err.Error(), "has 1500 MB, more than the 256 MB that are read") {
		t.Errorf("%v", err)
	}
}

// endingContext ends when it has been asked so many times.
type endingContext struct {
	context.Context
	asked, most int
}

func (c *endingContext) Err() error {
	if c.asked++; c.asked > c.most {
		return context.Canceled
	}
	return nil
}

func TestReadingSharedStringsHeedsTheContext(t *testing.T) {
	content := withStrings(t, func(archive *zip.Writer) {
		writer, err := archive.Create("xl/t.xml")
		check(t, err)
		_, err = io.WriteString(writer, "<sst>"+strings.Repeat("<si><t>"+strings.Repeat("a", 1000)+"</t></si>", 2000)+"</sst>")
		check(t, err)
	})
	ctx := &endingContext{Context: t.Context(), most: 30}
	if err := Read(ctx, bytes.NewReader(content), sampleHeader(), func(Row) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	if ctx.asked > ctx.most+10 {
		t.Errorf("asked %d times more", ctx.asked-ctx.most)
	}
}

func TestOneTextCannotTakeAllMemory(t *testing.T) {
	content := sheetBook(t, sheetHead+`<row r="2"><c t="inlineStr"><is><t>`+strings.Repeat("甲", largestToken)+`</t></is></c></row></sheetData></worksheet>`, "<sst/>")
	if _, err := readAll(bytes.NewReader(content)); err == nil || !strings.Contains(err.Error(), "longer than any cell can be") {
		t.Errorf("%v", err)
	}
}
