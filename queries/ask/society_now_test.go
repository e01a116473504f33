package ask_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// said is one version of a record in short.
type said struct {
	title     string
	scope     string // empty: society
	item      string // empty: open
	published string // empty: 2026-07-02; none: not
	withdrawn string
	gone      bool // its source has not got it any more
	running   bool // of a collection that has not ended
}

// TestForSocietyNow holds every version and time of knowledge against what is in force now: 31 July 2026.
func TestForSocietyNow(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	item := func(id string, scopes ...string) model.Item {
		return model.Item{
			ID: id, Name: id, Programme: "party", Catalogue: "grassroots", Tiers: []string{"village"}, Class: "essential", Cadence: "event", DueDays: 7,
			DayKind: "natural", NotBefore: "any", Scopes: scopes,
		}
	}
	load := func(items ...model.Item) {
		if _, _, err := registry.Save(ctx, store.Store, registry.Load{
			Registry:   model.Registry{Units: []model.Unit{{ID: "V", Name: "村", Tier: "village"}}, Items: items},
			Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", Covers: []model.Cover{{Source: "网站", UnitID: "*", ItemID: "*"}},
		}); err != nil {
			t.Fatal(err)
		}
	}
	load(item("open", "society"), item("closed", "society"), item("dropped", "society"))
	before := time.Now()
	load(item("open", "society"), item("closed", "party")) // the catalogue has ceased to allow one to society, and another item

	cases := map[string]struct {
		versions []said
		shown    string // its title, now and by an earlier knowledge; empty: it is withheld
	}{
		"for society":                  {[]said{{title: "a"}}, "a"},
		"seen again":                   {[]said{{title: "a"}, {title: "a"}}, "a"},
		"for the party":                {[]said{{title: "a", scope: "party"}}, ""},
		"without a scope":              {[]said{{title: "a", scope: "-"}}, ""},
		"corrected to the party":       {[]said{{title: "a"}, {title: "a", scope: "party"}}, ""},
		"being corrected to the party": {[]said{{title: "a"}, {title: "a", scope: "party", running: true}}, ""},
		"opened":                       {[]said{{title: "a", scope: "party"}, {title: "a"}}, "a"},
		"being opened":                 {[]said{{title: "a", scope: "party"}, {title: "a", running: true}}, ""},
		"title corrected":              {[]said{{title: "secret"}, {title: "a"}}, "a"},
		"opened under another title":   {[]said{{title: "secret", scope: "party"}, {title: "a"}}, "a"},
		"withdrawn":                    {[]said{{title: "a"}, {title: "a", withdrawn: "2026-07-31"}}, ""},
		"to be withdrawn":              {[]said{{title: "a", withdrawn: "2026-08-01"}}, "a"},
		"gone":                         {[]said{{title: "a"}, {title: "a", gone: true}}, ""},
		"gone and back":                {[]said{{title: "a"}, {title: "a", gone: true}, {title: "a"}}, "a"},
		"not yet published":            {[]said{{title: "a", published: "2026-08-01"}}, ""},
		"published on the day itself":  {[]said{{title: "a", published: "2026-07-31"}}, "a"},
		"never published":              {[]said{{title: "a", published: "none"}}, ""},
		"the item ceased to allow it":  {[]said{{title: "a", item: "closed"}}, ""},
		"the item is no more":          {[]said{{title: "a", item: "dropped"}}, ""},
		"moved to another item":        {[]said{{title: "a"}, {title: "a", item: "closed"}}, ""},
	}
	for id, one := range cases {
		for i, v := range one.versions {
			insertVersion(t, store, id, i, v)
		}
	}
	society := store.ForSocietyAt(func() time.Time { return time.Date(2026, 7, 30, 16, 0, 0, 0, time.UTC) }) // midnight in the registry's zone
	for _, known := range []time.Time{{}, before} {
		question := model.Question{KnownAt: known}.WithDefaults(querytest.Day(2026, 7, 31))
		titles := map[string]string{} // by record_id and link, of the records that the report names
		report, _ := model.ReportNamed("records")
		if err := society.Stream(ctx, report, question, func(row []any) error {
			values := map[string]string{}
			for i, column := range report.Columns {
				values[column.Key], _ = row[i].(string)
			}
			if values["record_id"] == "" && values["title"]+values["url"]+values["event_id"] != "" {
				t.Errorf("a record without its id says %v", values)
			}
			if values["record_id"] != "" {
				titles[values["record_id"]] = values["title"]
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for id, one := range cases {
			t.Run(fmt.Sprint(id, " known ", known.IsZero()), func(t *testing.T) {
				title, named := titles[id]
				if title != "" && title != one.shown || named && one.shown == "" {
					t.Errorf("the export names it %q", title)
				}
				if known.IsZero() && one.shown != "" && title != one.shown {
					t.Errorf("the export names it %q, want %q", title, one.shown)
				}
				for _, version := range one.versions {
					found, err := ask.Run(ctx, society, ask.FindRecords(version.title, 100), question)
					if err != nil {
						t.Fatal(err)
					}
					if slices.ContainsFunc(found, func(record model.FoundRecord) bool {
						return record.RecordID == id && record.Title != one.shown || record.Title == "secret"
					}) {
						t.Errorf("search finds it by %q: %+v", version.title, found)
					}
				}
				proof, err := ask.Run(ctx, society, ask.Proof("网站", id), question)
				if err != nil || one.shown == "" && len(proof.Versions) > 0 {
					t.Fatalf("%d versions are shown, %v", len(proof.Versions), err)
				}
				if known.IsZero() && one.shown != "" && len(proof.Versions) == 0 {
					t.Fatal("no version is shown")
				}
				for _, v := range proof.Versions {
					if v.Title != "" && v.Title != one.shown || v.URL != "" && v.URL != "https://example.org/"+one.shown || v.Place != "" {
						t.Errorf("a version says %+v", v)
					}
				}
			})
		}
	}
}

// insertVersion writes the version at that place of a record, each of a collection of its own that ended long ago.
func insertVersion(t *testing.T, store *ask.Asker, id string, at int, v said) {
	t.Helper()
	scope, published, withdrawn, hash, outcome := cmp.Or(v.scope, "society"), "'"+cmp.Or(v.published, "2026-07-02")+"'", "NULL", 1+at, "success"
	switch {
	case v.gone:
		hash = 0
	case v.running:
		outcome = "running"
	}
	if v.withdrawn != "" {
		withdrawn = "'" + v.withdrawn + "'"
	}
	if v.published == "none" {
		published = "NULL"
	}
	collection := at + 1
	if v.running {
		collection = 1000
	}
	for _, statement := range []string{
		fmt.Sprintf(`INSERT INTO collections (collection_id, source, kind, started_at, ended_at, day, outcome)
			VALUES (%d, '网站', 'web', '2026-07-0%d 01:00:00', '2026-07-0%d 02:00:00', '2026-07-0%d', '%s')`, collection, at+2, at+2, at+2, outcome),
		fmt.Sprintf(`INSERT INTO record_versions (source, record_id, version, collection_id, seen, first_seen, unit_id, item_id, title, event_id, event_key, occurred_on,
				published_on, withdrawn_on, scope, url, place, online, hash)
			VALUES ('网站', '%s', %d, %d, '2026-07-02 01:00:00', '2026-07-02 01:00:00', 'V', '%s', '%s', '%s', '%s', '2026-07-01', %s, %s, '%s', 'https://example.org/%s',
				'/secret/place', 1, %d)`,
			id, at+1, collection, cmp.Or(v.item, "open"), v.title, v.title, id, published, withdrawn, strings.Trim(scope, "-"), v.title, hash),
	} {
		if err := store.Conn().Exec(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAudienceOfEveryColumn holds every column that any answer has to being known as one for everyone or as one that is not.
func TestAudienceOfEveryColumn(t *testing.T) {
	inner := []string{
		"accepted", "accepted_by", "place", "reason", "content", "error", "problem", "notice_id", "inspector", "approved_by", "visitor_id", "visitor", "parts", "remark", "fate", "nearest", "event_key", "period_no", "happened_on", "change", "registered",
		"changed_at", "act", "subject", "done_by", "done_with", "before", "after",
	}
	asked := map[string]string{} // column → where
	for _, report := range model.Reports() {
		if report.Inner {
			continue // refused as a whole
		}
		for _, column := range slices.Concat(report.Columns, report.Detail) {
			asked[column.Key] = "report " + report.Name
		}
	}
	files, err := filepath.Glob("../model/rows*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := filepath.Base(file); strings.HasPrefix(name, "rows_patrol") || name == "rows_whatif.go" {
			continue // of pages that are not for everyone: what else reads them is emptied of any column that is not named
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range regexp.MustCompile("`(?:ch|column):\"(\\w+)\"`").FindAllStringSubmatch(string(text), -1) {
			asked[tag[1]] = file
		}
	}
	if len(asked) < 150 {
		t.Fatalf("only %d columns were found", len(asked))
	}
	for column, where := range asked {
		if ask.IsForEveryone(column) == slices.Contains(inner, column) {
			t.Errorf("%s of %s: say in queries/ask/society_columns.go and docs/operations.md whether it is for everyone, or here that it is not", column, where)
		}
	}
}
