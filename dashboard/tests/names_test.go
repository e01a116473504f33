package tests

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// testNames follows names that a careless page or file would trip over through the ranking's page and its exports.
func testNames(t *testing.T, handler http.Handler) {
	_, _, page := get(t, handler, "/ranking/organs")
	_, _, text := get(t, handler, "/export/ranking.csv?group=organs")
	_, _, object := get(t, handler, "/export/ranking.json?group=organs")
	_, _, book := get(t, handler, "/export/ranking.xlsx?group=organs")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var read struct{ Rows []struct{ Unit string } }
	if err := json.Unmarshal([]byte(object), &read); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader([]byte(book)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sheet := file.GetSheetList()[0]
	cells, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(cells[0], "单位")
	for _, name := range strange() {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(html.UnescapeString(page), ">"+name+"<") {
				t.Error("the page lacks it")
			}
			written := name
			if strings.HasPrefix(name, "=") {
				written = "'" + name // a spreadsheet would compute it
			}
			if !slices.ContainsFunc(rows, func(row []string) bool { return row[at] == written }) {
				t.Errorf("the CSV lacks %q", written)
			}
			if !slices.ContainsFunc(read.Rows, func(row struct{ Unit string }) bool { return row.Unit == name }) {
				t.Error("the JSON lacks it")
			}
			number := slices.IndexFunc(cells, func(row []string) bool { return len(row) > at && row[at] == name }) + 1
			if number == 0 {
				t.Fatal("the XLSX lacks it")
			}
			cell, err := excelize.CoordinatesToCellName(at+1, number)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := file.GetCellFormula(sheet, cell); err != nil || formula != "" {
				t.Errorf("the XLSX has a formula %q, %v", formula, err)
			}
		})
	}
}
