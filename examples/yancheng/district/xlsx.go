package district

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// Rows of a village workbook: a merged title, the header, then the records.
const (
	titleRow  = 1
	headerRow = 2
)

// encodeWorkbook writes an XLSX whose unit cells are merged downwards, as people keep such ledgers.
func encodeWorkbook(w io.Writer, sheets []sheet) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // in memory
	chinese := `yyyy"年"m"月"d"日"`
	dates, err := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
	if err != nil {
		return fmt.Errorf("date style: %w", err)
	}
	for n, s := range sheets {
		if n == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
		if err := streamSheet(f, s, dates); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	var workbook bytes.Buffer
	if err := f.Write(&workbook); err != nil {
		return err
	}
	return repack(w, workbook.Bytes())
}

func streamSheet(f *excelize.File, s sheet, dates int) error {
	out, err := f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(s.header))
	if err != nil {
		return err
	}
	if err := out.SetRow(fmt.Sprintf("A%d", titleRow), []any{s.title}); err != nil {
		return err
	}
	if err := out.MergeCell(fmt.Sprintf("A%d", titleRow), fmt.Sprintf("%s%d", last, titleRow)); err != nil {
		return err
	}
	header := make([]any, len(s.header))
	for n, name := range s.header {
		header[n] = name
	}
	if err := out.SetRow(fmt.Sprintf("A%d", headerRow), header); err != nil {
		return err
	}
	for n, row := range s.rows {
		if err := out.SetRow(fmt.Sprintf("A%d", headerRow+1+n), values(s.rows, n, row, dates)); err != nil {
			return err
		}
	}
	if err := mergeUnits(out, s.rows); err != nil {
		return err
	}
	return out.Flush()
}

func values(rows [][]cell, n int, row []cell, dates int) []any {
	all := make([]any, len(row))
	for i, c := range row {
		switch {
		case i == 0 && n > 0 && rows[n-1][0] == c, c == cell{}: // inside a merged block, or empty
		case !c.day.IsZero():
			all[i] = excelize.Cell{StyleID: dates, Value: serial(c.day)}
		default:
			all[i] = c.text
		}
	}
	return all
}

// serial is the day number that a spreadsheet stores for a date.
func serial(on time.Time) int {
	return int(on.Sub(day(1899, time.December, 30)).Hours() / 24)
}

func mergeUnits(out *excelize.StreamWriter, rows [][]cell) error {
	for first := 0; first < len(rows); {
		end := first + 1
		for end < len(rows) && rows[end][0] == rows[first][0] {
			end++
		}
		if end-first > 1 {
			from, to := fmt.Sprintf("A%d", headerRow+1+first), fmt.Sprintf("A%d", headerRow+end)
			if err := out.MergeCell(from, to); err != nil {
				return err
			}
		}
		first = end
	}
	return nil
}
