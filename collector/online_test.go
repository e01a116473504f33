package collector_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// page is an online source whose list is what the test says.
type page struct {
	list     []record.Fields
	contents map[string]string // raw rows by record_id
}

func (*page) Name() string   { return "page" }
func (*page) Kind() string   { return "web" }
func (*page) Online() bool   { return true }
func (*page) Steps() bool    { return false }
func (*page) Complete() bool { return false }

func (*page) Covers(model.Registry) ([]model.Cover, error) { return nil, nil }

func (p *page) Collect(ctx context.Context, sink collector.Sink) error {
	rules := sink.Rules()
	rules.InferPeriod = true
	return sink.Rows(ctx, len(p.list), func(chunk *collector.Chunk) {
		for i, fields := range p.list {
			raw, told := p.contents[fields.RecordID]
			if found, problem := record.Adapt(fields, rules); problem != nil {
				chunk.Reject("page", problem.Error(), raw, fields)
			} else {
				chunk.Record(i, "page", &found)
			}
			if told {
				chunk.Content(i, raw)
			}
		}
	})
}

func TestOnlineRecordKeepsItsFirstSight(t *testing.T) {
	store := querytest.Store(t)
	now := time.Date(2026, 7, 1, 20, 0, 0, 0, time.UTC) // the next day in Shanghai
	c := collector.New(collector.Options{
		Store: store.Store, Zone: time.FixedZone("CST", 8*3600), Clock: func() time.Time { return now },
		Resolver: record.NewResolver(model.Registry{
			Units: []model.Unit{{ID: "T1", Name: "龙城镇", Tier: "town"}},
			Items: []model.Item{{ID: "G2", Name: "发展党员", Cadence: "event"}},
		}),
	})
	dated := record.Fields{RecordID: "A", Unit: "T1", Item: "G2", Title: "甲", PublishedOn: "2026-06-30"}
	dateless := record.Fields{RecordID: "B", Unit: "T1", Item: "G2", Title: "乙"}
	corrected := dateless
	corrected.Title = "乙改"
	for _, day := range []struct {
		name string
		list []record.Fields
		want [3]uint64 // new, changed, unchanged
	}{
		{"first day", []record.Fields{dated}, [3]uint64{1, 0, 0}},
		{"a record without a date appears", []record.Fields{dated, dateless}, [3]uint64{1, 0, 1}},
		{"nothing happens", []record.Fields{dated, dateless}, [3]uint64{0, 0, 2}},
		{"its title changes", []record.Fields{dated, corrected}, [3]uint64{0, 1, 1}},
	} {
		summary, err := c.Collect(t.Context(), &page{list: day.list}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(day.want, [3]uint64{summary.New, summary.Changed, summary.Unchanged}); diff != "" {
			t.Errorf("%s: counts (-want +got):\n%s", day.name, diff)
		}
		now = now.AddDate(0, 0, 1)
	}
	type version struct {
		RecordID  string `ch:"record_id"`
		Title     string `ch:"title"`
		Published string `ch:"published"`
		Unseen    string `ch:"unseen"`
		FirstSeen string `ch:"first"`
		BySight   bool   `ch:"dated_by_sight"`
	}
	var got []version
	if err := store.Conn().Select(t.Context(), &got, `SELECT record_id, title, ifNull(toString(published_on), '') AS published,
		ifNull(toString(unseen_on), '') AS unseen, toString(toDate(first_seen)) AS first, dated_by_sight FROM record_versions ORDER BY record_id, version`); err != nil {
		t.Fatal(err)
	}
	want := []version{
		{"A", "甲", "2026-06-30", "", "2026-07-01", false},
		{"B", "乙", "2026-07-03", "2026-07-02", "2026-07-02", true},
		{"B", "乙改", "2026-07-03", "2026-07-02", "2026-07-02", true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
}
