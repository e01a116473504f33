package tests

import (
	"encoding/csv"
	"html"
	"maps"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	panelPart   = regexp.MustCompile(`(?s)<section class="panel[^"]*" aria-labelledby="([a-z_]+)">.*?</section>`)
	ownExport   = regexp.MustCompile(`href="([^"]*export=[a-z_]+\.csv[^"]*)"`)
	shownRow    = regexp.MustCompile(`(?s)<tr[^>]*>(<td.*?)</tr>`)
	shownCell   = regexp.MustCompile(`(?s)^(?: class="([^"]*)")? data-label="([^"]*)"[^>]*>(.*)$`)
	numbersAt   = regexp.MustCompile(`<table[^>]* data-num="([^"]*)"`)
	smallPart   = regexp.MustCompile(`(?s)<small>.*?</small>`)
	firstFigure = regexp.MustCompile(`^[↑↓+−-]?[0-9][0-9,]*(\.[0-9]+)?`)
)

// testPanelExports follows every panel's own export on every page and holds it against what the panel shows: its columns by their names, its rows
// in their order, its numbers as rounded. A list that is cut on the page is whole in its export.
func testPanelExports(t *testing.T, handler http.Handler) {
	seen := map[string]bool{}
	for _, address := range []string{
		"/?from=2026-07-01&to=2026-09-30&programme=party&focus=integrity", "/?by=town", "/unit/O01", "/lapsed?by=item&within=T3", "/supervision", "/procedure?group=villages&within=T1", "/evidence",
		"/placement?group=villages&within=T1", "/sites", "/sites/T1", "/sources/台账", // of those that are everyPage, most is remembered
	} {
		_, _, page := get(t, handler, address)
		for _, panel := range panelPart.FindAllStringSubmatch(page, -1) {
			link := ownExport.FindStringSubmatch(panel[0])
			if link == nil {
				continue
			}
			name := strings.Split(address, "?")[0] + " " + panel[1]
			seen[name] = true
			t.Run(address+" "+panel[1], func(t *testing.T) {
				rows := csvRows(t, handler, html.UnescapeString(link[1]))
				shown := shownRow.FindAllStringSubmatch(panel[0], -1)
				if len(rows)-1 < len(shown) || len(rows)-1 > len(shown) && !strings.Contains(panel[0], "见导出") && panel[1] != "heat" && panel[1] != "tiles" {
					t.Fatalf("%d rows are shown, %d exported", len(shown), len(rows)-1)
				}
				for i, row := range shown {
					checkExportedRow(t, rows[0], rows[i+1], row[1], numbersOf(panel[0]))
				}
			})
		}
	}
	if len(seen) < 25 {
		t.Errorf("only %d panels have an export of their own: %v", len(seen), slices.Sorted(maps.Keys(seen)))
	}
	t.Run("more than is shown", func(t *testing.T) {
		units := map[string]bool{}
		for _, row := range csvRows(t, handler, "/?export=heat.csv&lang=en")[1:] {
			units[row[0]] = true
		}
		if len(units) != 51 { // all of the district but those without any duty; the page shows 40
			t.Errorf("%d units", len(units))
		}
	})
	t.Run("filters", func(t *testing.T) {
		rows := csvRows(t, handler, "/evidence?export=backdated.csv&group=organs&lang=en")
		if want := "unit_id unit item title claims evidenced_on difference by source record_id"; len(rows) < 2 || strings.Join(rows[0], " ") != want {
			t.Errorf("%d rows, header %q", len(rows), rows[0])
		}
		for _, row := range rows[1:] {
			if !strings.HasPrefix(row[0], "O") || row[len(row)-1] == "" {
				t.Errorf("%q is no organ's record", row)
			}
		}
	})
	for address, want := range map[string]struct {
		status     int
		kind, body string
	}{
		"/procedure?export=flow.xlsx":      {http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"},
		"/procedure?export=flow.json":      {http.StatusOK, "application/json; charset=utf-8", `{"key":"in_order","label":"完整且有序"}`},
		"/procedure?export=flow.pdf":       {http.StatusBadRequest, "text/html; charset=utf-8", "format"},
		"/procedure?export=nothing.csv":    {http.StatusBadRequest, "text/html; charset=utf-8", "应为本页的一张图表及格式"},
		"/ranking/organs?export=units.csv": {http.StatusBadRequest, "text/html; charset=utf-8", "应为本页的一张图表及格式"}, // a report has it
	} {
		status, header, body := get(t, handler, address)
		if status != want.status || header.Get("Content-Type") != want.kind || !strings.Contains(body, want.body) {
			t.Errorf("%s: status %d, %s, %.300s", address, status, header.Get("Content-Type"), body)
		}
	}
}

func csvRows(t *testing.T, handler http.Handler, address string) [][]string {
	t.Helper()
	status, header, body := get(t, handler, address)
	if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%s: status %d\n%.300s", address, status, body)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) == 0 || strings.Contains(body, "⟦") {
		t.Fatalf("%s: %v\n%.300s", address, err, body)
	}
	return rows
}

// numbersOf are the columns of a panel's table, from 1, whose cells are numbers.
func numbersOf(panel string) []string {
	if found := numbersAt.FindStringSubmatch(panel); found != nil {
		return strings.Fields(found[1])
	}
	return nil
}

// checkExportedRow holds a row of a panel against its row of the export.
func checkExportedRow(t *testing.T, header, exported []string, shown string, numbers []string) {
	t.Helper()
	for column, text := range strings.Split(shown, "<td")[1:] {
		cell := shownCell.FindStringSubmatch(text)
		if cell == nil { // without a label
			continue
		}
		number := strings.Contains(cell[1], "num") || cell[1] == "" && slices.Contains(numbers, strconv.Itoa(column+1))
		label := html.UnescapeString(cell[2])
		text := strings.TrimSpace(html.UnescapeString(tagged.ReplaceAllString(smallPart.ReplaceAllString(cell[3], ""), "")))
		at := slices.Index(header, label)
		switch {
		case at < 0 && text == "查看": // leads to a record, whose id the export has
			at = slices.Index(header, "记录编号")
			if at < 0 || exported[at] == "" {
				t.Errorf("no id for %q in %q", label, header)
			}
		case at < 0:
			if text != "—" {
				t.Errorf("the export lacks %q: %q", label, header)
			}
		case text == "—":
			if exported[at] != "" {
				t.Errorf("%s: none is shown, %q exported", label, exported[at])
			}
		case !number:
		default:
			checkNumber(t, label, text, exported[at])
		}
	}
}

// checkNumber holds a number as shown, 96.4 % or ↑12 or 3 天, against the export's.
func checkNumber(t *testing.T, label, shown, exported string) {
	t.Helper()
	digits := strings.NewReplacer(",", "", "↑", "", "↓", "-", "−", "-", "+", "").Replace(firstFigure.FindString(strings.ReplaceAll(shown, " ", "")))
	got, gotErr := strconv.ParseFloat(digits, 64)
	want, wantErr := strconv.ParseFloat(strings.TrimPrefix(exported, "'"), 64)
	if gotErr != nil || wantErr != nil {
		if shown != strings.TrimPrefix(exported, "'") {
			t.Errorf("%s: %q is shown, %q exported", label, shown, exported)
		}
		return
	}
	tolerance := .005
	if strings.Contains(shown, "%") {
		want, tolerance = want*100, .0500001
	}
	if math.Abs(math.Abs(got)-math.Abs(want)) > tolerance {
		t.Errorf("%s: %q is shown, %q exported", label, shown, exported)
	}
}
