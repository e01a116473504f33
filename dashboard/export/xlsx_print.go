package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// pageWidth is how many characters a page takes beside one another and can still be read on paper.
const pageWidth = 150

// printedParts divides a report's columns, which are so many characters wide, into the pages that stand side by side: the first says what matters
// most, each further one begins with the columns that name its rows. They are given as the last column of each, from 1.
func printedParts(widths []float64, naming int) (parts []int) {
	names := 0.0
	for _, width := range widths[:naming] {
		names += width
	}
	used := 0.0
	for i, width := range widths {
		if used+width > pageWidth && i > naming {
			parts, used = append(parts, i), names
		}
		used += width
	}
	return append(parts, len(widths))
}

// printOnly divides a sheet of so many rows into the parts that are printed one after the other.
func (b *Book) printOnly(sheet string, parts []int, rows int) error {
	if len(parts) < 2 {
		return nil // all of it
	}
	var areas []string
	first := 1
	for _, last := range parts {
		from, err := excelize.CoordinatesToCellName(first, 1, true)
		if err != nil {
			return err
		}
		to, err := excelize.CoordinatesToCellName(last, rows, true)
		if err != nil {
			return err
		}
		areas = append(areas, quoted(sheet)+from+":"+to)
		first = last + 1
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: strings.Join(areas, ","), Scope: sheet})
}

func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" }

// printed is what stands on top of every printed page of a sheet: whose figures these are, of which window and day.
func (r Request) printed(sheet string) *excelize.HeaderFooterOptions {
	escape := strings.NewReplacer("&", "&&").Replace
	window := r.Printer.T("said.printed_window", "From", r.Question.From.Format(dayLayout), "To", r.Question.To.Format(dayLayout), "Day", r.Question.AsOf.Format(dayLayout))
	title := strings.TrimSpace(r.District + " " + sheet)
	for _, limit := range [][2]string{{"group", r.Question.Group}, {"programme", r.Question.Programme}, {"focus", r.Question.Focus}} {
		if limit[1] != "" && limit[1] != "all" {
			title += " · " + r.Printer.CodeLabel(limit[0], limit[1])
		}
	}
	const most = 120 // of 255 characters that a header may have
	if runes := []rune(title); len(runes) > most {
		title = string(runes[:most])
	}
	return &excelize.HeaderFooterOptions{OddHeader: fmt.Sprintf(`&L&"-,Bold"&14%s&R%s`, escape(" "+title), escape(window)), OddFooter: "&C&P / &N"}
}
