package online

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Location finds a time zone by its name; nil for an empty one.
func Location(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("zone: %q is unknown; expected a name like Asia/Shanghai or UTC", name)
	}
	return zone, nil
}

// Moment writes a date as a source has it in a way that records are read from: epoch seconds or milliseconds, 20260701, the
// dates of mail (RFC 822), what DayText knows, and times without an offset, which are of zone unless that is nil. began is when the
// reading began, in the configured zone. Other text is left as it is, for the reader of dates to take or to refuse.
func Moment(text string, zone *time.Location, began time.Time) string {
	text = strings.TrimSpace(text)
	if epochText.MatchString(text) {
		number, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return text
		}
		return Epoch(number)
	}
	if compactDay.MatchString(text) {
		return AddressDay(text)
	}
	if iso, ok := mailDate(text); ok {
		text = iso
	} else {
		text = DayText(text, began, false)
	}
	if zone == nil || !localTime.MatchString(text) {
		return text
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, strings.Replace(text, " ", "T", 1), zone); err == nil {
			return at.Format(time.RFC3339)
		}
	}
	return text
}

var (
	compactDay = regexp.MustCompile(`^\d{8}$`)
	epochText  = regexp.MustCompile(`^(?:\d{9,10}(?:\.\d+)?|\d{12,13}(?:\.\d+)?)$`)
	localTime  = regexp.MustCompile(`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$`)
	mailTime   = regexp.MustCompile(`^(?:\pL+\.?,?\s+)?(\d{1,2})[\s-]+(\pL{3})\pL*\.?[\s-]+(\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(\S*).*)?$`)
)

// millisecondsFrom tells milliseconds (from 1973 on) and seconds (until 5138) apart.
const millisecondsFrom = 1e11

// Epoch writes seconds or milliseconds since 1970 as an instant. 0 is no date, and so is what is beyond all dates.
func Epoch(number float64) string {
	if math.Abs(number) >= millisecondsFrom {
		number /= 1000
	}
	if number == 0 {
		return ""
	}
	if math.IsNaN(number) || number < 0 || number >= millisecondsFrom {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return time.Unix(int64(number), 0).UTC().Format(time.RFC3339)
}

// mailDate writes Wed, 01 Jul 2026 09:30:00 +0800 as 2026-07-01T09:30:00+08:00. A zone that is an abbreviation other than GMT
// is ambiguous (CST is China's and Chicago's) and left out: the time is then that of the place.
func mailDate(text string) (string, bool) {
	part := mailTime.FindStringSubmatch(text)
	if part == nil {
		return "", false
	}
	month, known := monthOf(part[2])
	if !known {
		return "", false
	}
	year := part[3]
	if len(year) == 2 {
		year = "20" + year
	}
	day, _ := strconv.Atoi(part[1])
	iso := fmt.Sprintf("%s-%02d-%02d", year, month, day)
	if part[4] == "" {
		return iso, true
	}
	hour, _ := strconv.Atoi(part[4])
	second := part[6]
	if second == "" {
		second = "00"
	}
	iso += fmt.Sprintf("T%02d:%s:%s", hour, part[5], second)
	if part[7] == "UT" {
		part[7] = "UTC"
	}
	return iso + offsetOf(part[7]), true
}

var numericZone = regexp.MustCompile(`^[+-]\d\d:?\d\d$`)
