package export

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// A wide report prints in parts that can be read, each with who its rows are about, and every page says whose figures these are.
func TestPrinted(t *testing.T) {
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	report, _ := model.ReportNamed("ranking")
	day := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	request := Request{Report: report, Question: model.Question{}.WithDefaults(day), Printer: bundle.Printer("zh"), Zone: time.UTC, District: "甲&乙区"}
	var file bytes.Buffer
	writer, err := newXLSXLimit(&file, request, sheetRows)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if err := writer.Row(make([]any, len(report.Columns))); err != nil {
		t.Fatal(err)
	}
	if err := writer.Finish(); err != nil {
		t.Fatal(err)
	}
	read, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	sheet := read.GetSheetList()[0]
	header, err := read.GetHeaderFooter(sheet)
	if err != nil || !strings.Contains(header.OddHeader, "甲&&乙区 单位排名") || !strings.Contains(header.OddHeader, "2026-01-01 至 2026-09-30，统计截止日 2026-09-30") {
		t.Errorf("on top of a page stands %q, %v", header.OddHeader, err)
	}
	names := map[string]string{}
	for _, name := range read.GetDefinedName() {
		names[name.Name] = name.RefersTo
	}
	areas := strings.Split(names["_xlnm.Print_Area"], ",")
	if len(areas) < 3 || !strings.HasPrefix(areas[0], "'"+sheet+"'!$A$1:$") || !strings.HasSuffix(areas[len(areas)-1], "$2") {
		t.Errorf("printed are %q", areas)
	}
	if titles := names["_xlnm.Print_Titles"]; !strings.Contains(titles, "$A:$D") || !strings.Contains(titles, "$1:$1") {
		t.Errorf("repeated are %q", titles)
	}
}

func TestPrintedParts(t *testing.T) {
	if got := printedParts([]float64{10, 30, 60, 50, 60, 60}, 2); !slices.Equal(got, []int{4, 5, 6}) {
		t.Errorf("parts end at %v", got)
	}
	if got := printedParts([]float64{200, 200}, 0); len(got) != 2 {
		t.Errorf("columns wider than a page: %v", got)
	}
}
