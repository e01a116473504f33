package querytest

import (
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/model"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// SampleLoad is a registry with something of everything.
func SampleLoad() registry.Load {
	return registry.Load{
		Registry: model.Registry{
			Units: []model.Unit{
				{ID: "C1", Name: "区委", Tier: "committee", Aliases: []string{}, Members: 40},
				{ID: "T1", Name: "孟庙镇", Tier: "town", ParentID: "C1", Aliases: []string{"孟庙"}, Contact: "张三", DemonstrationSince: Day(2024, 5, 1), Stars: 3},
				{ID: "V1", Name: "张庄村委会", Tier: "village", ParentID: "T1", Aliases: []string{}, ActiveFrom: Day(1970, 1, 1), ActiveTo: Day(2299, 12, 31)},
			},
			Items: []model.Item{{
				ID: "G1", Name: "党费收缴", Programme: "party", Catalogue: "grassroots", Tiers: []string{"town", "village"}, Focus: "integrity", Class: "essential",
				Scopes: []string{"party"}, Channels: []string{}, Cadence: "quarterly", DueDays: 10, DayKind: "working", DisplayDays: 5, MinChars: 40, NotBefore: "end",
				ValidFrom: Day(2024, 1, 1), LegalBasis: "条例", Aliases: []string{"党费"},
			}},
			Calendar:     []model.CalendarDay{{Date: Day(2026, 10, 1), Kind: "holiday"}},
			Exemptions:   []model.Exemption{{UnitID: "V1", ItemID: "*", From: Day(2026, 1, 1), Reason: "机构改革", ApprovedBy: "区委办"}},
			SiteScores:   []model.SiteScore{{UnitID: "T1", InspectedOn: Day(2026, 3, 20), Venue: 9950, Organisation: 9100, Operation: 10000, Inspector: "督导组"}},
			Observations: []model.Observation{{SiteID: "T1", VisitedOn: Day(2026, 4, 2), VisitorID: "C1", Attendees: 12}},
			Notices:      []model.Notice{{ID: "N1", IssueNo: "1", IssuedOn: Day(2026, 1, 10), UnitID: "T1", ItemID: "G1", Problem: "不及时", RectifyBy: Day(2026, 2, 10), YellowCard: true}},
			Institutions: []model.Institution{{UnitID: "T1", Institution: "study", EstablishedOn: Day(2025, 2, 1)}},
		},
		Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", BackdatingToleranceDays: 3, Program: "test",
		Covers: []model.Cover{{Source: "ledgers", UnitID: "*", ItemID: "*"}},
	}
}

// Day is a civil day.
func Day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Collect puts one collection of an online source by hand: its records with their contents, its rejected rows, and how it ended.
func Collect(t testing.TB, store *ask.Asker, source string, started time.Time, versions []records.RecordVersion, contents map[string]string, rejects []records.RejectedRow, problem error) {
	t.Helper()
	ctx := t.Context()
	c, err := records.Begin(ctx, store.Store, records.Start{Source: source, Kind: "web", Started: started, Day: civil.From(started, time.UTC), Online: true})
	if err != nil {
		t.Fatal(err)
	}
	batch := records.NewBatch(len(versions))
	var kept []records.RawContent
	for i, record := range versions {
		record.Version, record.Online = c.FirstVersion+uint64(i), true
		batch.Add(&record)
		if text := contents[record.RecordID]; text != "" {
			kept = append(kept, records.RawContent{Version: record.Version, RecordID: record.RecordID, Hash: record.Hash, Text: text})
		}
	}
	if err := c.StageRecords(ctx, batch); err != nil {
		t.Fatal(err)
	}
	if err := c.StageContents(ctx, kept); err != nil {
		t.Fatal(err)
	}
	if err := c.StageRejects(ctx, rejects); err != nil {
		t.Fatal(err)
	}
	counts, err := c.Publish(ctx, records.Publication{Whole: problem == nil, Complete: true, Gone: []string{"a/1?"}}) // says so at its own address, where it is not collected
	if err != nil {
		t.Fatal(err)
	}
	counts.Pages, counts.Bytes = 2, 1000
	ending := records.Ending{Outcome: model.Look}
	if problem != nil {
		ending = records.Ending{Outcome: model.Failed, Error: problem.Error()}
	}
	if err := c.Finish(ctx, started.Add(time.Minute), counts, ending); err != nil {
		t.Fatal(err)
	}
}

// Noon is twelve o'clock UTC of a day of July 2026.
func Noon(day int) time.Time { return time.Date(2026, 7, day, 12, 0, 0, 0, time.UTC) }

// Question is what is asked of the district in testdata.
func Question() model.Question {
	known := time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	return model.Question{KnownAt: known}.WithDefaults(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
}
