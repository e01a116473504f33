package record

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// errDate is what is said about text that is no date at all.
var errDate = errors.New("is not a date; write it like 2026-07-01, 2026/7/1, 2026.7.1 or 2026年7月1日")

// What is said about texts that come near to a date.
var (
	errNoYear    = errors.New("has no year; write it like 2026-07-01 or 2026年7月1日")
	errShortYear = errors.New("has a year of two digits; write it like 2026-07-01")
	errNoDay     = errors.New("is a month, not a day; write it like 2026-07-01 or 2026年7月1日")
	errDays      = errors.New("is a range of days; write its first day, like 2026-07-01")
	errOrder     = errors.New("may be read in several ways; write year, month and day, like 2026-07-01")
)

// The years of the days that the program knows; those that ClickHouse's Date32 knows as well.
const (
	FirstYear = 1970
	LastYear  = 2299
)

var (
	// dateForm is a day and what follows it, after dateText.
	dateForm = regexp.MustCompile(`^(\d{4})(?:年|[-/. ]+)(\d{1,2})(?:月|[-/. ]+)(\d{1,2})(?:[日号]|([ t]|$|[(星周礼上下早晚中凌]))(.*)$`)
	// joinedForm is a day without separators.
	joinedForm = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:$|[ t(])(.*)$`)
	// serialForm is an Excel serial, of a day from 1970 to 2099.
	serialForm = regexp.MustCompile(`^(2[5-9]|[3-6]\d|7[0-3])\d{3}(?:\.\d+)?$`)

	nearDates = []struct {
		form *regexp.Regexp
		err  error
	}{
		{regexp.MustCompile(`^\d{4}.*\d{1,2}.*[~至到-]\s*(?:\d{4}.)?\d{1,2}.\d{1,2}`), errDays},
		{regexp.MustCompile(`^\d{1,2}月\d{1,2}[日号]?$`), errNoYear},
		{regexp.MustCompile(`^\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$`), errShortYear},
		{regexp.MustCompile(`^\d{4}(?:年|[-/.])\d{1,2}月?$`), errNoDay},
		{regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$`), errOrder},
	}
)

// ParseDate reads a civil date, with or without a weekday or a time of day (SPEC §3 "Dates"). A time with an offset is converted to
// zone first. An Excel serial is the day that it counts. The result is midnight UTC. Errors end a sentence that begins with the text.
func ParseDate(text string, zone *time.Location) (time.Time, error) {
	if day, ok := plainDate(text); ok {
		return day, nil
	}
	text = dateText(text)
	if serialForm.MatchString(text) {
		serial, _ := strconv.Atoi(text[:5]) // the form is of digits
		return time.Date(1899, 12, 30+serial, 0, 0, 0, 0, time.UTC), nil
	}
	found, rest := dateForm.FindStringSubmatch(text), ""
	if found != nil {
		rest = found[4] + found[5]
	} else if found = joinedForm.FindStringSubmatch(text); found != nil {
		rest = found[4]
	} else {
		for _, near := range nearDates {
			if near.form.MatchString(text) {
				return time.Time{}, near.err
			}
		}
		return time.Time{}, errDate
	}
	civil, err := civilDay(atoi(found[1]), atoi(found[2]), atoi(found[3]))
	if err != nil {
		return civil, err
	}
	return dayOfRest(civil, rest, zone)
}

// atoi reads digits that a form has let through.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits) // at most four digits
	return n
}

// plainDate is the fast path for 2026-07-01, 2026/7/1 and 2026.7.1.
func plainDate(text string) (time.Time, bool) {
	if len(text) < 8 || len(text) > 10 {
		return time.Time{}, false
	}
	separator := text[4]
	if separator != '-' && separator != '/' && separator != '.' {
		return time.Time{}, false
	}
	year, _, ok := number(text[:4], 4, 4)
	if !ok {
		return time.Time{}, false
	}
	month, rest, ok := number(text[5:], 1, 2)
	if !ok || rest == "" || rest[0] != separator {
		return time.Time{}, false
	}
	day, rest, ok := number(rest[1:], 1, 2)
	if !ok || rest != "" {
		return time.Time{}, false
	}
	civil, err := civilDay(year, month, day)
	return civil, err == nil
}

// civilDay checks that the day exists and is within the years the program knows.
func civilDay(year, month, day int) (time.Time, error) {
	civil := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || day < 1 || civil.Day() != day {
		return time.Time{}, errors.New("is a day that does not exist")
	}
	return civil, withinYears(year)
}

func withinYears(year int) error {
	if year < FirstYear || year > LastYear {
		return fmt.Errorf("is outside the years %d to %d", FirstYear, LastYear)
	}
	return nil
}

// number reads between least and most ASCII digits off the front of text.
func number(text string, least, most int) (value int, rest string, ok bool) {
	i := 0
	for i < len(text) && i < most && text[i] >= '0' && text[i] <= '9' {
		value = value*10 + int(text[i]-'0')
		i++
	}
	return value, text[i:], i >= least
}

// IsNone knows the marks that people put into a cell to say that there is nothing to write.
func IsNone(text string) bool {
	switch strings.TrimSpace(text) {
	case "-", "--", "---", "—", "——", "–", "－", "/", "／", "\\", "无", "暂无", "空":
		return true
	}
	return false
}
