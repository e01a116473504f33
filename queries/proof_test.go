package queries_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// lines writes versions in short.
func lines(versions []model.ProofVersion) (lines []string) {
	for _, v := range versions {
		day := func(day *time.Time) string {
			if day == nil {
				return "-"
			}
			return day.Format(time.DateOnly)
		}
		lines = append(lines, fmt.Sprintf("%s seen %s first %s published %s uploaded %s unseen %s withdrawn %s gone %v %d bytes; %s %s",
			v.Title, v.Seen.UTC().Format(time.DateOnly), v.FirstSeen.UTC().Format(time.DateOnly), day(v.PublishedOn), day(v.UploadedOn), day(v.UnseenOn),
			day(v.WithdrawnOn), v.Gone, v.ContentBytes, v.Unit, v.Item))
	}
	return lines
}

func TestProof(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	a := records.RecordVersion{RecordID: "a/1?", UnitID: "T1", ItemID: "G1", Title: "first", PublishedOn: day(2026, 7, 1), UploadedOn: day(2026, 7, 2), UnseenOn: civil.Date(2026, 7, 8), Place: "page 1", Hash: 1}
	lost := records.RecordVersion{RecordID: "b", UnitID: "gone", ItemID: "G9", Title: "no registry", Hash: 3}
	querytest.Collect(t, store, "网站", querytest.Noon(9), []records.RecordVersion{a, lost}, map[string]string{"a/1?": "<li>1</li>", "b": "b"}, nil, nil)
	changed := a
	changed.Title, changed.Hash = "second", 2
	querytest.Collect(t, store, "网站", querytest.Noon(10), []records.RecordVersion{changed, lost}, map[string]string{"a/1?": "<li>two</li>"}, nil, nil)
	querytest.Collect(t, store, "网站", querytest.Noon(11), []records.RecordVersion{lost}, nil, nil, nil)

	proof, err := ask.Run(ctx, store, ask.Proof("网站", "a/1?"), model.Question{})
	if err != nil {
		t.Fatal(err)
	}
	const seen = " first 2026-07-09 published 2026-07-01 uploaded 2026-07-02 unseen 2026-07-08 withdrawn "
	if diff := cmp.Diff([]string{
		"second seen 2026-07-11" + seen + "2026-07-11 gone true 0 bytes; 孟庙镇 党费收缴",
		"second seen 2026-07-10" + seen + "- gone false 12 bytes; 孟庙镇 党费收缴",
		"first seen 2026-07-09" + seen + "- gone false 10 bytes; 孟庙镇 党费收缴",
	}, lines(proof.Versions)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	if proof.Kind != "web" || !proof.Backdated || proof.ToleranceDays != 3 || proof.EvidencedOn == nil || !proof.EvidencedOn.Equal(day(2026, 7, 8)) {
		t.Errorf("evidence: %+v", proof)
	}
	for name, test := range map[string]struct {
		version uint64
		want    string
	}{"latest": {0, "<li>two</li>"}, "first": {proof.Versions[2].Version, "<li>1</li>"}, "withdrawal": {proof.Versions[0].Version, ""}} {
		contents, err := ask.Run(ctx, store, ask.Content("网站", "a/1?", test.version), model.Question{})
		if err != nil || (len(contents) > 0) != (test.want != "") || len(contents) > 0 && contents[0].Text != test.want {
			t.Errorf("content of the %s: %v %v", name, contents, err)
		}
	}

	known, err := ask.Run(ctx, store, ask.Proof("网站", "b"), model.Question{KnownAt: time.Now()})
	if err != nil || len(known.Versions) != 1 || known.Versions[0].Unit != "" || known.Versions[0].UnitID != "gone" || known.EvidencedOn != nil {
		t.Errorf("a record whose unit has left the registry: %+v %v", known, err)
	}
	for _, record := range [][2]string{{"网站", "c"}, {"another", "b"}, {"", ""}} {
		if none, err := ask.Run(ctx, store, ask.Proof(record[0], record[1]), model.Question{}); err != nil || len(none.Versions) != 0 {
			t.Errorf("%v: %+v %v", record, none, err)
		}
	}
}

func TestSourcesTellSinceWhenTheyFail(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	load := querytest.SampleLoad()
	load.Covers = append(load.Covers, model.Cover{Source: "网站", UnitID: "T1", ItemID: "*"})
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	rejects := func(n int) (rows []records.RejectedRow) {
		for i := range n {
			rows = append(rows, records.RejectedRow{Place: fmt.Sprintf("page %d", i+1), Reason: "unit: unknown", Content: fmt.Sprintf(`{"单位":"Nobody %d"}`, i+1)})
		}
		return rows
	}
	record := []records.RecordVersion{{RecordID: "a", UnitID: "T1", ItemID: "G1", Hash: 1}}
	broken := fmt.Errorf("page 2: 500")
	querytest.Collect(t, store, "网站", querytest.Noon(1), record, nil, rejects(2), nil)
	querytest.Collect(t, store, "网站", querytest.Noon(2), nil, nil, nil, broken)
	querytest.Collect(t, store, "网站", querytest.Noon(3), nil, nil, nil, broken)
	if _, err := records.Begin(ctx, store.Store, records.Start{Source: "网站", Kind: "web", Started: querytest.Noon(4), Day: civil.Date(2026, 7, 4)}); err != nil {
		t.Fatal(err)
	}
	question := model.Question{}.WithDefaults(day(2026, 7, 4))
	sources, err := ask.Run(ctx, store, ask.Sources, question)
	if err != nil || len(sources) != 2 {
		t.Fatal(sources, err)
	}
	if one := sources[1]; one.LastOutcome != "failed" || one.FailingSince == nil || !one.FailingSince.Equal(querytest.Noon(2)) || one.Failures != 2 {
		t.Errorf("the failing source: %+v", one)
	}
	if one := sources[0]; one.Source != "ledgers" || one.FailingSince != nil || one.Failures != 0 || one.LastOutcome != "" {
		t.Errorf("the source that was never collected: %+v", one)
	}

	collections, err := ask.Run(ctx, store, ask.Collections("网站", 3), question)
	var outcomes []string
	for _, c := range collections {
		outcomes = append(outcomes, fmt.Sprintf("%s %d rows %d pages", c.Outcome, c.Read, c.Pages))
	}
	if diff := cmp.Diff([]string{"running 0 rows 0 pages", "failed 0 rows 2 pages", "failed 0 rows 2 pages"}, outcomes); err != nil || diff != "" {
		t.Errorf("the last collections: %v (-want +got)\n%s", err, diff)
	}

	for name, test := range map[string]struct {
		asked model.RejectsAsked
		want  string
		found uint64
	}{
		"all, carried over the failures": {model.RejectsAsked{Limit: 10}, "page 1,page 2", 2},
		"a page":                         {model.RejectsAsked{Source: "网站", Limit: 1, Offset: 1}, "page 2", 2},
		"beyond":                         {model.RejectsAsked{Limit: 10, Offset: 10}, "", 0},
		"words in any case":              {model.RejectsAsked{Words: []string{"NOBODY", "网站", "单位", "2"}, Limit: 10}, "page 2", 1},
		"a reason said otherwise":        {model.RejectsAsked{Words: []string{"网站", "没有"}, Reasons: []string{"", `unknown$`}, Limit: 1}, "page 1", 2},
		"another reason":                 {model.RejectsAsked{Words: []string{"没有"}, Reasons: []string{`is not a date`}, Limit: 1}, "", 0},
		"another source":                 {model.RejectsAsked{Source: "ledgers", Limit: 10}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := ask.Run(ctx, store, ask.Rejects(test.asked), question)
			var places []string
			for _, row := range rows {
				places = append(places, row.Place)
				if row.Found != test.found || row.Seen.UTC() != querytest.Noon(1) {
					t.Errorf("%+v", row)
				}
			}
			if got := strings.Join(places, ","); err != nil || got != test.want {
				t.Errorf("%v %v", got, err)
			}
		})
	}
}

func TestCoverage(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	load := querytest.SampleLoad()
	load.Registry.Units[2].ActiveTo = time.Time{}
	load.Covers = append(load.Covers, model.Cover{Source: "网站", UnitID: "T1", ItemID: "G1"}, model.Cover{Source: "无", UnitID: "C1", ItemID: "*"})
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*model.Question)
		want   []model.CoverageRow
	}{
		"all":              {func(*model.Question) {}, []model.CoverageRow{{Source: "ledgers", Units: 2, Items: []string{"G1"}, Duties: 2}, {Source: "网站", Units: 1, Items: []string{"G1"}, Duties: 1}}},
		"one unit":         {func(q *model.Question) { q.Unit = "V1" }, []model.CoverageRow{{Source: "ledgers", Units: 1, Items: []string{"G1"}, Duties: 1}}},
		"with its subtree": {func(q *model.Question) { q.Unit, q.Scope = "T1", "subtree" }, []model.CoverageRow{{Source: "ledgers", Units: 2, Items: []string{"G1"}, Duties: 2}, {Source: "网站", Units: 1, Items: []string{"G1"}, Duties: 1}}},
		"another focus":    {func(q *model.Question) { q.Focus = "personnel" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			question := model.Question{}.WithDefaults(day(2026, 7, 1))
			test.change(&question)
			got, err := ask.Run(ctx, store, ask.Coverage, question)
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}
