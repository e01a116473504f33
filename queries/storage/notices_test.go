package storage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
	"yangguang/queries/retention"
	"yangguang/queries/storage"
)

// What was noted of notices is restored from a backup as it was, outlives every retention policy, and counts on.
func TestRegisterOfNoticesIsKept(t *testing.T) {
	store, restored, ctx := querytest.Store(t), querytest.Empty(t, false), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	issued := notices.Event{
		IssuedOn: day, UnitID: "T1", Problem: "逾期未公开 1 项", RectifyBy: day.AddDate(0, 0, 14), YellowCard: true, NotedBy: "clerk",
		Demands: []notices.Demand{{ItemID: "G1", Period: "2026Q1", PeriodNo: 8105, DueOn: day.AddDate(0, -2, 0)}},
	}
	register := notices.NewRegister(store)
	noted, err := register.Issue(ctx, day.Add(9*time.Hour), issued)
	if err != nil {
		t.Fatal(err)
	}
	id := noted[0].NoticeID
	if err := register.Follow(ctx, day.Add(33*time.Hour), id, notices.Receipted, "clerk", day.AddDate(0, 0, 1), "李四"); err != nil {
		t.Fatal(err)
	}
	history, err := register.History(ctx, id)
	if err != nil || len(history) != 2 {
		t.Fatalf("%d events, %v", len(history), err)
	}

	place := storage.BackupPlace{Name: "notices.tar"}
	if err := errors.Join(storage.Backup(ctx, store.Store, place), storage.Restore(ctx, restored.Store, place), storage.Migrate(ctx, restored.Store)); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.FinishRestore(ctx, restored.Store); err != nil {
		t.Fatal(err)
	}
	year := retention.Period{Months: 12}
	if _, err := retention.Expire(ctx, restored.Store, retention.Policy{Contents: year, Versions: year, Rejects: year, Registry: year, Answers: year}, day.AddDate(9, 0, 0)); err != nil {
		t.Fatal(err)
	}
	again, err := notices.History(ctx, restored.Store, id)
	if difference := cmp.Diff(history, again); err != nil || difference != "" {
		t.Errorf("restored (-was +is):\n%s%v", difference, err)
	}
	if err := storage.Check(ctx, restored.Store, -1); err != nil {
		t.Error(err)
	}
	issued.Problem = "another"
	next, err := notices.NewRegister(restored).Issue(ctx, day.AddDate(0, 1, 0), issued)
	if err != nil || next[0].NoticeID != "ZG2026-002" || next[0].ID <= history[1].ID {
		t.Errorf("the next is %+v, %v", next, err)
	}
	question := model.Question{Scope: "own", Group: "all"}.WithDefaults(day.AddDate(0, 2, 0))
	if rows, err := ask.Run(ctx, restored, ask.Notices, question); err != nil || len(rows) != 3 || rows[1].NoticeID != id || rows[1].Registered != 1 || rows[1].State != "overdue" || rows[0].Registered != 0 {
		t.Errorf("the report has %+v, %v", rows, err)
	}
}
