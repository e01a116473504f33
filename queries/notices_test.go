package queries_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/querytest"
	"yangguang/queries/reference"
	"yangguang/queries/registry"
)

// noticeHistory is what became known of notices, and when: loads of the file, events of the register, versions of records.
type noticeHistory struct {
	loads    []loadedNotices
	events   []notices.Event
	demands  map[uint64][]reference.Demand // of each event
	versions []knownVersion
}

type loadedNotices struct {
	id      uint64
	at      time.Time
	notices []model.Notice
}

type knownVersion struct {
	collection int // each has one version
	at         time.Time
	record     reference.Record
}

// Of random histories of notices.csv, of the register and of records, the report says at any time of knowledge and on any day what follows from their
// words (queries/reference). -rapid.checks tries more of them.
func TestNoticesOfAnyHistory(t *testing.T) {
	checks(t, 25)
	store := querytest.Store(t)
	base := noticesRegistry()
	loads := saveLoads(t, store, base)
	closed, hidden := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		history := drawHistory(rt, loads)
		saveHistory(t, rt, store, history)
		for range 4 {
			known := loads[0].at.Add(time.Duration(between(0, 99).Draw(rt, "known")) * time.Second)
			question := model.Question{KnownAt: known, Scope: "own", Group: "all"}.WithDefaults(drawDayIn(rt, 10, 24))
			want := history.knownAt(base, known).reported(question.AsOf)
			got, err := ask.Run(t.Context(), store, ask.Notices, question)
			if err != nil {
				rt.Fatal(err)
			}
			compareNotices(rt, question, want, got)
			for _, row := range got {
				if row.State == "closed" && row.NoticeID >= "R" {
					closed++
				}
			}
			if len(got) > len(history.loadAt(known).notices) {
				hidden++
			}
		}
	})
	if closed == 0 || hidden == 0 {
		t.Errorf("the histories have %d closed notices of the register and %d answers with any of it", closed, hidden)
	}
}

// noticesRegistry has an item of each kind.
func noticesRegistry() registry.Load {
	all := model.Codes("tier")
	item := func(id, cadence, notBefore string) model.Item {
		return model.Item{ID: id, Name: id, Programme: "party", Class: "essential", Tiers: all, Cadence: cadence, DueDays: 5, DayKind: "working", NotBefore: notBefore, ValidFrom: day(2024, 1, 1)}
	}
	return registry.Load{
		Registry: model.Registry{
			Units: []model.Unit{{ID: "U1", Name: "甲", Tier: "town"}, {ID: "U2", Name: "乙", Tier: "village", ParentID: "U1"}},
			Items: []model.Item{item("month", "monthly", "start"), item("year", "annual", "end"), item("event", "event", "start"), item("standing", "standing", "start")},
		},
		Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", BackdatingToleranceDays: 3, Program: "test",
	}
}

// saveLoads are three loads of the registry whose notices are written later; the second and third come 30 and 60 seconds after the first.
func saveLoads(t *testing.T, store *ask.Asker, base registry.Load) []loadedNotices {
	var loads []loadedNotices
	at := time.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	for i := range 3 {
		base.Hash = fmt.Sprint("load ", i)
		id, _, err := registry.Save(t.Context(), store.Store, base)
		if err != nil {
			t.Fatal(err)
		}
		loads = append(loads, loadedNotices{id: id, at: at.Add(time.Duration(i) * 30 * time.Second)})
		err = store.Conn().Exec(t.Context(), fmt.Sprintf("ALTER TABLE loads UPDATE loaded_at = fromUnixTimestamp64Milli(%d, 'UTC') WHERE load_id = %d SETTINGS mutations_sync = 2", loads[i].at.UnixMilli(), id))
		if err != nil {
			t.Fatal(err)
		}
	}
	return loads
}

func drawHistory(t *rapid.T, loads []loadedNotices) noticeHistory {
	h := noticeHistory{demands: map[uint64][]reference.Demand{}}
	ids := []string{"N1", "N2", "R1", "R2", "R3"}
	for _, load := range loads {
		for _, id := range ids[:between(0, 4).Draw(t, "rows")] {
			if chance(t, 2) {
				continue
			}
			notice := model.Notice{ID: id, IssueNo: "1", IssuedOn: drawDayIn(t, 8, 20), UnitID: oneOf(t, "U1", "U2"), ItemID: oneOf(t, "", "month", "event"), Problem: "file", YellowCard: chance(t, 2)}
			notice.RectifyBy = maybe(t, 2, func() time.Time { return notice.IssuedOn.AddDate(0, 0, 10) })
			notice.RectifiedOn = maybe(t, 2, func() time.Time { return notice.IssuedOn.AddDate(0, 0, between(0, 30).Draw(t, "rectified")) })
			load.notices = append(load.notices, notice)
		}
		h.loads = append(h.loads, load)
	}
	begin := loads[0].at
	seconds := func() time.Duration { return time.Duration(between(0, 99).Draw(t, "second")) * time.Second }
	for i := range between(0, 7).Draw(t, "events") {
		event := notices.Event{
			ID: uint64(i + 1), NotedAt: begin.Add(seconds()), NotedBy: "clerk", What: oneOf(t, "issued", "issued", "receipted", "answered"), NoticeID: oneOf(t, "R1", "R2", "R3", "R4"),
			IssueNo: "2", IssuedOn: drawDayIn(t, 8, 20), UnitID: oneOf(t, "U1", "U2"), Problem: "register", YellowCard: chance(t, 2),
		}
		event.RectifyBy = maybe(t, 2, func() time.Time { return event.IssuedOn.AddDate(0, 0, 10) })
		for range between(1, 3).Draw(t, "demands") {
			asked := reference.Demand{ItemID: oneOf(t, "month", "month", "year", "event", "standing")}
			demand := notices.Demand{ItemID: asked.ItemID}
			switch asked.ItemID {
			case "month":
				asked.Day = drawDayIn(t, 9, 15)
				demand.PeriodNo = int64(asked.Day.Year()*12 + int(asked.Day.Month()) - 1)
			case "year":
				asked.Day = drawDayIn(t, 9, 15)
				demand.PeriodNo = int64(asked.Day.Year())
			case "event":
				asked.Day, asked.Key = day(2025, 11, between(1, 3).Draw(t, "event")), oneOf(t, "e1", "e2")
				demand.HappenedOn, demand.EventKey = asked.Day, asked.Key
			}
			event.Demands, h.demands[event.ID] = append(event.Demands, demand), append(h.demands[event.ID], asked)
		}
		h.events = append(h.events, event)
	}
	for i := range between(0, 25).Draw(t, "versions") {
		record := reference.Record{
			Source: "s", ID: oneOf(t, "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"), UnitID: oneOf(t, "U1", "U2"), ItemID: oneOf(t, "month", "month", "year", "event", "standing"),
			EventID: oneOf(t, "e1", "e2"), Published: maybe(t, 1, func() time.Time { return drawDayIn(t, 9, 20) }), Steps: true,
		}
		if record.ItemID == "event" {
			record.Occurred = day(2025, 11, between(1, 3).Draw(t, "happened"))
		} else if chance(t, 2) {
			record.PeriodTo = drawDayIn(t, 9, 15)
			record.PeriodFrom = day(record.PeriodTo.Year(), record.PeriodTo.Month(), 1)
		}
		record.Uploaded = maybe(t, 3, func() time.Time { return record.Published.AddDate(0, 0, between(0, 12).Draw(t, "uploaded")) })
		record.Withdrawn = maybe(t, 3, func() time.Time { return record.Published.AddDate(0, 0, between(0, 60).Draw(t, "withdrawn")) })
		h.versions = append(h.versions, knownVersion{collection: i + 1, record: record})
	}
	at := begin
	for i := range h.versions { // collections follow one another
		at = at.Add(time.Duration(between(0, 4).Draw(t, "later")) * time.Second)
		h.versions[i].at = at
	}
	return h
}

func saveHistory(t *testing.T, rt *rapid.T, store *ask.Asker, h noticeHistory) {
	fail := func(err error) {
		if err != nil {
			rt.Fatal(err)
		}
	}
	for _, table := range []string{"notices", "notice_events", "collections", "record_versions"} {
		fail(store.Conn().Exec(t.Context(), "TRUNCATE TABLE "+table))
	}
	for _, load := range h.loads {
		fail(clickhouse.Insert(t.Context(), store.Store, "notices", load.notices, func(n model.Notice) []any {
			return []any{load.id, n.ID, n.IssueNo, n.IssuedOn, n.UnitID, n.ItemID, n.Problem, orNull(n.RectifyBy), orNull(n.RectifiedOn), n.YellowCard}
		}))
	}
	none := day(1900, 1, 1)
	fail(store.Insert(t.Context(), `INSERT INTO notice_events (event_id, noted_at, noted_by, what, notice_id, issue_no, issued_on, unit_id, problem, rectify_by, yellow_card, item_ids, period_nos, happened_on, event_keys)`,
		func(batch clickhouse.Batch) error {
			for _, e := range h.events {
				items, numbers, days, keys := []string{}, []int64{}, []time.Time{}, []string{}
				for _, d := range e.Demands {
					happened := d.HappenedOn
					if happened.IsZero() {
						happened = none
					}
					items, numbers, days, keys = append(items, d.ItemID), append(numbers, d.PeriodNo), append(days, happened), append(keys, d.EventKey)
				}
				if err := batch.Append(e.ID, e.NotedAt, e.NotedBy, e.What, e.NoticeID, e.IssueNo, e.IssuedOn, e.UnitID, e.Problem, orNull(e.RectifyBy), e.YellowCard, items, numbers, days, keys); err != nil {
					return err
				}
			}
			return nil
		}))
	fail(store.Insert(t.Context(), `INSERT INTO collections (collection_id, source, kind, started_at, ended_at, day, outcome)`, func(batch clickhouse.Batch) error {
		for _, v := range h.versions {
			if err := batch.Append(uint64(v.collection), "s", "ledger", v.at, v.at, v.at, "success"); err != nil {
				return err
			}
		}
		return nil
	}))
	fail(store.Insert(t.Context(), `INSERT INTO record_versions (source, record_id, derived, version, collection_id, seen, first_seen, unit_id, item_id,
		title, event_id, event_key, period, period_from, period_to, occurred_on, published_on, uploaded_on, withdrawn_on, steps)`, func(batch clickhouse.Batch) error {
		for _, v := range h.versions {
			r := v.record
			if err := batch.Append(r.Source, r.ID, r.Derived, uint64(v.collection), uint64(v.collection), v.at, v.at, r.UnitID, r.ItemID, r.Title, r.EventID, r.EventKey(),
				fmt.Sprint(r.PeriodTo), orNull(r.PeriodFrom), orNull(r.PeriodTo), orNull(r.Occurred), orNull(r.Published), orNull(r.Uploaded), orNull(r.Withdrawn), r.Steps); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (h noticeHistory) loadAt(known time.Time) loadedNotices {
	latest := h.loads[0]
	for _, load := range h.loads {
		if !load.at.After(known) {
			latest = load
		}
	}
	return latest
}

// noticesKnown is a district as it was known at some time, for what is asked of its notices.
type noticesKnown struct{ reference.District }

func (h noticeHistory) knownAt(base registry.Load, known time.Time) noticesKnown {
	d := reference.District{Registry: base.Registry, Tolerance: int(base.BackdatingToleranceDays)}
	d.Registry.Notices = h.loadAt(known).notices
	last := map[string]notices.Event{}
	for _, event := range h.events {
		if event.What == "issued" && !event.NotedAt.After(known) {
			last[event.NoticeID] = event
		}
	}
	for id, e := range last {
		d.Register = append(d.Register, reference.Registered{
			Notice:  model.Notice{ID: id, IssueNo: e.IssueNo, IssuedOn: e.IssuedOn, UnitID: e.UnitID, Problem: e.Problem, RectifyBy: e.RectifyBy, YellowCard: e.YellowCard},
			Demands: h.demands[e.ID],
		})
	}
	records := map[string]reference.Record{}
	for _, v := range h.versions {
		if !v.at.After(known) {
			records[v.record.ID] = v.record
		}
	}
	for _, record := range records {
		d.Records = append(d.Records, record)
	}
	return noticesKnown{d}
}

// reported are the rows of the report notices (SPEC §7).
func (d noticesKnown) reported(asOf time.Time) []model.NoticeRow {
	var rows []model.NoticeRow
	for _, n := range d.NoticesInForce() {
		if n.IssuedOn.After(asOf) {
			continue
		}
		row := model.NoticeRow{NoticeID: n.ID, IssueNo: n.IssueNo, IssuedOn: &n.IssuedOn, UnitID: n.UnitID, ItemID: n.ItemID, Problem: n.Problem, State: "open", RectifyBy: orNull(n.RectifyBy)}
		if n.YellowCard {
			row.YellowCard = 1
		}
		if n.Problem == "register" { // where it was noted
			row.Registered = 1
		}
		switch {
		case !n.RectifiedOn.IsZero() && !n.RectifiedOn.After(asOf):
			row.RectifiedOn, row.State = &n.RectifiedOn, "closed"
		case !n.RectifyBy.IsZero() && n.RectifyBy.Before(asOf):
			row.State = "overdue"
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b model.NoticeRow) int {
		return cmp.Or(a.IssuedOn.Compare(*b.IssuedOn), cmp.Compare(a.NoticeID, b.NoticeID))
	})
	return rows
}

func compareNotices(t *rapid.T, question model.Question, want, got []model.NoticeRow) {
	text := func(rows []model.NoticeRow) (all []string) {
		written := func(day *time.Time) string {
			if day == nil {
				return "-"
			}
			return day.Format(time.DateOnly)
		}
		for _, n := range rows {
			all = append(all, fmt.Sprintln(n.NoticeID, n.IssueNo, written(n.IssuedOn), n.UnitID, n.ItemID, n.Problem, written(n.RectifyBy), written(n.RectifiedOn), n.YellowCard, n.State, n.Registered))
		}
		return all
	}
	if w, g := text(want), text(got); !slices.Equal(w, g) {
		t.Fatalf("known at %s as of %s:\nwant %v\ngot  %v", question.KnownAt, question.AsOf.Format(time.DateOnly), w, g)
	}
}
