package pack_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"yangguang/dashboard/pack"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/notices"
	"yangguang/queries/records"
	"yangguang/queries/retention"
)

// A pack stays what it was, whatever is collected, loaded or being collected later.
func TestVerifyWhenEverythingChanged(t *testing.T) {
	store, packs := district(t, 6)
	running := begin(t, store) // while the pack is frozen
	staged := records.NewBatch(2)
	add(staged, running, 0, "R00", "V00", day("2026-04-01"))
	add(staged, running, 1, "R01", "V01", day("2026-04-30"))
	issue(t, store, "V00", "会前发出")
	freeze(t, packs, order("会议"))
	issue(t, store, "V03", "会后发出")
	finish(t, running, staged)
	late := begin(t, store)
	batch := records.NewBatch(1)
	add(batch, late, 0, "L1", "V03", day("2026-04-03")) // says that it was in time
	finish(t, late, batch)
	registry := town(7)
	registry.Units[1].Name = "改名村"
	registry.Items[0].DueDays = 30
	assessment := model.DefaultAssessment()
	assessment.Score.Coverage.Decimal = decimal.New(9, 0)
	save(t, store, registry, assessment)

	// A generation later, by the shortest policy: what the pack rests on stays.
	month := retention.Period{Days: 30}
	removals, err := retention.Expire(t.Context(), store.Store, retention.Policy{Contents: month, Versions: month, Rejects: month, Registry: month, Answers: month},
		time.Now().AddDate(30, 0, 0))
	if err != nil {
		t.Fatal(removals, err)
	}
	verified, err := packs.Verify(t.Context(), "会议", "")
	if err != nil {
		t.Fatal(err)
	}
	if !verified.Equal() || len(verified.Files) != 14 {
		t.Errorf("got %+v", verified.Files)
	}
	freeze(t, packs, order("再议"))
	was, is := file(t, packs, "会议", "ranking-villages.csv"), file(t, packs, "再议", "ranking-villages.csv")
	if was == is {
		t.Error("what was known later makes no difference")
	}
	for name, later := range map[string]bool{"会议": false, "再议": true} {
		listed := file(t, packs, name, "notices.csv")
		if !strings.Contains(listed, "会前发出") || strings.Contains(listed, "会后发出") != later {
			t.Errorf("the notices of %s are\n%s", name, listed)
		}
	}
}

// issue notes in the register that a unit is called upon to publish its first quarter.
func issue(t *testing.T, store *ask.Asker, unit, problem string) {
	t.Helper()
	_, err := notices.NewRegister(store).Issue(t.Context(), time.Now(), notices.Event{
		NotedBy: "clerk", IssuedOn: day("2026-05-20"), UnitID: unit, Problem: problem, Demands: []notices.Demand{{ItemID: "Q", Period: "2026Q1", PeriodNo: 2026 * 4}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever changes what is kept is found out: which report, which row, which column. All changes of one kind are reported of one pack, since each
// is another row of another unit; then a record is gone altogether.
func TestVerifyTells(t *testing.T) {
	store, packs := district(t, 3)
	freeze(t, packs, order("会议"))
	told := func(t *testing.T, changes map[string]string, wants map[string]map[string][]string) {
		for name, change := range changes {
			if err := store.Conn().Exec(t.Context(), change); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		verified, err := packs.Verify(t.Context(), "会议", "")
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]string{}
		for _, file := range verified.Files {
			told[file.File] = strings.Join(file.Differences, "\n")
		}
		for name, files := range wants {
			for file, wants := range files {
				for _, want := range wants {
					if !strings.Contains(told[file], want) {
						t.Errorf("%s: %s: %q is not told:\n%s", name, file, want, told[file])
					}
				}
			}
		}
		if verified.Equal() || told["notices.csv"] != "" {
			t.Errorf("notices.csv is what it was: %q", told["notices.csv"])
		}
	}
	told(t, map[string]string{
		"a record":      `ALTER TABLE record_versions UPDATE published_on = '2026-04-20' WHERE record_id = 'R01' SETTINGS mutations_sync = 2`,
		"the registry":  `ALTER TABLE units UPDATE name = '另一村' WHERE unit_id = 'V02' SETTINGS mutations_sync = 2`,
		"a reject":      `DELETE FROM rejected_rows WHERE true`,
		"what was kept": `ALTER TABLE freeze_files UPDATE content = replaceOne(content, 'V00', 'V99') WHERE file = 'ranking-villages.csv' SETTINGS mutations_sync = 2`,
	}, map[string]map[string][]string{
		"a record": {
			"obligations.csv":      {"row V01 Q 2026Q1 2026-04-10, column 状态 (state): frozen \"按时公开\", now \"超期公开\"", `column 公开日期 (published_on): frozen "2026-04-03", now "2026-04-20"`},
			"ranking-villages.csv": {`row V01, column 及时率 (timeliness): frozen "1.0000", now "0.0000"`},
			"manifest.json":        {"source 台账, SHA-256 of the records in force: frozen "},
			"meeting.xlsx":         {`sheet 村（社区）排名, cell C2: frozen "V01", now "V02"`, "and "},
			"meeting.html":         {"now "},
		},
		"the registry":  {"ranking-villages.csv": {`row V02, column 单位 (unit): frozen "第2村</script>", now "另一村"`}},
		"a reject":      {"rejects.csv": {"row 台账 a.csv:9: frozen, but not there any more"}},
		"what was kept": {"ranking-villages.csv": {"what is kept of it was altered", "row V99: frozen, but not there any more", "row V00: not there when frozen"}},
	})
	told(t, map[string]string{"a record removed": `ALTER TABLE record_versions DELETE WHERE record_id = 'R01' SETTINGS mutations_sync = 2`}, map[string]map[string][]string{
		"a record removed": {"lapsed.csv": {"row V01 Q 2026Q1 2026-04-10: not there when frozen"}, "manifest.json": {"records in force: frozen 2, now 1"}},
	})
}

func TestFreezeRefuses(t *testing.T) {
	store, packs := district(t, 2)
	freeze(t, packs, order("会议"))
	within := order("x")
	within.Question.Within = "nobody"
	spoken := order("x")
	spoken.Language = "fr"
	for name, test := range map[string]struct {
		order     pack.Order
		parameter string
	}{"taken": {order("会议"), "name"}, "name": {order("a/b"), "name"}, "unit": {within, "within"}, "language": {spoken, "lang"}} {
		t.Run(name, func(t *testing.T) {
			_, err := packs.Freeze(t.Context(), test.order)
			if user := userError(err); user == nil || user.Parameter != test.parameter {
				t.Errorf("got %v", err)
			}
		})
	}
	// One that fails leaves its name free.
	if err := store.Conn().Exec(t.Context(), `RENAME TABLE rejected_rows TO hidden`); err != nil {
		t.Fatal(err)
	}
	if _, err := packs.Freeze(t.Context(), order("broken")); err == nil {
		t.Error("a report failed, and nobody was told")
	}
	if err := store.Conn().Exec(t.Context(), `RENAME TABLE hidden TO rejected_rows`); err != nil {
		t.Fatal(err)
	}
	freeze(t, packs, order("broken"))
	listed, err := packs.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, manifest := range listed {
		names = append(names, manifest.Name)
		if at, err := time.Parse(time.RFC3339, manifest.KnownAt); err != nil || time.Since(at) > time.Hour {
			t.Errorf("known at %s", manifest.KnownAt)
		}
	}
	if difference := cmp.Diff([]string{"broken", "会议"}, names); difference != "" {
		t.Errorf("listed (-want +got):\n%s", difference)
	}
}

// A pack of very many units is read from snapshots that are computed again each time, so that it is still proved by what is recorded.
// A pack that is kept counts although the folder in which it was made cannot be removed; that is said.
func TestPackOutlivesItsFolder(t *testing.T) {
	_, packs := district(t, 1)
	stuck := errors.New("device or resource busy")
	var folder string
	packs.RemoveWith(func(path string) error {
		folder = path
		return errors.Join(stuck, os.RemoveAll(path))
	})
	made, err := packs.Freeze(t.Context(), order("会议"))
	if !errors.Is(err, stuck) || made.Name != "会议" || folder == "" {
		t.Fatalf("the freeze gave %+v and %v", made.Name, err)
	}
	kept, err := packs.List(t.Context())
	if err != nil || len(kept) != 1 || kept[0].Name != "会议" {
		t.Fatalf("kept are %+v, %v", kept, err)
	}
	if verified, err := packs.Verify(t.Context(), "会议", ""); err != nil || !verified.Equal() {
		t.Errorf("what was kept is not what was frozen: %+v, %v", verified, err)
	}
}

func TestVerifyOfVeryMany(t *testing.T) {
	store, few := district(t, 6)
	freeze(t, few, order("few"))
	many := packs(t, ask.New(store.Above(1)))
	freeze(t, many, order("many"))
	for _, name := range []string{"ranking-villages.csv", "obligations.csv", "lapsed.csv", "meeting.xlsx"} {
		if file(t, few, "few", name) != file(t, many, "many", name) {
			t.Errorf("%s is another when it is read from a snapshot", name)
		}
	}
	verified, err := many.Verify(t.Context(), "many", "")
	if err != nil || !verified.Equal() {
		t.Errorf("%+v, %v", verified.Files, err)
	}
	if err := store.Conn().Exec(t.Context(), `ALTER TABLE record_versions UPDATE published_on = '2026-04-20' WHERE record_id = 'R01' SETTINGS mutations_sync = 2`); err != nil {
		t.Fatal(err)
	}
	verified, err = many.Verify(t.Context(), "many", "")
	if err != nil || verified.Equal() {
		t.Errorf("a changed record is not told: %+v, %v", verified.Files, err)
	}
}

// A file that another version of the program writes differently still holds the same values.
func TestVerifyOfAnotherForm(t *testing.T) {
	store, packs := district(t, 2)
	freeze(t, packs, order("会议"))
	for _, change := range []string{
		`ALTER TABLE freeze_files UPDATE content = replaceOne(content, 'border-collapse', 'border-spacing') WHERE file = 'meeting.html' SETTINGS mutations_sync = 2`,
		`ALTER TABLE freeze_files UPDATE content = replaceAll(content, '\r\n', '\n') WHERE file = 'items.csv' SETTINGS mutations_sync = 2`,
	} {
		if err := store.Conn().Exec(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	verified, err := packs.Verify(t.Context(), "会议", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range verified.Files {
		changed := file.File == "meeting.html" || file.File == "items.csv"
		altered := strings.Contains(strings.Join(file.Differences, " "), "what is kept of it was altered")
		if file.Form != changed || altered != changed || len(file.Differences) > 1 {
			t.Errorf("%+v", file)
		}
	}
}
