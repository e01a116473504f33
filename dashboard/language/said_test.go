package language_test

import (
	"testing"
	"time"

	"yangguang/collector/record"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// TestSaid lets the collector reject rows, and says why in Chinese: if it words a reason otherwise, this test fails.
func TestSaid(t *testing.T) {
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	resolver := record.NewResolver(model.Registry{
		Units: []model.Unit{
			{ID: "T1", Name: "孟庙镇", Tier: "town"},
			{ID: "T2", Name: "商桥镇", Tier: "town"},
			{ID: "V1", Name: "张庄村委会", Tier: "village", ParentID: "T1"},
			{ID: "V2", Name: "张庄村委会", Tier: "village", ParentID: "T2"},
			{ID: "V3", Name: "李庄村委会", Tier: "village", ParentID: "T2"},
		},
		Items: []model.Item{{ID: "G1", Name: "党费收缴", Cadence: "quarterly"}},
	})
	for name, test := range map[string]struct {
		row  record.Fields
		want string
	}{
		"no unit":             {record.Fields{Item: "G1"}, "单位：没有写单位，应写编号、名称或别名"},
		"unknown unit":        {record.Fields{Unit: "水利局", Item: "G1"}, "单位“水利局”：名册中没有这个单位，应写编号、名称或别名"},
		"nearly a unit":       {record.Fields{Unit: "李家庄村委会", Item: "G1"}, "单位“李家庄村委会”：名册中没有这个单位，应写编号、名称或别名；相近的有 V3 李庄村委会 (商桥镇)、V1 张庄村委会 (孟庙镇)、V2 张庄村委会 (商桥镇)"},
		"several units":       {record.Fields{Unit: "张庄村委会", Item: "G1"}, "单位“张庄村委会”：有 2 个单位叫这个名称：V1 张庄村委会 (孟庙镇)、V2 张庄村委会 (商桥镇)；应写编号或写明上级单位"},
		"another's parent":    {record.Fields{Unit: "张庄村委会", Parent: "李庄村委会", Item: "G1"}, "上级单位“李庄村委会”：不在“张庄村委会”之上，它是 V1 张庄村委会 (孟庙镇)、V2 张庄村委会 (商桥镇)；应更正单位或上级单位"},
		"no item":             {record.Fields{Unit: "T1"}, "事项：没有写事项，应写编号、名称或别名"},
		"unknown item":        {record.Fields{Unit: "T1", Item: "其他"}, "事项“其他”：公开目录中没有这个事项，应写编号、名称或别名"},
		"no date":             {record.Fields{Unit: "T1", Item: "G1", PublishedOn: "昨天"}, "公开日期“昨天”：不是日期，应写成 2026-07-01、2026/7/1、2026.7.1 或 2026年7月1日"},
		"no such day":         {record.Fields{Unit: "T1", Item: "G1", ApprovedOn: "2026-02-30"}, "审批日期“2026-02-30”：没有这一天"},
		"long ago":            {record.Fields{Unit: "T1", Item: "G1", PublishedOn: "1949-10-01"}, "公开日期“1949-10-01”：不在 1970 年至 2299 年之间"},
		"no time":             {record.Fields{Unit: "T1", Item: "G1", PublishedOn: "2026-07-01 25:00"}, "公开日期“2026-07-01 25:00”：钟点读不懂，应写成 2026-07-01 09:30 或 2026-07-01T09:30:00+08:00"},
		"no day":              {record.Fields{Unit: "T1", Item: "G1"}, "公开日期：公开日期和发生日期至少要写一个"},
		"withdrawn before":    {record.Fields{Unit: "T1", Item: "G1", Period: "2026Q1", PublishedOn: "2026-04-02", WithdrawnOn: "2026-04-01"}, "撤下日期“2026-04-01”：早于公开日期 2026-04-02"},
		"no period":           {record.Fields{Unit: "T1", Item: "G1", PublishedOn: "2026-04-02"}, "所属期：事项 G1 是定期公开的，所属期和发生日期至少要写一个（来源没有设 infer_period: true）"},
		"unreadable period":   {record.Fields{Unit: "T1", Item: "G1", Period: "春", PublishedOn: "2026-04-02"}, "所属期“春”：不是所属期，应写成 2026、2026H1、2026Q3、2026-07、2026年7月、2026年第三季度 或 2026年1-7月"},
		"reversed period":     {record.Fields{Unit: "T1", Item: "G1", Period: "2026年7月至3月", PublishedOn: "2026-08-02"}, "所属期“2026年7月至3月”：起止顺序不符"},
		"period without year": {record.Fields{Unit: "T1", Item: "G1", Period: "三季度", OccurredOn: "2026-08-02"}, "所属期“三季度”：没有写年份，也没有公开日期可以推断；应写明年份"},
		"unknown scope": {
			record.Fields{Unit: "T1", Item: "G1", Period: "2026Q1", PublishedOn: "2026-04-02", Scope: "大家"},
			"公开范围“大家”：不认识，应为其一：society (社会公开)、party (党内公开)、unit (单位公开)、designated (特定范围)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, problem := record.Adapt(test.row, record.Rules{Resolver: resolver, Zone: time.UTC})
			if problem == nil {
				t.Fatal("the row is good")
			}
			zh, en := bundle.Printer("zh"), bundle.Printer("en")
			if got := zh.Said(problem.Error()); got != test.want {
				t.Errorf("%s\ngot  %s\nwant %s", problem, got, test.want)
			}
			if got := en.Said(problem.Error()); got != problem.Error() {
				t.Errorf("in English %q, noted %q", got, problem)
			}
		})
	}
	zh := bundle.Printer("zh")
	for reason, want := range map[string]string{
		"unit: \"张庄\" is the name of 7 units: V1 张庄, and 6 more; write the unit's id or name its parent":                                                                                          "单位“张庄”：有 7 个单位叫这个名称：V1 张庄 等，另有 6 个；应写编号或写明上级单位",
		`the row has 9 cells, the header only 8: cell I has "x"; quote cells that contain the separator`:                                                                                          "这一行有 9 格，表头只有 8 格，I 格多出“x”；含分隔符的内容应加引号",
		`record_id: "1" is the id of another disclosure (unit V1, item G1, 2026-01-01/2026-03-31), first at a.csv:2; ids must be unique within a source: write another, or leave it empty`:        "记录编号“1”：是另一条公开记录的编号（单位 V1，事项 G1、2026-01-01/2026-03-31），先见于 a.csv:2；同一来源内编号不能重复，应改用别的编号或留空",
		"title: \"某局\" matches none of the title rules; add a rule, or correct one; the nearest units are T1 孟庙镇, T2 商桥镇":                                                                         "标题“某局”：没有一条标题规则相符，应增加或更正规则；提到的单位有 T1 孟庙镇、T2 商桥镇",
		"totals, notes and signatures are not read, first 合计":                                                                                                                                     "合计、备注和签名没有读取，首见 合计",
		`list https://a.gov.cn/b/?p=1: 8 rows, none with a title that a rule matches; before: 60 of 62; list https://a.gov.cn/c/: 1 rows, less than half of the 10 of the last look (2026-11-29)`: "列表 https://a.gov.cn/b/?p=1：8 行中没有一行的标题与规则相符；上次 62 行中有 60 行入库；列表 https://a.gov.cn/c/：1 行，不到上次有效采集（2026-11-29）10 行的一半",
		`list http://a.gov.cn/: 0 of 6 rows of the last look (2026-11-29) are there again, less than half`:                                                                                        "列表 http://a.gov.cn/：上次有效采集（2026-11-29）的 6 行中，这次只见到 0 行，不到一半",
		`9月.csv: 1 of 6 rows of the last look (2026-11-29) are there again, less than half`:                                                                                                       "9月.csv：上次有效采集（2026-11-29）的 6 行中，这次只见到 1 行，不到一半",
		`no row matches rows: .l li at http://a.gov.cn/; correct the selector, or write may_be_empty: true if there may be none; before: 6 of 6; 0 of 6 rows of the last look (2026-11-29) are there again, less than half; what was read is stored, and nothing is taken for absent or gone; see whether the source has changed and correct its configuration, or if it is as it should be run collect --accept W`: "http://a.gov.cn/ 没有一行符合 rows: .l li；应更正选择器；如果确实可能为空，写 may_be_empty: true；上次 6 行中有 6 行入库；上次有效采集（2026-11-29）的 6 行中，这次只见到 0 行，不到一半；读到的已保存，未见的不视为没有公开或已撤下；应查看来源是否改版并更正配置；如果本来就该如此，运行 collect --accept W",
		`8 rows, none a record (8: unit: "水利局" is not a unit of the registry; write its id, name or alias); before: 6 of 8`:                                                                                                         "8 行都没有入库（其中 8 行：单位“水利局”：名册中没有这个单位，应写编号、名称或别名）；上次 8 行中有 6 行入库",
		`not read: a.xlsx:表!C: the column "公开日子" is not read (values in 3 rows) (nearest: 公开日期); b.csv: the header lacks 单位, 事项; it must have the columns 单位, 事项; what was read is stored, and nothing is taken for absent or gone`: "没有读取：a.xlsx:表!C：“公开日子”列没有读取（3 行有内容）（最接近的是 公开日期）；b.csv：表头缺 单位、事项；应有 单位、事项 各列；读到的已保存，未见的不视为没有公开或已撤下",
		`the table is not read: the column published_on is there twice: "公开日期" and "公开日期"`:                                                                                                                                          "表格没有读取：published_on 有两列：“公开日期”和“公开日期”",
		`a.xlsx:表!4: the table is not read: its header lacks unit (单位), item (事项) (nearest: "单位名称" (unit (单位)))`:                                                                                                                    `a.xlsx:表!4：表格没有读取：表头缺 unit (单位)、item (事项)（最接近的是 "单位名称" (unit (单位))）`,
		"the row stands below a header that is not understood, in row 4; correct that header":                                                                                                                                       "这一行在没有读懂的表头之下（第 4 行）；应更正那个表头",
		`published_on: "2026-03-01起" is no single day; write the day itself, like 2026-07-01`:                                                                                                                                       "公开日期“2026-03-01起”：不是确定的一天，应写明哪一天，如 2026-07-01",
		"page 1, https://a.gov.cn/b/: refused https://a.gov.cn/b/: the site's robots.txt does not allow it; ask the site's operator, or set network.robots: false":                                                                  "page 1, https://a.gov.cn/b/：没有读取 https://a.gov.cn/b/：网站的 robots.txt 不允许读取；请与网站管理者联系，或写 network.robots: false",
		"page 1, https://a.gov.cn/: fetch: certificate of a.gov.cn (a, issued by b, 2025-01-01 to 2026-01-01): it has expired; ask the site's operator to renew it":                                                                 "page 1, https://a.gov.cn/: fetch：a.gov.cn 的证书（a，由 b 签发，2025-01-01 至 2026-01-01）：已过期；请网站管理者更新",
		"page 1, https://a.gov.cn/: the server answers 503 Service Unavailable":                                                                                                                                                     "page 1, https://a.gov.cn/：服务器返回 503 Service Unavailable",
		"no file matches ledgers/*.csv; put the ledger there or correct the source's path":                                                                                                                                          "没有文件符合 ledgers/*.csv；请放入台账，或更正数据来源的 path",
		"errcode 40164: invalid ip (this machine's address is not in the account's list of allowed addresses (IP白名单))":                                                                                                              "errcode 40164：invalid ip（本机地址不在公众号的 IP 白名单中）",
		"only: the expression said no":                   "only: the expression said no",
		"the article is not what the platform says: EOF": "the article is not what the platform says: EOF",
	} {
		if got := zh.Said(reason); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
