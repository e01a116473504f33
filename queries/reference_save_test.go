package queries_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/reference"
	"yangguang/queries/registry"
)

// saveDistrict puts a district in the place of the one before.
func saveDistrict(ctx context.Context, t rapid.TB, store *ask.Asker, district reference.District) {
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	assessment := model.DefaultAssessment()
	assessment.RatingCaps = district.Caps
	_, _, err := registry.Save(ctx, store.Store, registry.Load{
		Registry: district.Registry, Assessment: assessment, Timezone: "Asia/Shanghai", Since: district.Since,
		BackdatingToleranceDays: uint16(district.Tolerance), Covers: district.Covers, Program: "test",
	})
	fail(err)
	fail(store.Conn().Exec(ctx, `TRUNCATE TABLE collections`))
	fail(store.Conn().Exec(ctx, `TRUNCATE TABLE record_versions`))
	fail(store.Conn().Exec(ctx, `TRUNCATE TABLE disputed_units`))
	fail(store.Conn().Exec(ctx, `TRUNCATE TABLE notice_events`))
	fail(store.Conn().Exec(ctx, `TRUNCATE TABLE findings`))
	fail(store.Conn().Exec(ctx, `TRUNCATE TABLE finding_verdicts`))
	for _, table := range []string{"editions", "editions_begun"} { // they would not know that the past has changed
		fail(store.Conn().Exec(ctx, `TRUNCATE TABLE `+table))
	}
	store.ForgetAnswers()
	instant := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	fail(store.Insert(ctx, `INSERT INTO collections (collection_id, source, kind, started_at, ended_at, day, outcome)`, func(batch clickhouse.Batch) error {
		for _, source := range sourcesOf(district.Records) { // the collection that brought the records
			if err := batch.Append(uint64(1), source, "ledger", instant, instant, instant, "failed"); err != nil {
				return err
			}
		}
		for i, collection := range district.Collections {
			if err := batch.Append(uint64(i+2), collection.Source, "ledger", instant, instant, collection.Day, collection.Outcome); err != nil {
				return err
			}
		}
		return nil
	}))
	var events []notices.Event
	for _, notice := range district.Register {
		events = append(events, issued(district, notice))
	}
	_, err = notices.Note(ctx, store.Store, time.Now(), events...)
	fail(err)
	fail(store.Insert(ctx, `INSERT INTO disputed_units (source, collection_id, unit_id)`, func(batch clickhouse.Batch) error {
		for i, collection := range district.Collections {
			for _, unit := range collection.Disputed {
				if err := batch.Append(collection.Source, uint64(i+2), unit); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	fail(store.Insert(ctx, `INSERT INTO record_versions (source, record_id, derived, version, collection_id, seen, first_seen, unit_id, item_id,
		title, event_id, event_key, period, period_from, period_to, occurred_on, proposed_on, reviewed_on, approved_on, published_on,
		uploaded_on, withdrawn_on, unseen_on, shown_on, scope, channel, url, steps, online)`, func(batch clickhouse.Batch) error {
		for i, record := range district.Records {
			if i%4 == 0 { // an earlier version that said something else
				before := record
				before.Published, before.Withdrawn, before.Title = instant, instant, "earlier"
				if err := appendRecord(batch, before, 1, instant); err != nil {
					return err
				}
			}
			if err := appendRecord(batch, record, uint64(i+2), instant); err != nil {
				return err
			}
		}
		return nil
	}))
	saveJudged(ctx, t, store, district)
}

// saveJudged notes findings at the beginning of 2025, what people say of them a year later, and that they are mended early on the civil day of Shanghai.
func saveJudged(ctx context.Context, t rapid.TB, store *ask.Asker, district reference.District) {
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	begun, judged := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	mendedAt := func(day time.Time) time.Time { return day.Add(-7*time.Hour - 30*time.Minute) } // half past midnight in Shanghai
	fail(store.Insert(ctx, `INSERT INTO findings (finding_id, report_id, noted_at, present, kind, source, record_id, version, unit_id, item_id, found_on)`, func(batch clickhouse.Batch) error {
		for i, f := range district.Judged {
			kind := "gone"
			if f.Backdated {
				kind = "backdated"
			}
			r := district.Records[f.Record]
			row := func(report uint64, at time.Time, present bool) error {
				return batch.Append(uint64(i+1), report, at, present, kind, r.Source, r.ID, uint64(f.Record+2), r.UnitID, r.ItemID, f.FoundOn)
			}
			if err := row(1, begun, true); err != nil {
				return err
			}
			if !f.MendedOn.IsZero() && !f.Claimed {
				if err := row(2, mendedAt(f.MendedOn), false); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	fail(store.Insert(ctx, `INSERT INTO finding_verdicts (event_id, noted_at, noted_by, finding_id, what, reason)`, func(batch clickhouse.Batch) error {
		for i, f := range district.Judged {
			what, at := "dismissed", judged
			if f.Confirmed {
				what = "confirmed"
			}
			if f.Claimed && !f.MendedOn.IsZero() {
				at = begun.AddDate(0, 0, 1)
			}
			if err := batch.Append(uint64(2*i+1), at, "clerk", uint64(i+1), what, "as seen"); err != nil {
				return err
			}
			if f.Claimed && !f.MendedOn.IsZero() {
				if err := batch.Append(uint64(2*i+2), mendedAt(f.MendedOn), "clerk", uint64(i+1), "mended", ""); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// issued is a notice of the register as it is noted.
func issued(district reference.District, n reference.Registered) notices.Event {
	event := notices.Event{What: notices.Issued, NotedBy: "clerk", NoticeID: n.ID, IssuedOn: n.IssuedOn, UnitID: n.UnitID, RectifyBy: n.RectifyBy, YellowCard: n.YellowCard}
	for _, d := range n.Demands {
		at := slices.IndexFunc(district.Registry.Items, func(item model.Item) bool { return item.ID == d.ItemID })
		demand := notices.Demand{ItemID: d.ItemID}
		cadence := district.Registry.Items[at].Cadence
		if d.Nil {
			cadence = district.Registry.Items[at].NilReturn
		}
		switch cadence {
		case "standing":
		case "event":
			demand.HappenedOn, demand.EventKey = d.Day, d.Key
		default:
			months := map[string]int{"annual": 12, "semiannual": 6, "quarterly": 3, "monthly": 1}[cadence]
			demand.PeriodNo = int64((d.Day.Year()*12 + int(d.Day.Month()) - 1) / months)
		}
		event.Demands = append(event.Demands, demand)
	}
	return event
}

func sourcesOf(records []reference.Record) []string {
	sources := map[string]bool{}
	for _, record := range records {
		sources[record.Source] = true
	}
	return slices.Sorted(maps.Keys(sources))
}

func appendRecord(batch clickhouse.Batch, r reference.Record, version uint64, seen time.Time) error {
	text := ""
	if !r.PeriodTo.IsZero() {
		text = fmt.Sprint(r.PeriodFrom, r.PeriodTo)
	}
	return batch.Append(r.Source, r.ID, r.Derived, version, uint64(1), seen, seen, r.UnitID, r.ItemID, r.Title, r.EventID, r.EventKey(),
		text, orNull(r.PeriodFrom), orNull(r.PeriodTo), orNull(r.Occurred), orNull(r.Proposed), orNull(r.Reviewed), orNull(r.Approved),
		orNull(r.Published), orNull(r.Uploaded), orNull(r.Withdrawn), orNull(r.Unseen), orNull(r.ShownBefore), r.Scope, r.Channel, r.URL, r.Steps, r.Online)
}

func orNull(day time.Time) *time.Time {
	if day.IsZero() {
		return nil
	}
	return &day
}
