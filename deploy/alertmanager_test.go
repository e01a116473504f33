package deploy_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const alertmanagerConfiguration = "alertmanager/alertmanager.yml"

// TestAlertmanagerConfiguration checks the configuration as it is, and as it is with its secrets.
func TestAlertmanagerConfiguration(t *testing.T) {
	t.Parallel()
	run(t, "amtool", "check-config", alertmanagerConfiguration)
	secrets := t.TempDir()
	command := exec.CommandContext(t.Context(), "alertmanager/with-secrets.sh", alertmanagerConfiguration, secrets)
	if output, err := command.CombinedOutput(); err == nil || !strings.Contains(string(output), "wecom_secret: missing or empty") {
		t.Errorf("without the secret: %v, %s", err, output)
	}
	write(t, filepath.Join(secrets, "wecom_secret"), "Se&cret/42\\1\n")
	command = exec.CommandContext(t.Context(), "alertmanager/with-secrets.sh", alertmanagerConfiguration, secrets)
	if output, err := command.CombinedOutput(); err == nil {
		t.Errorf("a backslash is taken:\n%s", output)
	}
	write(t, filepath.Join(secrets, "wecom_secret"), "Se&cret/42 #\n")
	whole := run(t, "alertmanager/with-secrets.sh", alertmanagerConfiguration, secrets)
	if !strings.Contains(whole, "  wechat_api_secret: \"Se&cret/42 #\"\n") || strings.Contains(whole, "${") {
		t.Errorf("the secret is not where it belongs:\n%s", whole)
	}
	file := filepath.Join(t.TempDir(), "alertmanager.yml")
	write(t, file, whole)
	run(t, "amtool", "check-config", file)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRoutes asks amtool who receives an alert.
func TestRoutes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ labels, receivers string }{
		"a village":                  {"audience=unit tier=village town=411103102 alertname=DisclosureLapsed", "villages,411103102-商桥镇"},
		"a community":                {"audience=unit tier=community town=411103001 alertname=DisclosureDueSoon", "villages,411103001-沙北街道"},
		"a town":                     {"audience=unit tier=town town=411103107 alertname=DisclosureLapsed", "411103107-黑龙潭镇"},
		"its village":                {"audience=unit tier=village town=other alertname=DisclosureLapsed", "villages,operators"},
		"an organ":                   {"audience=unit tier=organ alertname=DisclosureLapsed", "organs"},
		"the committee":              {"audience=unit tier=committee alertname=DisclosureLapsed", "organs"},
		"a town that is not listed":  {"audience=unit tier=town town=other alertname=DisclosureLapsed", "operators"},
		"a town's own address":       {"audience=unit tier=town town=other mail=a@b.example town_mail=a@b.example alertname=DisclosureLapsed", "town-mail"},
		"a village of it":            {"audience=unit tier=village town=other town_wecom=lisi alertname=DisclosureLapsed", "villages,town-wecom"},
		"a village's own address":    {"audience=unit tier=village town=411103102 wecom=li mail=a@b.example alertname=DisclosureLapsed", "villages,contact-wecom,411103102-商桥镇"},
		"with nobody else":           {"audience=unit tier=community town=other mail=a@b.example alertname=DisclosureLapsed", "villages,contact-mail"},
		"an organ's own address":     {"audience=unit tier=organ mail=a@b.example alertname=DisclosureDueSoon", "contact-mail,organs"},
		"the first day":              {"audience=unit tier=village town=411103102 mail=a@b.example backlog=yes alertname=DisclosureLapsed", "district-office"},
		"a unit without a name":      {"audience=unit alertname=DisclosureLapsed", "operators"},
		"escalated":                  {"audience=district tier=village town=411103102 alertname=DisclosureLapsedEscalated", "district-office"},
		"coverage falls":             {"audience=district group=villages alertname=DisclosureCoverageFalling", "district-office"},
		"a source fails":             {"audience=operators source=a alertname=DisclosureSourceFailing", "operators"},
		"what only holds others":     {"audience=nobody unit=a alertname=DisclosureUnitUnseen", "nobody"},
		"an alert of something else": {"alertname=Watchdog", "operators"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := receivers(t, strings.Fields(test.labels)...); got != test.receivers {
				t.Errorf("%s goes to %s, want %s", test.labels, got, test.receivers)
			}
		})
	}
}

// receivers are the names of those who get an alert with these labels, separated by commas.
func receivers(t *testing.T, labels ...string) string {
	t.Helper()
	said := strings.TrimSpace(run(t, "amtool", append([]string{"config", "routes", "test", "--config.file", alertmanagerConfiguration}, labels...)...))
	return said[strings.LastIndex(said, "\n")+1:] // a warning may stand before
}

// TestEveryTownHasARoute compares the routes with the sample district's towns and subdistricts.
func TestEveryTownHasARoute(t *testing.T) {
	t.Parallel()
	var towns int
	for _, unit := range sample(t, "units.csv") {
		if unit["tier"] != "town" && unit["tier"] != "subdistrict" {
			continue
		}
		towns++
		got := receivers(t, "audience=unit", "tier="+unit["tier"], "town="+unit["unit_id"])
		if want := unit["unit_id"] + "-" + unit["name"]; got != want {
			t.Errorf("%s goes to %s, want %s", unit["name"], got, want)
		}
	}
	if towns == 0 {
		t.Error("the sample district has no towns")
	}
}

// sample is a registry file of the sample district, with English headers.
func sample(t *testing.T, name string) []map[string]string {
	t.Helper()
	content, err := os.ReadFile("../examples/yancheng/registry/" + name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var found []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, cell := range row {
			named[rows[0][i]] = cell
		}
		found = append(found, named)
	}
	return found
}

// interval is a named time interval of the configuration.
type interval struct {
	Name string
	At   []struct {
		Weekdays, Years, Months []string
		Days                    []string `yaml:"days_of_month"`
		Times                   []struct {
			Start string `yaml:"start_time"`
			End   string `yaml:"end_time"`
		}
		Location string
	} `yaml:"time_intervals"`
}

// TestTimeIntervals compares the days on which messages are sent with the working days of the sample district's calendar, for each year that the
// configuration knows.
func TestTimeIntervals(t *testing.T) {
	t.Parallel()
	var configuration struct {
		Intervals []interval `yaml:"time_intervals"`
	}
	read(t, alertmanagerConfiguration, &configuration)
	got := map[string]map[string]bool{} // by kind: the days listed
	years := map[string]bool{}
	for _, named := range configuration.Intervals {
		days := map[string]bool{}
		for _, at := range named.At {
			if at.Location != "Asia/Shanghai" {
				t.Errorf("%s: location %q", named.Name, at.Location)
			}
			if named.Name == "public-holidays" != (len(at.Times) == 0) {
				t.Errorf("%s: times %v", named.Name, at.Times)
			}
			if named.Name == "working-days" {
				continue
			}
			year, month := atoi(t, at.Years[0]), atoi(t, at.Months[0])
			years[at.Years[0]] = true
			for _, span := range at.Days {
				first, last, found := strings.Cut(span, ":")
				if !found {
					last = first
				}
				for day := atoi(t, first); day <= atoi(t, last); day++ {
					days[time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)] = true
				}
			}
		}
		got[named.Name] = days
	}
	want := map[string]map[string]bool{"working-days": {}, "make-up-days": {}, "public-holidays": {}}
	kinds := map[string]string{"workday": "make-up-days", "holiday": "public-holidays"}
	for _, exception := range sample(t, "calendar.csv") {
		if years[exception["date"][:4]] {
			want[kinds[exception["kind"]]][exception["date"]] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || !years["2026"] {
		t.Errorf("calendar and configuration differ in %v:\n%s", years, diff)
	}
}

func atoi(t *testing.T, text string) int {
	t.Helper()
	number, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// TestTexts renders what people read: one that is due, with a name that HTML would take for a mark, and one that is resolved.
func TestTexts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ template, kind, want string }{
		"WeCom": {
			"wechat.default.message", "text",
			"【督办】村务<财务>\nhttp://yangguang.example/unit/u1\n英庄村：村务<财务>（2026Q2）逾期未公开\n请督办\n已解除：龙塘村（支部）",
		},
		"robot": {
			"yangguang.markdown", "text",
			"### 【督办】村务<财务>\n[打开网页](http://yangguang.example/unit/u1)\n\n英庄村：村务<财务>（2026Q2）逾期未公开\n请督办\n已解除：龙塘村（支部）",
		},
		"e-mail's text": {
			"yangguang.mail", "text",
			"【督办】村务<财务>\nhttp://yangguang.example/unit/u1\n\n英庄村：村务<财务>（2026Q2）逾期未公开\nYingzhuang\n请督办\nhttp://yangguang.example/unit/u1\n" +
				"处置：http://yangguang.example/help/alerts#disclosurelapsedescalated\n\n已解除：\n龙塘村（支部）：村务<财务>（2026Q1）",
		},
		"subject": {"email.default.subject", "text", "【督办】村务<财务>"},
		"e-mail": {"email.default.html", "html", `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>【督办】村务&lt;财务&gt;</title></head>
<body style="font: 14px/1.6 sans-serif; color: #222">
<h1 style="font-size: 18px">【督办】村务&lt;财务&gt;</h1>
<table style="border-collapse: collapse">
<tr><th style="text-align: left; padding: 4px 12px 4px 0">情况</th><th style="text-align: left; padding: 4px 12px 4px 0">联系</th><th style="text-align: left">处置</th></tr>
<tr style="border-top: 1px solid #ddd">
<td style="padding: 4px 12px 4px 0"><a href="http://yangguang.example/unit/u1">英庄村：村务&lt;财务&gt;（2026Q2）逾期未公开</a><br><span style="color: #666">Yingzhuang</span></td>
<td style="padding: 4px 12px 4px 0">村支部</td>
<td>请督办<br><a href="http://yangguang.example/help/alerts#disclosurelapsedescalated">处置办法</a></td></tr>
</table>
<h2 style="font-size: 15px">已解除</h2><ul><li>龙塘村（支部）：村务&lt;财务&gt;（2026Q1）</li></ul>
</body></html>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := rendered(t, test.template, test.kind, "testdata/message.json")
			if diff := cmp.Diff(test.want, strings.TrimSpace(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// rendered is what Alertmanager would send of a message.
func rendered(t *testing.T, template, kind, message string) string {
	t.Helper()
	return run(t, "amtool", "template", "render", "--template.glob=alertmanager/templates/*.tmpl", "--template.data="+message,
		"--template.type="+kind, `--template.text={{ template "`+template+`" . }}`)
}

// TestTextsAreShortEnough renders messages with names as long as any can be, in characters of three and four bytes, for what each channel takes.
func TestTextsAreShortEnough(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		firing, resolved int
		same             bool   // item and period
		page             string // of a unit
	}{
		{1, 0, true, "https://yangguang.example/unit/"},
		{2, 1, true, "https://yangguang.example/unit/"},
		{3, 187, true, "https://yangguang.example/unit/"},
		{4, 0, true, "https://yangguang.example/unit/"},
		{187, 187, true, "https://yangguang.example/unit/"},
		{187, 2, false, "https://yangguang.example/unit/"},
		{0, 187, true, "https://yangguang.example/unit/"},
		{187, 187, true, "https://yangguang.example/" + strings.Repeat("path/", 60) + "unit/"},
	} {
		t.Run(fmt.Sprintf("%d firing, %d resolved, %v, %d", test.firing, test.resolved, test.same, len(test.page)), func(t *testing.T) {
			t.Parallel()
			long := strings.Repeat("𠮷林", 40)
			common := map[string]string{"alertname": "DisclosureLapsedEscalated"}
			if test.same {
				common["item"], common["item_name"], common["period"], common["group"], common["town"] = strings.Repeat("项", 30), long, long, "villages", strings.Repeat("镇", 30)
			}
			var alerts []map[string]any
			for i := range test.firing + test.resolved {
				labels := map[string]string{"unit": fmt.Sprint("u", i), "unit_name": fmt.Sprint(i, long), "contact": long, "item": "i", "item_name": long, "period": long}
				maps.Copy(labels, common)
				status := "firing"
				if i >= test.firing {
					status = "resolved"
				}
				alerts = append(alerts, map[string]any{"status": status, "startsAt": "2026-11-01T00:00:00Z", "labels": labels, "annotations": map[string]string{
					"summary": long + long + "逾期未公开", "description": "联系：" + long + long, "page_url": test.page + fmt.Sprint("u", i),
				}})
			}
			content, err := json.Marshal(map[string]any{
				"receiver": "district-office", "status": "firing", "groupLabels": common, "commonLabels": common, "commonAnnotations": map[string]string{}, "alerts": alerts,
			})
			if err != nil {
				t.Fatal(err)
			}
			message := filepath.Join(t.TempDir(), "message.json")
			write(t, message, string(content))
			for template, limit := range map[string]int{"wechat.default.message": 2048, "yangguang.markdown": 4096} {
				text := rendered(t, template, "text", message)
				if len(text) > limit || !utf8.ValidString(text) {
					t.Errorf("%s: %d bytes:\n%s", template, len(text), text)
				}
				lines := strings.Split(text, "\n")
				if !strings.Contains(lines[1], "https://yangguang.example/") || strings.Contains(lines[1], "…") {
					t.Errorf("%s: the second line is no link:\n%s", template, text)
				}
				listed := 0
				for i := range test.firing {
					if strings.Contains(text, fmt.Sprint("、", i, "𠮷")) || strings.Contains(text, fmt.Sprint("\n", i, "𠮷")) {
						listed++
					}
				}
				if rest := regexp.MustCompile(`另有 (\d+) (个单位|条)见链接`).FindStringSubmatch(text); test.firing > 3 && (listed == 0 || rest == nil && listed != test.firing || rest != nil && atoi(t, rest[1]) != test.firing-listed) {
					t.Errorf("%s: of %d units %d are listed:\n%s", template, test.firing, listed, text)
				}
			}
		})
	}
}
