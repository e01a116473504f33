package record

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// dateText brings text to the form that the parser knows: NFKC, no invisible characters, digits for Chinese numerals, plain dashes and
// points, lower case, no space within the Chinese form and no point at the end.
func dateText(text string) string {
	text = strings.ToLower(strings.TrimSpace(norm.NFKC.String(text)))
	chinese := strings.Contains(text, "年")
	text = strings.Map(func(r rune) rune {
		switch {
		case isDash(r):
			return '-'
		case r == '。' || r == '、' || r == '｡' || r == '､':
			return '.'
		case r == '號':
			return '号'
		case isInvisible(r), unicode.IsSpace(r) && chinese:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text)
	text = strings.TrimSpace(strings.TrimRight(text, ".,;:"))
	return chineseNumerals(text)
}

// isDash knows the dashes that people and input methods write; NFKC has already made the full-width one plain.
func isDash(r rune) bool {
	return r == '-' || r >= '\u2010' && r <= '\u2015' || r == '\u2212' || r == '\u2500'
}

// isInvisible knows the characters without width that editors and web pages leave in texts.
func isInvisible(r rune) bool {
	return r >= '\u200B' && r <= '\u200F' || r == '\u2060' || r == '\uFEFF' || r == '\u00AD' || r == '\u180E'
}

// spelledDate is a date in Chinese numerals: 二〇二六年七月一日.
var spelledDate = regexp.MustCompile(`^([一二三四五六七八九〇○零o0-9]{4})年(元|[一二三四五六七八九十0-9]{1,3})月([一二三四五六七八九十廿卅0-9]{1,3})([日号].*|)$`)

// chineseNumerals writes the numerals of a date in digits.
func chineseNumerals(text string) string {
	found := spelledDate.FindStringSubmatch(text)
	if found == nil {
		return text
	}
	month := strings.Replace(found[2], "元", "一", 1)
	return fmt.Sprintf("%s年%d月%d%s", yearNumerals.Replace(found[1]), ordinal(month), ordinal(found[3]), found[4])
}

const weekdays = "日一二三四五六"

var (
	weekdayForm = regexp.MustCompile(`\(?(?:星期|周|礼拜)([一二三四五六日天])\)?`)
	// clockForm is a time of day, with a part of the day before or behind it and an offset.
	clockForm = regexp.MustCompile(`^(上午|下午|早上|早晨|清晨|晚上|夜间|中午|凌晨)?(?:(\d{1,2})[:时点](?:(\d{1,2})分?(?:[:]?(\d{1,2})(?:\.\d+)?秒?)?)?)?(am|pm|上午|下午)?(z|(?:gmt|utc)?[+-].+)?$`)

	// rangeMark begins what makes a day the first of several.
	rangeMark = regexp.MustCompile(`^[-~至到.,;和及与]+(?:\d{4}|\d{1,2}[月日号])`)

	errAbout = errors.New("is no single day; write the day itself, like 2026-07-01")
	errTime  = errors.New("has a time of day that cannot be read; write it like 2026-07-01 09:30 or 2026-07-01T09:30:00+08:00")
)

// dayOfRest reads what follows a day, a weekday or a time of day, and returns the civil day that the moment falls on in zone; without an
// offset, civil.
func dayOfRest(civil time.Time, rest string, zone *time.Location) (time.Time, error) {
	if rest = strings.TrimSpace(rest); rest == "" {
		return civil, nil
	}
	if weekday := weekdayForm.FindStringSubmatch(rest); weekday != nil {
		day := slices.Index([]rune(weekdays), []rune(strings.Replace(weekday[1], "天", "日", 1))[0])
		if time.Weekday(day) != civil.Weekday() {
			return time.Time{}, fmt.Errorf("contradicts itself: that day is a 星期%c", []rune(weekdays)[civil.Weekday()])
		}
		rest = strings.Replace(rest, weekday[0], "", 1)
	}
	rest = strings.TrimPrefix(strings.ReplaceAll(rest, " ", ""), "t")
	if rest == "" {
		return civil, nil
	}
	clock := clockForm.FindStringSubmatch(rest)
	if rangeMark.MatchString(rest) && (clock == nil || clock[2] == "") {
		return time.Time{}, errDays
	}
	if clock == nil {
		if strings.HasPrefix(rest, "起") || strings.HasPrefix(rest, "前") || strings.HasPrefix(rest, "后") || strings.HasPrefix(rest, "左右") {
			return time.Time{}, errAbout
		}
		if _, err := ParseDate(strings.TrimLeft(rest, "-~至到"), time.UTC); err == nil || strings.ContainsAny(rest[:1], "-~") || strings.HasPrefix(rest, "至") || strings.HasPrefix(rest, "到") {
			return time.Time{}, errDays
		}
		return time.Time{}, errTime
	}
	hour, minute, second := atoi(clock[2]), atoi(clock[3]), atoi(clock[4])
	if part := clock[1] + clock[5]; hour < 12 && (strings.HasPrefix(part, "下午") || strings.HasPrefix(part, "晚") || part == "pm" || part == "夜间") {
		hour += 12
	}
	if hour > 24 || minute > 59 || second > 60 || hour == 24 && minute+second > 0 {
		return time.Time{}, errTime
	}
	if clock[6] == "" {
		return civil, nil
	}
	offset, ok := offsetSeconds(strings.TrimPrefix(strings.TrimPrefix(clock[6], "gmt"), "utc"))
	if !ok || clock[2] == "" {
		return time.Time{}, errTime
	}
	at := civil.Add(time.Duration(hour*3600+minute*60+second-offset) * time.Second).In(zone)
	local := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	return local, withinYears(local.Year())
}

// offsetSeconds reads Z, +08:00, +0800, +08 or +8.
func offsetSeconds(text string) (int, bool) {
	if text == "z" {
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
	hours, rest, ok := number(text[1:], 1, 2)
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
