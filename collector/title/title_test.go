package title_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/record"
	"yangguang/collector/title"
	"yangguang/queries/model"
)

// sample is rules as a user writes them.
const sample = `
- match: '^{period}(?P<unit>.+?)(?:“?三公”?经费|三公 经费)'
  item: JC3
- match: ['^(?P<unit>.+?)(?P<y>\d{4})年预算公开.*?(?P<m>\d{1,2})月', '^(?P<unit>.+?)(?P<y>\d{4})预算\((?P<m>\d+)月\)']
  item: 预算
  period: ${y}年$m月
- match: '关于(?P<title>.+?)的公示(?:\((?P<event_id>[^)]+)\))?$'
  unit: O2
  item: R$$1
- match: '(.+)局(\d+)号'
  unit: $1局
  event_id: $2号_$1x
  item: N1
`

func compile(t testing.TB, text string) *title.Rules {
	t.Helper()
	var rules []title.Rule
	if err := yaml.Unmarshal([]byte(text), &rules); err != nil {
		t.Fatal(err)
	}
	compiled, err := title.Compile(rules)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestApply(t *testing.T) {
	rules := compile(t, sample)
	for _, test := range []struct {
		name, title string
		want        record.Fields
		rule        int
	}{
		{
			"range of months", "2026年1-7月平潭综合实验区城乡建设与交通运输服务中心三公经费统计表",
			record.Fields{Period: "2026年1-7月", Unit: "平潭综合实验区城乡建设与交通运输服务中心", Item: "JC3"},
			1,
		},
		{"range in words", "2026年1月至7月财政局“三公”经费", record.Fields{Period: "2026年1月至7月", Unit: "财政局", Item: "JC3"}, 1},
		{"range without a year", "1-8月财政局三公经费", record.Fields{Period: "1-8月", Unit: "财政局", Item: "JC3"}, 1},
		{"full width, double space", "２０２６年１－７月财政局三公  经费", record.Fields{Period: "2026年1-7月", Unit: "财政局", Item: "JC3"}, 1},
		{"quarter", "2026年第三季度财政局三公经费", record.Fields{Period: "2026年第三季度", Unit: "财政局", Item: "JC3"}, 1},
		{"half a year", "2026年上半年财政局三公经费", record.Fields{Period: "2026年上半年", Unit: "财政局", Item: "JC3"}, 1},
		{"month", "2026年1月份财政局三公经费", record.Fields{Period: "2026年1月份", Unit: "财政局", Item: "JC3"}, 1},
		{"year", "2026年度财政局三公经费", record.Fields{Period: "2026年度", Unit: "财政局", Item: "JC3"}, 1},
		{"year and month apart", "财政局2026年预算公开表7月", record.Fields{Period: "2026年7月", Unit: "财政局", Item: "预算"}, 2},
		{"the second expression, brackets of full width", "财政局2026预算（7月）", record.Fields{Period: "2026年7月", Unit: "财政局", Item: "预算"}, 2},
		{"a group that is not there", "关于张三任职的公示", record.Fields{Title: "张三任职", Unit: "O2", Item: "R$1"}, 3},
		{"a group that is there", "关于张三任职的公示（8号）", record.Fields{Title: "张三任职", EventID: "8号", Unit: "O2", Item: "R$1"}, 3},
		{"numbers before letters", "财政局7号", record.Fields{Unit: "财政局", EventID: "7号_财政x", Item: "N1"}, 4},
		{"none", "通知", record.Fields{}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, rule, ok := rules.Apply(test.title, nil)
			if diff := cmp.Diff(test.want, got); diff != "" || rule != test.rule || ok != (rule > 0) {
				t.Errorf("rule %d, want %d (-want +got):\n%s", rule, test.rule, diff)
			}
		})
	}
}

func TestPeriodsOfTitlesCanBeRead(t *testing.T) {
	rules := compile(t, "- match: '{period}(?P<title>.*)'")
	for _, text := range []string{
		"2026年1-7月", "2026年1月至7月", "2026年1月-4月", "1-1月", "5月", "1月份", "1～8月", "2025年11月至2026年2月", "2026年度", "2026年", "2026",
		"2026年第三季度", "三季度", "2026年3季度", "2026年一至三季度", "2026年第一季度", "2026年上半年", "2026H1", "2026Q3", "2026-07", "十一月", "2026年一月",
		"2026年前三季度", "前3个季度", "2026年前8个月", "前十一个月", "二〇二六年第二季度", "二○二六年1-7月", "二零二六年度", "二O二五年",
	} {
		got, _, _ := rules.Apply(text+"表", nil)
		if got.Period != text || got.Title != "表" {
			t.Errorf("%s: found %q", text, got.Period)
		}
		if _, err := record.ParsePeriod(got.Period, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Errorf("%s %v", text, err)
		}
	}
}

func TestFill(t *testing.T) {
	resolver := record.NewResolver(model.Registry{
		Units: []model.Unit{{ID: "O1", Name: "郾城区财政局"}, {ID: "O2", Name: "郾城区审计局", Aliases: []string{"审计办公室"}}, {ID: "O3", Name: "龙城镇"}},
		Items: []model.Item{{ID: "JC3", Name: "三公经费"}, {ID: "JC4", Name: "发展党员"}},
	})
	rules := compile(t, sample)
	fields := record.Fields{Title: "1月三公经费", Unit: "O1", Item: "JC4"}
	if rule, problem := rules.Fill(&fields, resolver); rule != 0 || problem != nil {
		t.Errorf("a row that has unit and item needs no rule: %d, %v", rule, problem)
	}
	fields = record.Fields{Title: "2026年7月区财政局三公经费", Unit: "O3", URL: "x"}
	if rule, problem := rules.Fill(&fields, resolver); rule != 1 || problem != nil {
		t.Errorf("rule %d, %v", rule, problem)
	}
	if diff := cmp.Diff(record.Fields{Title: "2026年7月区财政局三公经费", Unit: "区财政局", Item: "JC3", Period: "2026年7月", URL: "x"}, fields); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	fields = record.Fields{Title: "郾城区财政局公示三公费用"}
	_, problem := rules.Fill(&fields, resolver)
	want := `title: "郾城区财政局公示三公费用" matches none of the title rules; add a rule, or correct one; the nearest units are O1 郾城区财政局; the nearest items are JC3 三公经费`
	if problem == nil || problem.Error() != want {
		t.Errorf("problem %v,\nwant %s", problem, want)
	}
	var none *title.Rules
	if _, problem := none.Fill(&fields, resolver); problem != nil {
		t.Errorf("without rules: %v", problem)
	}
}

// FuzzApply applies any rule to any title: what a group finds must be what stands in the title.
func FuzzApply(f *testing.F) {
	f.Add("^{period}(?P<unit>.+?)三公", "2026年1-7月财政局三公经费")
	f.Add("(?P<item>.*)$", "ﬁ\u3000\xff")
	f.Add("(?P<unit>a)|(?P<item>b)", "b")
	f.Add("^{period}?{unit}", "财政局")
	resolver := record.NewResolver(model.Registry{Units: []model.Unit{{ID: "O1", Name: "财政局"}}, Items: []model.Item{{ID: "JC3", Name: "三公经费"}}})
	f.Fuzz(func(t *testing.T, pattern, text string) {
		rules, err := title.Compile([]title.Rule{{Match: title.Patterns{pattern}, Item: "i$0"}})
		if err != nil {
			return
		}
		found, rule, ok := rules.Apply(text, resolver)
		if ok != (rule == 1) {
			t.Fatalf("rule %d, matched %t", rule, ok)
		}
		if ok && !strings.HasPrefix(found.Item, "i") {
			t.Errorf("item %q", found.Item)
		}
		fields := record.Fields{Title: text}
		if _, problem := rules.Fill(&fields, resolver); (problem == nil) != ok {
			t.Errorf("matched %t, problem %v", ok, problem)
		}
	})
}
