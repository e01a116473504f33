package table

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// cellStyle is what a cell's number format does to a number.
type cellStyle struct {
	date    bool   // it shows a date or a time
	month   bool   // it shows a month, and no day
	year    bool   // it shows a year, and neither month nor day
	percent bool   // it shows hundredths
	digits  string // the format, when it fixes the number of digits, as those of ids do; otherwise empty
}

// readStyles notes for every cell style what its number format shows.
func (w *workbook) readStyles(ctx context.Context, name string) error {
	var content struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.unmarshal(ctx, name, &content); err != nil {
		return err
	}
	custom := make(map[int]cellStyle, len(content.Formats))
	for _, format := range content.Formats {
		custom[format.ID] = styleOf(format.Code)
	}
	for _, cell := range content.Cells {
		style, ok := custom[cell.Format]
		if !ok {
			style = builtInStyle(cell.Format)
		}
		w.styles = append(w.styles, style)
	}
	return nil
}

// builtInStyle knows the number formats that files use without spelling them out (ECMA-376 part 1, 18.8.30), those of
// the East Asian editions included.
func builtInStyle(id int) cellStyle {
	return cellStyle{
		date:    id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58,
		month:   id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57,
		percent: id == 9 || id == 10,
	}
}

var elapsed = regexp.MustCompile(`^\[(h+|m+|s+)\]`)

// general are the names of the format that shows a number as it is, in the languages of programs that spell it out.
var general = []string{"general", "g/通用格式", "g/標準", "g/标准", "通用格式", "standard", "@"}

// styleOf reads a number format's first section (that of positive numbers). Quoted text, escaped characters, colours and
// conditions show nothing of the number, and no format with places for digits before them shows a date.
func styleOf(format string) cellStyle {
	code := strings.ToLower(format)
	var shown strings.Builder // of the section, what stands for parts of the number
	for i := 0; i < len(code); {
		if name := prefixOf(code[i:], general); name != "" {
			shown.WriteByte('G')
			i += len(name)
			continue
		}
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return cellStyle{}
			}
			i += end + 2
		case '\\', '_', '*':
			i += 2
		case '[':
			if elapsed.MatchString(code[i:]) {
				return cellStyle{date: true}
			}
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return cellStyle{}
			}
			i += end + 1
		case ';':
			i = len(code)
		default:
			shown.WriteByte(c)
			i++
		}
	}
	return styleShown(shown.String(), format)
}

func prefixOf(text string, names []string) string {
	for _, name := range names {
		if strings.HasPrefix(text, name) {
			return name
		}
	}
	return ""
}

// styleShown reads what of a format stands for parts of the number.
func styleShown(shown, format string) (style cellStyle) {
	token := strings.IndexAny(shown, "ymdhse")
	digit := strings.IndexAny(shown, "0#?G")
	if token >= 0 && (digit < 0 || token < digit) {
		style.date = true
		if !strings.ContainsAny(shown, "dhs") {
			style.month = strings.Contains(shown, "m")
			style.year = !style.month
		}
		return style
	}
	style.percent = strings.Contains(shown, "%")
	if strings.Count(shown, "0") >= 2 && !strings.ContainsAny(shown, ".,%e?/G#") {
		style.digits = format
	}
	return style
}

// digitsText writes a whole number as a format shows it that fixes the number of digits: 7 as 007. ok is false for other numbers.
func digitsText(raw, code string) (text string, ok bool) {
	number, err := strconv.ParseUint(raw, 10, 63)
	if err != nil {
		return "", false
	}
	section, _, _ := strings.Cut(code, ";")
	if strings.ContainsAny(section, `"\[_*`) {
		section = plainSection(section)
	}
	if strings.ContainsAny(section, `"\[_*`) {
		return "", false
	}
	places := strings.Count(section, "0")
	digits := strconv.FormatUint(number, 10)
	for len(digits) < places {
		digits = "0" + digits
	}
	var b strings.Builder
	surplus := len(digits) - places // stand before the first place
	for _, r := range section {
		if r != '0' {
			b.WriteRune(r)
			continue
		}
		b.WriteString(digits[:surplus+1])
		digits, surplus = digits[surplus+1:], 0
	}
	return b.String(), true
}

// formatMark is a part of a number format that shows nothing, or text as it is.
var formatMark = regexp.MustCompile(`"([^"0]*)"|\\([^0])|\[[^\]]*\]|[_*].`)

// plainSection is a section with its quoted and escaped text as it is shown.
func plainSection(section string) string {
	return formatMark.ReplaceAllString(section, "$1$2")
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
