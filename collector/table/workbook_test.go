package table

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// book builds a workbook; each function fills one sheet.
func book(t testing.TB, sheets ...func(set func(cell string, value any), file *excelize.File, sheet string)) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i, fill := range sheets {
		sheet := fmt.Sprintf("表%d", i+1)
		if i == 0 {
			check(t, file.SetSheetName("Sheet1", sheet))
		} else {
			_, err := file.NewSheet(sheet)
			check(t, err)
		}
		fill(func(cell string, value any) { check(t, file.SetCellValue(sheet, cell, value)) }, file, sheet)
	}
	var content bytes.Buffer
	check(t, file.Write(&content))
	return content.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadWorkbook(t *testing.T) {
	content := book(t,
		func(set func(string, any), file *excelize.File, sheet string) {
			set("A1", "阳光党务公开台账")
			check(t, file.MergeCell(sheet, "A1", "C1"))
			for cell, value := range map[string]any{
				"A3": "单 位", "B3": "事项", "C3": "标题", "A4": "孟庙镇", "B4": "党费", "C4": "甲", "B5": "发展", "C5": "乙",
				"A7": "商桥镇", "B7": "党费", "C7": "丙", "E8": "多", "A8": "龙城镇", "A9": "末行", "B9": true,
			} {
				set(cell, value)
			}
			check(t, file.MergeCell(sheet, "A4", "A6"))
		},
		func(set func(string, any), _ *excelize.File, _ string) {
			set("A1", "说明")
			set("A2", "单位请写全称")
		},
		func(set func(string, any), _ *excelize.File, _ string) {
			set("A1", "unit")
			set("B1", "item")
			set("A2", "北徐庄")
			set("B2", 12)
		},
	)
	want := []string{
		"表1!4: 孟庙镇|党费|甲", "表1!5: 孟庙镇|发展|乙", "表1!7: 商桥镇|党费|丙",
		"表1!8: 龙城镇||",
		"表1!9: 末行|TRUE|", "表3!2: 北徐庄|12|",
	}
	fromMemory, err := readAll(bytes.NewReader(content))
	check(t, err)
	if diff := cmp.Diff(want, fromMemory); diff != "" {
		t.Errorf("from memory (-want +got):\n%s", diff)
	}
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	check(t, os.WriteFile(path, content, 0o600))
	file, err := os.Open(path)
	check(t, err)
	defer file.Close()
	fromFile, err := readAll(file)
	check(t, err)
	if diff := cmp.Diff(want, fromFile); diff != "" {
		t.Errorf("from a file (-want +got):\n%s", diff)
	}
}

func TestWorkbookWithoutHeader(t *testing.T) {
	none := book(t, func(set func(string, any), _ *excelize.File, _ string) { set("A1", "说明") })
	if _, err := readAll(bytes.NewReader(none)); err == nil || !strings.Contains(err.Error(), `sheet "表1": no header row`) {
		t.Errorf("no header: %v", err)
	}
	header := Header{Columns: append(sampleHeader().Columns, Column{Key: "published_on"}, Column{Key: "scope"})}
	lost := book(t,
		func(set func(string, any), _ *excelize.File, _ string) {
			set("A1", "单位")
			set("B1", "事项")
			set("A2", "a")
		},
		func(set func(string, any), _ *excelize.File, _ string) {
			set("A1", "单位")
			set("B1", "标题")
			set("C1", "published_on")
			set("A2", "b")
		},
	)
	var notes []Note
	header.Noted = func(note Note) { notes = append(notes, note) }
	rows := 0
	check(t, Read(t.Context(), bytes.NewReader(lost), header, func(Row) error { rows++; return nil }))
	want := []Note{{Sheet: "表2", Line: 1, What: "the sheet is not read: its header lacks item (事项)", Kind: Unread, Count: 1}}
	if diff := cmp.Diff(want, notes); diff != "" || rows != 1 {
		t.Errorf("a table whose header lost a column: %d rows of the other one, notes (-want +got):\n%s", rows, diff)
	}
}

func TestWorkbookDates(t *testing.T) {
	at := func(text string) time.Time {
		parsed, err := time.Parse("2006-01-02 15:04:05", text)
		check(t, err)
		return parsed
	}
	builtIn := func(id int) *excelize.Style { return &excelize.Style{NumFmt: id} }
	custom := func(code string) *excelize.Style { return &excelize.Style{CustomNumFmt: &code} }
	tests := []struct {
		name  string
		value any
		style *excelize.Style
		want  string
	}{
		{"date", at("2026-07-01 00:00:00"), builtIn(14), "2026-07-01"},
		{"date and time", at("2026-07-01 09:30:00"), builtIn(22), "2026-07-01 09:30:00"},
		{"Chinese built-in", 46204, builtIn(31), "2026-07-01"},
		{"month only, built-in", 46204, builtIn(57), "2026-07-01"},
		{"Chinese custom", 46204, custom(`yyyy"年"m"月"d"日"`), "2026-07-01"},
		{"locale and text section", 46204, custom(`[$-804]yyyy"年"m"月"d"日";@`), "2026-07-01"},
		{"unquoted Chinese", 46204, custom("yyyy年m月d日"), "2026-07-01"},
		{"points", 46204, custom("yyyy.mm.dd"), "2026-07-01"},
		{"leap day", 45351, builtIn(14), "2024-02-29"},
		{"first days", 59, builtIn(14), "1900-02-28"},
		{"behind the day that never was", 61, builtIn(14), "1900-03-01"},
		{"time of day", 0.5, builtIn(20), "12:00:00"},
		{"rounded up to the next day", 46203.9999999, builtIn(14), "2026-07-01"},
		{"negative", -1, builtIn(14), "-1"},
		{"number", 46204, builtIn(1), "46204"},
		{"percentage", 0.25, builtIn(10), "0.25"},
		{"red", 46204, custom("[Red]#,##0"), "46204"},
		{"quoted d", 12, custom(`0"d"`), "12"},
		{"escaped d", 12, custom(`0\d`), "12"},
		{"money", 12.5, custom(`_ "￥"* #,##0.00_ ;_ "￥"* \-#,##0.00_ `), "12.5"},
		{"exponent", 12345, custom("0.00E+00"), "12345"},
		{"text cell with a date format", "2026.7.1", builtIn(14), "2026.7.1"},
		{"text cell", "0012", builtIn(49), "0012"},
		{"long number", 411103001001, builtIn(0), "411103001001"},
		{"float noise", 0.1 + 0.2, builtIn(0), "0.3"},
		{"carriage return", "a\r\nb", builtIn(0), "a\r\nb"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := book(t, func(set func(string, any), file *excelize.File, sheet string) {
				set("A1", "unit")
				set("B1", "item")
				set("A2", "x")
				set("B2", test.value)
				style, err := file.NewStyle(test.style)
				check(t, err)
				check(t, file.SetCellStyle(sheet, "B2", "B2", style))
			})
			got, err := readAll(bytes.NewReader(content))
			check(t, err)
			if diff := cmp.Diff([]string{"表1!2: x|" + test.want + "|"}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWorkbookFrom1904(t *testing.T) {
	content := book(t, func(set func(string, any), file *excelize.File, sheet string) {
		yes := true
		check(t, file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		set("A1", "unit")
		set("B1", "item")
		set("A2", "x")
		set("B2", 44742)
		style, err := file.NewStyle(&excelize.Style{NumFmt: 14})
		check(t, err)
		check(t, file.SetCellStyle(sheet, "B2", "B2", style))
	})
	got, err := readAll(bytes.NewReader(content))
	check(t, err)
	if diff := cmp.Diff([]string{"表1!2: x|2026-07-01|"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRichTextAndManyRows(t *testing.T) {
	content := book(t, func(set func(string, any), file *excelize.File, sheet string) {
		set("A1", "unit")
		set("B1", "item")
		check(t, file.SetCellRichText(sheet, "A2", []excelize.RichTextRun{{Text: "孟庙"}, {Text: "镇", Font: &excelize.Font{Bold: true}}}))
		set("B2", "党费")
		for line := 3; line < 3000; line++ {
			set(fmt.Sprintf("A%d", line), "u")
			set(fmt.Sprintf("B%d", line), line)
		}
	})
	got, err := readAll(bytes.NewReader(content))
	check(t, err)
	if len(got) != 2998 || got[0] != "表1!2: 孟庙镇|党费|" || got[2997] != "表1!2999: u|2999|" {
		t.Errorf("%d rows, first %q, last %q", len(got), got[0], got[len(got)-1])
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Read(cancelled, bytes.NewReader(content), sampleHeader(), func(Row) error { return nil }); err == nil {
		t.Error("a cancelled reading went on")
	}
}
