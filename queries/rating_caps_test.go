package queries_test

import (
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/reference"
	"yangguang/queries/verdicts"
)

// cappedDistrict is one village whose only duty is met, so that its rating is excellent unless a cap holds.
func cappedDistrict() reference.District {
	published := day(2026, 2, 5)
	record := func(id string, on time.Time) reference.Record {
		return reference.Record{
			Source: "s", ID: id, UnitID: "V", ItemID: "M", Published: on, PeriodFrom: day(2026, 1, 1), PeriodTo: day(2026, 1, 31),
			Proposed: day(2026, 2, 1), Reviewed: day(2026, 2, 2), Approved: day(2026, 2, 3), Steps: true, Channel: "board",
		}
	}
	return reference.District{
		Tolerance: 3, Records: []reference.Record{record("a", published), record("b", published), record("before", day(2026, 1, 31))},
		Collections: []reference.Collection{{Source: "s", Day: day(2026, 12, 1), Outcome: "success"}},
		Covers:      []model.Cover{{Source: "s", UnitID: "*", ItemID: "*"}},
		Registry: model.Registry{
			Units: []model.Unit{{ID: "V", Name: "何庄村", Tier: "village", Members: 10}},
			Items: []model.Item{{
				ID: "M", Name: "月报", Programme: "party", Class: "obligatory", Cadence: "monthly", DueDays: 10, DayKind: "natural", NotBefore: "start",
				Tiers: []string{"village"}, ValidFrom: day(2026, 1, 1), ValidTo: day(2026, 1, 31),
			}},
		},
	}
}

func TestRatingCaps(t *testing.T) {
	store := querytest.Store(t)
	spring := model.Question{From: day(2026, 2, 1), To: day(2026, 4, 30), AsOf: day(2026, 4, 30)}
	limit := func(from int64, best string) model.RatingCap {
		return model.RatingCap{From: model.Whole(from), Best: model.RatingCode{Code: best}}
	}
	backdated, found := model.RatingCaps{Backdated: limit(1, "pass")}, day(2026, 2, 10)
	for name, test := range map[string]struct {
		caps    model.RatingCaps
		judged  []reference.Judged
		notices []model.Notice
		scope   string
		want    string
	}{
		"confirmed":                   {caps: backdated, judged: []reference.Judged{{Backdated: true, Confirmed: true, FoundOn: found}}, want: "pass"},
		"dismissed":                   {caps: backdated, judged: []reference.Judged{{Backdated: true, FoundOn: found}}, want: "excellent"},
		"found after the as-of day":   {caps: backdated, judged: []reference.Judged{{Backdated: true, Confirmed: true, FoundOn: day(2026, 8, 1)}}, want: "pass"},
		"published before the window": {caps: backdated, judged: []reference.Judged{{Backdated: true, Confirmed: true, FoundOn: found, Record: 2}}, want: "excellent"},
		"mended on the as-of day":     {caps: backdated, judged: []reference.Judged{{Backdated: true, Confirmed: true, FoundOn: found, MendedOn: day(2026, 4, 30)}}, want: "excellent"},
		"mended after it":             {caps: backdated, judged: []reference.Judged{{Backdated: true, Confirmed: true, FoundOn: found, MendedOn: day(2026, 5, 1)}}, want: "pass"},
		"one link of two":             {caps: model.RatingCaps{FailingLinks: limit(2, "good")}, judged: []reference.Judged{{Confirmed: true, FoundOn: found}}, want: "excellent"},
		"two links":                   {caps: model.RatingCaps{FailingLinks: limit(2, "good")}, judged: []reference.Judged{{Confirmed: true, FoundOn: found}, {Confirmed: true, FoundOn: found, Record: 1}}, want: "good"},
		"a link that failed later":    {caps: model.RatingCaps{FailingLinks: limit(1, "good")}, judged: []reference.Judged{{Confirmed: true, FoundOn: day(2026, 5, 1)}}, want: "excellent"},
		"a unit with all below it":    {caps: backdated, judged: []reference.Judged{{Backdated: true, Confirmed: true, FoundOn: found}}, scope: "subtree", want: "excellent"},
		"an overdue rectification":    {caps: model.RatingCaps{OverdueRectifications: limit(1, "fail")}, notices: []model.Notice{{ID: "1", UnitID: "V", IssuedOn: found, RectifyBy: found}}, want: "fail"},
		"the lowest holds":            {caps: model.RatingCaps{Backdated: limit(1, "good"), FailingLinks: limit(1, "pass")}, judged: []reference.Judged{{Confirmed: true, FoundOn: found}, {Backdated: true, Confirmed: true, FoundOn: found}}, want: "pass"},
	} {
		t.Run(name, func(t *testing.T) {
			district := cappedDistrict()
			district.Caps, district.Judged, district.Registry.Notices = test.caps, test.judged, test.notices
			saveDistrict(t.Context(), t, store, district)
			question := spring
			question.Scope = test.scope
			question = question.WithDefaults(spring.AsOf)
			for asked, rows := range map[string][]reference.Row{
				"of the store": streamRows(t.Context(), t, store, "ranking", question), "of the reference": district.Ranking(question),
			} {
				if len(rows) != 1 || rows[0]["rating"] != test.want {
					t.Errorf("asked %s: want %s, got %v", asked, test.want, rows)
				}
			}
		})
	}
}

// What a person says of a finding counts in the next answer, of few units and of very many, and what comes of it too.
func TestRatingFollowsVerdicts(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	district := cappedDistrict()
	district.Caps.Backdated = model.RatingCap{From: model.Whole(1), Best: model.RatingCode{Code: "pass"}}
	district.Judged = []reference.Judged{{Backdated: true, FoundOn: day(2026, 2, 10)}}
	saveDistrict(ctx, t, store, district)
	question := model.Question{From: day(2026, 2, 1), To: day(2026, 4, 30), AsOf: day(2026, 4, 30)}.WithDefaults(day(2026, 4, 30))
	many := ask.New(store.Above(0))
	rated := func(when, want string) {
		t.Helper()
		time.Sleep(5 * time.Millisecond) // instants are stored to the millisecond
		if err := many.StoreSnapshot(ctx, question, nil); err != nil {
			t.Fatal(err)
		}
		for asked, asker := range map[string]*ask.Asker{"few": store, "very many": many} {
			if rows := streamRows(ctx, t, asker, "ranking", question); len(rows) != 1 || rows[0]["rating"] != want {
				t.Errorf("%s, of %s units: want %s, got %v", when, asked, want, rows)
			}
		}
	}
	rated("dismissed", "excellent")
	for _, what := range []struct{ said, reason, want string }{{"reopened", "", "excellent"}, {"confirmed", "", "pass"}, {"reopened", "", "excellent"}, {"dismissed", "imported", "excellent"}} {
		if err := verdicts.NewPeople(store).Say(ctx, time.Now(), "clerk", what.said, what.reason, 1); err != nil {
			t.Fatal(err)
		}
		rated(what.said, what.want)
	}
}
