package table

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// readStyles notes for every cell style whether its number format shows a date or a time.
func (w *workbook) readStyles(name string) error {
	var content struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.unmarshal(name, &content); err != nil {
		return err
	}
	custom := make(map[int]bool, len(content.Formats))
	for _, format := range content.Formats {
		custom[format.ID] = isDateFormat(format.Code)
	}
	for _, cell := range content.Cells {
		date, ok := custom[cell.Format]
		w.dates = append(w.dates, ok && date || !ok && isBuiltInDate(cell.Format))
	}
	return nil
}

// isBuiltInDate knows the number formats that files use without spelling them out (ECMA-376 part 1, 18.8.30), those of
// the East Asian editions included.
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

var elapsed = regexp.MustCompile(`^\[(h+|m+|s+)\]`)

// isDateFormat tells whether a number format's first section (that of positive numbers) shows a date or a time.
// Quoted text, escaped characters, colours and conditions do not count.
func isDateFormat(code string) bool {
	code = strings.ToLower(code)
	if strings.HasPrefix(code, "general") {
		return false
	}
	for i := 0; i < len(code); {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 2
		case '\\', '_', '*':
			i += 2
		case '[':
			if elapsed.MatchString(code[i:]) {
				return true
			}
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			i += end + 1
		case ';':
			return false
		case 'y', 'm', 'd', 'h', 's':
			return true
		case 'e': // the year of an era, unless it is an exponent
			if i+1 == len(code) || code[i+1] != '+' && code[i+1] != '-' {
				return true
			}
			i++
		default:
			if strings.HasPrefix(code[i:], "年") || strings.HasPrefix(code[i:], "月") || strings.HasPrefix(code[i:], "日") {
				return true
			}
			i++
		}
	}
	return false
}

// lastSerial is 9999-12-31, the last day Excel knows.
const lastSerial = 2958465

// serialText writes an Excel serial number as an ISO date, with the time when it has one; a serial below 1 is a time of
// day. ok is false for numbers Excel itself cannot show as a date.
func serialText(serial float64, from1904 bool) (text string, ok bool) {
	if math.IsNaN(serial) || serial < 0 || serial > lastSerial+1 {
		return "", false
	}
	days := math.Floor(serial)
	seconds := int(math.Round((serial - days) * 86400))
	if seconds == 86400 {
		days, seconds = days+1, 0
	}
	if days == 0 && !from1904 {
		return time.Time{}.Add(time.Duration(seconds) * time.Second).Format("15:04:05"), true
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60: // Excel counts a 29 February 1900 that never was
		epoch = epoch.AddDate(0, 0, 1)
	}
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	if seconds == 0 {
		return at.Format("2006-01-02"), true
	}
	return at.Format("2006-01-02 15:04:05"), true
}

// numberText writes a number as Excel shows it unformatted: 15 digits at most, no exponent that a writer chose.
func numberText(raw string) string {
	if len(raw) <= 15 && !strings.ContainsAny(raw, "eE.") {
		return raw
	}
	number, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(number, 0) {
		return raw
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil || math.Abs(rounded) >= 1e21 {
		return raw
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
