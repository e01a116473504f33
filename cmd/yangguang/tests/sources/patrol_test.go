package sources

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
	"yangguang/collector/attachment/attachmenttest"
)

// patrolled is a site on the loopback with pages of records: one that opens and has an attachment, one that is gone, one that says so with success, and
// one that shows what nobody should see.
func patrolled(t *testing.T) *httptest.Server {
	t.Helper()
	said := "现将本季度党费收缴情况公示如下：应交党费党员四十七人，实交党费党员四十五人，结余转入下季度使用，公示期五天，欢迎党员群众监督。"
	page := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, text)
		}
	}
	pages := http.NewServeMux()
	pages.HandleFunc("/{$}", page("<title>东镇人民政府</title><body>首页 镇情概况 政务公开 通知公告 网上办事 互动交流 机构设置 领导信息"))
	pages.HandleFunc("/opens.html", page("<h1>东镇党费收缴情况公示</h1><p>"+said+`<a href="/list.pdf">附件</a>`))
	pages.HandleFunc("/private.html", page("<h1>西镇党费收缴情况公示</h1><p>"+said+"经办人李四，身份证号 11010519491231002X。"))
	pages.HandleFunc("/soft.html", page("<title>提示信息</title><body>您访问的页面不存在，请返回首页"))
	pages.HandleFunc("/list.pdf", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write(attachmenttest.PDF("Contact 13812345678 of the household"))
	})
	site := httptest.NewServer(pages)
	t.Cleanup(site.Close)
	return site
}

// visits is a configuration whose ledger says what is published on the site.
func visits(t *testing.T, p programtest.Program, site *httptest.Server, language string) {
	t.Helper()
	p.Configure(t, site, `timezone: Asia/Shanghai
language: `+language+`
clickhouse: {data_dir: data}
registry: {units: units.csv, catalogue: catalogue.csv}
network: {allow_private: true, rate_per_second: 1000, concurrency: 4}
patrol: {reachable: [SITE], again_after: 10m}
sources:
  - {name: 台账, kind: ledger, path: ledgers/*}
`)
	today := time.Now().In(time.FixedZone("", 8*60*60)).Format(time.DateOnly)
	ledger := "记录编号,单位,事项,标题,所属期,公开日期,公开范围,公开渠道,链接\n"
	for _, row := range []string{"R1,东镇,季度党费,东镇党费收缴情况公示,opens.html", "R2,西镇,季度党费,西镇党费收缴情况公示,private.html", "R3,东镇,年度计划,年度工作计划,gone.html", "R4,西镇,年度计划,年度工作计划,soft.html"} {
		cells := strings.Split(row, ",")
		ledger += strings.Join(append(cells[:4:4], today[:4], today, "社会公开", "网站", site.URL+"/"+cells[4]), ",") + "\n"
	}
	ledger = strings.ReplaceAll(ledger, "公示,"+today[:4]+",", "公示,"+today[:4]+"年第四季度,")
	if err := os.RemoveAll(filepath.Join(p.Directory, "ledgers")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(p.Directory, "ledgers"), 0o755); err != nil {
		t.Fatal(err)
	}
	filetest.Write(t, filepath.Join(p.Directory, "ledgers", "a.csv"), ledger)
}

// columns are some columns of a CSV, a line a row, in the order of their texts; site is left out of addresses.
func columns(t *testing.T, text, site string, names ...string) (rows []string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all[1:] {
		var cells []string
		for _, name := range names {
			cells = append(cells, strings.TrimPrefix(row[slices.Index(all[0], name)], site))
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	slices.Sort(rows)
	return rows
}

// TestPatrolByHand: what the command says that it has seen is what reports say; a second look, later, makes findings of what fails; then evidence of it is
// chained.
func TestPatrolByHand(t *testing.T) {
	t.Parallel()
	site := patrolled(t)
	p := programtest.New(t)
	visits(t, p, site, "zh")
	patrol := func(want string, part ...string) {
		t.Helper()
		told := p.Succeed(t, append(append([]string{"patrol"}, part...), "--config", "yangguang.yaml")...)
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("patrol %v (-want +got):\n%s", part, diff)
		}
	}
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	patrol("链接：巡查 4 个，能打开 2 个，打不开 2 个，无法判断 0 个；另有 0 个到期留待下次；待核实问题 0 条\n内容：新读取 4 份，检查 7 份；待核实问题 2 条\n")
	patrol("链接：巡查 0 个，能打开 0 个，打不开 0 个，无法判断 0 个；另有 0 个到期留待下次；待核实问题 0 条\n", "links")
	checks := []string{"R1 /list.pdf /opens.html opens", "R1 /opens.html  opens", "R2 /private.html  opens", "R3 /gone.html  gone", "R4 /soft.html  soft_404"}
	if diff := cmp.Diff(checks, columns(t, p.Export(t, "link_checks"), site.URL, "record_id", "url", "place", "link_outcome")); diff != "" {
		t.Errorf("link_checks (-want +got):\n%s", diff)
	}
	private := []string{"R1 /list.pdf mobile open", "R2 /private.html id_number open"}
	found := func(want ...string) {
		t.Helper()
		findings := p.Export(t, "findings")
		if diff := cmp.Diff(want, columns(t, findings, site.URL, "record_id", "place", "finding", "finding_state")); diff != "" {
			t.Errorf("findings (-want +got):\n%s", diff)
		}
		if strings.Contains(findings, "13812345678") || strings.Contains(findings, "11010519491231002X") {
			t.Errorf("private data can be read:\n%s", findings)
		}
	}
	found(private...)

	// An hour later.
	programtest.ChangeDatabase(t, p, "INSERT INTO link_checks SELECT * REPLACE (checked_at - INTERVAL 1 HOUR AS checked_at, noted_at - INTERVAL 2 DAY AS noted_at) FROM link_checks",
		"ALTER TABLE link_checks DELETE WHERE checked_at > now() - INTERVAL 30 MINUTE SETTINGS mutations_sync = 2", "ALTER TABLE holdings DELETE WHERE table_name = 'link_checks' SETTINGS mutations_sync = 2",
		"INSERT INTO finding_verdicts SELECT 1, now64(3), 'clerk', finding_id, 'dismissed', '公开的电话', '' FROM findings WHERE kind = 'mobile' LIMIT 1")
	visits(t, p, site, "en")
	patrol("addresses: 2 visited, 0 open, 2 failing, 0 not known; 0 due and left for later; findings to be checked: 2\n", "links")
	patrol("texts: 0 read, 7 looked at; findings to be checked: 1\n", "content")
	found("R1 /list.pdf mobile dismissed", "R2 /private.html id_number open", "R3  gone open", "R4  soft_404 open")

	if told, want := p.Succeed(t, "evidence", "verify", "--config", "yangguang.yaml"), "evidence: there is no chain yet"; !strings.HasPrefix(told, want) {
		t.Errorf("%q, want %s", told, want)
	}
	p.Succeed(t, "evidence", "chain", "--config", "yangguang.yaml")
	told := p.Succeed(t, "evidence", "chain", "--config", "yangguang.yaml")
	root := strings.TrimSpace(told[strings.LastIndex(told, " "):])
	if want := "evidence: all days that have ended are chained; root of "; !strings.HasPrefix(told, want) || len(root) != 64 {
		t.Errorf("%q, want %s", told, want)
	}
	if told := p.Succeed(t, "evidence", "verify", "--config", "yangguang.yaml"); !strings.HasPrefix(told, "evidence: it fits (days: 1, hashes: 1, ") || !strings.Contains(told, root) {
		t.Errorf("%q, want that one day fits, with the root %s", told, root)
	}
	// A visit that came to be where the chain had been made already, and another process at work.
	programtest.ChangeDatabase(t, p, "INSERT INTO link_checks SELECT * REPLACE (detail || '?' AS detail) FROM link_checks WHERE noted_at < now() - INTERVAL 1 DAY LIMIT 1",
		"INSERT INTO works (kind, subject, owner, begun_at, ended) SELECT arrayJoin(['patrol', 'chain']) AS kind, if(kind = 'patrol', 'links', ''), 'host|boot|7|1', now(), 0")
	if _, problems, status := p.Run(t, "evidence", "verify", "--config", "yangguang.yaml"); status != 1 || !strings.Contains(problems, "visits to addresses of source 台账: its SHA-256 is ") {
		t.Errorf("what was changed is told with %d: %s", status, problems)
	}
	visits(t, p, site, "zh")
	for _, of := range []struct {
		command []string
		want    string
	}{
		{[]string{"patrol"}, "yangguang: 正在巡查链接：host 上的进程 7，自 "},
		{[]string{"evidence", "chain"}, "yangguang: 存证链正在接入：host 上的进程 7，自 "},
	} {
		_, problems, status := p.Run(t, append(of.command, "--config", "yangguang.yaml")...)
		if status != 1 || !strings.HasPrefix(problems, of.want) || !strings.HasSuffix(problems, " 起；待其结束后再试\n") {
			t.Errorf("%v ended with %d: %s", of.command, status, problems)
		}
	}
}
