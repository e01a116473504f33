package queries_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yangguang/queries/freeze"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

func TestFreeze(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	at := time.Date(2026, 11, 22, 4, 0, 0, 123_456_789, time.UTC)
	if _, err := freeze.Begin(ctx, store.Store, "会议", at, "{}"); !errors.Is(err, model.ErrNoRegistry) {
		t.Errorf("without a registry: %v", err)
	}
	loadVillage(t, store)
	frozen, err := freeze.Begin(ctx, store.Store, "会议", at, `{"from":"2026-01-01"}`)
	if err != nil {
		t.Fatal(err)
	}
	if !frozen.KnownAt.Equal(at.Truncate(time.Millisecond)) || frozen.LoadID == 0 {
		t.Errorf("begun: %+v", frozen)
	}
	for name, other := range map[string]struct {
		name string
		at   time.Time
	}{"name": {"会议", at.Add(time.Minute)}, "instant": {"other", at}} {
		if _, err := freeze.Begin(ctx, store.Store, other.name, other.at, "{}"); !errors.Is(err, freeze.ErrTaken) {
			t.Errorf("the same %s while it is made: %v", name, err)
		}
	}
	if _, err := freeze.Find(ctx, store.Store, "会议"); !errors.Is(err, freeze.ErrNone) {
		t.Errorf("not finished: %v", err)
	}
	content := strings.Repeat("公开\r\n", 1<<19) // several parts
	for name, text := range map[string]string{"long.csv": content, "empty.csv": "", "short.csv": "a"} {
		if err := freeze.AddFile(ctx, store.Store, frozen, name, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	frozen.Manifest = `{"files":[]}`
	if err := freeze.Finish(ctx, store.Store, frozen); err != nil {
		t.Fatal(err)
	}
	listed, err := freeze.List(ctx, store.Store)
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff([]freeze.Freeze{frozen}, listed, cmpopts.IgnoreUnexported(freeze.Freeze{})); difference != "" {
		t.Errorf("listed (-want +got):\n%s", difference)
	}
	for name, want := range map[string]string{"long.csv": content, "empty.csv": "", "short.csv": "a", "none.csv": ""} {
		var got bytes.Buffer
		if err := freeze.ReadFile(ctx, store.Store, listed[0], name, &got); err != nil || got.String() != want {
			t.Errorf("%s: %d bytes, want %d; %v", name, got.Len(), len(want), err)
		}
	}
	if _, err := freeze.Begin(ctx, store.Store, "会议", at.Add(time.Hour), "{}"); !errors.Is(err, freeze.ErrTaken) {
		t.Errorf("frozen already: %v", err)
	}
}

// A freeze that never ended keeps its name for a while only; one that was abandoned leaves it at once.
func TestUnfinishedFreeze(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	loadVillage(t, store)
	at := time.Now()
	if _, err := freeze.Begin(ctx, store.Store, "killed", at, "{}"); err != nil {
		t.Fatal(err)
	}
	if _, err := freeze.Begin(ctx, store.Store, "killed", at.Add(freeze.Limit), "{}"); !errors.Is(err, freeze.ErrTaken) {
		t.Errorf("soon after: %v", err)
	}
	again, err := freeze.Begin(ctx, store.Store, "killed", at.Add(time.Hour), "{}")
	if err != nil {
		t.Fatal(err)
	}
	if err := freeze.AddFile(ctx, store.Store, again, "a.csv", strings.NewReader("a")); err != nil {
		t.Fatal(err)
	}
	if err := freeze.Abandon(ctx, store.Store, again); err != nil {
		t.Fatal(err)
	}
	var left uint64
	if err := store.Conn().QueryRow(ctx, `SELECT (SELECT count() FROM freezes) + (SELECT count() FROM freeze_files)`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows left, %v", left, err)
	}
}

// What a freeze saw stays what is known at its instant, whatever the clocks of collections and loads say that were ending at that moment.
func TestFreezePinsKnowledge(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	loadVillage(t, store)
	begin := time.Now().Add(-time.Hour).Truncate(time.Millisecond)
	first := beginCollection(t, store, begin)
	stage(t, first, "A")
	publish(t, first)
	finish(t, first, begin.Add(time.Hour)) // by a clock that goes ahead of the freeze's
	ending := beginCollection(t, store, begin.Add(time.Second))
	stage(t, ending, "A", "B")
	publish(t, ending)
	frozen, err := freeze.Begin(ctx, store.Store, "会议", begin.Add(30*time.Minute), "{}")
	if err != nil {
		t.Fatal(err)
	}
	before, err := freeze.InputsOf(ctx, store.Store, frozen)
	if err != nil {
		t.Fatal(err)
	}
	finish(t, ending, begin.Add(2*time.Second)) // before the freeze, says its clock
	frozen.Manifest = "{}"
	if err := freeze.Finish(ctx, store.Store, frozen); err != nil {
		t.Fatal(err)
	}
	load := querytest.SampleLoad()
	if _, saved, err := registry.Save(ctx, store.Store, load); err != nil || !saved {
		t.Fatalf("saved %t, %v", saved, err)
	}
	if err := store.Conn().Exec(ctx, `ALTER TABLE loads UPDATE loaded_at = '2026-01-02 00:00:00' WHERE true SETTINGS mutations_sync = 2`); err != nil {
		t.Fatal(err)
	}
	before.LoadedAt = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	want := known{Records: "A", LastOutcome: "success", Lapses: 1}
	if difference := cmp.Diff(want, knowledge(t, store, frozen.KnownAt)); difference != "" {
		t.Errorf("known at the freeze (-want +got):\n%s", difference)
	}
	after, err := freeze.InputsOf(ctx, store.Store, frozen)
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff(before, after, cmp.AllowUnexported(model.Number{}, model.RatingCode{})); difference != "" {
		t.Errorf("inputs (-before +after):\n%s", difference)
	}
	if after.Sources[0].Records != 1 || after.Sources[0].Collections != 1 || after.Units != 1 || after.Items != 2 || len(after.Sources[0].SHA256) != 64 {
		t.Errorf("inputs: %+v", after)
	}
	if err := store.Conn().Exec(ctx, `ALTER TABLE record_versions UPDATE title = 'another' WHERE true SETTINGS mutations_sync = 2`); err != nil {
		t.Fatal(err)
	}
	changed, err := freeze.InputsOf(ctx, store.Store, frozen)
	if err != nil {
		t.Fatal(err)
	}
	if changed.Sources[0].SHA256 == after.Sources[0].SHA256 {
		t.Error("a changed version did not change the hash")
	}
}
