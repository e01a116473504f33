package pack

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// toldDifferences is how many differences of a file are reported one by one.
const toldDifferences = 20

// told ends a list of differences that has grown too long.
func told(differences []string) []string {
	if more := len(differences) - toldDifferences; more > 0 {
		return append(differences[:toldDifferences:toldDifferences], fmt.Sprintf("and %d more", more))
	}
	return differences
}

// compareFiles says which values differ between a file as it was frozen and as it is computed now; none when only the form does.
func compareFiles(frozen, now, report string) (differences []string, err error) {
	switch filepath.Ext(frozen) {
	case ".csv":
		differences, err = compareTables(frozen, now, report)
	case ".xlsx":
		differences, err = compareWorkbooks(frozen, now)
	default:
		differences, err = compareLines(frozen, now)
	}
	return told(differences), err
}

// compareTables compares two CSV files of a report: columns, then row by row, rows found by their key.
func compareTables(frozen, now, report string) ([]string, error) {
	before, err := readTable(frozen)
	if err != nil {
		return nil, err
	}
	after, err := readTable(now)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(before.header, after.header) {
		return []string{fmt.Sprintf("columns: frozen %s; now %s", strings.Join(before.header, ", "), strings.Join(after.header, ", "))}, nil
	}
	var key []int
	columns := named(report).Columns
	for i, column := range columns {
		if slices.Contains(keyOf(report), column.Key) {
			key = append(key, i)
		}
	}
	found := after.byKey(key)
	var differences []string
	for _, name := range before.names(key) {
		row, there := found[name]
		if !there {
			differences = append(differences, fmt.Sprintf("row %s: frozen, but not there any more", name))
			continue
		}
		was := before.byKey(key)[name]
		for i := range was {
			if was[i] != row[i] {
				differences = append(differences, fmt.Sprintf("row %s, column %s: frozen %q, now %q", name, columnName(columns[i].Key, before.header[i]), was[i], row[i]))
			}
		}
	}
	known := before.byKey(key)
	for _, name := range after.names(key) {
		if _, there := known[name]; !there {
			differences = append(differences, fmt.Sprintf("row %s: not there when frozen", name))
		}
	}
	if len(differences) == 0 && !slices.Equal(before.names(key), after.names(key)) {
		differences = append(differences, "the rows stand in another order")
	}
	return differences, nil
}

func columnName(key, header string) string {
	if key == header {
		return key
	}
	return fmt.Sprintf("%s (%s)", header, key)
}

// table is a CSV file.
type table struct {
	header []string
	rows   [][]string
	keyed  map[string][]string // by name, made when first asked for
}

func readTable(path string) (*table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	buffered := bufio.NewReader(file)
	if mark, _, err := buffered.ReadRune(); err == nil && mark != '\ufeff' {
		_ = buffered.UnreadRune() // cannot fail behind ReadRune
	}
	reader := csv.NewReader(buffered)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	if len(rows) == 0 {
		return &table{}, nil
	}
	return &table{header: rows[0], rows: rows[1:]}, nil
}

// names are what the rows are called, in their order: their keys, and which of those with the same key.
func (t *table) names(key []int) []string {
	seen := map[string]int{}
	names := make([]string, 0, len(t.rows))
	for _, row := range t.rows {
		var parts []string
		for _, i := range key {
			if i < len(row) && row[i] != "" {
				parts = append(parts, row[i])
			}
		}
		name := strings.Join(parts, " ")
		seen[name]++
		if n := seen[name]; n > 1 {
			name = fmt.Sprintf("%s #%d", name, n)
		}
		names = append(names, name)
	}
	return names
}

func (t *table) byKey(key []int) map[string][]string {
	if t.keyed == nil {
		t.keyed = make(map[string][]string, len(t.rows))
		for i, name := range t.names(key) {
			row := t.rows[i]
			for len(row) < len(t.header) {
				row = append(row, "")
			}
			t.keyed[name] = row
		}
	}
	return t.keyed
}

// compareWorkbooks compares the cells of two workbooks as they are shown.
func compareWorkbooks(frozen, now string) (differences []string, err error) {
	before, err := excelize.OpenFile(frozen)
	if err != nil {
		return []string{fmt.Sprintf("what is kept is no workbook: %v", err)}, nil
	}
	defer func() { err = errors.Join(err, before.Close()) }()
	after, err := excelize.OpenFile(now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, after.Close()) }()
	if !slices.Equal(before.GetSheetList(), after.GetSheetList()) {
		return []string{fmt.Sprintf("sheets: frozen %s; now %s", strings.Join(before.GetSheetList(), ", "), strings.Join(after.GetSheetList(), ", "))}, nil
	}
	for _, sheet := range before.GetSheetList() {
		was, err := before.GetRows(sheet)
		if err != nil {
			return nil, err
		}
		is, err := after.GetRows(sheet)
		if err != nil {
			return nil, err
		}
		differences = append(differences, compareCells(sheet, was, is)...)
	}
	return differences, nil
}

func compareCells(sheet string, was, is [][]string) (differences []string) {
	cell := func(rows [][]string, row, column int) string {
		if row < len(rows) && column < len(rows[row]) {
			return rows[row][column]
		}
		return ""
	}
	width := func(rows [][]string, row int) int {
		if row < len(rows) {
			return len(rows[row])
		}
		return 0
	}
	for row := range max(len(was), len(is)) {
		for column := range max(width(was, row), width(is, row)) {
			if before, after := cell(was, row, column), cell(is, row, column); before != after {
				name, _ := excelize.CoordinatesToCellName(column+1, row+1) // cannot fail: both are above 0
				differences = append(differences, fmt.Sprintf("sheet %s, cell %s: frozen %q, now %q", sheet, name, before, after))
			}
		}
	}
	return differences
}

// markup is what a page holds beside its text.
var markup = regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)

// compareLines compares the text of two pages line by line.
func compareLines(frozen, now string) ([]string, error) {
	before, err := os.ReadFile(frozen)
	if err != nil {
		return nil, err
	}
	after, err := os.ReadFile(now)
	if err != nil {
		return nil, err
	}
	was, is := textLines(before), textLines(after)
	var differences []string
	for i := range max(len(was), len(is)) {
		switch {
		case i >= len(was):
			differences = append(differences, fmt.Sprintf("line %d: not there when frozen", i+1))
		case i >= len(is):
			differences = append(differences, fmt.Sprintf("line %d: frozen, but not there any more", i+1))
		case was[i] != is[i]:
			differences = append(differences, fmt.Sprintf("line %d: frozen %q, now %q", i+1, was[i], is[i]))
		}
	}
	return differences, nil
}

// textLines are the lines of a page that say something; cells stand apart.
func textLines(page []byte) (lines []string) {
	for line := range strings.Lines(markup.ReplaceAllString(string(page), " ")) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func hashOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // only read
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", fmt.Errorf("hash %s: %w", filepath.Base(path), err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
