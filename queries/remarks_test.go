package queries_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
)

// TestRemarks says that what the last collection did not read is listed, the gravest first, and no more when it is mended.
func TestRemarks(t *testing.T) {
	store := querytest.Store(t)
	loadVillage(t, store)
	end := func(hour int, remarks ...records.Remark) time.Time {
		collection := beginCollection(t, store, querytest.Noon(9).Add(time.Duration(hour)*time.Hour))
		publish(t, collection)
		ended := querytest.Noon(9).Add(time.Duration(hour)*time.Hour + time.Minute)
		if err := collection.Finish(t.Context(), ended, records.Counts{}, records.Ending{Outcome: model.Look, Remarks: remarks}); err != nil {
			t.Fatal(err)
		}
		return ended
	}
	said := func(store *ask.Asker, knownAt time.Time) (rows []string) {
		t.Helper()
		asked := querytest.Question()
		asked.KnownAt = knownAt
		found, err := ask.Run(t.Context(), store, ask.Remarks("", 10), asked)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range found {
			rows = append(rows, strings.Join([]string{row.Fate, row.Place, row.Remark, row.Nearest}, " "))
		}
		return rows
	}
	first := end(0,
		records.Remark{Fate: model.FateIgnored, Place: "a.xlsx:旧", Text: "the sheet is hidden and not read", Parts: 1},
		records.Remark{Fate: model.FateUnread, Place: "a.xlsx:台账!H", Text: `the column "撤下'时间\" is not read`, Nearest: "撤下日期", Parts: 1},
	)
	want := []string{`unread a.xlsx:台账!H the column "撤下'时间\" is not read 撤下日期`, "ignored a.xlsx:旧 the sheet is hidden and not read "}
	if diff := cmp.Diff(want, said(store, time.Time{})); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
	if found := said(store.ForSociety(), time.Time{}); len(found) > 0 {
		t.Errorf("society is told %q", found)
	}
	if rows := querytest.Rows(t, store, "remarks", querytest.Question()); len(rows) != 2 || rows[0]["parts"] != int64(1) || rows[0]["fate"] != model.FateUnread {
		t.Errorf("the report has %v", rows)
	}
	end(2)
	if found := said(store, time.Time{}); len(found) > 0 {
		t.Errorf("mended, there is still %q", found)
	}
	if diff := cmp.Diff(want, said(store, first)); diff != "" {
		t.Errorf("what was known then (-want +got):\n%s", diff)
	}
	many := make([]records.Remark, 2000)
	for i := range many {
		many[i] = records.Remark{Fate: model.FateNotUnderstood, Place: strings.Repeat("长", 40), Text: "x", Parts: 3}
	}
	end(4, many...)
	rows := querytest.Rows(t, store, "remarks", querytest.Question())
	total := int64(0)
	for _, row := range rows {
		total += row["parts"].(int64)
	}
	if last := rows[len(rows)-1]; len(rows) > 500 || total != 6000 || last["remark"] != "more parts" {
		t.Errorf("%d rows of %d parts, the last %v", len(rows), total, last)
	}
	end(6)
	read := func(hour int, remarks ...records.Remark) {
		t.Helper()
		if err := records.NoteRegistryReading(t.Context(), store.Store, querytest.Noon(9).Add(time.Duration(hour)*time.Hour), remarks); err != nil {
			t.Fatal(err)
		}
	}
	read(7, records.Remark{Fate: model.FateNotUnderstood, Place: "units.csv:手机", Text: "the column is not read", Parts: 1})
	if diff := cmp.Diff([]string{"not_understood units.csv:手机 the column is not read "}, said(store, time.Time{})); diff != "" {
		t.Errorf("of the registry (-want +got):\n%s", diff)
	}
	read(8)
	if found := said(store, time.Time{}); len(found) > 0 {
		t.Errorf("the registry mended, there is still %q", found)
	}
}
