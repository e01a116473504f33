package record

import (
	"strings"
	"testing"
	"time"

	"yangguang/queries/model"
)

func TestDatesOfOneMeaning(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	for _, text := range []string{
		"20260701", "二〇二六年七月一日", "二○二六年七月一日", "二零二六年七月一号", "2026年7月1日(星期三)", "2026年7月1日 星期三", "２０２６年７月１日（周三）", "2026-07-01\u200b", "\ufeff2026-07-01",
		"2026/7/1 上午9:30", "2026-07-01 9:30 PM", "2026年7月1日9时30分", "2026年07月01日下午", "2026年7月1日24时", "2026/07/01 星期三", "2026．7．1", "2026。7。1", "2026 / 7 / 1",
		"2026-07-01。", "46204", "46204.5", "2026-06-30T16:00:00Z", "2026-06-30 16:30 +0000", "20260701 08:00", "2026年7月1號", "2026-07-01 下午 11:59:59",
	} {
		day, err := ParseDate(text, zone)
		if err != nil || day.Format(time.DateOnly) != "2026-07-01" {
			t.Errorf("ParseDate(%q) = %s, %v", text, day.Format(time.DateOnly), err)
		}
	}
	for text, want := range map[string]string{
		"7月1日": "no year", "26.7.1": "two digits", "2026.7": "a month, not a day", "2026年7月": "a month, not a day", "2026-07-01～2026-07-10": "range of days",
		"2026.7.1-7.10": "range of days", "2026年7月1日至10日": "range of days", "1/7/2026": "several ways", "2026年7月1日(星期五)": "that day is a 星期三", "20261301": "does not exist",
		"2026-07-01 25:00": "time of day", "2026年7月1日-7月5日": "range of days", "2026年7月1日、2026年7月5日": "range of days", "2026-07-01 2026-07-05": "range of days",
		"2026年7月1日起": "no single day", "2026-07-01 +25:00": "time of day", "待定": "is not a date", "202607": "is not a date", "19690101": "outside the years",
	} {
		if _, err := ParseDate(text, zone); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseDate(%q): %v, want %q", text, err, want)
		}
	}
}

func TestPeriodsOfOneMeaning(t *testing.T) {
	for text, want := range map[string]string{
		"2026.07": "2026-07-01 2026-07-31", "2026/7": "2026-07-01 2026-07-31", "202607": "2026-07-01 2026-07-31", "2026年全年": "2026-01-01 2026-12-31", "2026年元月": "2026-01-01 2026-01-31",
		"2026年一季度(1-3月)": "2026-01-01 2026-03-31", "2026Ⅱ季度": "2026-04-01 2026-06-30", "2026.1-3月": "2026-01-01 2026-03-31", "202601-202603": "2026-01-01 2026-03-31", "2026年7月\u200b": "2026-07-01 2026-07-31",
	} {
		period, err := ParsePeriod(text, time.Time{})
		if got := period.From.Format(time.DateOnly) + " " + period.To.Format(time.DateOnly); err != nil || got != want {
			t.Errorf("ParsePeriod(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"2026年一季度(4-6月)": "another period", "2026年一季度(待定)": "is not a period", "2026-2027": "is not a period", "202613": "is not a period", "2026年7月上旬": "is not a period",
	} {
		if _, err := ParsePeriod(text, time.Time{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParsePeriod(%q): %v, want %q", text, err, want)
		}
	}
}

// shire is a district whose villages share a name.
func shire() *Resolver {
	return NewResolver(model.Registry{
		Units: []model.Unit{
			{ID: "D1", Name: "郾城区委", Tier: "committee"},
			{ID: "O1", Name: "漯河市郾城区财政局", Tier: "organ", ParentID: "D1", Aliases: []string{"区财政局", "财政局"}},
			{ID: "T1", Name: "东镇", Tier: "town", ParentID: "D1", Aliases: []string{"东镇人民政府"}},
			{ID: "T2", Name: "西镇", Tier: "town", ParentID: "D1"},
			{ID: "V1", Name: "何庄村", Tier: "village", ParentID: "T1"},
			{ID: "V2", Name: "何庄村", Tier: "village", ParentID: "T2"},
			{ID: "V3", Name: "李庄村", Tier: "village", ParentID: "T1"},
			{ID: "V4", Name: "小李庄村", Tier: "village", ParentID: "T2"},
		},
		Items: []model.Item{{ID: "G1", Name: "党费收缴、使用和管理", Cadence: "event"}},
	})
}

func TestNamesOfOneMeaning(t *testing.T) {
	resolver := shire()
	for text, want := range map[string]string{
		"财 政 局": "O1", "區財政局": "O1", "o1": "O1", "Ｏ1": "O1", "李庄村\u200b": "V3", " 李庄 村": "V3", "李庄村委会": "V3", "李庄村村民委员会": "V3", "东镇李庄村": "V3", "郾城区东镇李庄村": "V3",
		"郾城区李庄村": "V3", "东镇何庄村": "V1", "西鎮何莊村": "V2", "郾城区财政局": "O1", "小李庄村": "V4",
	} {
		if got, problem := resolver.Unit(text, "", ""); problem != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", text, got, problem, want)
		}
	}
	for text, want := range map[string]string{
		"西镇李庄村": "V3 李庄村 (东镇)", "何庄村村委会": "is the name of 2 units", "郾城区何庄村": "is the name of 2 units", "李庄村(本级)": "V3 李庄村 (东镇)", "李庄村、何庄村": "is not a unit", "同上": "stands for the row above",
		"老李庄村": "is not a unit",
	} {
		if got, problem := resolver.Unit(text, "", ""); problem == nil || !strings.Contains(problem.Error(), want) {
			t.Errorf("%q is %s, %v, want %q", text, got, problem, want)
		}
	}
	if item, problem := resolver.Item(" 黨費收繳,使用和管理"); problem != nil || item.ID != "G1" {
		t.Errorf("item: %v", problem)
	}
}

func TestParents(t *testing.T) {
	resolver := shire()
	for _, test := range []struct{ name, text, parent, within, unit, problem, doubt string }{
		{"above", "何庄村", "东镇", "", "V1", "", ""},
		{"above, by alias", "何庄村", "东镇人民政府", "", "V1", "", ""},
		{"far above", "李庄村", "郾城区委", "", "V3", "", ""},
		{"the area above", "李庄村", "郾城区", "", "V3", "", ""},
		{"path of names", "何庄村", "郾城区西镇", "", "V2", "", ""},
		{"far above two of a name", "何庄村", "D1", "", "", "is the name of 2 units under", ""},
		{"another branch, unique name", "李庄村", "西镇", "", "", "is not above any unit named", ""},
		{"another branch, id", "V3", "T2", "", "", "is not above any unit named", ""},
		{"another branch, within", "何庄村", "西镇", "T1", "", "is not above any unit named", ""},
		{"below", "东镇", "李庄村", "", "", "is not above any unit named", ""},
		{"itself", "东镇", "东镇", "", "T1", "", ""},
		{"nothing known, unique name", "李庄村", "南镇", "", "V3", "", "is not a unit of the registry"},
		{"nothing known, id", "V1", "南镇", "", "V1", "", "is not a unit of the registry"},
		{"nothing known, shared name", "何庄村", "南镇", "", "", "is the name of 2 units", ""},
		{"a dash", "李庄村", "—", "", "V3", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, problem := resolver.FindUnit(test.text, test.parent, test.within)
			says := func(what string, problem *Problem, want string) {
				if (problem == nil) != (want == "") || problem != nil && !strings.Contains(problem.Error(), want) {
					t.Errorf("%s %v, want %q", what, problem, want)
				}
			}
			says("problem", problem, test.problem)
			says("doubt", found.Doubt, test.doubt)
			if found.ID != test.unit {
				t.Errorf("unit %q, want %q", found.ID, test.unit)
			}
		})
	}
}

func TestChannelsOf(t *testing.T) {
	for text, want := range map[string]string{
		"公开栏": "board", "公开栏、微信群": "board|wechat_group", "微信群，公开栏": "board|wechat_group", "微信群/网站;board": "website|board|wechat_group", "公开栏|公开栏": "board", "政府网站": "website", "党务公示栏": "board",
		"微信公众平台\n村民微信群": "wechat_account|wechat_group", "党员大会": "meeting", "meeting；PRESS": "press|meeting", "公开栏、": "board",
	} {
		if got, ok := ChannelsOf(text); !ok || got != want {
			t.Errorf("%q is %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"微信", "公开栏、广播", "会议公开栏", "未在公开栏公开", "、", "大喇叭"} {
		if got, ok := ChannelsOf(text); ok {
			t.Errorf("%q is %q", text, got)
		}
	}
	for text, want := range map[string]string{"社会": "society", "向社会公开": "society", "党内": "party", "本单位内部": "unit", "特定人员": "designated"} {
		if got, ok := scopeOf(text); !ok || got != want {
			t.Errorf("scope %q is %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"党内和社会", "党内外公开"} {
		if got, ok := scopeOf(text); ok {
			t.Errorf("two scopes, %s, are %q", text, got)
		}
	}
}

func TestMonthThatANumberHasShortened(t *testing.T) {
	rules := Rules{Resolver: shire(), Zone: time.UTC}
	fields := Fields{Unit: "李庄村", Item: "G1", PublishedOn: "2026-11-02", Period: "2026.1"}
	if record, problem := Adapt(fields, rules); problem != nil || record.PeriodTo.Month() != time.January {
		t.Errorf("as text: %v, %v", record.PeriodTo, problem)
	}
	fields.PeriodMayBeNumber = true
	if _, problem := Adapt(fields, rules); problem == nil || !strings.Contains(problem.Error(), "January or October") {
		t.Errorf("as a number: %v", problem)
	}
}
