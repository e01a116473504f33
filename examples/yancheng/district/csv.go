package district

import (
	"encoding/csv"
	"fmt"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func encodePlain(w io.Writer, sheets []sheet) error {
	out := csv.NewWriter(w)
	for _, s := range sheets {
		if err := out.Write(s.header); err != nil {
			return fmt.Errorf("header: %w", err)
		}
		for _, row := range s.rows {
			line := make([]string, len(row))
			for n, c := range row {
				line[n] = c.text
			}
			if err := out.Write(line); err != nil {
				return fmt.Errorf("row: %w", err)
			}
		}
	}
	out.Flush()
	return out.Error()
}

// encodeBOM writes UTF-8 the way Excel saves it.
func encodeBOM(w io.Writer, sheets []sheet) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	return encodePlain(w, sheets)
}

// encodeGB18030 writes what older office software saves.
func encodeGB18030(w io.Writer, sheets []sheet) error {
	out := simplifiedchinese.GB18030.NewEncoder().Writer(w)
	return encodePlain(out, sheets)
}
