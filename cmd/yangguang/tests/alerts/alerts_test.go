package alerts

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// late is a district in which disclosures fall due by the day on which the test runs.
type late struct {
	programtest.Program
	today     time.Time // civil, in the district's zone
	catalogue []string  // rows
	ledger    []string  // rows
	turn      int       // ledgers so far: a ledger of another name is collected at once
}

func newLate(t *testing.T) *late {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().In(zone)
	d := &late{Program: programtest.New(t), today: time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)}
	filetest.Write(t, filepath.Join(d.Directory, "units.csv"), `unit_id,name,tier,parent_id,members,aliases,contact
YC-QW,区委,committee,,46,,区委办
411103101,孟庙镇,town,YC-QW,60,,孟庙镇党建办
411103102,商桥镇,town,YC-QW,60,,商桥镇党建办
411103101201,龙塘村,village,411103101,20,,龙塘村支部
411103102220,英庄村,village,411103102,20,,英庄村支部
`)
	return d
}

// period is last month; ends is its last day.
func (d *late) period() (name string, ends time.Time) {
	ends = d.today.AddDate(0, 0, -d.today.Day())
	return ends.Format("2006-01"), ends
}

// owed is a row of the catalogue: what every village owes for last month, due so many days from today.
func (d *late) owed(id, name string, from int) string {
	_, ends := d.period()
	return fmt.Sprintf("%s,%s,party,grassroots,village,obligatory,monthly,%d,natural,any,%s", id, name, d.today.Day()+from, ends.AddDate(0, 0, 1-ends.Day()).Format(time.DateOnly))
}

// published is a row of the ledger: what a village published today.
func (d *late) published(unit, item string) string {
	period, _ := d.period()
	return fmt.Sprintf("%s,%s,%s,%s", unit, item, period, d.today.Format(time.DateOnly))
}

// write writes the district as it is now, with a new ledger if it has rows.
func (d *late) write(t *testing.T) {
	t.Helper()
	d.turn++
	filetest.Write(t, filepath.Join(d.Directory, "catalogue.csv"),
		"item_id,name,programme,catalogue,tiers,class,cadence,due_days,day_kind,not_before,valid_from\n"+strings.Join(d.catalogue, "\n")+"\n")
	if d.ledger != nil {
		filetest.Write(t, filepath.Join(d.Directory, fmt.Sprintf("ledger%d.csv", d.turn)), "unit,item,period,published_on\n"+strings.Join(d.ledger, "\n")+"\n")
	}
	filetest.Write(t, filepath.Join(d.Directory, "yangguang.yaml"), fmt.Sprintf(`timezone: Asia/Shanghai
clickhouse: {data_dir: data}
registry: {units: units.csv, catalogue: catalogue.csv}
sources:
  - {name: 村级台账, kind: ledger, path: ledger%d.csv}
`, d.turn))
}

// collect has the program notice what was written.
func (d *late) collect(t *testing.T, s programtest.Serving) {
	t.Helper()
	d.write(t)
	programtest.Send(t, s.Process, syscall.SIGHUP)
}

// TestAlerts lets a disclosure fall due, lapse and be published, and a source fail, and reads what people receive: Prometheus, Alertmanager and their files
// are those that users have.
func TestAlerts(t *testing.T) {
	t.Parallel()
	d := newLate(t)
	r := newRecipients(t)
	period, _ := d.period()
	d.catalogue = []string{d.owed("DF", "月度党费", 2)}
	d.ledger = []string{d.published("411103101201", "DF")}
	d.write(t)
	s := d.Serve(t)
	page := s.Address + "/unit/411103102220"
	a := startAlerting(t, s, r)
	const villages, mengmiao, shangqiao, operators = "3", "14", "15", "ops@mail.example"

	said := r.next(t, 2)
	for _, to := range []string{villages, shangqiao} {
		if text := said[to]; len(text) != 1 || !strings.HasPrefix(text[0], "【公开提醒】月度党费（"+period+"）\n"+page+"\n英庄村：月度党费（"+period+"）尚未公开，") ||
			!strings.Contains(text[0], "联系：英庄村支部。") {
			t.Fatalf("the reminder to %s: %q", to, text)
		}
	}

	d.catalogue[0] = d.owed("DF", "月度党费", -1)
	d.collect(t, s)
	said = r.next(t, 2)
	for _, to := range []string{villages, shangqiao} {
		if text := said[to]; len(text) != 1 || !strings.HasPrefix(text[0], "【逾期未公开】月度党费（"+period+"）\n"+page+"\n英庄村：月度党费（"+period+"）逾期未公开，已过 ") {
			t.Fatalf("the lapse to %s: %q", to, text)
		}
	}

	// The end of the reminder was held back by the lapse; it may be told once that is over, or not at all.
	r.leaveOut("【提醒结束】月度党费")
	d.ledger = append(d.ledger, d.published("411103102220", "DF"))
	d.collect(t, s)
	resolved := "【已解除】月度党费（" + period + "）\n" + page + "\n英庄村（英庄村支部）"
	r.expect(t, "the record is published", message{villages, resolved}, message{shangqiao, resolved})

	// The ledger is gone: the operators hear of it. A second item lapses for both villages meanwhile: no village is accused.
	published := d.ledger
	d.ledger = nil
	d.collect(t, s)
	r.expect(t, "the source fails", message{operators, "firing 来源“村级台账”采集失败或存疑已超过 1 小时"})
	d.catalogue = append(d.catalogue, d.owed("CW", "村务财务", -1))
	d.collect(t, s)
	a.holds(t, `disclosure_lapsed_working_days{item="CW"} and on (unit) ALERTS{alertname="DisclosureUnitUnseen",alertstate="firing"}`)
	if a.count(t, `ALERTS{alertname=~"DisclosureLapsed.*"}`) > 0 {
		t.Error("a village is accused while its source fails")
	}

	// ClickHouse hangs: the scrape answers within its time with the figures before and their time, and nobody is told that anything is resolved.
	before := scrapeWithin(t, s.Address+"/metrics", 5*time.Second)
	programtest.Send(t, s.Engine, syscall.SIGSTOP)
	body := scrapeWithin(t, s.Address+"/metrics", 5*time.Second)
	programtest.Send(t, s.Engine, syscall.SIGCONT)
	if diff := cmp.Diff(seriesOf(before), seriesOf(body)); diff != "" {
		t.Errorf("while ClickHouse hangs /metrics says other things:\n%s", diff)
	}

	d.ledger = published
	d.collect(t, s)
	both := "【逾期未公开】村务财务（" + period + "）：2 个单位\n"
	said = r.next(t, 4)
	for to, named := range map[string][]string{villages: {"龙塘村", "英庄村"}, mengmiao: {"龙塘村"}, shangqiao: {"英庄村"}} {
		text := said[to]
		if len(text) != 1 || strings.HasPrefix(text[0], both) != (len(named) == 2) || strings.Count(text[0], "逾期未公开，已过 ") != len(named) {
			t.Errorf("the lapses to %s: %q", to, text)
			continue
		}
		for _, name := range named {
			if !strings.Contains(text[0], "\n"+name+"：村务财务（"+period+"）逾期未公开") {
				t.Errorf("%s does not hear of %s: %q", to, name, text)
			}
		}
	}
	if text := said[operators]; len(text) != 1 || !strings.HasPrefix(text[0], "resolved ") {
		t.Errorf("the operators hear %q", text)
	}
	a.holds(t, `disclosure:lapsed_items:count_by_town{town_name="商桥镇"} == 1`)

	// The source fails again: what was told is neither repeated nor said to be resolved, also when the source is back.
	d.ledger = nil
	d.collect(t, s)
	r.expect(t, "the source fails again", message{operators, "firing 来源“村级台账”采集失败或存疑已超过 1 小时"})
	a.holds(t, `count(ALERTS{alertname="DisclosureUnitUnseen",alertstate="firing"}) == 2 unless on () ALERTS{alertname="DisclosureLapsed"}`)
	d.ledger = published
	d.collect(t, s)
	r.expect(t, "the source is back", message{operators, "resolved 来源“村级台账”采集失败或存疑已超过 1 小时"})
	a.holds(t, `count(ALERTS{alertname="DisclosureLapsed",alertstate="firing"}) == 2`)
	d.ledger = append(d.ledger, d.published("411103101201", "CW"), d.published("411103102220", "CW"))
	d.collect(t, s)
	resolved = "【已解除】村务财务（" + period + "）\n"
	r.expect(t, "everything is published", message{mengmiao, resolved + s.Address + "/unit/411103101201\n龙塘村（龙塘村支部）"},
		message{shangqiao, resolved + page + "\n英庄村（英庄村支部）"},
		message{villages, resolved + s.Address + "/lapsed?item=CW&group=villages\n英庄村（英庄村支部）、龙塘村（龙塘村支部）"})
	s.End()
}

// seriesOf are the names and labels of the disclosure series of a page, in its order.
func seriesOf(page string) (names []string) {
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "disclosure_") {
			names = append(names, line[:strings.LastIndexByte(line, ' ')])
		}
	}
	return names
}

// scrapeWithin scrapes as Prometheus does, and waits no longer than it says.
func scrapeWithin(t *testing.T, address string, timeout time.Duration) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", fmt.Sprint(timeout.Seconds()))
	client := &http.Client{Timeout: timeout}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
