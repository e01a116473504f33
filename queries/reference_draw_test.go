package queries_test

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yangguang/queries/model"
	"yangguang/queries/reference"
)

// checks is how many random cases are tried, each of which takes a while, unless -rapid.checks says it.
func checks(t *testing.T, count int) {
	asked := flag.Lookup("rapid.checks")
	given := asked.Value.String()
	if given != asked.DefValue {
		return
	}
	t.Cleanup(func() { _ = asked.Value.Set(given) })
	if err := asked.Value.Set(strconv.Itoa(count)); err != nil {
		t.Fatal(err)
	}
}

// between draws whole numbers alike: rapid.IntRange prefers small ones, which makes poor districts.
func between(low, high int) *rapid.Generator[int] {
	return rapid.Custom(func(t *rapid.T) int {
		number := 0
		for range 9 {
			number *= 2
			if rapid.Bool().Draw(t, "bit") {
				number++
			}
		}
		return low + number%(high-low+1)
	})
}

func oneOf[T any](t *rapid.T, values ...T) T {
	return values[between(0, len(values)-1).Draw(t, "one of")]
}

// chance is true in one of so many.
func chance(t *rapid.T, in int) bool { return between(1, in).Draw(t, "chance") == in }

// maybe draws in one of so many cases and is the zero value otherwise.
func maybe[T any](t *rapid.T, in int, draw func() T) (value T) {
	if chance(t, in) {
		value = draw()
	}
	return value
}

// drawDay is often a few days around the turn of a month, where periods end, due days fall and windows begin.
func drawDay(t *rapid.T) time.Time { return drawDayIn(t, 1, 26) }

// drawDayIn is in the months asked, counted from January 2025, or a day or two before.
func drawDayIn(t *rapid.T, first, last int) time.Time {
	month := between(first, last).Draw(t, "month")
	if chance(t, 3) {
		return day(2025, time.Month(month), between(1, 28).Draw(t, "day of the month"))
	}
	return day(2025, time.Month(month), between(-1, 7).Draw(t, "day around the turn"))
}

func drawDistrict(t *rapid.T) reference.District {
	d := reference.District{Tolerance: oneOf(t, 3, 0, 10), Since: maybe(t, 3, func() time.Time { return drawDay(t) })}
	drawUnits(t, &d.Registry)
	drawItems(t, &d.Registry)
	drawSupervision(t, &d.Registry)
	unitIDs, itemIDs := idsOf(d.Registry)
	sources := []string{"s1", "s2", "s3"}[:between(1, 3).Draw(t, "sources")]
	if !chance(t, 4) {
		d.Covers = append(d.Covers, model.Cover{Source: "s1", UnitID: "*", ItemID: "*"})
	}
	for _, source := range sources {
		for range between(0, 2).Draw(t, "covers") {
			d.Covers = append(d.Covers, model.Cover{Source: source, UnitID: oneOf(t, append(unitIDs, "*")...), ItemID: oneOf(t, append(itemIDs, "*")...)})
		}
		for range between(0, 2).Draw(t, "collections") {
			d.Collections = append(d.Collections, reference.Collection{Source: source, Day: drawDay(t), Outcome: oneOf(t, "success", "success", "failed", "suspicious"), Disputed: maybe(t, 4, func() []string { return []string{oneOf(t, unitIDs...)} })})
		}
		if !chance(t, 5) {
			d.Collections = append(d.Collections, reference.Collection{Source: source, Day: day(2027, 6, 1), Outcome: "success"})
		}
	}
	for i := range between(10, 90).Draw(t, "records") {
		d.Records = append(d.Records, drawRecord(t, d.Registry, i, sources))
	}
	for i := range between(0, 5).Draw(t, "register") {
		d.Register = append(d.Register, drawRegistered(t, d, i))
	}
	drawJudged(t, &d)
	return d
}

// drawJudged draws caps of the rating, and what people say of what patrol has found.
func drawJudged(t *rapid.T, d *reference.District) {
	limit := func() model.RatingCap {
		return maybe(t, 2, func() model.RatingCap {
			return model.RatingCap{From: model.Whole(int64(between(1, 2).Draw(t, "from"))), Best: model.RatingCode{Code: oneOf(t, "good", "pass", "fail")}}
		})
	}
	d.Caps = model.RatingCaps{Backdated: limit(), OverdueRectifications: limit(), FailingLinks: limit()}
	for range between(0, 12).Draw(t, "judged") {
		d.Judged = append(d.Judged, reference.Judged{
			Backdated: chance(t, 2), Confirmed: !chance(t, 4), Record: between(0, len(d.Records)-1).Draw(t, "record"), FoundOn: drawDay(t),
			MendedOn: maybe(t, 3, func() time.Time { return drawDayIn(t, 2, 20) }), Claimed: chance(t, 2),
		})
	}
}

func idsOf(registry model.Registry) (units, items []string) {
	for _, unit := range registry.Units {
		units = append(units, unit.ID)
	}
	for _, item := range registry.Items {
		items = append(items, item.ID)
	}
	return units, items
}

func drawUnits(t *rapid.T, registry *model.Registry) {
	for i := range between(1, 4).Draw(t, "units") {
		unit := model.Unit{
			ID: fmt.Sprintf("U%d", i), Name: fmt.Sprintf("单位%d", i), Tier: oneOf(t, model.Codes("tier")...),
			Members: uint32(between(0, 9).Draw(t, "members")), Stars: uint8(between(0, 5).Draw(t, "stars")),
			ActiveFrom: maybe(t, 4, func() time.Time { return drawDayIn(t, 1, 18) }), DemonstrationSince: maybe(t, 2, func() time.Time { return drawDay(t) }),
		}
		if i > 0 && !chance(t, 4) {
			unit.ParentID = registry.Units[between(0, i-1).Draw(t, "parent")].ID
		}
		if chance(t, 8) {
			unit.ActiveTo = unit.ActiveFrom.AddDate(0, 5, 3)
			if unit.ActiveFrom.IsZero() {
				unit.ActiveTo = drawDay(t)
			}
		}
		registry.Units = append(registry.Units, unit)
	}
}

func drawItems(t *rapid.T, registry *model.Registry) {
	for i := range between(1, 4).Draw(t, "items") {
		item := model.Item{
			ID: fmt.Sprintf("I%d", i), Name: fmt.Sprintf("事项%d", i), Programme: oneOf(t, "party", "party", "village"),
			Focus: oneOf(t, "", "", "integrity"), Class: oneOf(t, model.Codes("class")...), Cadence: oneOf(t, append(model.Codes("cadence"), "event", "standing")...),
			DueDays: oneOf[uint16](t, 0, 1, 2, 5, 10, 33), DayKind: oneOf(t, "natural", "working"), DisplayDays: oneOf[uint16](t, 0, 5),
			NotBefore: oneOf(t, "start", "end", "any"), Tiers: model.Codes("tier"),
			ValidFrom: maybe(t, 4, func() time.Time { return drawDayIn(t, 1, 18) }),
		}
		if chance(t, 4) {
			item.Tiers = slices.Clone(item.Tiers)[:between(1, 6).Draw(t, "tiers")]
		}
		if item.Cadence == "event" {
			item.NilReturn = oneOf(t, "", "monthly", "quarterly")
		}
		if item.Cadence == "standing" && item.ValidFrom.IsZero() {
			item.ValidFrom = drawDayIn(t, 1, 18)
		}
		if chance(t, 8) {
			item.ValidTo = item.ValidFrom.AddDate(0, 11, 0)
			if item.ValidFrom.IsZero() {
				item.ValidTo = drawDay(t)
			}
		}
		item.Scopes = maybe(t, 2, func() []string { return []string{oneOf(t, "society", "party")} })
		item.Channels = maybe(t, 2, func() []string { return []string{"board", oneOf(t, "website", "meeting")} })
		registry.Items = append(registry.Items, item)
	}
}

func drawSupervision(t *rapid.T, registry *model.Registry) {
	units, items := idsOf(*registry)
	exceptions := map[time.Time]bool{}
	for range between(0, 8).Draw(t, "calendar") {
		date := drawDay(t)
		if !exceptions[date] {
			exceptions[date] = true
			registry.Calendar = append(registry.Calendar, model.CalendarDay{Date: date, Kind: oneOf(t, "holiday", "workday")})
		}
	}
	for range between(0, 4).Draw(t, "exemptions") {
		exemption := model.Exemption{UnitID: oneOf(t, append(units, "*")...), ItemID: oneOf(t, append(items, "*")...)}
		if !chance(t, 4) {
			exemption.From = drawDay(t)
		}
		if !exemption.From.IsZero() && !chance(t, 4) {
			exemption.To = exemption.From.AddDate(0, 2, 0)
		} else if exemption.From.IsZero() && !chance(t, 4) {
			exemption.To = drawDay(t)
		}
		registry.Exemptions = append(registry.Exemptions, exemption)
	}
	for i := range between(0, 8).Draw(t, "notices") {
		notice := model.Notice{
			ID: fmt.Sprint(i), IssuedOn: drawDay(t), UnitID: oneOf(t, units...), ItemID: oneOf(t, append(items, "")...), YellowCard: chance(t, 2),
		}
		if !chance(t, 4) {
			notice.RectifyBy = notice.IssuedOn.AddDate(0, 0, between(0, 40).Draw(t, "to rectify"))
		}
		if chance(t, 3) {
			notice.RectifiedOn = notice.IssuedOn.AddDate(0, 0, between(0, 60).Draw(t, "rectified"))
		}
		registry.Notices = append(registry.Notices, notice)
	}
	for i := range between(0, 8).Draw(t, "inspections") {
		aspect := func() uint16 { return uint16(100 * between(80, 100).Draw(t, "aspect")) }
		registry.SiteScores = append(registry.SiteScores, model.SiteScore{
			UnitID: oneOf(t, units...), InspectedOn: day(2025, 1, 3+60*i), Venue: aspect(), Organisation: aspect(), Operation: aspect(), Disclosure: aspect(),
			Publicity: 9999,
		})
		registry.Observations = append(registry.Observations, model.Observation{SiteID: oneOf(t, units...), VisitedOn: drawDay(t)})
	}
	for range between(0, 6).Draw(t, "institutions") {
		registry.Institutions = append(registry.Institutions, model.Institution{
			UnitID: oneOf(t, units...), Institution: oneOf(t, "study", "meeting", "publicity"), EstablishedOn: drawDay(t),
		})
	}
}

func drawRecord(t *rapid.T, registry model.Registry, number int, sources []string) reference.Record {
	units, items := idsOf(registry)
	online := oneOf(t, sources...) == "s2"
	record := reference.Record{
		Source: oneOf(t, sources...), ID: fmt.Sprintf("r%d", number), Derived: chance(t, 3), UnitID: oneOf(t, units...), ItemID: oneOf(t, items...),
		Title: oneOf(t, "会议", "会 议", "选举 A", "选举ａ", "", drawNilTitle(t), drawNilTitle(t)), EventID: maybe(t, 3, func() string { return oneOf(t, "e1", "e2", "无", "7月零报告") }),
		Published: drawDayIn(t, 7, 20), URL: oneOf(t, "", "https://example.org/1"), Steps: chance(t, 2), Online: online,
		Scope: oneOf(t, "", "society", "party"), Channel: oneOf(t, "", "board", "website", "website|board", "meeting|wechat_group", "press|wechat_group"),
		Uploaded: maybe(t, 4, func() time.Time { return drawDay(t) }),
	}
	around := func(low, high int) time.Time {
		return record.Published.AddDate(0, 0, between(low, high).Draw(t, "days from publication"))
	}
	if chance(t, 3) {
		record.PeriodTo = drawDay(t)
		if chance(t, 2) {
			record.PeriodTo = day(record.Published.Year(), record.Published.Month(), 0)
		}
		record.PeriodFrom = day(record.PeriodTo.Year(), record.PeriodTo.Month()-time.Month(between(0, 7).Draw(t, "months")), 1)
	}
	record.Occurred = maybe(t, 3, func() time.Time { return around(-12, 2) })
	record.Proposed = maybe(t, 2, func() time.Time { return around(-6, -3) })
	record.Reviewed = maybe(t, 2, func() time.Time { return around(-4, -2) })
	record.Approved = maybe(t, 2, func() time.Time { return around(-2, 1) })
	if chance(t, 4) {
		record.Uploaded = around(0, 12)
	}
	if chance(t, 3) {
		record.Withdrawn = around(0, 70)
	}
	if online && chance(t, 2) {
		record.Unseen = around(-3, 12)
	}
	if online && chance(t, 4) {
		record.ShownBefore = around(-3, 12)
	}
	if !record.Occurred.IsZero() && chance(t, 6) {
		record.Published, record.Withdrawn, record.Unseen, record.ShownBefore = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	}
	return record
}

// drawNilTitle says that there was none, or only looks like it.
func drawNilTitle(t *rapid.T) string {
	return oneOf(t, "零报告", "２月份零报告", "无", "2026年7月 无", "本月：无", "人事任免（无）", "第二季度无干部调整", "本期均无。", "七月，暂无",
		"零报告制度", "关于零报告工作的通知", "7月无锡考察", "本月无偿献血", "无线网络", "党务公开无遗漏")
}

// drawRegistered is a notice of the register, whose id the file may have as well.
func drawRegistered(t *rapid.T, d reference.District, number int) reference.Registered {
	units, _ := idsOf(d.Registry)
	notice := reference.Registered{Notice: model.Notice{ID: fmt.Sprint(4 + number), IssuedOn: drawDay(t), UnitID: oneOf(t, units...), YellowCard: chance(t, 2)}}
	if !chance(t, 4) {
		notice.RectifyBy = notice.IssuedOn.AddDate(0, 0, between(0, 40).Draw(t, "to rectify"))
	}
	for range between(1, 2).Draw(t, "demands") {
		record := oneOf(t, d.Records...) // most demands are about something that some record is about
		demand := reference.Demand{ItemID: record.ItemID, Day: drawDayIn(t, 7, 20), Key: record.EventKey(), Nil: nilReturns(d.Registry, record.ItemID) != "" && chance(t, 2)}
		if record.UnitID != "" && !record.Occurred.IsZero() {
			demand.Day = record.Occurred
		}
		notice.UnitID = record.UnitID
		notice.Demands = append(notice.Demands, demand)
	}
	return notice
}

func drawQuestion(t *rapid.T, district reference.District) model.Question {
	units, _ := idsOf(district.Registry)
	question := model.Question{
		From: drawDayIn(t, 6, 18), AsOf: drawDayIn(t, 10, 24), Group: oneOf(t, "all", "all", "all", "organs", "towns", "villages", "district"), Scope: oneOf(t, "own", "own", "subtree"),
		Within: maybe(t, 5, func() string { return oneOf(t, units...) }), Unit: maybe(t, 8, func() string { return oneOf(t, units...) }),
		Programme: maybe(t, 5, func() string { return oneOf(t, "party", "party", "village") }),
		Focus:     maybe(t, 9, func() string { return oneOf(t, "integrity", "personnel") }),
	}
	question.To = oneOf(t, question.AsOf, question.AsOf, drawDayIn(t, 12, 26))
	if question.Scope == "subtree" && question.Unit != "" {
		question.Within = "" // a list takes the unit's subtree instead of the other one, not what is in both
	}
	if question.To.Before(question.From) {
		question.From, question.To = question.To, question.From
	}
	return question
}

// nilReturns is for which periods an item asks for nil returns.
func nilReturns(registry model.Registry, itemID string) string {
	at := slices.IndexFunc(registry.Items, func(item model.Item) bool { return item.ID == itemID })
	return registry.Items[at].NilReturn
}
