package collector_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
	"yangguang/collector/online/daystest"
	"yangguang/collector/record"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// site is an online source that tells its configuration.
type site struct {
	page
	config   string
	complete bool
	problem  error // after the list has been read
}

func (s *site) ConfigHash() string { return s.config }
func (s *site) Complete() bool     { return s.complete }

func (s *site) Collect(ctx context.Context, sink collector.Sink) error {
	return errors.Join(s.page.Collect(ctx, sink), s.problem)
}

// observer collects a site day after day.
type observer struct {
	t     *testing.T
	store *ask.Asker
	site  site
	now   time.Time
	units []model.Unit   // of the registry, besides T1
	zone  *time.Location // nil: UTC
}

func newObserver(t *testing.T) *observer {
	t.Helper()
	return &observer{t: t, store: querytest.Store(t), site: site{config: "c"}, now: time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)}
}

// look collects what the site lists today; the clock then goes on by a day.
func (o *observer) look(ids ...string) (collector.Summary, error) {
	o.t.Helper()
	o.site.list = nil
	for _, id := range ids {
		fields := record.Fields{RecordID: id, Unit: "T1", Item: "G2", Title: id, PublishedOn: "2026-06-01"}
		if id[0] == 'x' {
			fields.Unit = "nobody"
		}
		o.site.list = append(o.site.list, fields)
	}
	summary, err := collector.Collect(o.t.Context(), collector.Options{
		Store: o.store.Store, Zone: o.zone, Clock: func() time.Time { return o.now },
		Resolver: record.NewResolver(model.Registry{
			Units: append(o.units, model.Unit{ID: "T1", Name: "龙城镇", Tier: "town"}),
			Items: []model.Item{{ID: "G2", Name: "发展党员", Cadence: "event"}},
		}),
	}, &o.site, nil)
	o.now = o.now.AddDate(0, 0, 1)
	return summary, err
}

// mustLook is look for collections that succeed.
func (o *observer) mustLook(ids ...string) collector.Summary {
	o.t.Helper()
	summary, err := o.look(ids...)
	if err != nil {
		o.t.Fatal(err)
	}
	return summary
}

// expect compares an answer of one text column.
func (o *observer) expect(what, query string, want ...string) {
	o.t.Helper()
	var rows []struct {
		Line string `ch:"line"`
	}
	if err := o.store.Conn().Select(o.t.Context(), &rows, query); err != nil {
		o.t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		got = append(got, row.Line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		o.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// expectUnseen says of a record the day on which it was not yet there.
func (o *observer) expectUnseen(id, want string) {
	o.t.Helper()
	o.expect(id+" not seen on", fmt.Sprintf(`SELECT ifNull(toString(any(unseen_on)), '-') AS line FROM record_versions WHERE record_id = '%s'`, id), want)
}

func TestUnseenOnlyWhereItWasLookedFor(t *testing.T) {
	o := newObserver(t)
	o.mustLook("a", "b", "c", "d") // 1 July
	o.expectUnseen("a", "-")
	o.mustLook("e", "a") // 2 July: only two rows deep
	o.expectUnseen("e", "2026-07-01")
	o.mustLook("e", "f", "a", "g", "h") // 3 July: the list of the 2nd, read to its end, had none of them
	o.expectUnseen("f", "2026-07-02")
	o.expectUnseen("g", "2026-07-02")
	o.expectUnseen("h", "2026-07-02")
	o.site.config = "another"
	o.mustLook("i", "e") // 4 July
	o.expectUnseen("i", "-")
	o.site.problem = errors.New("page 2: no answer")
	if _, err := o.look("j", "i", "e"); err == nil { // 5 July: what was read is kept
		t.Error("a list that was not read whole was collected without an error")
	}
	o.expectUnseen("j", "2026-07-04")
	o.site.problem = nil
	o.mustLook("k", "j", "i") // 6 July: the 5th did not succeed
	o.expectUnseen("k", "2026-07-04")
	o.expect("collections", `SELECT concatWithSeparator(' ', config_hash, toString(depth), outcome) AS line FROM collections FINAL ORDER BY collection_id`,
		"c 4 success", "c 2 success", "c 5 success", "another 2 success", "another 3 failed", "another 3 success")
}

func TestDayThatIsNoLongerShown(t *testing.T) {
	store := querytest.Store(t)
	d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
	source := d.Web("name: s\n" + byTitle)
	shown := bulletins(3, 3)
	unshown := append([]daystest.Row{}, shown...)
	for i := range unshown {
		unshown[i].Day = ""
	}
	moved := append([]daystest.Row{}, unshown...)
	for i := range moved {
		moved[i].Path = "/new" + moved[i].Path
	}
	later := append([]daystest.Row{}, moved...)
	later[0].Day = "2026-10-04"
	for day, test := range []struct {
		name string
		rows []daystest.Row
		want string // day of publication of the first row, and whether that is the day of its first sight
	}{
		{"the day is shown", shown, "2026-10-03 false"},
		{"it is shown no longer", unshown, "2026-10-03 false"},
		{"nothing changes", unshown, "2026-10-03 false"},
		{"the addresses change", moved, "2026-10-03 false"},
		{"another day is shown", later, "2026-10-04 false"},
		{"it is shown no longer", moved, "2026-10-04 false"},
	} {
		d.Site.Show(map[string]string{"/1": daystest.Page(test.rows...)}, nil)
		if _, err := d.Collect(source); err != nil {
			t.Fatal(err)
		}
		got := d.Lines(`SELECT concat(toString(published_on), ' ', if(dated_by_sight, 'true', 'false')) AS line
			FROM record_versions WHERE title = '` + shown[0].Title + `' ORDER BY version DESC LIMIT 1`)
		if diff := cmp.Diff([]string{test.want}, got); diff != "" {
			t.Errorf("day %d, %s (-want +got):\n%s", day+1, test.name, diff)
		}
		if count := d.Lines(`SELECT toString(uniqExact(record_id)) AS line FROM record_versions`); count[0] != "3" {
			t.Errorf("day %d, %s: %s records of 3", day+1, test.name, count[0])
		}
		d.Now = d.Now.AddDate(0, 0, 1)
	}
}
