package pack_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"yangguang/dashboard/pack"
	"yangguang/queries/model"
)

func userError(err error) *model.UserError {
	var user *model.UserError
	errors.As(err, &user)
	return user
}

// file is a file of a pack.
func file(t *testing.T, packs *pack.Packs, name, file string) string {
	t.Helper()
	var content bytes.Buffer
	if err := packs.WriteFile(t.Context(), name, file, &content); err != nil {
		t.Fatal(err)
	}
	return content.String()
}

// The same question and the same knowledge give the same tables and the same workbook; the archive holds what the manifest says.
func TestPackIsReproducible(t *testing.T) {
	_, packs := district(t, 45)
	first, second := freeze(t, packs, order("会议")), freeze(t, packs, order("再议"))
	for i, file := range first.Files {
		if !strings.HasSuffix(file.Name, ".html") && file != second.Files[i] { // those say their name and when they were frozen
			t.Errorf("%s differs: %+v, %+v", file.Name, file, second.Files[i])
		}
	}
	var archives [2]bytes.Buffer
	for i := range archives {
		if err := packs.WriteZip(t.Context(), "会议", &archives[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(archives[0].Bytes(), archives[1].Bytes()) {
		t.Error("the archive is another each time")
	}
	archive, err := zip.NewReader(bytes.NewReader(archives[0].Bytes()), int64(archives[0].Len()))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, entry := range archive.File {
		opened, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.Sum256(content)
		got[strings.TrimPrefix(entry.Name, "会议/")] = hex.EncodeToString(hash[:])
	}
	delete(got, pack.ManifestFile)
	want := map[string]string{}
	for _, file := range first.Files {
		want[file.Name] = file.SHA256
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("archive (-manifest +got):\n%s", difference)
	}
}

// The workbook opens; every sheet of a report has its header frozen, filters, and titles on every printed page; the charts are there.
func TestWorkbook(t *testing.T) {
	_, packs := district(t, 45)
	freeze(t, packs, order("会议"))
	book, err := excelize.OpenReader(strings.NewReader(file(t, packs, "会议", "meeting.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	want := []string{
		"摘要", "图表", "总体情况", "镇（街道）排名", "村（社区）排名", "逾期未公开", "事项情况", "示范点", "督导整改通报", "应公开任务", "数据来源", "未入库记录",
	} // and last what a chart draws
	if difference := cmp.Diff(append(slices.Clone(want), "失分"), book.GetSheetList()); difference != "" {
		t.Fatalf("sheets (-want +got):\n%s", difference)
	}
	names := book.GetDefinedName()
	for _, sheet := range want[2:] {
		panes, err := book.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: panes %+v, %v", sheet, panes, err)
		}
		for _, name := range []string{"_xlnm.Print_Titles", "_xlnm._FilterDatabase"} {
			if !slices.ContainsFunc(names, func(defined excelize.DefinedName) bool { return defined.Scope == sheet && defined.Name == name }) {
				t.Errorf("%s has no %s", sheet, name)
			}
		}
		layout, err := book.GetPageLayout(sheet)
		if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" {
			t.Errorf("%s: layout %+v, %v", sheet, layout, err)
		}
	}
	rows, err := book.GetRows("村（社区）排名", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 46 || rows[1][3] != "第1村</script>" {
		t.Errorf("%d rows, first %q, %v", len(rows), rows[min(1, len(rows)-1)], err)
	}
	if shown, err := book.GetCellValue("村（社区）排名", "J2"); err != nil || shown != "100.00%" {
		t.Errorf("coverage is shown as %q, %v", shown, err)
	}
	if formula, err := book.GetCellFormula("督导整改通报", "G2"); err != nil || formula != "" {
		t.Errorf("a problem became the formula %q, %v", formula, err)
	}
	var raw bytes.Buffer
	if err := book.Write(&raw); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
	if err != nil {
		t.Fatal(err)
	}
	charts := 0
	for _, entry := range archive.File {
		if strings.HasPrefix(entry.Name, "xl/charts/chart") {
			charts++
		}
	}
	if charts != 5 { // groups, towns, the villages' first and last, items
		t.Errorf("%d charts", charts)
	}
}

// The printable summary stands alone, says what it is about, and shows texts as texts.
func TestSummary(t *testing.T) {
	_, packs := district(t, 6)
	made := freeze(t, packs, order("会议"))
	chinese := file(t, packs, "会议", "meeting.html")
	english := order("meeting")
	english.Language = "en"
	freeze(t, packs, english)
	for text, want := range map[string][]string{
		chinese: {
			"甲区 阳光公开义务履行情况", "会议", "审核：", "签发：", "统计时段：2026-01-01 至 2026-05-31", "统计截止日：2026-05-31", made.KnownAt[:10], "村（社区）排名", "第1村&lt;/script&gt;",
			"逾期未公开事项（由早到晚）", "<small>龙城镇</small>", "公开率 40%＋及时率 30%", "黄牌每张 5 分", "优秀不低于 95 分", `lang="zh-CN"`,
		},
		file(t, packs, "meeting", "meeting.html"): {"Disclosure duty", "Window: 2026-01-01 to 2026-05-31", "Lapsed disclosures, oldest first", "coverage 40 %", `lang="en"`},
	} {
		for _, want := range want {
			if !strings.Contains(text, want) {
				t.Errorf("%q is missing", want)
			}
		}
		for _, never := range []string{"⟦", "http", "src=", "href=", "<script", " style=", "@import", "url("} {
			if strings.Contains(text, never) {
				t.Errorf("%q is there", never)
			}
		}
	}
}
