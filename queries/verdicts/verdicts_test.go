package verdicts_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
	"yangguang/queries/verdicts"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// day is a civil day of July 2026.
func day(n int) time.Time { return querytest.Day(2026, 7, n) }

// A finding's state is what the machine and people said of it last, as it was known at each instant.
func TestStatesOfFindings(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	began := time.Now().UTC()
	at := func(day int) time.Time { return began.Add(time.Duration(day) * time.Minute) } // instants stand for days: nothing was known before the registry
	found := func(id int, kind string, day int, present bool) string {
		return fmt.Sprintf(`INSERT INTO findings (finding_id, report_id, noted_at, present, kind, source, record_id, version, unit_id, item_id, found_on, proof) VALUES
			(%d, %d, '%s', %v, '%s', 'site', 'r%d', 1, 'T1', 'G1', '2026-07-%02d', '{"excerpt":"咨询 6222021234567890123"}')`,
			id, day, at(day).Format("2006-01-02 15:04:05.000"), present, kind, id, day)
	}
	querytest.Execute(t, store, found(1, "gone", 1, true), found(1, "gone", 8, false), found(1, "gone", 15, true), found(2, "id_number", 2, true))
	people := verdicts.NewPeople(store)
	say := func(id uint64, noon int, what, reason string) error {
		return people.Say(ctx, at(noon).Add(10*time.Second), "clerk", what, reason, id)
	}
	for name, wrong := range map[string]error{
		"without a reason": say(2, 3, model.FindingDismissed, " "), "no such finding": say(9, 3, model.FindingConfirmed, ""), "open already": say(2, 3, model.FindingReopened, ""),
	} {
		if _, is := errors.AsType[*model.UserError](wrong); !is {
			t.Errorf("%s: %v", name, wrong)
		}
	}
	if err := errors.Join(say(2, 3, model.FindingDismissed, "样例"), say(2, 4, model.FindingReopened, ""), say(2, 5, model.FindingMended, "")); err != nil {
		t.Fatal(err)
	}
	querytest.Execute(t, store, found(2, "id_number", 6, true)) // a look after the clerk's word still finds it
	stateOf := func(noon int, asked ask.FindingsAsked) map[uint64]string {
		asked.Limit, asked.Private = 10, true
		rows, err := ask.Run(ctx, store, ask.FindingsPart(asked), model.Question{KnownAt: at(noon).Add(20 * time.Second)}.WithDefaults(day(31)))
		if err != nil {
			t.Fatal(err)
		}
		states := map[uint64]string{}
		for _, row := range rows {
			states[row.ID] = row.State
			if row.ID == 1 && noon >= 15 && !row.FoundOn.Equal(day(15)) {
				t.Errorf("found again on %s", row.FoundOn)
			}
			if strings.Contains(row.Proof, "1234567890") {
				t.Errorf("a long number is shown: %s", row.Proof)
			}
		}
		return states
	}
	for noon, want := range map[int]map[uint64]string{
		0: {}, 1: {1: "open"}, 3: {1: "open", 2: "dismissed"}, 4: {1: "open", 2: "open"}, 5: {1: "open", 2: "mended"}, 6: {1: "open", 2: "open"}, 8: {1: "mended", 2: "open"},
		15: {1: "open", 2: "open"},
	} {
		if diff := cmp.Diff(want, stateOf(noon, ask.FindingsAsked{})); diff != "" {
			t.Errorf("at noon of %d July:\n%s", noon, diff)
		}
	}
	if diff := cmp.Diff(map[uint64]string{1: "open"}, stateOf(15, ask.FindingsAsked{Kind: "gone", State: "standing", Item: "G1"})); diff != "" {
		t.Errorf("filtered:\n%s", diff)
	}
	counted, err := ask.Run(ctx, store, ask.FindingsCounted("unit", "", ""), model.Question{KnownAt: at(20)}.WithDefaults(day(31)))
	if err != nil || len(counted) != 1 || counted[0].Open != 2 || counted[0].Private != 1 || counted[0].Name != "孟庙镇" {
		t.Errorf("counted %+v, %v", counted, err)
	}
	history, err := people.History(ctx, 2)
	if err != nil || len(history) != 3 || !strings.Contains(history[1].Before, "样例") {
		t.Errorf("history %+v, %v", history, err)
	}
	if told, err := ask.Run(ctx, store.ForSociety(), ask.FindingsPart(ask.FindingsAsked{Limit: 9}), model.Question{}.WithDefaults(day(31))); err != nil || len(told) > 0 {
		t.Errorf("society is told %v, %v", told, err)
	}
	for _, name := range []string{"findings", "link_checks", "sample"} {
		report, known := model.ReportNamed(name)
		question := model.Question{}.WithDefaults(day(31))
		if err := store.Stream(ctx, report, question, func([]any) error { return nil }); err != nil || !known {
			t.Errorf("the report %s: %v", name, err)
		}
		if err := store.ForSociety().Stream(ctx, report, question, func([]any) error { return nil }); !errors.Is(err, ask.ErrNotPublic) {
			t.Errorf("society is given the report %s: %v", name, err)
		}
	}
	again := []patrol.Finding{{Kind: "empty", Source: "site", RecordID: "x", UnitID: "T1", ItemID: "G1", FoundOn: day(20)}}
	look := func() int64 {
		if err := patrol.Report(ctx, store.Store, time.Now(), patrol.Scope{Kinds: []string{"empty"}}, again); err != nil {
			t.Fatal(err)
		}
		return querytest.Number(t, store, "SELECT toInt64(count()) FROM findings WHERE kind = 'empty'")
	}
	look()
	if n := look(); n != 1 {
		t.Errorf("what has not changed was written %d times", n)
	}
	if err := people.Say(ctx, time.Now(), "clerk", model.FindingMended, "", uint64(querytest.Number(t, store, "SELECT reinterpretAsInt64(any(finding_id)) FROM findings WHERE kind = 'empty'"))); err != nil {
		t.Fatal(err)
	}
	if n := look() + look(); n != 4 {
		t.Errorf("what was said to be mended and stands is written %d times", n)
	}
	// A notice that demands a finding is closed when a look does not find it any more.
	id := querytest.Number(t, store, "SELECT reinterpretAsInt64(any(finding_id)) FROM findings WHERE kind = 'empty'")
	if _, err := notices.Note(ctx, store.Store, time.Now(), notices.Event{
		NotedBy: "clerk", What: notices.Issued, NoticeID: "ZG2026-001", IssuedOn: day(21), UnitID: "T1", Problem: "内容为空",
		Demands: []notices.Demand{{ItemID: "G1", EventKey: fmt.Sprintf("finding/%d", uint64(id)), DueOn: day(20)}},
	}); err != nil {
		t.Fatal(err)
	}
	closed := func() (states []string) {
		rows, err := ask.Run(ctx, store, ask.Notices, model.Question{}.WithDefaults(querytest.Day(2029, 1, 1)))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.NoticeID == "ZG2026-001" {
				states = append(states, row.State)
			}
		}
		return states
	}
	if diff := cmp.Diff([]string{"open"}, closed()); diff != "" {
		t.Errorf("before:\n%s", diff)
	}
	version, err := store.DataVersion(ctx)
	if err != nil {
		t.Fatal(err)
	}
	again = nil
	look()
	if diff := cmp.Diff([]string{"closed"}, closed()); diff != "" {
		t.Errorf("mended:\n%s", diff)
	}
	if now, err := store.DataVersion(ctx); err != nil || now == version {
		t.Errorf("what was answered before is still remembered: %s, %v", now, err)
	}
	changes, err := ask.Run(ctx, store, ask.Changes(100), model.Question{KnownAt: at(20)})
	if err != nil || len(changes) < 3 || changes[0].Act != "finding_mended" || changes[0].DoneBy != "clerk" {
		t.Errorf("the audit has %+v, %v", changes, err)
	}
}

// The same seed draws the same records, verdicts come from pages and files, and agreement is of what both have said something of.
func TestSamples(t *testing.T) {
	store, restored, ctx := querytest.Store(t), querytest.Empty(t, false), t.Context()
	load := querytest.SampleLoad()
	load.Covers = []model.Cover{{Source: "site", UnitID: "*", ItemID: "*"}}
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	var versions []records.RecordVersion
	for i := range 20 {
		on := day(1 + i)
		versions = append(versions, records.RecordVersion{RecordID: fmt.Sprintf("r%d", i), UnitID: "T1", ItemID: "G1", Title: fmt.Sprintf("公示 %d", i), PublishedOn: on, Scope: "society", URL: fmt.Sprintf("https://x/%d", i), Hash: uint64(i + 1)})
	}
	querytest.Collect(t, store, "site", querytest.Noon(21), versions, nil, nil, nil)
	people, at := verdicts.NewPeople(store), time.Now()
	question := model.Question{From: day(1), To: day(31)}.WithDefaults(day(31))
	first, err := people.Draw(ctx, at, question, "a", 5, "clerk")
	if err != nil || first != "CJ2026-001" {
		t.Fatal(first, err)
	}
	second, err := people.Draw(ctx, at, question, "a", 5, "clerk")
	if err != nil {
		t.Fatal(err)
	}
	third, err := people.Draw(ctx, at, question, "b", 5, "clerk")
	if err != nil {
		t.Fatal(err)
	}
	sheet := func(id string) (drawn []string) {
		rows, err := ask.Run(ctx, store, ask.Sampled(id), question)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			drawn = append(drawn, row.RecordID)
		}
		return drawn
	}
	drawn := sheet(first)
	if diff := cmp.Diff(drawn, sheet(second)); diff != "" || len(drawn) != 5 {
		t.Errorf("the same seed:\n%s", diff)
	}
	if cmp.Diff(drawn, sheet(third)) == "" {
		t.Error("another seed draws the same")
	}
	if _, err := people.Draw(ctx, at, model.Question{}.WithDefaults(querytest.Day(2020, 1, 1)), "a", 5, "clerk"); err == nil {
		t.Error("a sample of nothing")
	}

	samples := func() model.SampleRow {
		rows, err := ask.Run(ctx, store, ask.Samples, question)
		if err != nil || len(rows) != 3 || rows[2].SampleID != first {
			t.Fatalf("%+v, %v", rows, err)
		}
		return rows[2]
	}
	if none := samples(); none.Entered != 0 || none.Compared() != 0 || none.Size != 5 || none.Among != 20 {
		t.Errorf("before: %+v", none)
	}
	// Patrol finds a fault of 1 and 2, reads 3 and 4, and has not looked at 5.
	for i, id := range drawn[:4] {
		if i < 2 {
			querytest.Execute(t, store, fmt.Sprintf(`INSERT INTO findings (finding_id, report_id, noted_at, present, kind, source, record_id, unit_id, item_id, found_on)
				VALUES (%d, 1, now64(3), true, 'empty', 'site', '%s', 'T1', 'G1', '2026-07-20')`, i+1, id))
		} else {
			querytest.Execute(t, store, fmt.Sprintf(`INSERT INTO patrol_texts (source, record_id, version, unit_id, fetched_at, text) VALUES ('site', '%s', 1, 'T1', now64(3), '正文')`, id))
		}
	}
	entries, err := verdicts.ReadSheet(strings.NewReader("\ufeff标题,抽查编号,抽查序号,抽查结论,说明\nx,"+first+",1,有问题,空白\nx,"+first+",2,无问题,\n,"+first+",3,clear,\n,"+first+",4,,\n,"+first+",5,fault,\n"), 100)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same again changes nothing
		if _, err = people.Enter(ctx, at, "clerk", "file", entries); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := people.Enter(ctx, at, "clerk", "page", []verdicts.Entry{{SampleID: first, Number: 4, Verdict: "fault"}}); err != nil {
		t.Fatal(err)
	}
	got := samples()
	want := got
	want.Entered, want.BothFault, want.OnlyMachine, want.BothClear, want.OnlyPerson, want.Unknown = 5, 1, 1, 1, 1, 1
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("agreement:\n%s", diff)
	}
	if n := querytest.Number(t, store, "SELECT toInt64(count()) FROM sample_verdicts"); n != 5 {
		t.Errorf("%d rows were noted", n)
	}
	for _, wrong := range [][]verdicts.Entry{{{SampleID: "CJ2026-999", Number: 1, Verdict: "fault"}}, {{SampleID: first, Number: 6, Verdict: "fault"}}, {{SampleID: first, Number: 1, Verdict: "x"}}, {{SampleID: third, Number: 1, Remark: "空白"}}} {
		if _, err := people.Enter(ctx, at, "clerk", "page", wrong); err == nil {
			t.Errorf("%+v was entered", wrong)
		}
	}

	place := storage.BackupPlace{Name: "samples.tar"}
	if err := errors.Join(storage.Backup(ctx, store.Store, place), storage.Restore(ctx, restored.Store, place), storage.Migrate(ctx, restored.Store)); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.FinishRestore(ctx, restored.Store); err != nil {
		t.Fatal(err)
	}
	again, err := ask.Run(ctx, restored, ask.Samples, question)
	if err != nil || len(again) != 3 || again[2].Compared() != 4 {
		t.Errorf("restored: %+v, %v", again, err)
	}
	if err := storage.Check(ctx, restored.Store, -1); err != nil {
		t.Error(err)
	}
}

// What is wrong with a sheet names its line and what would be right.
func TestSheetsThatAreWrong(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "line 1",
		"number,verdict\n":                    "line 1",
		"sample_id,number,verdict\nA,1,maybe": "line 2",
		"sample_id,number,verdict\nA,1,fault\nA,0,fault":          "line 3",
		"sample_id,number,verdict\nA,1,fault\n,2,fault":           "line 3",
		"sample_id,number,verdict\nA,1,fault\nA,1,clear":          "line 3",
		"sample_id,number,verdict\nA,1,fault\nA,2,\"cl\"ear\n":    "line 3",
		"sample_id,number,verdict\nA,1,fault\nA,2,clear\nA,3,有问题": "line 4",
		"sample_id,number,verdict,remark\nA,1,,\nA,2,,空白\n":       "line 3",
	} {
		_, err := verdicts.ReadSheet(strings.NewReader(text), 2)
		if user, is := errors.AsType[*model.UserError](err); !is || user.Parameter != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add("sample_id,number,verdict\nA,1,fault")
	f.Add("抽查编号,抽查序号,抽查结论\nA,1,有问题\n")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := verdicts.ReadSheet(strings.NewReader(text), 50)
		if _, is := errors.AsType[*model.UserError](err); err != nil && !is {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Number == 0 || e.SampleID == "" || e.Verdict != "fault" && e.Verdict != "clear" {
				t.Fatalf("%+v", e)
			}
		}
	})
}
