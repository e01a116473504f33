package online

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// DayText brings the text of a date as sites show it to what dates are written like (SPEC §3): 20260520 gets its dashes; of text in which
// exactly one date stands, or the first of which counts, that is taken; 26-05-20, Wed May 20 10:00:00 CST 2026, /Date(1779242400000)/, 3天前 and
// 昨天 become days. began is when the reading began, in the configured zone; what depends on it stays as it is if that is zero. Other text stays
// as it is too, for the reader of dates to take or to refuse.
func DayText(text string, began time.Time, first bool) string {
	plain := strings.TrimSpace(norm.NFKC.String(text))
	if day := packedDay.FindStringSubmatch(plain); day != nil {
		return day[1] + "-" + day[2] + "-" + day[3]
	}
	if part := dotNetTime.FindStringSubmatch(plain); part != nil {
		if number, err := strconv.ParseFloat(part[1], 64); err == nil {
			return Epoch(number)
		}
	}
	if iso, ok := programDate(plain); ok {
		return iso
	}
	if dates := dayWithin.FindAllString(plain, 2); len(dates) == 1 || len(dates) > 1 && first {
		return dates[0]
	}
	if day, ok := shortYear(plain, began); ok {
		return day
	}
	if day, ok := relative(plain, began); ok {
		return day
	}
	return text
}

var (
	packedDay  = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$`)
	dotNetTime = regexp.MustCompile(`^\\?/Date\((-?\d+)(?:[+-]\d{4})?\)\\?/$`)
	dayWithin  = regexp.MustCompile(`(?:19|20)\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号])(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?`)
	javaTime   = regexp.MustCompile(`^\pL{3,9}\.?,? (\pL{3}) (\d{1,2}) (\d\d:\d\d:\d\d) (\S+) (\d{4})$`)
	scriptTime = regexp.MustCompile(`^\pL{3,9}\.?,? (\pL{3}) (\d{1,2}) (\d{4})(?: (\d\d:\d\d:\d\d)(?: GMT([+-]\d{4}))?)?(?: \(.*\))?$`)
	gsonTime   = regexp.MustCompile(`^(\pL{3})\pL* (\d{1,2}), (\d{4}),?(?: (\d{1,2}:\d\d:\d\d) ?([AP]M)?)?$`)
)

// programDate reads what programs write of a time when nobody has told them how: Tue Mar 03 10:00:00 CST 2026 (Java), Tue Mar 03 2026 10:00:00
// GMT+0800 (a script), Mar 3, 2026 10:00:00 AM (Gson). CST is China's as well as Chicago's: such times are those of the place.
func programDate(text string) (string, bool) {
	if part := javaTime.FindStringSubmatch(text); part != nil {
		return isoTime(part[5], part[1], part[2], part[3], offsetOf(part[4]))
	}
	if part := scriptTime.FindStringSubmatch(text); part != nil {
		return isoTime(part[3], part[1], part[2], part[4], part[5])
	}
	if part := gsonTime.FindStringSubmatch(text); part != nil {
		clock := part[4]
		if at, err := time.Parse("3:04:05 PM", part[4]+" "+part[5]); err == nil {
			clock = at.Format(time.TimeOnly)
		}
		return isoTime(part[3], part[1], part[2], clock, "")
	}
	return "", false
}

// offsetOf is the offset of a zone as Java writes it, if it is beyond doubt.
func offsetOf(zone string) string {
	switch zone = strings.ToUpper(zone); {
	case zone == "GMT", zone == "UTC", zone == "Z":
		return "Z"
	case strings.HasPrefix(zone, "GMT"), strings.HasPrefix(zone, "UTC"):
		zone = zone[3:]
	}
	if numericZone.MatchString(zone) {
		return zone
	}
	return ""
}

func isoTime(year, month, day, clock, offset string) (string, bool) {
	number, ok := monthOf(month)
	if !ok {
		return "", false
	}
	whole, _ := strconv.Atoi(day)
	iso := fmt.Sprintf("%s-%02d-%02d", year, number, whole)
	if clock == "" {
		return iso, true
	}
	if len(clock) < len("10:00:00") {
		clock = "0" + clock
	}
	return iso + "T" + clock + offset, true
}

// monthOf reads the first three letters of a month's English name.
func monthOf(text string) (time.Month, bool) {
	if len(text) < 3 {
		return 0, false
	}
	month, err := time.Parse("Jan", strings.ToUpper(text[:1])+strings.ToLower(text[1:3]))
	return month.Month(), err == nil
}

// shortDay is a day whose year has two digits, alone or in brackets: 26-07-01, [26/7/1 10:30], 26年7月1日.
var shortDay = regexp.MustCompile(`^[\[(【\s]*(\d\d)(?:[-/.](\d{1,2})[-/.](\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号])(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\])】\s]*$`)

// ahead is how long after the reading a row may be dated at most.
const ahead = 31 * 24 * time.Hour

// shortYear gives a day whose year has two digits the century: it is no later than a month after the reading.
func shortYear(text string, began time.Time) (string, bool) {
	part := shortDay.FindStringSubmatch(text)
	if part == nil || began.IsZero() {
		return "", false
	}
	year, _ := strconv.Atoi(part[1])
	month, _ := strconv.Atoi(part[2] + part[4])
	day, _ := strconv.Atoi(part[3] + part[5])
	latest := began.Add(ahead)
	for year += latest.Year() / 100 * 100; ; year -= 100 {
		date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, began.Location())
		if month < 1 || month > 12 || date.Day() != day {
			return "", false
		}
		if !date.After(latest) {
			return date.Format(time.DateOnly), true
		}
	}
}

var (
	agoWithin = regexp.MustCompile(`(?:约|大约)?\s*(\d{1,4}|[一二两三四五六七八九十半])\s*个?\s*(秒|秒钟|分|分钟|小时|钟头|天|日)(?:之前|以前|前)`)
	dayWord   = regexp.MustCompile(`^[\[(【\s]*(刚刚|刚才|今天|今日|昨天|昨日|前天|前日)[\])】\s]*(?:\d{1,2}:\d\d(?::\d\d)?)?[\])】\s]*$`)
)

// relative reads what is counted from the time of reading: 3天前, 2小时前, 昨天 10:30, 刚刚. Weeks and months tell no day.
func relative(text string, began time.Time) (string, bool) {
	if began.IsZero() {
		return "", false
	}
	if word := dayWord.FindStringSubmatch(text); word != nil {
		back := map[string]int{"昨天": 1, "昨日": 1, "前天": 2, "前日": 2}[word[1]]
		return began.AddDate(0, 0, -back).Format(time.DateOnly), true
	}
	ago := agoWithin.FindAllStringSubmatch(text, 2)
	if len(ago) != 1 {
		return "", false
	}
	halves := 2 * strings.Index("〇一二三四五六七八九十", ago[0][1]) / len("〇")
	switch number, err := strconv.Atoi(ago[0][1]); {
	case err == nil:
		halves = 2 * number
	case ago[0][1] == "半":
		halves = 1
	case ago[0][1] == "两":
		halves = 4
	}
	switch unit := ago[0][2]; {
	case strings.HasPrefix(unit, "秒"):
		began = began.Add(-time.Duration(halves) * time.Second / 2)
	case strings.HasPrefix(unit, "分"):
		began = began.Add(-time.Duration(halves) * time.Minute / 2)
	case unit == "小时", unit == "钟头":
		began = began.Add(-time.Duration(halves) * time.Hour / 2)
	case halves%2 == 1: // half a day
		return "", false
	default:
		began = began.AddDate(0, 0, -halves/2)
	}
	return began.Format(time.DateOnly), true
}
