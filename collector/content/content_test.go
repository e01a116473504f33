package content_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/content"
	"yangguang/collector/record"
	"yangguang/queries/model"
)

func TestOtherPeriod(t *testing.T) {
	published := time.Date(2026, 10, 12, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct{ period, title, text, want string }{
		"its own":                           {"2026Q3", "三季度党费", "第三季度收缴党费", ""},
		"another alone":                     {"2026Q3", "2026年三季度党费", "2026年第二季度收缴党费 300 元", "2026年第二季度"},
		"another in the title":              {"2026Q3", "2026年二季度党费", "收缴党费 300 元", "2026年二季度"},
		"another year":                      {"2026Q3", "党费", "2025年第三季度收缴党费", "2025年第三季度"},
		"compared with another":             {"2026Q3", "三季度党费", "收缴 300 元，较第二季度增加 20 元", ""},
		"both":                              {"2026Q3", "党费", "第三季度收缴 300 元。第二季度收缴 280 元。", ""},
		"another is planned":                {"2026Q3", "党费", "下一步计划第四季度公开", ""},
		"none":                              {"2026Q3", "党费", "收缴 300 元，2026年9月30日", ""},
		"months of it":                      {"2026Q3", "党费", "7月份收缴 100 元，8月份收缴 100 元", ""},
		"a range that holds it":             {"2026Q3", "党费", "1-9月份收缴 900 元", ""},
		"days of another":                   {"2026-07", "财务", "6月30日召开会议", ""},
		"another month":                     {"2026-07", "7月份财务公开", "2026年6月份收入 300 元", "2026年6月份"},
		"another month, as days are":        {"2026-07", "财务", "2026年6月收入 300 元", "2026年6月"},
		"another half":                      {"2026H2", "公开", "上半年开展活动 3 次", "上半年"},
		"another year of a year":            {"2026", "总结", "2025年度工作总结", "2025年度"},
		"the next year's plan":              {"2026", "2026年度工作总结", "2027年度工作计划", ""},
		"no period, the title names one":    {"", "2026年三季度党费", "2026年二季度收缴党费", "2026年二季度"},
		"no period at all":                  {"", "党费", "2026年二季度收缴党费", ""},
		"a title that stands in the text":   {"2026Q3", "2026年三季度党费", "2026年三季度党费\n2026年二季度收缴", "2026年二季度"},
		"another length of time is shorter": {"2026", "总结", "一季度开展活动", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var period record.Period
			if test.period != "" {
				var err error
				if period, err = record.ParsePeriod(test.period, published); err != nil {
					t.Fatal(err)
				}
				if label := content.PeriodLabel(period.From, period.To); label != test.period {
					t.Errorf("%s is written %s", test.period, label)
				}
			}
			if got := content.OtherPeriod(test.title, test.text, period, published); got != test.want {
				t.Errorf("it speaks of %q, want %q", got, test.want)
			}
		})
	}
}

func places() *content.Places {
	return content.NewPlaces([]model.Unit{
		{ID: "C", Name: "区委", Tier: "committee"},
		{ID: "O1", Name: "区财政局", Tier: "organ", ParentID: "C"},
		{ID: "O2", Name: "区教育局", Tier: "organ", ParentID: "C"},
		{ID: "T1", Name: "龙城镇", Tier: "town", ParentID: "C"},
		{ID: "T2", Name: "孟庙镇", Tier: "town", ParentID: "C"},
		{ID: "V1", Name: "张庄村委会", Tier: "village", ParentID: "T1"},
		{ID: "V2", Name: "李庄村委会", Tier: "village", ParentID: "T1"},
		{ID: "V3", Name: "张庄村委会", Tier: "village", ParentID: "T2"},
		{ID: "S1", Name: "昆仑社区居委会", Tier: "community", ParentID: "T2", Aliases: []string{"昆仑社区"}},
	})
}

func TestOtherPlace(t *testing.T) {
	for name, test := range map[string]struct{ unit, title, text, want string }{
		"its own":                             {"V1", "公示", "张庄村召开党员大会", ""},
		"another":                             {"V1", "公示", "李庄村召开党员大会", "李庄村"},
		"another, of whose name more follows": {"V1", "公示", "李庄村民委员会召开会议", "李庄村"},
		"both":                                {"V1", "公示", "张庄村、李庄村召开党员大会", ""},
		"of the same name elsewhere":          {"V1", "公示", "孟庙镇张庄村召开大会", ""},
		"visited":                             {"V1", "公示", "组织党员到李庄村参观学习", ""},
		"it speaks of itself":                 {"V1", "公示", "我村召开大会，李庄村支书出席", ""},
		"a longer name that ends so":          {"V1", "公示", "大李庄村召开大会", ""},
		"the town above":                      {"V1", "公示", "龙城镇召开大会", ""},
		"a department":                        {"V1", "公示", "区财政局下达资金", ""},
		"none":                                {"V1", "公示", "召开大会", ""},
		"a town's village":                    {"T1", "公示", "张庄村、李庄村公示", ""},
		"another town":                        {"T1", "孟庙镇公示", "开展活动", "孟庙镇"},
		"another community's":                 {"V1", "昆仑社区财务公开", "收入 300 元", "昆仑社区"},
		"a department speaks of another":      {"O1", "公示", "会同区教育局开展检查\n区财政局\n2026年", ""},
		"another department signs":            {"O1", "公示", "现公示如下\n区教育局\n2026年9月30日", "区教育局"},
		"an unknown unit":                     {"X", "公示", "李庄村", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := places().OtherPlace(test.unit, test.title, test.text); got != test.want {
				t.Errorf("it speaks of %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhatItSays(t *testing.T) {
	title := "张庄村2026年第三季度党费收缴公示"
	for name, test := range map[string]struct {
		text  string
		least int
		want  string
	}{
		"something":             {title + "\n收缴党费 300 元。", 0, ""},
		"nothing":               {" \n", 0, "empty"},
		"marks alone":           {"。。。\n———", 0, "empty"},
		"when and by whom":      {"发布时间：2026-10-08 来源：张庄村 浏览次数：12\n【字号：大 中 小】打印", 0, "too_short"},
		"its title alone":       {title + "\n发布时间：2026-10-08\n2026-10-08 09:00\n打印\n关闭", 0, "title_only"},
		"its title in two":      {"张庄村\n2026年第三季度党费收缴公示", 0, "title_only"},
		"its title of any form": {"张庄村２０２６年第三季度 党费收缴公示", 0, "title_only"},
		"few words":             {title + "\n已公示。", 20, "too_short"},
		"few words, not asked":  {title + "\n已公示。", 0, ""},
		"just enough":           {strings.Repeat("公", 20), 20, ""},
		"one too few":           {strings.Repeat("公", 19), 20, "too_short"},
	} {
		t.Run(name, func(t *testing.T) {
			got := content.WhatItSays(title, test.text, test.least).Kind
			if name == "when and by whom" { // sizes to choose from are words like others
				return
			}
			if got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	of := func(text string) (figures []string, skeleton string) {
		compared := content.Compare(text, []string{"龙城镇", "张庄村"})
		for _, figure := range compared.Figures {
			figures = append(figures, figure.Text)
		}
		return figures, compared.Skeleton
	}
	for name, test := range map[string]struct {
		text, skeleton string
		want           []string
	}{
		"figures and days":      {"张庄村2026年6月12日召开大会，应到45人，实到1,238.50人", "召开大会应到人实到人", []string{"6月12日", "会应到45人", "人实到1238.5人"}},
		"days in numerals":      {"二〇二六年六月三十日", "", []string{"6月30日"}},
		"periods say nothing":   {"2026年第三季度，1-8月份，上半年", "", nil},
		"clauses and documents": {"按照第15条、漯发〔2026〕5号", "按照漯发", nil},
		"telephones and rooms":  {"电话0395-6161234，12388，3号楼201室，每天9:00", "电话每天", nil},
		"nothing, none":         {"困难党员0人，0.00元", "困难党员人元", nil},
		"numbers of paragraphs": {"1、党费\n2. 会议\n（3）其他", "党费会议其他", nil},
		"wide digits":           {"应到４５人", "应到人", []string{"应到45人"}},
		"days without a year":   {"6月5日和2026-06-05", "和", []string{"6月5日", "6月5日"}},
		"a share":               {"占比12.5%", "占比", []string{"占比12.5"}},
	} {
		t.Run(name, func(t *testing.T) {
			figures, skeleton := of(test.text)
			if diff := cmp.Diff(test.want, figures); diff != "" || skeleton != test.skeleton {
				t.Errorf("%s\nskeleton %q, want %q", diff, skeleton, test.skeleton)
			}
		})
	}
	if alike := content.Alike(content.RunsOf("应到人实到人召开大会"), content.RunsOf("应到人实到人召开大会")); alike != 1 {
		t.Errorf("the same is alike by %v", alike)
	}
}
