package table

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// wideHeader is a header with columns of each kind.
func wideHeader() Header {
	return Header{Columns: []Column{
		{Key: "record_id", Names: []string{"记录编号"}, ID: true},
		{Key: "unit", Names: []string{"单位"}, Required: true},
		{Key: "item", Names: []string{"事项"}, Required: true},
		{Key: "title", Names: []string{"标题"}},
		{Key: "approved_on", Names: []string{"审批日期"}, Date: true},
		{Key: "published_on", Names: []string{"公开日期"}, Date: true},
		{Key: "withdrawn_on", Names: []string{"撤下日期"}, Date: true},
		{Key: "channel", Names: []string{"公开渠道"}},
	}}
}

// readNoted reads a table and writes its rows (place: cells joined by |, !problem) and notes (kind place count: what; nearest).
func readNoted(t *testing.T, content []byte) (rows, notes []string) {
	t.Helper()
	header := wideHeader()
	header.Noted = func(note Note) {
		text := fmt.Sprintf("%s %s!%d%s %d: %s", [...]string{"ignored", "not understood", "unread"}[note.Kind], note.Sheet, note.Line, note.Column, note.Count, note.What)
		if note.Nearest != "" {
			text += "; " + note.Nearest
		}
		notes = append(notes, text)
	}
	err := Read(t.Context(), bytes.NewReader(content), header, func(row Row) error {
		var cells []string
		for i := range header.Columns {
			cells = append(cells, row.At(i))
		}
		text := row.Place() + ": " + strings.Join(cells, "|")
		if row.Problem != "" {
			text += " !" + row.Problem
		}
		rows = append(rows, text)
		return nil
	})
	check(t, err)
	return rows, notes
}

func TestAccountOfText(t *testing.T) {
	const head = "记录编号,单位,事项,标题,审批日期,公开日期\n"
	const row = "A,东镇,党费,甲,2026-04-01,2026-04-02"
	const twoRows = "单位,事项,标题,审批,公开\n,,,日期,日期\n"
	const read = ": A|东镇|党费|甲|2026-04-01|2026-04-02||"
	tests := []struct {
		name, text  string
		rows, notes []string
	}{
		{"rows that end with a return", strings.ReplaceAll(head+row+"\n"+row+"\n", "\n", "\r"), []string{"2" + read, "3" + read}, nil},
		{"a return within a quoted cell of such a file", "单位,事项,标题\r东镇,党费,\"甲\n乙\"\r西镇,党费,丙\r", []string{"2: |东镇|党费|甲\n乙||||", "4: |西镇|党费|丙||||"}, nil},
		{"one cell too many", head + "A,东镇,党费,甲,乙,2026-04-01,2026-04-02\n", []string{
			`2: A|东镇|党费|甲|乙|2026-04-01|| !the row has 7 cells, the header only 6: cell G has "2026-04-02"; quote cells that contain the separator`,
		}, nil},
		{"one empty cell too many", head + "A,东镇,党费,甲,乙,2026-04-01,\n", []string{
			"2: A|东镇|党费|甲|乙|2026-04-01|| !the row has 7 cells, the header 6: one cell too many; quote a cell that contains the separator, or delete the separators at the end",
		}, nil},
		{
			"a stray quote", head + row + "\nB,东镇,党费,\"甲,2026-04-01,2026-04-02\nC,东镇,党费,乙,2026-04-01,2026-04-02\nD,东镇,党费,丙\",2026-04-01,2026-04-02\nE" + row[1:] + "\n",
			[]string{
				"2" + read,
				"3: B|东镇|党费|甲,2026-04-01,2026-04-02\nC,东镇,党费,乙,2026-04-01,2026-04-02\nD,东镇,党费,丙|2026-04-01|2026-04-02|| " +
					"!a quoted cell that begins here swallows the rows up to line 5; delete the stray quote, or double one that belongs to the text",
				"6: E" + read[3:],
			},
			nil,
		},
		{"text of several lines", head + "A,东镇,党费,\"第一,第二\n第三\",2026-04-01,2026-04-02\n", []string{"2: A|东镇|党费|第一,第二\n第三|2026-04-01|2026-04-02||"}, nil},
		{"hints in header names", "*单位,事 项：,标题(全称),公开日期（必填）,审批日期*\n东镇,党费,甲,2026-04-02,2026-04-01\n", []string{"2: |东镇|党费|甲|2026-04-01|2026-04-02||"}, nil},
		{"a hint does not take a column from its own name", "单位,事项,公开日期(计划),公开日期\n东镇,党费,2026-04-01,2026-04-02\n", []string{"2: |东镇|党费|||2026-04-02||"}, []string{
			`not understood !0C 1: the column "公开日期(计划)" is not read (values in 1 rows); published_on (公开日期)`,
		}},
		{"columns that nobody asked for", "单位,事项,撤下时间,公开方式,备注,满意度,空\n东镇,党费,2026-05-01,公开栏,好,高,\n东镇,党费,,,,,\n", []string{"2: |东镇|党费|||||", "3: |东镇|党费|||||"}, []string{
			`unread !0C 1: the column "撤下时间" is not read (values in 1 rows); withdrawn_on (撤下日期)`,
			`unread !0D 1: the column "公开方式" is not read (values in 1 rows); channel (公开渠道)`,
			`ignored !0E 1: the column "备注" is not read (values in 1 rows)`,
			`not understood !0F 1: the column "满意度" is not read (values in 1 rows)`,
		}},
		{"a column without a name", "单位,,事项\n东镇,x,党费\n", []string{"2: |东镇|党费|||||"}, []string{"not understood !0B 1: a column without a name is not read (values in 1 rows)"}},
		{"header of two rows", "台账,,,,\n单位,事项,标题,程序,公开情况\n,,,审批日期,公开日期\n东镇,党费,甲,2026-04-01,2026-04-02\n", []string{"4: |东镇|党费|甲|2026-04-01|2026-04-02||"}, nil},
		{"group before the name", "单位,事项,标题,审批,,公开,\n,,,日期,人,日期,渠道\n东镇,党费,甲,2026-04-01,张,2026-04-02,公开栏\n", []string{"3: |东镇|党费|甲|2026-04-01|2026-04-02||公开栏"}, []string{
			`ignored !0E 1: the column "审批 人" is not read (values in 1 rows)`,
		}},
		{"a row whose value is a header's name", "单位,事项,标题\n东镇,党费,标题\n", []string{"2: |东镇|党费|标题||||"}, nil},
		{"header of each page", head + row + "\n" + head + row + "\n", []string{"2" + read, "4" + read}, []string{"ignored !3 1: a header that comes again is not a row"}},
		{"another table below", head + row + "\n\n事项,单位,公开日期\n党费,西镇,2026-05-01\n", []string{"2" + read, "5: |西镇|党费|||2026-05-01||"}, []string{"ignored !4 1: a header that comes again is not a row"}},
		{"a wider table below", "单位,事项,公开日期\n东镇,党费,2026-04-02\n二、财务,,\n公开日期,单位,事项,标题,公开渠道\n2026-05-01,西镇,党费,甲,公开栏\n", []string{
			"2: |东镇|党费|||2026-04-02||", "3: |二、财务||||||", "5: |西镇|党费|甲||2026-05-01||公开栏",
		}, []string{"ignored !4 1: a header that comes again is not a row"}},
		{"header of two rows on each page", twoRows + "东镇,党费,甲,2026-04-01,2026-04-02\n" + twoRows + "西镇,党费,乙,2026-05-01,2026-05-02\n", []string{
			"3: |东镇|党费|甲|2026-04-01|2026-04-02||", "6: |西镇|党费|乙|2026-05-01|2026-05-02||",
		}, []string{"ignored !4 1: a header that comes again is not a row"}},
		{"a table below whose header is not understood", "单位,事项,标题,公开日期\n东镇,党费,甲,2026-04-02\n单位名称,公开事项,标题,审批日期,公开日期\n西镇,党费,乙,2026-05-01,2026-05-02\n单位,事项,标题,公开日期\n东镇,党费,丙,2026-05-02\n", []string{
			"2: |东镇|党费|甲||2026-04-02||",
			"4: |西镇|党费|乙||2026-05-01|| !the row stands below a header that is not understood, in row 3; correct that header",
			"6: |东镇|党费|丙||2026-05-02||",
		}, []string{
			`unread !3 1: the table is not read: its header lacks unit (单位), item (事项); "单位名称" (unit (单位)), "公开事项" (item (事项))`,
			"ignored !5 1: a header that comes again is not a row",
		}},
		{"a table below of similar words alone", "单位,事项,标题,公开日期\n东镇,党费,甲,2026-04-02\n单位名称,公开事项,公开标题,公开时间,备注\n西镇,党费,乙,2026-05-01,好\n", []string{
			"2: |东镇|党费|甲||2026-04-02||",
			"4: |西镇|党费|乙||2026-05-01|| !the row stands below a header that is not understood, in row 3; correct that header",
		}, []string{
			`unread !3 1: the table is not read: its header lacks unit (单位), item (事项); "单位名称" (unit (单位)), "公开事项" (item (事项)), "公开标题" (title (标题)), "公开时间" (published_on (公开日期))`,
		}},
		{"a table below with a column twice", "单位,事项,公开日期\n东镇,党费,2026-04-02\n单位,事项,公开日期,公开日期\n西镇,党费,2026-05-01,2026-05-02\n", []string{
			"2: |东镇|党费|||2026-04-02||",
			`4: |西镇|党费|||2026-05-01|| !the row stands below a header that is not understood, in row 3; correct that header`,
		}, []string{
			`unread !3 1: the table is not read: the column published_on is there twice: "公开日期" and "公开日期"`,
		}},
		{"a table above whose header is not understood", "单位名称,公开事项,标题,公开时间\n东镇,党费,甲,2026-04-02\n单位,事项,公开日期\n西镇,党费,2026-05-01\n", []string{"4: |西镇|党费|||2026-05-01||"}, []string{
			`unread !1 1: the table above the header is not read: its header lacks unit (单位), item (事项); "单位名称" (unit (单位)), "公开事项" (item (事项)), "公开时间" (published_on (公开日期))`,
		}},
		{"titles above", "填报单位：东镇,,填报日期：2026-04-02,审核人：张\n单位,事项,公开日期\n西镇,党费,2026-05-01\n", []string{"3: |西镇|党费|||2026-05-01||"}, nil},
		{"values that are names of columns", "单位,事项,标题,公开渠道\n东镇,单位,链接,甲\n东镇,党费,unit,公开日期\n", []string{"2: |东镇|单位|链接||||甲", "3: |东镇|党费|unit||||公开日期"}, nil},
		{"a step below its group", "单位,事项,公开日期,办理程序,\n,,,提出,审批\n东镇,党费,2026-04-02,2026-03-01,2026-04-01\n", []string{"3: |东镇|党费|||2026-04-02||"}, []string{
			`not understood !0D 1: the column "办理程序 提出" is not read (values in 1 rows)`,
			`unread !0E 1: the column "办理程序 审批" is not read (values in 1 rows); approved_on (审批日期)`,
		}},
		{"totals, notes and signatures", head + row + "\n合 计,1\n填表说明：日期按公历\n,注：如有疑问请来电\n填表人：张三,,,审核人：李四\n小计,,,2\n", []string{"2" + read}, []string{
			"ignored !3 5: totals, notes and signatures are not read, first 合 计",
		}},
		{"signatures below required columns", "单位,事项,标题\n东镇,党费,甲\n填报人：,张三,审核人：\n填报人：张三的村,党费,乙\n", []string{"2: |东镇|党费|甲||||", "4: |填报人：张三的村|党费|乙||||"}, []string{
			"ignored !3 1: totals, notes and signatures are not read, first 填报人：",
		}},
		{"no total", head + "合计表1,东镇,党费,甲,,2026-04-02\n", []string{"2: 合计表1|东镇|党费|甲||2026-04-02||"}, nil},
		{"rows of other columns alone", "序号,单位,事项\n1,东镇,党费\n2,,\n3,,\n", []string{"2: |东镇|党费|||||"}, []string{
			`ignored !0A 1: the column "序号" is not read (values in 3 rows)`, "ignored !3 2: rows without a value in a column that is read are left out, first 2",
		}},
		{"error value", head + "A,东镇,#REF!,甲,,2026-04-02\nB,东镇,党费,甲,,####\n", []string{
			"2: A|东镇|#REF!|甲||2026-04-02|| !item: cell C2 has the error value #REF!; correct its formula or write the value",
			"3: B|东镇|党费|甲||####|| !published_on: cell F3 has the error value ####; correct its formula or write the value",
		}, nil},
		{"error value in another column", "单位,事项,备注\n东镇,党费,#N/A\n", []string{"2: |东镇|党费|||||"}, []string{`ignored !0C 1: the column "备注" is not read (values in 1 rows)`}},
		{"shortened ids", head + "4.11103E+17" + row[1:] + "\n1.2e5" + row[1:] + "\n1E5A" + row[1:] + "\n", []string{
			"2: 4.11103E+17" + read[3:] + ` !record_id: "4.11103E+17" in cell A2 is a number that a spreadsheet has shortened; format the column as text and write it again in full`,
			"3: 1.2e5" + read[3:] + ` !record_id: "1.2e5" in cell A3 is a number that a spreadsheet has shortened; format the column as text and write it again in full`,
			"4: 1E5A" + read[3:],
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, notes := readNoted(t, []byte(test.text))
			if diff := cmp.Diff(test.rows, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAccountOfSheets(t *testing.T) {
	fill := func(rows ...[]any) func(func(string, any), *excelize.File, string) {
		return func(set func(string, any), _ *excelize.File, _ string) {
			for i, row := range rows {
				for j, value := range row {
					if value != nil {
						set(columnLetters(j)+fmt.Sprint(i+1), value)
					}
				}
			}
		}
	}
	good := fill([]any{"单位", "事项"}, []any{"东镇", "党费"})
	hidden := func(state string) func(func(string, any), *excelize.File, string) {
		return func(set func(string, any), file *excelize.File, sheet string) {
			good(set, file, sheet)
			check(t, file.SetSheetVisible(sheet, false, state == "veryHidden"))
		}
	}
	named := func(name string, then func(func(string, any), *excelize.File, string)) func(func(string, any), *excelize.File, string) {
		return func(set func(string, any), file *excelize.File, sheet string) {
			then(set, file, sheet)
			check(t, file.SetSheetName(sheet, name))
		}
	}
	for _, test := range []struct {
		name  string
		sheet func(func(string, any), *excelize.File, string)
		rows  int
		notes []string
	}{
		{"empty", fill(), 1, nil},
		{"hidden", hidden("hidden"), 1, []string{"ignored 表2!0 1: the sheet is hidden and not read"}},
		{"very hidden", hidden("veryHidden"), 1, []string{"ignored 表2!0 1: the sheet is hidden and not read"}},
		{"prose", fill([]any{"填报要求"}, []any{"一、如实填写"}, []any{"二、按时报送"}), 1, []string{"ignored 表2!0 1: the sheet is taken for an explanation and not read"}},
		{"list of the columns", fill([]any{"列", "必填", "说明"}, []any{"单位", "是", "全称"}, []any{"事项", "是", "编号"}, []any{"标题", "否", "原文"}), 1, []string{
			"ignored 表2!0 1: the sheet is taken for an explanation and not read",
		}},
		{"a table far down", fill(slices.Concat(slices.Repeat([][]any{{"如实填写"}}, 21), [][]any{{"单位", "事项"}, {"西镇", "党费"}})...), 1, []string{
			"unread 表2!22 1: the sheet is not read: the header stands below row 20, the last in which it is looked for; delete rows above it",
		}},
		{"a table of strange words far down", fill(slices.Concat(slices.Repeat([][]any{{"如实填写"}}, 21), [][]any{{"甲", "乙", "丙"}, {"a", "b", "c"}})...), 1, []string{
			"unread 表2!1 1: the sheet is not read: no row of it is a header; a header with unit (单位), item (事项)",
		}},
		{"named explanation", named("填表说明", fill([]any{"代码", "名称", "含义"}, []any{"board", "公开栏", "村口"}, []any{"press", "报刊", "日报"})), 1, []string{
			"ignored 填表说明!0 1: the sheet is taken for an explanation and not read",
		}},
		{"other words in the header", fill([]any{"序号", "单位名称", "公开事项", "公开时间"}, []any{1, "西镇", "党费", "2026-04-02"}), 1, []string{
			`unread 表2!1 1: the sheet is not read: its header lacks unit (单位), item (事项); "单位名称" (unit (单位)), "公开事项" (item (事项)), "公开时间" (published_on (公开日期))`,
		}},
		{"one required column lost", fill([]any{"单位", "标题", "公开日期"}, []any{"西镇", "甲", "2026-04-02"}), 1, []string{"unread 表2!1 1: the sheet is not read: its header lacks item (事项)"}},
		{"a table of strange words", fill([]any{"甲", "乙", "丙"}, []any{"a", "b", "c"}, []any{"d", "e", "f"}), 1, []string{
			"unread 表2!1 1: the sheet is not read: no row of it is a header; a header with unit (单位), item (事项)",
		}},
		{"another table", good, 2, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows, notes := readNoted(t, book(t, good, test.sheet))
			if len(rows) != test.rows {
				t.Errorf("rows %q", rows)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEverySheetHidden(t *testing.T) {
	content := book(t, func(set func(string, any), _ *excelize.File, _ string) { set("A1", "x") })
	content = bytes.Clone(rezip(t, content, "xl/workbook.xml", func(text string) string { return strings.Replace(text, "<sheet ", `<sheet state="hidden" `, 1) }))
	if _, err := readAll(bytes.NewReader(content)); err == nil || !strings.Contains(err.Error(), "every sheet of the workbook is hidden") {
		t.Errorf("%v", err)
	}
}
