package ask_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// TestForSociety holds what everyone may see against what was published, by whom, for whom, and what the item allows.
func TestForSociety(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	item := func(id string, scopes ...string) model.Item {
		return model.Item{
			ID: id, Name: id, Programme: "party", Catalogue: "grassroots", Tiers: []string{"village"}, Class: "essential", Cadence: "event", DueDays: 7,
			DayKind: "natural", NotBefore: "any", Scopes: scopes,
		}
	}
	if _, _, err := registry.Save(ctx, store.Store, registry.Load{
		Registry:   model.Registry{Units: []model.Unit{{ID: "V", Name: "村", Tier: "village"}}, Items: []model.Item{item("any"), item("open", "society", "party"), item("inner", "party")}},
		Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", Covers: []model.Cover{{Source: "网站", UnitID: "*", ItemID: "*"}},
	}); err != nil {
		t.Fatal(err)
	}
	record := func(item, scope string) records.RecordVersion {
		id := item + "/" + scope
		return records.RecordVersion{
			RecordID: id, UnitID: "V", ItemID: item, Title: "title " + id, EventKey: id, Scope: scope, URL: "https://example.org/" + id, Place: "page " + id,
			OccurredOn: querytest.Day(2026, 7, 1), PublishedOn: querytest.Day(2026, 7, 2), UploadedOn: querytest.Day(2026, 7, 20), Hash: 1,
		}
	}
	open := []string{"any/society", "open/society"}
	closed := []string{"any/", "any/party", "inner/party", "inner/society", "open/unit"} // inner/society was shown to society though its item does not allow it
	querytest.Collect(t, store, "网站", querytest.Noon(21), []records.RecordVersion{
		record("any", "society"), record("any", "party"), record("any", ""), record("open", "society"), record("open", "unit"), record("inner", "party"), record("inner", "society"),
	}, map[string]string{"any/society": "<li>1</li>"}, []records.RejectedRow{{Place: "page 1", Reason: `unit "村级" is unknown`, Content: "{}"}}, nil)
	question := model.Question{}.WithDefaults(querytest.Day(2026, 7, 31))

	for name, of := range map[string]struct {
		store  *ask.Asker
		titles []string
	}{
		"for society":         {store.ForSociety(), open},
		"for those signed in": {store, slices.Concat(open, closed)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, name := range []string{"records", "obligations"} {
				if got, want := NamedNumber(t, of.store, name, question, "record_id", "url"), expanded(of.titles, "", "https://example.org/"); !cmp.Equal(got, want) {
					t.Errorf("%s: %s", name, cmp.Diff(want, got))
				}
			}
			backdated, err := ask.Run(ctx, of.store, ask.Backdated(50), question)
			if err != nil || len(backdated) != 7 {
				t.Fatalf("%d backdated records, %v", len(backdated), err)
			}
			var got []string
			for _, row := range backdated {
				got = append(got, row.Title, row.RecordID)
			}
			if got, want := notEmpty(got), expanded(of.titles, "", "title "); !cmp.Equal(got, want) {
				t.Errorf("backdated: %s", cmp.Diff(want, got))
			}
		})
	}

	society := store.ForSociety()
	if rows, err := ask.Run(ctx, society, ask.Rejects(model.RejectsAsked{Limit: 9}), question); err != nil || len(rows) != 0 {
		t.Errorf("rejected rows %v, %v", rows, err)
	}
	if found, err := ask.Run(ctx, society, ask.Content("网站", "any/society", 0), model.Question{}); err != nil || len(found) > 0 {
		t.Errorf("a raw content is shown to society: %v", err)
	}
	for _, id := range []string{"inner/society", "nobody"} {
		if proof, err := ask.Run(ctx, society, ask.Proof("网站", id), question); err != nil || len(proof.Versions) != 0 {
			t.Errorf("the proof of %s shows %+v, %v", id, proof, err)
		}
	}
}

// NamedNumber are the values of some columns of a report, sorted, without empty ones.
func NamedNumber(t *testing.T, store *ask.Asker, name string, question model.Question, columns ...string) (values []string) {
	t.Helper()
	report, _ := model.ReportNamed(name)
	rows := 0
	if err := store.Stream(t.Context(), report, question, func(row []any) error {
		rows++
		for i, column := range report.Columns {
			if text, ok := row[i].(string); ok && slices.Contains(columns, column.Key) {
				values = append(values, text)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if rows != 7 {
		t.Errorf("%s has %d rows", name, rows)
	}
	return notEmpty(values)
}

func notEmpty(values []string) []string {
	values = slices.DeleteFunc(values, func(value string) bool { return value == "" })
	slices.Sort(values)
	return values
}

func expanded(values []string, prefixes ...string) (all []string) {
	for _, prefix := range prefixes {
		for _, value := range values {
			all = append(all, prefix+value)
		}
	}
	slices.Sort(all)
	return all
}

// TestForSocietyWithoutFlag says that what does not tell whether it is for society is withheld.
func TestForSocietyWithoutFlag(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	querytest.Collect(t, store, "网站", querytest.Noon(9), nil, nil, []records.RejectedRow{{Place: "page 1", Reason: "secret", Content: "secret"}}, nil)
	report, _ := model.ReportNamed("rejects")
	question := model.Question{}.WithDefaults(time.Date(2026, 7, 31, 0, 0, 0, 0, time.UTC))
	if err := store.ForSociety().Stream(ctx, report, question, func([]any) error { return nil }); !errors.Is(err, ask.ErrNotPublic) {
		t.Errorf("rejected rows: %v", err)
	}
}

// Where a record stands in a list tells nothing of an id that is withheld.
func TestOrderForSociety(t *testing.T) {
	files, err := filepath.Glob("../sql/*/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, order, ends := strings.Cut(string(text[max(0, strings.LastIndex(string(text), "ORDER BY")):]), "ORDER BY")
		directory := filepath.Base(filepath.Dir(file))
		if !ends || !strings.Contains(order, "record_id") || slices.Contains([]string{"collect", "views", "load", "chain", "patrol"}, directory) {
			continue
		}
		if report, is := model.ReportNamed(strings.TrimSuffix(filepath.Base(file), ".sql")); is && directory == "reports" && report.Inner {
			continue
		}
		hidden++
		if got := ask.HidingOrder(string(text)); got == string(text) || strings.Count(got, "sipHash64Keyed") != 1 {
			t.Errorf("%s keeps the order of ids: %s", file, order)
		}
	}
	if hidden < 5 {
		t.Errorf("only %d questions have the order of ids", hidden)
	}
}
