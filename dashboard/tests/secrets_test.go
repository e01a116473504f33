package tests

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// secret is what nothing at the address for everyone may say; each has a name of its own behind it.
var secret = regexp.MustCompile(`(?i)s3cr3t[a-z0-9]*`)

// secretDistrict is a district full of secrets, as it is known now and as it was known before.
type secretDistrict struct {
	store  *ask.Asker
	before time.Time         // when the records were what they have ceased to be
	ids    map[string]string // record_id by its case
}

// recordsOf are the rows of the secret ledger as they are corrected, and before.
func recordsOf(now time.Time, corrected bool) string {
	const header = "record_id,unit,item,title,event_id,occurred_on,proposed_on,reviewed_on,approved_on,published_on,uploaded_on,withdrawn_on,scope,channel,url\n"
	day := func(ago int) string { return now.AddDate(0, 0, -ago).Format(time.DateOnly) }
	var b strings.Builder
	b.WriteString(header)
	line := func(id, unit, item, words, withdrawn, scope string, ago int) {
		// published before it was approved, and uploaded long after: each list of records has it
		fmt.Fprintf(&b, "%s,%s,%s,题名 %s,%s,%s,%s,%s,%s,%s,%s,%s,%s,press,https://example.org/%s\n", id, unit, item, words, words,
			day(ago), day(ago), day(ago+1), day(ago-3), day(ago-2), day(ago-9), withdrawn, scope, words)
	}
	after := func(before, after string) string {
		if corrected {
			return after
		}
		return before
	}
	line("S3CR3Tid1", "O1", "E1", "S3CR3Tparty", "", "party", 60)
	line("S3CR3Tid2", "O1", "E1", "S3CR3Tnoscope", "", "", 59)
	line("S3CR3Tid3", "O1", "E2", "S3CR3Toverexposed", "", "society", 58)
	line("S3CR3Tid4", "O1", "E1", "S3CR3Tcorrected", "", after("society", "party"), 57)
	line("S3CR3Tid5", "O1", "E3", "S3CR3Tcatalogue", "", "society", 56)
	line("S3CR3Tid6", "O1", "E1", "S3CR3Twithdrawn", after("", day(1)), "society", 55)
	line("title", "O1", "E1", after("S3CR3Ttitle", "OPENtitle"), "", "society", 54)
	line("opened", "O1", "E1", after("S3CR3Topened", "OPENopened"), "", after("party", "society"), 53)
	line("open", "O1", "E1", "OPENalways", "", "society", 52)
	line("S3CR3Tid7", "V1", "E1", "S3CR3Tvillage", "", "party", 51)
	fmt.Fprintf(&b, "S3CR3Trejected,nobody,E1,S3CR3Trejectedtitle,,%s,,,,%s,,,society,press,https://example.org/S3CR3Treject\n", day(50), day(50))
	return b.String()
}

func newSecretDistrict(t *testing.T) secretDistrict {
	t.Helper()
	store, now := querytest.Store(t), time.Now()
	listed := secretRegistry(now)
	folder := filepath.Join(t.TempDir(), "S3CR3Tfolder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	ledgers := []collector.Source{source(t, folder, "台账", "ledger.csv", ""), source(t, folder, "读不到的台账", "S3CR3Tpath/*.csv", "T1")}
	site := newWebsite(t)
	covers, err := collector.Covers(append(ledgers, site.source), listed)
	if err != nil {
		t.Fatal(err)
	}
	load := func(listed model.Registry) {
		if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{
			Registry: listed, Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", Since: now.AddDate(-1, 0, 0), BackdatingToleranceDays: 3, Covers: covers,
		}); err != nil {
			t.Fatal(err)
		}
	}
	collect := func(source collector.Source, at time.Time) {
		options := collector.Options{Store: store.Store, Resolver: record.NewResolver(listed), Zone: shanghai(t), Clock: func() time.Time { return at }}
		if _, err := collector.Collect(t.Context(), options, source, nil); (err != nil) != (source == ledgers[1]) {
			t.Fatal(err)
		}
	}
	load(listed)
	write(t, filepath.Join(folder, "ledger.csv"), recordsOf(now, false))
	site.list = fmt.Sprintf(`<li title="S3CR3Tcontent"><a id="web" href="/a/web.html">OPENweb</a><b>E1</b><i>O05</i><span>%s</span></li>`, now.AddDate(0, 0, -40).Format(time.DateOnly)) +
		`<li><a id="n" href="/n">S3CR3Twebreject</a><b>E1</b><i>S3CR3Tnobody</i><span>2026-01-02</span></li>`
	collect(ledgers[0], now.AddDate(0, 0, -5))
	collect(site.source, now.AddDate(0, 0, -4))
	d := secretDistrict{store: store, before: time.Now()}
	time.Sleep(20 * time.Millisecond) // instants are known to the millisecond
	listed.Items[2].Scopes = []string{"party"}
	load(listed)
	write(t, filepath.Join(folder, "ledger.csv"), recordsOf(now, true))
	collect(ledgers[0], time.Now())
	collect(ledgers[1], time.Now())
	d.ids = map[string]string{
		"party": "S3CR3Tid1", "without a scope": "S3CR3Tid2", "overexposed": "S3CR3Tid3", "corrected": "S3CR3Tid4", "closed by the catalogue": "S3CR3Tid5",
		"withdrawn": "S3CR3Tid6", "of a village": "S3CR3Tid7",
	}
	return d
}

func secretRegistry(now time.Time) model.Registry {
	now = model.Today(now)
	from := now.AddDate(-1, 0, 0)
	unit := func(id, name, tier, parent string) model.Unit {
		return model.Unit{ID: id, Name: name, Tier: tier, ParentID: parent, Members: 20, ActiveFrom: from, Contact: "S3CR3Tcontact"}
	}
	event := func(id string, scopes ...string) model.Item {
		return model.Item{
			ID: id, Name: "事项" + id, Programme: "party", Catalogue: "grassroots", Tiers: []string{"organ", "town", "village"}, Focus: "integrity", Class: "essential",
			Cadence: "event", DueDays: 5, DayKind: "natural", NotBefore: "any", ValidFrom: from, Scopes: scopes, Channels: []string{"board"},
		}
	}
	monthly := event("M1")
	monthly.Cadence, monthly.NotBefore = "monthly", "start"
	site := unit("T1", "第1镇", "town", "O1")
	site.DemonstrationSince, site.Stars = now.AddDate(0, -3, 0), 2
	return model.Registry{
		Units:      []model.Unit{unit("O1", "第1局", "organ", ""), unit("O05", "第5局", "organ", ""), site, unit("V1", "村1", "village", "T1")},
		Items:      []model.Item{event("E1", "society", "party"), event("E2", "party"), event("E3", "society"), monthly},
		Exemptions: []model.Exemption{{UnitID: "O1", ItemID: "M1", From: from, Reason: "S3CR3Treason", ApprovedBy: "S3CR3Tapprover"}},
		Notices: []model.Notice{
			{ID: "S3CR3Tnotice", IssueNo: "第1期", IssuedOn: now.AddDate(0, 0, -20), UnitID: "O1", ItemID: "M1", Problem: "S3CR3Tproblem", RectifyBy: now.AddDate(0, 0, -10), YellowCard: true},
			{ID: "S3CR3Tagain", IssueNo: "第2期", IssuedOn: now.AddDate(0, 0, -9), UnitID: "O1", ItemID: "M1", Problem: "S3CR3Tproblem", RectifyBy: now.AddDate(0, 0, -2)},
		},
		SiteScores: []model.SiteScore{
			{UnitID: "T1", InspectedOn: now.AddDate(0, 0, -30), Venue: 9000, Organisation: 8000, Operation: 7000, Disclosure: 6000, Publicity: 5000, Inspector: "S3CR3Tinspector"},
		},
		Observations: []model.Observation{{SiteID: "T1", VisitedOn: now.AddDate(0, 0, -15), VisitorID: "V1", Attendees: 7}},
	}
}

// societyOf is the district as everyone sees it.
func (d secretDistrict) societyOf(t *testing.T, change ...func(*page.Options)) http.Handler {
	t.Helper()
	remembered, err := ask.NewCached(d.store, 500)
	if err != nil {
		t.Fatal(err)
	}
	return site(t, d.store, remembered.ForSociety(), append([]func(*page.Options){d.secretOptions, func(o *page.Options) {
		o.Society, o.Metrics, o.Packs = true, nil, nil
		handler := *o.Export.(*export.Handler)
		handler.Streamer = d.store.ForSociety()
		o.Export = &handler
	}}, change...)...)
}

// secretOptions are of today, with secrets in what the program says of itself.
func (d secretDistrict) secretOptions(o *page.Options) {
	o.Clock = time.Now
	handler := *o.Export.(*export.Handler)
	handler.Now = time.Now
	o.Export = &handler
	o.Notices = func() []page.Notice {
		return []page.Notice{{Message: "notice.last_good", Values: []any{"Instant", "S3CR3Tstate"}}}
	}
}
