package ledger_test

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
)

// tryNoted tries the folder's ledgers and writes rows (place and record or reason) and remarks (kind and text).
func tryNoted(t *testing.T, folder string) (rows, remarks []string) {
	t.Helper()
	source, err := ledger.New(ledger.Config{Name: "ledgers", Path: "*.*"}, folder)
	if err != nil {
		t.Fatal(err)
	}
	summary, err := collector.Try(t.Context(), collector.Options{Resolver: record.NewResolver(district())}, source, func(row collector.Tried) error {
		text := row.Place + " " + row.Reason
		if row.Record != nil {
			text = fmt.Sprintf("%s %s %s %s %s", row.Place, row.Record.UnitID, row.Record.PeriodFrom.Format("2006-01"), row.Record.Channel, row.Record.URL)
		}
		rows = append(rows, text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, remark := range summary.Remarks {
		remarks = append(remarks, fmt.Sprint([...]string{"ignored ", "not understood ", "unread "}[remark.Kind], remark))
	}
	return rows, remarks
}

func TestRemarksOfALedger(t *testing.T) {
	p := &place{t: t, folder: t.TempDir()}
	p.write("a.csv", "单位,上级单位,事项,标题,所属期,公开日期,公开渠道,链接,撤下时间\n"+
		"V3,,G1,甲,2026.1,2026-04-01,公开栏,,\n"+
		"V3,南镇,G1,乙,2026-01,2026-04-01,公开栏、微信群,www.example.cn/1,2026-05-01\n"+
		"V3,南镇,G1,丙,2026-02,2026-04-01,/,https：//www.example.cn/2,\n"+
		"V3,,G1,,2026-03,,,,\n"+
		"/,/,/,/,/,/,/,/,/\n"+
		"合计,,3,,,,,,\n")
	rows, remarks := tryNoted(t, p.folder)
	expect(t, "rows", rows, []string{
		`a.csv:2 period: "2026.1" may be January or October, whose 0 a number loses; write 2026-01 or 2026-10, or format the column as text`,
		"a.csv:3 V3 2026-01 board|wechat_group ", "a.csv:4 V3 2026-02  https://www.example.cn/2",
	})
	expect(t, "remarks", remarks, []string{
		"ignored a.csv:5: rows without day, title and address are taken for a form to be filled in (2)",
		`unread a.csv:I: the column "撤下时间" is not read (values in 2 rows); nearest: withdrawn_on (撤下日期)`,
		"ignored a.csv:7: totals, notes and signatures are not read, first 合计",
		`not understood a.csv:3: url: "www.example.cn/1" is no address of the web (http:// or https://) and is left out; nearest: http://www.example.cn/1`,
		`not understood a.csv:3: parent: "南镇" is not a unit of the registry; the unit was found by its name alone (2)`,
	})
}

func TestLinksOfAWorkbook(t *testing.T) {
	p := &place{t: t, folder: t.TempDir()}
	book := excelize.NewFile()
	for i, row := range [][]any{
		{"单位", "事项", "标题", "公开日期", "链接"},
		{"V3", "G3", "甲", "2026-04-01", "点击查看"},
		{"V3", "G3", "乙", "2026-04-01", "点击查看"},
		{"V3", "G3", "丙", "2026-04-01", nil},
		{"V3", "G3", "丁", "2026-04-01", "javascript:alert(1)"},
		{"V3", "G3", "戊", "2026-04-01", "https://a.example/5"},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for cell, address := range map[string]string{"E2": "https://a.example/2", "C4": "https://a.example/4", "E6": "https://a.example/6"} {
		if err := book.SetCellHyperLink("Sheet1", cell, address, "External"); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellFormula("Sheet1", "E3", `HYPERLINK("https://a.example/3","点击查看")`); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(p.folder + "/a.xlsx"); err != nil {
		t.Fatal(err)
	}
	rows, remarks := tryNoted(t, p.folder)
	expect(t, "rows", rows, []string{
		"a.xlsx:Sheet1!2 V3 0001-01  https://a.example/2", "a.xlsx:Sheet1!3 V3 0001-01  https://a.example/3", "a.xlsx:Sheet1!4 V3 0001-01  https://a.example/4",
		"a.xlsx:Sheet1!5 V3 0001-01  ", "a.xlsx:Sheet1!6 V3 0001-01  https://a.example/5",
	})
	expect(t, "remarks", remarks, []string{
		`not understood a.xlsx:Sheet1!5: url: "javascript:alert(1)" is no address of the web (http:// or https://) and is left out`,
		`not understood a.xlsx:Sheet1!6: url: the cell shows "https://a.example/5" and leads to another address; what it shows is taken; nearest: https://a.example/6`,
	})
}
