package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"yangguang/dashboard/export"
	"yangguang/queries/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

func write(t *testing.T, format, name string) []byte {
	t.Helper()
	report, streamer := sample()
	var file bytes.Buffer
	if err := export.Write(t.Context(), &file, format, streamer, request(t, report, name)); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestGolden(t *testing.T) {
	for _, name := range []string{"sample.zh.csv", "sample.en.csv", "sample.zh.json", "sample.en.json"} {
		t.Run(name, func(t *testing.T) {
			parts := strings.Split(name, ".")
			got := write(t, parts[2], parts[1])
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSameBytesTwice(t *testing.T) {
	for _, format := range export.Formats() {
		t.Run(format, func(t *testing.T) {
			if !bytes.Equal(write(t, format, "zh"), write(t, format, "zh")) {
				t.Error("two writes of the same report differ")
			}
		})
	}
}

func TestCSVReadsBack(t *testing.T) {
	file := write(t, "csv", "zh")
	if !bytes.HasPrefix(file, []byte("\xef\xbb\xbf名次")) && !bytes.HasPrefix(file, []byte("\xef\xbb\xbf单位,")) {
		t.Errorf("starts with %q", file[:20])
	}
	read, err := csv.NewReader(bytes.NewReader(file[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("'=HYPERLINK(\"http://x\")", read[2][0]); diff != "" {
		t.Error(diff)
	}
}

func TestJSONIsJSON(t *testing.T) {
	var object struct {
		Report string
		Rows   []map[string]any
	}
	if err := json.Unmarshal(write(t, "json", "en"), &object); err != nil {
		t.Fatal(err)
	}
	if object.Report != "obligations" || len(object.Rows) != 5 || object.Rows[0]["coverage"] != 0.964 || object.Rows[1]["mean_delay_days"] != nil {
		t.Errorf("got %v", object)
	}
	report, _ := sample()
	var empty bytes.Buffer
	if err := export.Write(t.Context(), &empty, "json", rows{}, request(t, report, "en")); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(empty.Bytes(), &object); err != nil || len(object.Rows) != 0 {
		t.Errorf("no rows: %v, %v", object.Rows, err)
	}
}

func TestXLSX(t *testing.T) {
	file, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", "zh")))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sheet := "应公开任务"
	if diff := cmp.Diff([]string{sheet}, file.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	for cell, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{
		"A1": {"单位", excelize.CellTypeInlineString},
		"G1": {"程序规范", excelize.CellTypeInlineString},
		"B2": {"重点", excelize.CellTypeInlineString},
		"C2": {"2026-07-10", excelize.CellTypeNumber},
		"D2": {"按时公开", excelize.CellTypeInlineString},
		"H2": {"96.40%", excelize.CellTypeNumber},
		"I2": {"88.63", excelize.CellTypeNumber},
		"J2": {"1.50", excelize.CellTypeNumber},
		"K2": {"12", excelize.CellTypeNumber},
		"L2": {"2026-09-04 00:30:05", excelize.CellTypeNumber},
		"A3": {"=HYPERLINK(\"http://x\")", excelize.CellTypeInlineString},
		"A4": {"-3.5", excelize.CellTypeInlineString},
		"A6": {"", excelize.CellTypeUnset},
	} {
		value, err := file.GetCellValue(sheet, cell)
		if err != nil || value != want.value {
			t.Errorf("%s: got %q, %v; want %q", cell, value, err, want.value)
		}
		kind, _ := file.GetCellType(sheet, cell)
		if kind == excelize.CellTypeUnset { // a number has no type of its own
			kind = want.kind
		}
		if kind != want.kind {
			t.Errorf("%s: type %v, want %v", cell, kind, want.kind)
		}
		if formula, _ := file.GetCellFormula(sheet, cell); formula != "" {
			t.Errorf("%s holds the formula %q", cell, formula)
		}
	}
	for cell, colour := range map[string]string{"D2": "0F766E", "D3": "C2410C"} {
		id, _ := file.GetCellStyle(sheet, cell)
		style, err := file.GetStyle(id)
		if err != nil || len(style.Fill.Color) != 1 || style.Fill.Color[0] != colour {
			t.Errorf("%s: fill %v, %v; want %s", cell, style.Fill, err, colour)
		}
	}
	panes, err := file.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func TestWriteFails(t *testing.T) {
	report, streamer := sample()
	broken := errors.New("broken off")
	for name, test := range map[string]struct {
		format   string
		streamer rows
		want     string
	}{
		"unknown format":  {"pdf", streamer, `format: "pdf" is not right; expected one of csv, xlsx, json`},
		"broken off csv":  {"csv", rows{streamer.rows, broken, nil}, "broken off"},
		"broken off xlsx": {"xlsx", rows{streamer.rows, broken, nil}, "broken off"},
		"strange csv":     {"csv", rows{rows: [][]any{{1.5}}}, "column unit: a float64"},
		"strange xlsx":    {"xlsx", rows{rows: [][]any{{1.5}}}, "column unit: a float64"},
		"strange json":    {"json", rows{rows: [][]any{{1.5}}}, "column unit: a float64"},
	} {
		t.Run(name, func(t *testing.T) {
			err := export.Write(t.Context(), &bytes.Buffer{}, test.format, test.streamer, request(t, report, "zh"))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	var user *model.UserError
	if err := export.Write(t.Context(), &bytes.Buffer{}, "pdf", streamer, request(t, report, "zh")); !errors.As(err, &user) {
		t.Errorf("an unknown format is the reader's mistake: %v", err)
	}
}
