package registry

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yangguang/queries/model"
)

// FuzzLoad loads any files: a registry is either refused whole, every problem with its file, or it holds together.
func FuzzLoad(f *testing.F) {
	good := sample()
	f.Add(good["units"], good["catalogue"], "unit_id,item_id,from,to\nV1,*,2026-01-01,\n", "date,kind\n2026-10-01,holiday\n")
	f.Add("单位编号,单位名称,层级,上级单位\nA,甲,镇,B\nB,乙,镇,A\n", good["catalogue"], "", "日期,类别\n2026-13-01,休\n")
	f.Add("unit_id,name,tier,active_from,active_to\nＡ,甲,town,2026-02-01,2026-01-01\nA,乙,town,,\n", "item_id,name,catalogue,tiers,class,cadence\n*,,x,,,standing\n", "unit_id,item_id\n\"", "\xff\xfe")
	f.Fuzz(func(t *testing.T, units, catalogue, exemptions, calendar string) {
		folder := t.TempDir()
		var files Files
		for path, content := range map[*string]string{&files.Units: units, &files.Catalogue: catalogue, &files.Exemptions: exemptions, &files.Calendar: calendar} {
			file, err := os.CreateTemp(folder, "*.csv")
			if err == nil {
				_, err = file.WriteString(content)
			}
			if err = errors.Join(err, file.Close()); err != nil {
				t.Fatal(err)
			}
			*path = file.Name()
		}
		loaded, err := Load(t.Context(), files, time.UTC)
		if err == nil {
			holdsTogether(t, loaded)
			return
		}
		var problems Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("%v is no list of problems", err)
		}
		for _, problem := range problems {
			if filepath.Dir(problem.File) != folder || problem.Want == "" {
				t.Errorf("%q does not tell where or what", problem)
			}
		}
		if len(loaded.Units)+len(loaded.Items)+len(loaded.Calendar)+len(loaded.Exemptions) > 0 {
			t.Error("a refused registry has contents")
		}
	})
}

// holdsTogether checks what everything else relies on.
func holdsTogether(t *testing.T, loaded model.Registry) {
	t.Helper()
	parents, items := map[string]string{"": ""}, map[string]bool{}
	for _, unit := range loaded.Units {
		if _, twice := parents[unit.ID]; twice || unit.ID == "*" || unit.Name == "" || !isTier(unit.Tier) {
			t.Errorf("unit %+v", unit)
		}
		if !unit.ActiveTo.IsZero() && unit.ActiveTo.Before(unit.ActiveFrom) {
			t.Errorf("unit %s is active from %s to %s", unit.ID, unit.ActiveFrom, unit.ActiveTo)
		}
		parents[unit.ID] = unit.ParentID
	}
	for _, unit := range loaded.Units {
		steps := 0
		for id := unit.ID; id != ""; id = parents[id] {
			if _, known := parents[id]; !known || steps > len(loaded.Units) {
				t.Fatalf("%s of %s does not lead to the top", id, unit.ID)
			}
			steps++
		}
	}
	for _, item := range loaded.Items {
		if items[item.ID] || item.ID == "" || item.ID == "*" || item.Name == "" || len(item.Tiers) == 0 || item.Cadence == "standing" && item.ValidFrom.IsZero() {
			t.Errorf("item %+v", item)
		}
		items[item.ID] = true
	}
	for _, exemption := range loaded.Exemptions {
		if _, known := parents[exemption.UnitID]; !known && exemption.UnitID != "*" || !items[exemption.ItemID] && exemption.ItemID != "*" {
			t.Errorf("exemption of nobody: %+v", exemption)
		}
	}
}

func isTier(code string) bool {
	read, known := tiers().Read(code)
	return known && read == code
}
