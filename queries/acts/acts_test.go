package acts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/acts"
	"yangguang/queries/ask"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// TestChanges lets people change what can be changed, and asks who it was and what stood before and after; society is told nothing of it.
func TestChanges(t *testing.T) {
	store := querytest.Store(t)
	zhang := acts.As(t.Context(), acts.Actor{Name: "zhang", With: acts.Command})
	load := querytest.SampleLoad()
	if _, _, err := registry.Save(zhang, store.Store, load); err != nil {
		t.Fatal(err)
	}
	load.Registry.Exemptions = append(load.Registry.Exemptions, model.Exemption{UnitID: load.Registry.Units[0].ID, ItemID: "*", Reason: "停电", ApprovedBy: "区委办"})
	load.Registry.Units[0].Contact = "李四"
	second, saved, err := registry.Save(acts.As(t.Context(), acts.Actor{With: acts.Serve}), store.Store, load)
	if err != nil || !saved {
		t.Fatal(saved, err)
	}
	for range 2 { // the same again changes nothing
		if _, saved, err := registry.Save(zhang, store.Store, load); err != nil || saved {
			t.Fatal(saved, err)
		}
	}
	frozen, err := freeze.Begin(t.Context(), store.Store, "第三季度", time.Now(), `{"from":"2026-07-01"}`)
	if err != nil {
		t.Fatal(err)
	}
	if err := freeze.Finish(acts.As(t.Context(), acts.Actor{Name: "wang", With: acts.Page}), store.Store, frozen); err != nil {
		t.Fatal(err)
	}
	if _, err := notices.Note(t.Context(), store.Store, time.Now(), notices.Event{
		NotedBy: "clerk", What: notices.Issued, NoticeID: "ZG-1", IssuedOn: querytest.Day(2026, 7, 1), UnitID: "V1", Problem: "未公开", Demands: []notices.Demand{{ItemID: "CW1"}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := acts.Note(zhang, store.Store, acts.Act{What: acts.Expire, Before: "rejects: 3 rows"}); err != nil {
		t.Fatal(err)
	}
	changes, err := ask.Run(t.Context(), store, ask.Changes(100), model.Question{})
	if err != nil {
		t.Fatal(err)
	}
	type who struct{ Change, By, With string }
	var got []who
	for i, change := range changes {
		got = append(got, who{change.Act, change.DoneBy, change.DoneWith})
		if i > 0 && change.ChangedAt.After(changes[i-1].ChangedAt) {
			t.Errorf("%s stands below %s", change.Act, changes[i-1].Act)
		}
	}
	if diff := cmp.Diff([]who{
		{"expire", "zhang", "command"}, {"notice_issued", "clerk", "page"}, {"freeze", "wang", "page"}, {"registry", "", "serve"}, {"registry", "zhang", "command"},
	}, got); diff != "" {
		t.Fatalf("changes:\n%s", diff)
	}
	replaced := changes[3]
	lines := strings.Split(replaced.After, "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "units {") || !strings.Contains(lines[0], "李四") || !strings.HasPrefix(lines[1], "exemptions {") || !strings.Contains(lines[1], "停电") {
		t.Errorf("load %d: after:\n%s", second, replaced.After)
	}
	if before := strings.Split(replaced.Before, "\n"); len(before) != 1 || !strings.HasPrefix(before[0], "units {") || strings.Contains(before[0], "李四") {
		t.Errorf("before:\n%s", replaced.Before)
	}
	if first := changes[4]; first.Before != "" || !strings.Contains(first.After, "catalogue {") || !strings.Contains(first.After, "settings {") {
		t.Errorf("the first load: before %q, after\n%s", first.Before, first.After)
	}
	if frozen := changes[2]; frozen.Subject != "第三季度" || frozen.After != `{"from":"2026-07-01"}` {
		t.Errorf("the pack: %+v", frozen)
	}
	if notice := changes[1]; notice.Subject != "ZG-1" || !strings.Contains(notice.After, "未公开") {
		t.Errorf("the notice: %+v", notice)
	}
	if told, err := ask.Run(t.Context(), store.ForSociety(), ask.Changes(100), model.Question{}); err != nil || len(told) > 0 {
		t.Errorf("society is told %v, %v", told, err)
	}
	// The retention policy may let a registry go, but not who changed it.
	if err := store.Conn().Exec(t.Context(), "DELETE FROM loads WHERE load_id < (SELECT max(load_id) FROM loads)"); err != nil {
		t.Fatal(err)
	}
	if left, err := ask.Run(t.Context(), store, ask.Changes(100), model.Question{}); err != nil || len(left) != len(changes) {
		t.Errorf("after the removal of a load %d of %d changes are left, %v", len(left), len(changes), err)
	}
	report, _ := model.ReportNamed("audit")
	rows, question := 0, querytest.Question()
	question.KnownAt = time.Time{}
	if err := store.Stream(t.Context(), report, question, func([]any) error { rows++; return nil }); err != nil || rows == 0 {
		t.Errorf("the report has %d rows, %v", rows, err)
	}
	if err := store.ForSociety().Stream(t.Context(), report, question, func([]any) error { return nil }); err == nil {
		t.Error("society is given the report")
	}
}
