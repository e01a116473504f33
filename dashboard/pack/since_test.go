package pack_test

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yangguang/dashboard/pack"
	"yangguang/queries/model"
	"yangguang/queries/records"
)

// The next pack compares with the one before: two villages mend what was lapsed, all that is open then is open still or mended, and verifying it later
// gives the same. A unit with something lapsed has a sheet, one without has none.
func TestPackSinceTheMeetingBefore(t *testing.T) {
	store, packs := district(t, 6) // V00 and V03 have published nothing
	first := order("四月会议")
	first.Question = model.Question{}.WithDefaults(day("2026-04-30"))
	if made := freeze(t, packs, first); made.Asked.Baseline != "" || slices.Contains(made.Names(), "since.csv") {
		t.Errorf("the first pack compares with %q: %v", made.Asked.Baseline, made.Names())
	}
	collection := begin(t, store)
	batch := records.NewBatch(1)
	add(batch, collection, 0, "R00", "V00", day("2026-05-02"))
	finish(t, collection, batch)

	made := freeze(t, packs, order("五月会议"))
	if made.Asked.Baseline != "四月会议" {
		t.Fatalf("compares with %q", made.Asked.Baseline)
	}
	changed := map[string][]string{}
	for _, row := range table(t, file(t, packs, "五月会议", "since.csv")) {
		changed[row[0]] = append(changed[row[0]], row[1])
	}
	if got, want := changed["已补公开"], []string{"V00"}; !slices.Equal(got, want) {
		t.Errorf("mended %v, want %v", got, want)
	}
	if got, want := changed["仍未公开"], []string{"T", "V03"}; !slices.Equal(got, want) {
		t.Errorf("still open %v, want %v", got, want)
	}
	if len(changed["新增逾期"]) > 0 {
		t.Errorf("newly lapsed: %v", changed["新增逾期"])
	}
	ranks := table(t, file(t, packs, "五月会议", "since-ranking.csv"))
	now, then := table(t, file(t, packs, "五月会议", "ranking-villages.csv")), table(t, file(t, packs, "四月会议", "ranking-villages.csv"))
	for _, row := range ranks[1:] {
		for _, one := range []struct {
			of   [][]string
			rank string
		}{{now, row[3]}, {then, row[4]}} {
			for _, ranked := range one.of[1:] {
				if ranked[2] == row[1] && ranked[0] != one.rank {
					t.Errorf("%s: rank %s, want %s", row[1], one.rank, ranked[0])
				}
			}
		}
	}
	if first := file(t, packs, "四月会议", "meeting.html"); !strings.Contains(first, "未作对比") {
		t.Error("the first pack does not say that it compares with none")
	}
	printed := file(t, packs, "五月会议", "meeting.html")
	for _, want := range []string{"自上次会议以来", "与存档“四月会议”相比", "自上次会议以来已补公开的"} {
		if !strings.Contains(printed, want) {
			t.Errorf("the summary lacks %q", want)
		}
	}
	book, err := excelize.OpenReader(strings.NewReader(file(t, packs, "五月会议", "meeting.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("自上次会议以来")
	if err != nil || len(rows) != 4 {
		t.Errorf("the workbook's sheet: %v, %v", rows, err)
	}
	testSheets(t, file(t, packs, "五月会议", "units.html"))
	if verified, err := packs.Verify(t.Context(), "五月会议", ""); err != nil || !verified.Equal() {
		t.Errorf("verified: %+v, %v", verified, err)
	}
	for name, baseline := range map[string]string{"later": "五月会议", "unknown": "无此会议"} {
		again := first
		again.Name, again.Baseline = "再议", baseline
		var user *model.UserError
		if _, err := packs.Freeze(t.Context(), again); !errors.As(err, &user) || user.Parameter != "baseline" {
			t.Errorf("%s: %v", name, err)
		}
	}
	without := order("不对比")
	without.Baseline = pack.NoBaseline
	if made := freeze(t, packs, without); made.Asked.Baseline != "" || slices.Contains(made.Names(), "since.csv") {
		t.Errorf("asked for no comparison, compares with %q", made.Asked.Baseline)
	}
}

func testSheets(t *testing.T, page string) {
	t.Helper()
	if got := strings.Count(page, `<article class="sheet`); got != 2 {
		t.Errorf("%d sheets, want those of the town and of one village", got)
	}
	for _, want := range []string{"第3村&lt;/script&gt;", "季度党费 2026Q1 · 补公开", "已于 2026-04-10 到期", "龙城镇"} {
		if !strings.Contains(page, want) {
			t.Errorf("the sheets lack %q", want)
		}
	}
	if strings.Contains(page, "第1村") {
		t.Error("a unit without anything to do has a sheet")
	}
}

func table(t *testing.T, content string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
