package queries_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/reference"
)

// Definitions of SPEC §4 and §5 that somebody's place hangs on, each in a district of one village, worked out by hand: asked of the store and of the
// reference.
func TestDefinitions(t *testing.T) {
	store := querytest.Store(t)
	monthly := model.Item{
		ID: "M", Name: "月报", Programme: "party", Class: "essential", Cadence: "monthly", DueDays: 10, DayKind: "natural", NotBefore: "start",
		Tiers: []string{"village"}, ValidFrom: day(2025, 10, 1), ValidTo: day(2026, 1, 31),
	}
	january, event, standing := monthly, monthly, monthly
	january.ValidFrom = day(2026, 1, 1)
	event.ID, event.Cadence = "E", "event"
	event.ValidFrom, event.ValidTo = time.Time{}, time.Time{}
	nilReturn := event
	nilReturn.ID, nilReturn.NilReturn, nilReturn.ValidFrom, nilReturn.ValidTo = "N", "quarterly", day(2026, 1, 1), day(2026, 5, 31)
	standing.ID, standing.Cadence, standing.ValidTo = "S", "standing", time.Time{}
	steps := reference.Record{
		Source: "s", ID: "r", UnitID: "V", ItemID: "M", Published: day(2026, 2, 5), PeriodFrom: day(2026, 1, 1), PeriodTo: day(2026, 1, 31),
		Proposed: day(2026, 2, 1), Reviewed: day(2026, 2, 2), Approved: day(2026, 2, 3), Steps: true, Channel: "board",
	}
	record := func(change func(*reference.Record)) reference.Record {
		changed := steps
		change(&changed)
		return changed
	}
	undated := record(func(r *reference.Record) { r.ID, r.ItemID, r.Approved, r.PeriodTo = "u", "E", time.Time{}, time.Time{} })
	dated := record(func(r *reference.Record) { r.ItemID, r.Occurred, r.PeriodTo = "E", day(2026, 2, 4), time.Time{} })
	look := func(on time.Time) []reference.Collection {
		return []reference.Collection{{Source: "s", Day: on, Outcome: "success"}}
	}
	spring := model.Question{From: day(2026, 2, 1), To: day(2026, 4, 30), AsOf: day(2026, 4, 30)}
	always := []model.Exemption{{UnitID: "V", ItemID: "*"}}
	for name, test := range map[string]struct {
		items       []model.Item
		records     []reference.Record
		exemptions  []model.Exemption
		collections []reference.Collection
		since       time.Time
		scope       string
		from        time.Time // of the window; none: 2026-02-01
		want        string    // of the village, of its ranking row unless it begins with a report's name
	}{
		"published in time although exempt": {
			[]model.Item{january},
			[]reference.Record{steps},
			always, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"on_time=1 exempt=0 assessed=1 coverage=1.0000 timeliness=1.0000 procedure= placement= score=100.00 rating=excellent",
		},
		"its obligation is not asked for procedure and placement": {
			[]model.Item{january},
			[]reference.Record{steps},
			always, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"obligations state=on_time procedure= placement= record_id=r published_on=2026-02-05",
		},
		"published late and exempt": {
			[]model.Item{january},
			[]reference.Record{record(func(r *reference.Record) { r.Published = day(2026, 2, 11) })},
			always, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"on_time=0 late=0 exempt=1 assessed=0 score=",
		},
		"standing, up since the due day, exempt on the as-of day": {
			[]model.Item{standing},
			[]reference.Record{record(func(r *reference.Record) { r.ItemID, r.Published = "S", day(2025, 10, 11) })},
			always, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"on_time=1 exempt=0 placement=",
		},
		"standing, up since before the window, exempt on the as-of day": {
			[]model.Item{standing},
			[]reference.Record{record(func(r *reference.Record) { r.ItemID, r.Published = "S", day(2026, 1, 31) })},
			always, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"on_time=1 exempt=0",
		},
		"standing, up late, exempt on the as-of day": {
			[]model.Item{standing},
			[]reference.Record{record(func(r *reference.Record) { r.ItemID, r.Published = "S", day(2026, 2, 1) })},
			always, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"on_time=0 exempt=1",
		},
		"undated, of a source with steps": {
			[]model.Item{event},
			[]reference.Record{dated, undated},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"assessed=1 on_time=1 undated=1 coverage=1.0000 timeliness=0.5000 evidenced_timeliness=0.5000 score=85.00",
		},
		"undated, of a source without steps": {
			[]model.Item{event},
			[]reference.Record{dated, record(func(r *reference.Record) { *r = undated; r.Steps = false })},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"assessed=1 undated=1 timeliness=1.0000 evidenced_timeliness=1.0000 score=100.00",
		},
		"nothing but an undated one": {
			[]model.Item{event},
			[]reference.Record{undated},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"assessed=0 undated=1 coverage= timeliness=0.0000 evidenced_timeliness=0.0000 score= rating= rank=",
		},
		"undated ones are no part of the report on items": {
			[]model.Item{event},
			[]reference.Record{dated, undated},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"items item_id=E units=1 assessed=1 timeliness=1.0000",
		},
		"undated ones of the group": {
			[]model.Item{event},
			[]reference.Record{dated, undated},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"summary group=villages timeliness=0.5000 evidenced_timeliness=0.5000 coverage=1.0000",
		},
		"an essential lapse that is carried": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 5, 1)), day(2025, 1, 1), "",
			time.Time{},
			"score=100.00 rating=pass carried_lapsed=3 essential_lapsed=0 lapsed=0",
		},
		"an obligatory lapse that is carried": {
			[]model.Item{func() model.Item { i := monthly; i.Class = "obligatory"; return i }()},
			[]reference.Record{steps},
			nil, look(day(2026, 5, 1)),
			day(2025, 1, 1), "",
			time.Time{},
			"score=100.00 rating=excellent carried_lapsed=3",
		},
		"a subtree's rating goes by its mean": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 5, 1)), day(2025, 1, 1), "subtree",
			time.Time{},
			"score=100.00 rating=excellent carried_lapsed=3",
		},
		"units that have something carried are not clear": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 5, 1)), day(2025, 1, 1), "",
			time.Time{},
			"summary group=villages clear_units=0.0000 carried_lapsed=3",
		},
		"nothing is carried from before the year of the first look": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 5, 1)),
			time.Time{},
			"",
			time.Time{},
			"score=100.00 rating=pass carried_lapsed=1", // of December, due on 10 January
		},
		"the first look was in the year before": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, append(look(day(2025, 12, 31)), look(day(2026, 5, 1))...),
			time.Time{},
			"",
			time.Time{},
			"carried_lapsed=3",
		},
		"what is no look begins nothing": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil,
			append(look(day(2026, 5, 1)), reference.Collection{Source: "s", Day: day(2025, 12, 31), Outcome: "suspicious"}, reference.Collection{Source: "s", Day: day(2025, 12, 31), Outcome: "failed"}),
			time.Time{},
			"",
			time.Time{},
			"carried_lapsed=1",
		},
		"a look of another source will do": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, append(look(day(2026, 5, 1)), reference.Collection{Source: "gone", Day: day(2025, 12, 31), Outcome: "success"}),
			time.Time{},
			"",
			time.Time{},
			"carried_lapsed=3",
		},
		"since of the configuration": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, append(look(day(2025, 12, 31)), look(day(2026, 5, 1))...), day(2025, 12, 10), "",
			time.Time{},
			"carried_lapsed=2", // of November, due on 10 December, and of December
		},
		"what lapsed before the beginning is not listed": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 5, 1)),
			time.Time{},
			"",
			time.Time{},
			"lapsed period=2025-12",
		},
		"the previous window begins at the beginning": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 12, 1)), day(2025, 11, 1), "",
			time.Time{},
			"previous_rank=1 previous_score=0.00",
		},
		"the previous window begins before the beginning": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 12, 1)), day(2025, 11, 2), "",
			time.Time{},
			"previous_rank= previous_score=",
		},
		"the previous window begins before the first look's year": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"previous_rank= previous_score= score=100.00",
		},
		"a year to date is held against the same months of the year before": {
			[]model.Item{monthly},
			[]reference.Record{steps},
			nil, append(look(day(2025, 1, 1)), look(day(2026, 12, 1))...),
			time.Time{},
			"", day(2026, 1, 1),
			"score=65.00 previous_score=", // nothing was due from January to April 2025
		},
		"one of several channels is allowed": {
			[]model.Item{func() model.Item { i := january; i.Channels = []string{"website"}; return i }()},
			[]reference.Record{record(func(r *reference.Record) { r.Channel = "board|website" })},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"placement=1.0000",
		},
		"none of several channels is allowed": {
			[]model.Item{func() model.Item { i := january; i.Channels = []string{"meeting", "press"}; return i }()},
			[]reference.Record{record(func(r *reference.Record) { r.Channel = "board|website" })},
			nil, look(day(2026, 12, 1)),
			time.Time{},
			"",
			time.Time{},
			"placement=0.0000",
		},
		"a quarter without an event and without saying so": {
			[]model.Item{nilReturn},
			[]reference.Record{},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"lapsed period=2026Q1 due_on=2026-04-10 state=lapsed delay_days=20",
		},
		"nobody has looked for a nil return since": {
			[]model.Item{nilReturn},
			[]reference.Record{},
			nil, look(day(2026, 4, 10)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026Q1 state=unverified",
		},
		"a nil return is no event": {
			[]model.Item{nilReturn},
			[]reference.Record{record(func(r *reference.Record) {
				r.ItemID, r.Title, r.Occurred, r.PeriodTo = "N", "本季度无干部任免", day(2026, 3, 31), time.Time{}
			})},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026Q1 due_on=2026-04-10 state=on_time record_id=r",
		},
		"a nil return counts for the period that it says": {
			[]model.Item{nilReturn},
			[]reference.Record{record(func(r *reference.Record) { r.ItemID, r.Title, r.PeriodTo = "N", "零报告", day(2026, 3, 31) })},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026Q1 state=on_time",
		},
		"a nil return without a day of its own is inferred": {
			[]model.Item{nilReturn},
			[]reference.Record{record(func(r *reference.Record) {
				r.ItemID, r.Title, r.Published, r.PeriodTo = "N", "无", day(2026, 4, 8), time.Time{}
			})},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026Q1 state=on_time",
		},
		"a word that begins with 无 is an event": {
			[]model.Item{nilReturn},
			[]reference.Record{record(func(r *reference.Record) { r.ItemID, r.Title, r.Occurred = "N", "3月无锡考察", day(2026, 2, 4) })},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026-02-04 state=on_time",
		},
		"an event that was not published leaves no nil return to owe": {
			[]model.Item{nilReturn},
			[]reference.Record{record(func(r *reference.Record) {
				r.ItemID, r.Title, r.Occurred, r.Published, r.Approved = "N", "任免", day(2026, 3, 20), time.Time{}, time.Time{}
			})},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026-03-20 state=lapsed",
		},
		"an event approved in the period, without more, leaves no nil return to owe": {
			[]model.Item{nilReturn},
			[]reference.Record{record(func(r *reference.Record) { r.ItemID, r.Title, r.Occurred = "N", "任免", time.Time{} })},
			nil, look(day(2026, 12, 1)), day(2026, 1, 1), "",
			time.Time{},
			"obligations period=2026-02-03 state=on_time",
		},
	} {
		t.Run(name, func(t *testing.T) {
			district := reference.District{
				Tolerance: 3, Since: test.since, Records: test.records, Collections: test.collections, Covers: []model.Cover{{Source: "s", UnitID: "*", ItemID: "*"}},
				Registry: model.Registry{
					Units: []model.Unit{{ID: "V", Name: "何庄村", Tier: "village", Members: 10}}, Items: test.items, Exemptions: test.exemptions,
				},
			}
			saveDistrict(t.Context(), t, store, district)
			question := spring
			if question.Scope = test.scope; !test.from.IsZero() {
				question.From = test.from
			}
			question = question.WithDefaults(spring.AsOf)
			report, cells := "ranking", strings.Fields(test.want)
			if !strings.Contains(cells[0], "=") {
				report, cells = cells[0], cells[1:]
			}
			for asked, rows := range map[string][]reference.Row{
				"of the store": streamRows(t.Context(), t, store, report, question), "of the reference": referenceRows(district, report, question),
			} {
				if len(rows) == 0 || !slices.ContainsFunc(rows, func(row reference.Row) bool { return says(row, cells) }) {
					t.Errorf("asked %s: want %v, got %v", asked, cells, rows)
				}
				if report != "summary" && len(rows) != 1 {
					t.Errorf("asked %s: %d rows", asked, len(rows))
				}
			}
		})
	}
}

// says says whether a row has all cells, written key=value.
func says(row reference.Row, cells []string) bool {
	for _, cell := range cells {
		key, value, _ := strings.Cut(cell, "=")
		if has, known := row[key]; !known || has != value {
			return false
		}
	}
	return true
}

func referenceRows(district reference.District, report string, question model.Question) []reference.Row {
	return map[string]func(model.Question) []reference.Row{
		"ranking": district.Ranking, "obligations": district.Obligations, "lapsed": district.Lapsed, "items": district.Items, "summary": district.Summary,
	}[report](question)
}
