package collector_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// identityRegistry has an item of every kind of cadence.
func identityRegistry() model.Registry {
	return model.Registry{
		Units: []model.Unit{{ID: "T1", Name: "龙城镇", Tier: "town"}, {ID: "T2", Name: "新店镇", Tier: "town"}},
		Items: []model.Item{
			{ID: "E", Name: "发展党员", Cadence: "event", Tiers: []string{"town"}},
			{ID: "Q", Name: "三公经费", Cadence: "quarterly", Tiers: []string{"town"}},
			{ID: "S", Name: "机构职能", Cadence: "standing", Tiers: []string{"town"}},
		},
	}
}

func q(quarter int, title, url, published string) record.Fields {
	return record.Fields{Unit: "T1", Item: "Q", Period: fmt.Sprintf("2026Q%d", quarter), Title: title, URL: url, PublishedOn: published}
}

func with(fields record.Fields, change func(*record.Fields)) record.Fields {
	change(&fields)
	return fields
}

// What a site or a clerk may change without disclosing anything else makes new versions; what is another disclosure makes another record.
func TestDisclosuresOverTime(t *testing.T) {
	a := q(3, "三季度三公经费", "http://www.a.cn/1.html", "2026-10-08")
	event := record.Fields{Unit: "T1", Item: "E", Title: "接收预备党员", OccurredOn: "2026-09-01", URL: "http://a.cn/9.html", PublishedOn: "2026-09-03"}
	standing := record.Fields{Unit: "T1", Item: "S", Title: "机构职能", URL: "http://a.cn/s.html", PublishedOn: "2026-01-05"}
	undated := record.Fields{Unit: "T1", Item: "Q", Title: "三公经费公开", URL: "http://a.cn/q.html", PublishedOn: "2026-04-08"}
	url := func(to string) func(*record.Fields) { return func(f *record.Fields) { f.URL = to } }
	type look []record.Fields
	d := newDisclosing(t)
	for _, test := range []struct {
		name    string
		looks   []look
		ignored []string
		want    [3]uint64 // of the last look: new, changed, unchanged
		records int       // at the end
		late    int       // back-dated ones
	}{
		{"the same again", []look{{a}, {a}}, nil, [3]uint64{0, 0, 1}, 1, 0},
		{"https", []look{{a}, {with(a, url("https://www.a.cn/1.html"))}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"https, then again", []look{{a}, {with(a, url("https://www.a.cn/1.html"))}, {with(a, url("https://www.a.cn/1.html"))}}, nil, [3]uint64{0, 0, 1}, 1, 0},
		{"a new address", []look{{a}, {with(a, url("https://b.cn/zw/77"))}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"a session each time", []look{{with(a, url("http://a.cn/1;jsessionid=1"))}, {with(a, url("http://a.cn/1;jsessionid=2"))}, {with(a, url("http://a.cn/1;jsessionid=3"))}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{
			"an ignored parameter and a new title",
			[]look{{with(a, url("http://a.cn/v?id=1&t=5"))}, {with(a, func(f *record.Fields) { f.URL, f.Title = "http://a.cn/v?id=1&t=6", "另一标题" })}},
			[]string{"t"},
			[3]uint64{0, 1, 0},
			1, 0,
		},
		{
			"parameters that say what is shown",
			[]look{{with(a, url("http://a.cn/v?id=1"))}, {with(a, url("http://a.cn/v?id=1")), with(a, func(f *record.Fields) { f.URL, f.Title = "http://a.cn/v?id=2", "另一标题" })}},
			nil,
			[3]uint64{1, 0, 1},
			2, 1,
		},
		{"a corrected title", []look{{a}, {with(a, func(f *record.Fields) { f.Title += "公示" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"a title with other spaces and widths, elsewhere", []look{{with(a, func(f *record.Fields) { f.Title = "公示（A）" })}, {with(a, func(f *record.Fields) { f.Title, f.URL = "公示 (a)", "http://a.cn/5" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"a corrected period", []look{{with(a, func(f *record.Fields) { f.Period = "2026Q2" })}, {a}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"an earlier day of publication", []look{{with(a, func(f *record.Fields) { f.PublishedOn = "2026-10-28" })}, {a}}, nil, [3]uint64{0, 1, 0}, 1, 1},
		{"a later day of publication", []look{{a}, {with(a, func(f *record.Fields) { f.PublishedOn = "2026-10-28" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"an earlier day, after one in the future", []look{{with(a, func(f *record.Fields) { f.PublishedOn = "2026-12-28" })}, {a}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"an earlier day, kept through another change", []look{
			{with(a, func(f *record.Fields) { f.PublishedOn = "2026-10-28" })}, {a}, {with(a, func(f *record.Fields) { f.Title += "公示" })},
		}, nil, [3]uint64{0, 1, 0}, 1, 1},
		{"an article that is used again each quarter", []look{{q(1, "三公经费", "http://a.cn/x", "2026-04-08")}, {q(2, "三公经费", "http://a.cn/x", "2026-07-08")}, {q(3, "三公经费", "http://a.cn/x", "2026-10-08")}}, nil, [3]uint64{1, 0, 0}, 3, 2},
		{"and is then corrected", []look{{q(1, "三公经费", "http://a.cn/x", "2026-04-08")}, {q(2, "三公经费", "http://a.cn/x", "2026-07-08")}, {q(2, "三公经费公示", "http://a.cn/x", "2026-07-08")}}, nil, [3]uint64{0, 1, 0}, 2, 1},
		{"an article without a period that is used again each quarter", []look{{undated}, {with(undated, func(f *record.Fields) { f.PublishedOn = "2026-07-08" })}}, nil, [3]uint64{1, 0, 0}, 2, 1},
		{"an article without a period shown some days later", []look{{undated}, {with(undated, func(f *record.Fields) { f.PublishedOn = "2026-04-12" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"two quarters in one article", []look{{q(1, "三公经费", "http://a.cn/x", "2026-04-08"), q(2, "三公经费", "http://a.cn/x", "2026-07-08")}, {q(2, "三公经费", "https://a.cn/x", "2026-07-08"), q(1, "三公经费", "https://a.cn/x", "2026-04-08")}}, nil, [3]uint64{0, 2, 0}, 2, 0},
		{"two events in one article", []look{{event, with(event, func(f *record.Fields) { f.OccurredOn = "2026-09-02" })}, {event, with(event, func(f *record.Fields) { f.OccurredOn, f.Title = "2026-09-02", "又一标题" })}}, nil, [3]uint64{0, 1, 1}, 2, 0},
		{"two events of a day by their ids", []look{{with(event, func(f *record.Fields) { f.EventID = "1" }), with(event, func(f *record.Fields) { f.EventID = "2" })}, {with(event, func(f *record.Fields) { f.EventID = "2" }), with(event, func(f *record.Fields) { f.EventID = "1" })}}, nil, [3]uint64{0, 0, 2}, 2, 0},
		{"one file for many units", []look{{a, with(a, func(f *record.Fields) { f.Unit = "T2" })}, {with(a, url("https://a.cn/1.html")), with(a, func(f *record.Fields) { f.Unit, f.URL = "T2", "https://a.cn/1.html" })}}, nil, [3]uint64{0, 2, 0}, 2, 0},
		{"a standing item whose page moves", []look{{standing}, {with(standing, url("http://a.cn/new/s.html"))}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"a standing item whose page is renewed", []look{{standing}, {with(standing, func(f *record.Fields) { f.PublishedOn = "2026-06-05" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"no day, then one", []look{{with(a, func(f *record.Fields) { f.Period, f.PublishedOn = "", "" })}, {with(a, func(f *record.Fields) { f.Period = "" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"no day and a new address", []look{{with(a, func(f *record.Fields) { f.PublishedOn, f.Period = "", "" })}, {with(a, func(f *record.Fields) { f.PublishedOn, f.Period, f.URL = "", "", "http://b.cn/1" })}}, nil, [3]uint64{0, 1, 0}, 1, 0},
		{"titles swapped", []look{{a, with(a, func(f *record.Fields) { f.Title, f.URL = "乙", "http://a.cn/2.html" })}, {with(a, url("http://a.cn/2.html")), with(a, func(f *record.Fields) { f.Title = "乙" })}}, nil, [3]uint64{0, 2, 0}, 2, 0},
		{"ids are written now", []look{{a}, {with(a, func(f *record.Fields) { f.RecordID = "7" })}}, nil, [3]uint64{1, 0, 0}, 2, 0},
		{"ids are written no more", []look{{with(a, func(f *record.Fields) { f.RecordID = "7" })}, {a}}, nil, [3]uint64{1, 0, 0}, 2, 0},
		{"other ids", []look{{with(a, func(f *record.Fields) { f.RecordID = "7" })}, {with(a, func(f *record.Fields) { f.RecordID = "8" })}}, nil, [3]uint64{1, 0, 0}, 2, 0},
		{"the same disclosure at a second address", []look{{a}, {a, with(a, url("http://a.cn/7.html"))}}, nil, [3]uint64{1, 0, 1}, 2, 0},
		{"another unit at the address", []look{{a}, {with(a, func(f *record.Fields) { f.Unit = "T2" })}}, nil, [3]uint64{1, 0, 0}, 2, 1},
		{"everything renamed and moved", []look{{q(1, "甲", "http://a.cn/1", "2026-04-08"), q(2, "乙", "http://a.cn/2", "2026-07-08")}, {q(2, "新乙", "http://b.cn/8", "2026-07-08"), q(1, "新甲", "http://b.cn/9", "2026-04-08")}}, nil, [3]uint64{0, 2, 0}, 2, 0},
		{"everything renamed and moved, and one more", []look{{q(1, "甲", "http://a.cn/1", "2026-04-08"), q(2, "乙", "http://a.cn/2", "2026-07-08")}, {q(3, "新丙", "http://b.cn/7", "2026-10-08"), q(2, "新乙", "http://b.cn/8", "2026-07-08"), q(1, "新甲", "http://b.cn/9", "2026-04-08")}}, nil, [3]uint64{1, 2, 0}, 3, 1},
		{"one of three renamed and moved", []look{{q(1, "甲", "http://a.cn/1", "2026-04-08"), q(2, "乙", "http://a.cn/2", "2026-07-08"), q(3, "丙", "http://a.cn/3", "2026-10-08")}, {q(1, "甲", "http://a.cn/1", "2026-04-08"), q(2, "乙", "http://a.cn/2", "2026-07-08"), q(3, "新丙", "http://b.cn/9", "2026-10-08")}}, nil, [3]uint64{1, 0, 2}, 4, 1},
		{"gone and back", []look{{a}, {}, {a}}, nil, [3]uint64{0, 0, 1}, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := d.as(t, test.name)
			d.site.ignored = test.ignored
			var summary collector.Summary
			for _, look := range test.looks {
				summary = d.look(look...)
			}
			if diff := cmp.Diff(test.want, [3]uint64{summary.New, summary.Changed, summary.Unchanged}); diff != "" {
				t.Errorf("new, changed, unchanged (-want +got):\n%s", diff)
			}
			if records, late := d.records(); records != test.records || late != test.late {
				t.Errorf("%d records, %d back-dated; want %d and %d", records, late, test.records, test.late)
			}
		})
	}
}

// disclosing is a site in Shanghai that is looked at from day to day.
type disclosing struct {
	t     *testing.T
	store *ask.Asker
	site  ignoringSite
	now   time.Time
	zone  *time.Location

	looked bool
}

type ignoringSite struct {
	site
	name    string
	ignored []string
}

func (s *ignoringSite) Name() string { return s.name }

func (s *ignoringSite) IgnoredParameters() []string { return s.ignored }

func newDisclosing(t *testing.T) *disclosing {
	t.Helper()
	zone := time.FixedZone("CST", 8*3600)
	d := (&disclosing{store: querytest.Store(t), zone: zone}).as(t, "site")
	if _, _, err := registry.Save(t.Context(), d.store.Store, registry.Load{Registry: identityRegistry(), Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", BackdatingToleranceDays: 3}); err != nil {
		t.Fatal(err)
	}
	return d
}

// as is another site in the same database.
func (d *disclosing) as(t *testing.T, name string) *disclosing {
	return &disclosing{t: t, store: d.store, zone: d.zone, now: time.Date(2026, 11, 1, 0, 30, 0, 0, d.zone), site: ignoringSite{site: site{config: "c"}, name: name}}
}

// look collects what the site shows, above two rows that always stay the same and are not counted; the clock then goes on by a day.
func (d *disclosing) look(rows ...record.Fields) collector.Summary {
	d.t.Helper()
	d.site.list = append(slices.Clone(rows),
		record.Fields{Unit: "T2", Item: "Q", Period: "2025Q4", Title: "上年四季度三公经费", URL: "http://a.cn/t/2", PublishedOn: "2026-01-09"},
		record.Fields{Unit: "T2", Item: "Q", Period: "2025Q3", Title: "上年三季度三公经费", URL: "http://a.cn/t/1", PublishedOn: "2025-10-09"})
	summary := d.collect()
	if d.looked {
		summary.Unchanged -= 2
	} else {
		summary.New -= 2
	}
	d.looked = true
	return summary
}

// collect collects the list as it is; the clock then goes on by a day.
func (d *disclosing) collect() collector.Summary {
	d.t.Helper()
	summary, err := collector.Collect(d.t.Context(), collector.Options{
		Store: d.store.Store, Zone: d.zone, Clock: func() time.Time { return d.now }, Resolver: record.NewResolver(identityRegistry()),
	}, &d.site, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	d.now = d.now.AddDate(0, 0, 1)
	return summary
}

// Rows of a list that newer ones for the same period have pushed out are not replaced by them: they stay, and the new ones are new.
func TestRowsPushedOutAreNotReplaced(t *testing.T) {
	d := newDisclosing(t)
	var rows []record.Fields
	for day := 9; day >= 1; day-- {
		rows = append(rows, q(3, fmt.Sprintf("三季度三公经费（第%d批）", day), fmt.Sprintf("http://a.cn/q/%d", day), fmt.Sprintf("2026-10-%02d", day)))
	}
	for look, want := range []uint64{6, 3} {
		d.site.list = rows[3-3*look : 9-3*look]
		if summary := d.collect(); summary.New != want || summary.Changed != 0 {
			t.Errorf("look %d: %d new, %d changed; want %d new", look, summary.New, summary.Changed, want)
		}
	}
}

// records counts the records in force and those of them that are back-dated.
func (d *disclosing) records() (records, backdated int) {
	d.t.Helper()
	var all, late uint64
	row := d.store.Conn().QueryRow(d.t.Context(), `SELECT count(), countIf(backdated) FROM records_in_force(
		load = (SELECT max(load_id) FROM loads), known_at = now64(3) + INTERVAL 1 YEAR, within = '', unit = '') WHERE source = {source:String}`, clickhouse.Named("source", d.site.name))
	if err := row.Scan(&all, &late); err != nil {
		d.t.Fatal(err)
	}
	return int(all) - 2, int(late)
}

// A database whose derived ids another program made keeps them: collected again, nothing is new.
func TestIdsOfBeforeStay(t *testing.T) {
	d := newDisclosing(t)
	rows := []record.Fields{
		q(2, "二季度（三公）经费", "http://www.a.cn/2.html", "2026-07-08"), q(3, "三季度（三公）经费", "http://www.a.cn/3.html", "2026-10-08"),
		{Unit: "T1", Item: "E", Title: "接收 预备党员", OccurredOn: "2026-09-01", PublishedOn: "2026-09-03"},
		{Unit: "T2", Item: "S", Title: "机构职能"},
	}
	d.look(rows...)
	for _, statement := range []string{
		"INSERT INTO record_versions SELECT * REPLACE (concat('auto-before', toString(rowNumberInAllBlocks())) AS record_id) FROM record_versions WHERE source = 'site'",
		"ALTER TABLE record_versions DELETE WHERE NOT startsWith(record_id, 'auto-before') SETTINGS mutations_sync = 2", // it has projections: no lightweight DELETE
	} {
		if err := d.store.Conn().Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range [][3]uint64{{0, 0, 4}, {0, 1, 3}} {
		if i == 1 {
			rows[0].URL = "https://www.a.cn/2.html"
		}
		summary := d.look(rows...)
		if diff := cmp.Diff(want, [3]uint64{summary.New, summary.Changed, summary.Unchanged}); diff != "" {
			t.Errorf("new, changed, unchanged (-want +got):\n%s", diff)
		}
		if records, _ := d.records(); records != 4 {
			t.Errorf("%d records instead of 4", records)
		}
	}
}
