package language_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

func load(t *testing.T) *language.Bundle {
	t.Helper()
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// Every column, code and report has a name in both languages, and nothing is named that does not exist.
func TestEverythingNamed(t *testing.T) {
	bundle := load(t)
	wanted := map[string]bool{"period.nil_return": true}
	for _, report := range model.Reports() {
		wanted["report."+report.Name] = true
		for _, column := range report.Columns {
			wanted["column."+column.Key] = true
			if column.Kind == model.Code && model.Codes(column.Key) == nil {
				t.Errorf("%s: column %s is a code without a domain", report.Name, column.Key)
			}
		}
	}
	for _, domain := range model.CodeDomains() {
		wanted["column."+domain] = true
		for _, code := range model.Codes(domain) {
			wanted["code."+domain+"."+code] = true
		}
	}
	for _, name := range language.Languages() {
		printer := bundle.Printer(name)
		for id := range wanted {
			if text, err := printer.Text(id); err != nil || strings.TrimSpace(text) == "" {
				t.Errorf("%s: %q, %v", id, text, err)
			}
		}
		for _, id := range bundle.IDs(name) {
			parts := strings.Split(id, ".")
			if base, ofYear := strings.CutSuffix(id, ".yoy"); ofYear && wanted[base] {
				continue // compared with the same window a year before
			}
			perReport := parts[0] == "column" && len(parts) == 3
			if perReport {
				report, found := model.ReportNamed(parts[1])
				if !found || !hasColumn(report, parts[2]) {
					t.Errorf("%s: no such report and column", id)
				}
			} else if parts[0] != "said" && !wanted[id] {
				t.Errorf("%s: nothing has this name", id)
			}
		}
	}
}

func hasColumn(report model.Report, key string) bool {
	for _, column := range report.Columns {
		if column.Key == key {
			return true
		}
	}
	return false
}

// Two columns of one report never share a header, or a reader could not tell them apart.
func TestHeadersDiffer(t *testing.T) {
	bundle := load(t)
	for _, name := range language.Languages() {
		printer := bundle.Printer(name)
		for _, report := range model.Reports() {
			seen := map[string]string{}
			for _, column := range report.Columns {
				for _, label := range []string{printer.ReportLabel(report.Name, column.Key)} {
					if other, taken := seen[label]; taken {
						t.Errorf("%s %s: %s and %s are both %q", name, report.Name, other, column.Key, label)
					}
					seen[label] = column.Key
				}
			}
		}
	}
}

func TestPrinter(t *testing.T) {
	bundle := load(t)
	if err := bundle.Add(fstest.MapFS{
		"pages/home.zh.yaml": {Data: []byte("home.lapses:\n  other: \"{{.Count}} 个单位逾期（共 {{.Total}} 个）\"\nhome.hello: \"{{.Name}}，您好\"\n")},
		"pages/home.en.yaml": {Data: []byte("home.lapses:\n  one: \"{{.Count}} unit of {{.Total}} lapsed\"\n  other: \"{{.Count}} units of {{.Total}} lapsed\"\nhome.hello: \"Hello {{.Name}}\"\n")},
	}); err != nil {
		t.Fatal(err)
	}
	zh, en := bundle.Printer("zh"), bundle.Printer("en")
	for name, test := range map[string]struct{ got, want string }{
		"Chinese header":           {zh.Column("previous_rank"), "上期名次"},
		"English header is a key":  {en.Column("previous_rank"), "previous_rank"},
		"English label":            {en.Label("previous_rank"), "Previous rank"},
		"Chinese code":             {zh.Code("state", "lapsed"), "逾期未公开"},
		"English code":             {en.Code("state", "lapsed"), "lapsed"},
		"English code label":       {en.CodeLabel("state", "on_time"), "On time"},
		"no code":                  {zh.Code("rating", ""), ""},
		"unknown code":             {zh.Code("rating", "superb"), "superb"},
		"of a unit":                {zh.Header("ranking", "procedure"), "程序规范率"},
		"of an obligation":         {zh.Header("obligations", "procedure"), "程序规范"},
		"key of an obligation":     {en.Header("obligations", "procedure"), "procedure"},
		"report":                   {zh.Report("ranking"), "单位排名"},
		"one":                      {en.T("home.lapses", "Count", uint64(1), "Total", 261), "1 unit of 261 lapsed"},
		"many":                     {en.T("home.lapses", "Count", 23, "Total", 261), "23 units of 261 lapsed"},
		"Chinese has no plural":    {zh.T("home.lapses", "Count", 1, "Total", 261), "1 个单位逾期（共 261 个）"},
		"map":                      {en.T("home.hello", map[string]any{"Name": "Li"}), "Hello Li"},
		"missing":                  {en.T("home.gone"), "⟦home.gone⟧"},
		"unknown language":         {bundle.Printer("fr").Language(), "zh"},
		"odd values are a mistake": {en.T("home.hello", "Name", "Li", "x"), "⟦home.hello⟧"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

func TestAddRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"one language only": {fstest.MapFS{"a.zh.yaml": {Data: []byte("a: 甲\n")}}, `message "a" is in zh but not in en`},
		"taken": {
			fstest.MapFS{"a.zh.yaml": {Data: []byte("column.rank: 甲\n")}},
			`a.zh.yaml: message "column.rank" is there already`,
		},
		"no language":  {fstest.MapFS{"a.yaml": {Data: []byte("a: 甲\n")}}, "a.yaml"},
		"other":        {fstest.MapFS{"a.fr.yaml": {Data: []byte("a: b\n")}}, "want a name that ends in .zh.yaml or .en.yaml"},
		"not a file":   {fstest.MapFS{"a.zh.yaml": {Data: []byte("a: [\n")}}, "a.zh.yaml"},
		"key repeated": {fstest.MapFS{"a.zh.yaml": {Data: []byte("a: b\na: c\n")}}, "a.zh.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			err := load(t).Add(test.files)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

// A nil return of an event item is named as such; the periods of other items, and of events, stand as they are.
func TestPeriod(t *testing.T) {
	printer := load(t).Printer("zh")
	for _, test := range [][3]string{
		{"event", "2026Q1", "2026Q1 零报告"}, {"event", "2026-03", "2026-03 零报告"}, {"event", "2026-03-05", "2026-03-05"}, {"event", "", ""}, {"quarterly", "2026Q1", "2026Q1"},
	} {
		if got := printer.Period(test[0], test[1]); got != test[2] {
			t.Errorf("%s %s is said as %s", test[0], test[1], got)
		}
	}
}
