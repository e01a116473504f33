package terminal

import (
	"io"
	"strings"

	"yangguang/dashboard/export"
)

// WriteColumns writes rows as a table whose columns stand below one another, Chinese or not.
func WriteColumns(out io.Writer, rows [][]string) error {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], export.DisplayWidth(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-export.DisplayWidth(cell)+2))
		}
		if _, err := io.WriteString(out, strings.TrimRight(line.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}
