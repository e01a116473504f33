package record

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// errDate is what is said about text that is no date at all.
var errDate = errors.New("is not a date; write it like 2026-07-01, 2026/7/1, 2026.7.1 or 2026年7月1日")

// The years of the days that the program knows; those that ClickHouse's Date32 knows as well.
const (
	FirstYear = 1970
	LastYear  = 2299
)

// ParseDate reads a civil date, with or without a time of day (SPEC §3 "Dates"). A time with an offset is converted to
// zone first. The result is midnight UTC. Errors end a sentence that begins with the text.
func ParseDate(text string, zone *time.Location) (time.Time, error) {
	if day, ok := plainDate(text); ok {
		return day, nil
	}
	text = dateText(text)
	year, rest, ok := number(text, 4, 4)
	if !ok || rest == "" {
		return time.Time{}, errDate
	}
	separator, rest := cutRune(rest)
	second := separator
	switch separator {
	case '年':
		second = '月'
	case '-', '/', '.':
	default:
		return time.Time{}, errDate
	}
	month, rest, ok := number(rest, 1, 2)
	if !ok {
		return time.Time{}, errDate
	}
	r, rest := cutRune(rest)
	if r != second {
		return time.Time{}, errDate
	}
	day, rest, ok := number(rest, 1, 2)
	if !ok {
		return time.Time{}, errDate
	}
	if separator == '年' {
		if cut, found := strings.CutPrefix(rest, "日"); found {
			rest = cut
		} else if cut, found := strings.CutPrefix(rest, "号"); found {
			rest = cut
		}
	} else if rest != "" && rest[0] != ' ' && rest[0] != 'T' && rest[0] != 't' {
		return time.Time{}, errDate
	}
	civil, err := civilDay(year, month, day)
	if err != nil || rest == "" {
		return civil, err
	}
	return dayOfTime(civil, strings.TrimLeft(rest, " Tt"), zone)
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

// dateText brings text to the form the parser knows: NFKC, plain dashes, no space within the Chinese form.
func dateText(text string) string {
	text = strings.TrimSpace(norm.NFKC.String(text))
	chinese := strings.Contains(text, "年")
	return strings.Map(func(r rune) rune {
		switch {
		case isDash(r):
			return '-'
		case unicode.IsSpace(r) && chinese:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text)
}

// isDash knows the dashes that people and input methods write; NFKC has already made the full-width one plain.
func isDash(r rune) bool {
	return r == '-' || r >= '\u2010' && r <= '\u2015' || r == '\u2212' || r == '\u2500'
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

var errTime = errors.New("has a time of day that cannot be read; write it like 2026-07-01 09:30 or 2026-07-01T09:30:00+08:00")

// dayOfTime reads h:mm[:ss[.fraction]][offset] and returns the civil day it falls on in zone; without an offset, civil.
func dayOfTime(civil time.Time, text string, zone *time.Location) (time.Time, error) {
	hour, rest, ok := number(text, 1, 2)
	if !ok || hour > 23 || !strings.HasPrefix(rest, ":") {
		return time.Time{}, errTime
	}
	minute, rest, ok := number(rest[1:], 2, 2)
	if !ok || minute > 59 {
		return time.Time{}, errTime
	}
	second := 0
	if strings.HasPrefix(rest, ":") {
		if second, rest, ok = number(rest[1:], 2, 2); !ok || second > 60 {
			return time.Time{}, errTime
		}
		if strings.HasPrefix(rest, ".") {
			rest = strings.TrimLeft(rest[1:], "0123456789")
		}
	}
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return civil, nil
	}
	offset, ok := offsetSeconds(rest)
	if !ok {
		return time.Time{}, errTime
	}
	at := civil.Add(time.Duration(hour*3600+minute*60+second-offset) * time.Second).In(zone)
	local := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	return local, withinYears(local.Year())
}

// offsetSeconds reads Z, +08:00, +0800 or +08.
func offsetSeconds(text string) (int, bool) {
	if text == "Z" || text == "z" {
		return 0, true
	}
	sign := 1
	switch text[0] {
	case '-':
		sign = -1
	case '+':
	default:
		return 0, false
	}
	hours, rest, ok := number(text[1:], 2, 2)
	if !ok || hours > 14 {
		return 0, false
	}
	if rest == "" {
		return sign * hours * 3600, true
	}
	minutes, rest, ok := number(strings.TrimPrefix(rest, ":"), 2, 2)
	if !ok || rest != "" || minutes > 59 {
		return 0, false
	}
	return sign * (hours*3600 + minutes*60), true
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

func cutRune(text string) (rune, string) {
	for i, r := range text {
		return r, text[i+len(string(r)):]
	}
	return 0, ""
}
