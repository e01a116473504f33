package ledger_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/queries/model"
)

const chineseLedger = "附件一：公开台账\n记录编号,单位,上级单位,事项,标题,所属期,公开日期,公开范围,公开渠道\n" +
	"R1,大张村村民委员会,龙城镇,党费,一季度党费,2026年一季度,2026年4月1日,社会公开,公开栏\n"

func TestLedgerForms(t *testing.T) {
	want := []string{"R1 V1 G1 一季度党费 2026-04-01 "}
	for _, test := range []struct {
		name  string
		write func(p *place)
	}{
		{"UTF-8", func(p *place) { p.write("a.csv", chineseLedger) }},
		{"UTF-8 with BOM", func(p *place) { p.write("a.csv", "\uFEFF"+chineseLedger) }},
		{"GB18030", func(p *place) {
			text, err := simplifiedchinese.GB18030.NewEncoder().String(chineseLedger)
			if err != nil {
				p.t.Fatal(err)
			}
			p.write("a.csv", text)
		}},
		{"workbook with merged cells", func(p *place) { writeWorkbook(p, "a.xlsx") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlace(t)
			test.write(p)
			expect(t, "counts", p.mustCollect(ledger.Config{Path: "a.*"}), [5]uint64{1, 0, 0, 0, 0})
			expect(t, "in force", p.inForce(), want)
		})
	}
}

// writeWorkbook is the Chinese ledger under a title that is merged over all columns.
func writeWorkbook(p *place, name string) {
	p.t.Helper()
	book := excelize.NewFile()
	for cell, row := range map[string][]any{
		"A1": {"附件一：公开台账"},
		"A2": {"记录编号", "单位", "上级单位", "事项", "标题", "所属期", "公开日期", "公开范围", "公开渠道"},
		"A3": {"R1", "大张村村民委员会", "龙城镇", "党费", "一季度党费", "2026年一季度", "2026年4月1日", "社会公开", "公开栏"},
	} {
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "A1", "I1"); err != nil {
		p.t.Fatal(err)
	}
	if err := book.SaveAs(filepath.Join(p.folder, name)); err != nil {
		p.t.Fatal(err)
	}
}

func TestHomonymousVillages(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", ledgerOf(
		"R1 大张村 龙城镇 G1 一 2026Q1 2026-04-01", "R2 大张村 T2 G1 二 2026Q1 2026-04-01", "R3 大张村 - G1 三 2026Q1 2026-04-01",
	))
	expect(t, "counts", p.mustCollect(ledger.Config{}), [5]uint64{2, 0, 0, 1, 0})
	expect(t, "in force", p.inForce(), []string{"R1 V1 G1 一 2026-04-01 ", "R2 V2 G1 二 2026-04-01 "})
	p.write("a.csv", ledgerOf("R2 大张村 T2 G1 二 2026Q1 2026-04-01", "R3 大张村 - G1 三 2026Q1 2026-04-01", "R4 小李村村委会 - G1 四 2026Q1 2026-04-01"))
	expect(t, "counts within a town", p.mustCollect(ledger.Config{Name: "town", Within: "T2"}), [5]uint64{2, 0, 0, 1, 0})
	expect(t, "in force within a town", p.lines("SELECT record_id || ' ' || unit_id FROM record_versions WHERE source = 'town' ORDER BY record_id"),
		[]string{"R2 V2", "R3 V2"})
}

func TestRejectNamesPlaceReasonAndContent(t *testing.T) {
	p := newPlace(t)
	p.write("a.csv", "单位,事项,公开日期,备注\n区委,职责,2026-02-30,\"他说\"\"好\"\"\"\n")
	expect(t, "counts", p.collectSuspicious(ledger.Config{}), [5]uint64{0, 0, 0, 1, 0})
	expect(t, "rejects", p.lines("SELECT concatWithSeparator('\n', place, reason, content) FROM rejected_rows"), []string{
		"a.csv:2\npublished_on: \"2026-02-30\" is a day that does not exist\n" +
			`{"单位":"区委","事项":"职责","公开日期":"2026-02-30","备注":"他说\"好\""}`,
	})
}

func TestConfig(t *testing.T) {
	var config ledger.Config
	text := "name: towns\nkind: ledger\npath: '*.csv'\nwithin: T1\ncolumns: {title: 事项, item: [项目, 公开事项]}\nscope: 党内公开\nchannel: board\nsteps: false\n"
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	p := newPlace(t)
	p.write("a.csv", "单位,项目,事项,公开日期\n小李村村民委员会,职责,村委会职责,2026/4/1\n")
	source := p.source(config)
	p.mustCollect(config)
	expect(t, "record", p.lines("SELECT concatWithSeparator(' ', unit_id, item_id, title, scope, channel, toString(steps), toString(derived)) FROM record_versions"),
		[]string{"V3 G3 村委会职责 party board false true"})
	covers, err := collector.Covers([]collector.Source{source, p.source(ledger.Config{Name: "all"})}, p.registry)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "covers", covers, []model.Cover{
		{Source: "towns", UnitID: "T1", ItemID: "*"},
		{Source: "towns", UnitID: "V1", ItemID: "*"},
		{Source: "towns", UnitID: "V3", ItemID: "*"},
		{Source: "all", UnitID: "*", ItemID: "*"},
	})

	_, err = ledger.New(ledger.Config{
		Name: "wrong", Kind: "web", Scope: "全网", Channel: "broadcast",
		Columns: map[string]ledger.Names{"unit": {"名称"}, "title": {"名称"}, "units": {"单位"}, "url": {"item"}},
	}, "")
	if err == nil {
		t.Fatal("a wrong configuration is accepted")
	}
	expect(t, "problems", err.Error(), `source "wrong": kind is "web", not ledger
source "wrong": path is missing; write the ledger files as a glob, like ledgers/*.csv
source "wrong": scope "全网" is unknown; one of society (社会公开), party (党内公开), unit (单位公开), designated (特定范围)
source "wrong": channel "broadcast" is unknown; one of press (报刊), website (网站), wechat_account (微信公众号), meeting (工作会议), board (公开栏), wechat_group (微信群)
source "wrong": columns: "名称" is given for both unit and title
columns: "item" is itself a field and cannot be a name of url
columns: "units" is not a field of a record; one of record_id, unit, parent, item, title, event_id, period, occurred_on, proposed_on, reviewed_on, approved_on, published_on, uploaded_on, withdrawn_on, scope, channel, url; did you mean unit?`)
}
