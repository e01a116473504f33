package starter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yangguang/queries/model"
)

func day(text string) time.Time {
	on, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return on
}

// The cells offer what may be chosen: codes of the vocabulary, and of a ledger the units and items of the registry.
func TestWriteOffersChoices(t *testing.T) {
	for name, test := range map[string]struct {
		registry          *model.Registry
		file, sheet, cell string
		want              []string
	}{
		"tiers":             {nil, "registry/单位.xlsx", "单位", "C2", []string{"区委", "村"}},
		"cadences":          {nil, "registry/公开目录.xlsx", "公开目录", "J3", []string{"长期", "每月", "随时"}},
		"kinds of days":     {nil, "registry/节假日.xlsx", "节假日", "B2", []string{"节假日", "工作日"}},
		"units of examples": {nil, "ledgers/台账.xlsx", "台账", "B4", []string{"示例一村", "示例二村"}},
		"channels":          {nil, "ledgers/台账.xlsx", "台账", "P2", []string{"公开栏", "微信群"}},
		"units of the registry": {
			&model.Registry{Units: []model.Unit{{ID: "V", Name: "何庄村"}}, Items: []model.Item{{ID: "I", Name: "三会一课"}}}, "ledgers/台账.xlsx", "台账", "B2",
			[]string{"何庄村"},
		},
		"items of the registry": {
			&model.Registry{Units: []model.Unit{{ID: "V", Name: "何庄村"}}, Items: []model.Item{{ID: "I", Name: "三会一课"}}}, "ledgers/台账.xlsx", "台账", "D2",
			[]string{"三会一课"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			if _, err := Write(folder, day("2026-03-01"), test.registry); err != nil {
				t.Fatal(err)
			}
			offered := choicesAt(t, filepath.Join(folder, test.file), test.sheet, test.cell)
			for _, want := range test.want {
				if !slices.Contains(offered, want) {
					t.Errorf("%v lacks %s", offered, want)
				}
			}
		})
	}
}

// choicesAt are what a cell offers.
func choicesAt(t *testing.T, path, sheet, cell string) (choices []string) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	validations, err := book.GetDataValidations(sheet)
	if err != nil {
		t.Fatal(err)
	}
	column := strings.TrimRight(cell, "0123456789")
	for _, validation := range validations {
		if !strings.HasPrefix(validation.Sqref, column+"2:") {
			continue
		}
		list := strings.Split(validation.Formula1, "$") // '填表说明'! F 2: F 12
		lists, err := book.GetCols(explanations)
		if err != nil || len(list) < 4 {
			t.Fatalf("%q: %v", validation.Formula1, err)
		}
		at, err := excelize.ColumnNameToNumber(list[1])
		if err != nil {
			t.Fatal(err)
		}
		return lists[at-1][1:]
	}
	return nil
}

// What is there stays as it is, and is said to be.
func TestWriteLeavesWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	mine := filepath.Join(folder, Config)
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := Write(folder, day("2026-01-01"), nil)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(mine)
	if err != nil || string(content) != "mine" || !slices.Equal(result.Kept, []string{Config}) || slices.Contains(result.Written, Config) || len(result.Written) != 6 {
		t.Errorf("%q, %v; %+v", content, err, result)
	}
	again, err := Write(folder, day("2026-01-01"), nil)
	if err != nil || len(again.Written) > 0 || len(again.Kept) != 7 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

// No example lies in the future, whatever day it is.
func TestLedgerExamplesHaveHappened(t *testing.T) {
	for _, today := range []string{"2026-01-01", "2026-01-31", "2024-02-29", "2026-03-01", "2026-12-31"} {
		for _, row := range ledgerExamples(day(today), day(today[:4]+"-01-01")) {
			for _, value := range row {
				if on, is := value.(time.Time); is && on.After(day(today)) {
					t.Errorf("%s is after %s", on.Format(time.DateOnly), today)
				}
			}
		}
	}
}
