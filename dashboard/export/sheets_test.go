package export

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

func TestFurtherSheets(t *testing.T) {
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	report := model.Report{Name: "rejects", Columns: []model.Column{{Key: "place", Kind: model.Text}, {Key: "state", Kind: model.Code}}}
	var file bytes.Buffer
	writer, err := newXLSXLimit(&file, Request{Report: report, Printer: bundle.Printer("zh"), Zone: time.UTC}, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	for _, place := range []string{"1", "2", "3", "4", "5"} {
		if err := writer.Row([]any{place, "late"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Finish(); err != nil {
		t.Fatal(err)
	}
	read, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	got := map[string][][]string{}
	for _, sheet := range read.GetSheetList() {
		if got[sheet], err = read.GetRows(sheet); err != nil {
			t.Fatal(err)
		}
	}
	header := []string{"所在位置", "状态"}
	want := map[string][][]string{
		"未入库记录":     {header, {"1", "超期公开"}, {"2", "超期公开"}},
		"未入库记录 (2)": {header, {"3", "超期公开"}, {"4", "超期公开"}},
		"未入库记录 (3)": {header, {"5", "超期公开"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestShortened(t *testing.T) {
	exact := strings.Repeat("长", cellUnits)
	for name, test := range map[string]struct{ given, want string }{
		"short":      {"短", "短"},
		"just fits":  {exact, exact},
		"too long":   {exact + "x", strings.Repeat("长", cellUnits-1) + "…"},
		"surrogates": {strings.Repeat("𠮷", cellUnits), strings.Repeat("𠮷", (cellUnits-1)/2) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shortened(test.given); got != test.want {
				t.Errorf("got %d bytes, want %d", len(got), len(test.want))
			}
		})
	}
}

func TestHarmless(t *testing.T) {
	for given, want := range map[string]string{
		"":            "",
		"区委组织部":       "区委组织部",
		"=1+1":        "'=1+1",
		"+cmd|' /C'":  "'+cmd|' /C'",
		"-2+3":        "'-2+3",
		"@SUM(A1)":    "'@SUM(A1)",
		"\t=1":        "'\t=1",
		"\r=1":        "'\r=1",
		"\n=1":        "'\n=1",
		"  =1":        "'  =1",
		"＝1":          "'＝1",
		"＋1":          "'＋1",
		"－1":          "'－1",
		"＠x":          "'＠x",
		"-3.5":        "-3.5",
		"+8":          "+8",
		"-3.":         "'-3.",
		"-3.5.1":      "'-3.5.1",
		"-":           "'-",
		"2026-07-01":  "2026-07-01",
		"a=b":         "a=b",
		"https://a/=": "https://a/=",
	} {
		if got := harmless(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

// Whatever a title says, a spreadsheet sees a text or a plain number, and the text itself is still there.
func FuzzHarmless(f *testing.F) {
	for _, seed := range []string{"=1", "-3.5", " \t@x", "＝1", "\u00a0=1", "甲"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := harmless(text)
		if startsFormula(got) && !plainNumber(got) {
			t.Errorf("%q stays %q", text, got)
		}
		if strings.TrimPrefix(got, "'") != strings.TrimPrefix(text, "'") {
			t.Errorf("%q became %q", text, got)
		}
	})
}
