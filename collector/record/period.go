package record

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Period is a range of civil days, both ends inclusive.
type Period struct {
	From, To time.Time
}

// errPeriod is what is said about text that is no period.
var errPeriod = errors.New("is not a period; write it like 2026, 2026H1, 2026Q3, 2026-07, 2026年7月, 2026年第三季度 or 2026年1-7月")

// monthForm is a month in digits or in Chinese.
const monthForm = `1[0-2]|0?[1-9]|十[一二]?|元|[一二三四五六七八九]`

// periodForms are the ways of writing a period, after periodText. Each names its groups: y year, h and k half, q and r first
// and last quarter, f how many quarters and e how many months from the first on, m and n first and last month, z year of the
// last month.
var periodForms = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<y>\d{4})(?:年度?(?:全年)?)?$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})(?:年度?|-)?)?(?:h(?P<h>[12])|(?P<k>[上下])半年)$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})(?:年度?|-)?)?q(?P<q>[1-4])$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})(?:年度?)?)?第?(?P<q>i{1,3}|iv|[1-4一二三四])(?:季度?)?(?:-第?(?P<r>i{1,3}|iv|[1-4一二三四]))?季度?$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})年度?)?前(?P<f>[23二三])个?季度$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})年度?)?前(?P<e>1[01]|[2-9]|十一?|[二三四五六七八九])个?月$`),
	// The day is what a date cell shown as 2026年7月 holds.
	regexp.MustCompile(`^(?P<y>\d{4})-(?P<m>1[0-2]|0?[1-9])(?:-01)?$`),
	regexp.MustCompile(`^(?P<y>\d{4})[./](?P<m>1[0-2]|0?[1-9])月?份?$`),
	regexp.MustCompile(`^(?P<y>(?:19[7-9]|2[0-2]\d)\d)(?P<m>1[0-2]|0[1-9])$`),
	regexp.MustCompile(`^(?P<y>\d{4})[-./]?(?P<m>1[0-2]|0[1-9])-(?P<z>\d{4})[-./]?(?P<n>1[0-2]|0[1-9])$`),
	regexp.MustCompile(`^(?P<y>\d{4})[-./](?P<m>1[0-2]|0?[1-9])-(?P<z>\d{4})[-./](?P<n>1[0-2]|0?[1-9])$`),
	regexp.MustCompile(`^(?P<y>\d{4})[./](?P<m>1[0-2]|0?[1-9])月?-(?P<n>1[0-2]|0?[1-9])月份?$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})年度?)?(?P<m>` + monthForm + `)月份?$`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})年度?)?(?P<m>` + monthForm + `)(?:月份?)?-(?:(?P<z>\d{4})年度?)?(?P<n>` + monthForm + `)月份?$`),
}

// ParsePeriod reads a period (SPEC §3 "Period"). One without a year is of the year of published, or of the year before
// if it would end after published's month; published may be zero otherwise. Errors end a sentence that begins with text.
func ParsePeriod(text string, published time.Time) (Period, error) {
	folded := periodText(text)
	if outer, inner, ok := explained(folded); ok {
		return agreed(outer, inner, published)
	}
	return parsePeriod(folded, published)
}

func parsePeriod(folded string, published time.Time) (Period, error) {
	for _, form := range periodForms {
		if found := form.FindStringSubmatch(folded); found != nil {
			groups := map[string]string{}
			for i, name := range form.SubexpNames() {
				if found[i] != "" {
					groups[name] = found[i]
				}
			}
			return periodOf(groups, published)
		}
	}
	return Period{}, errPeriod
}

// explained cuts what stands in brackets behind a period: 2026年一季度(1-3月).
func explained(folded string) (outer, inner string, ok bool) {
	outer, inner, ok = strings.Cut(folded, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	return outer, inner, ok && closed && outer != ""
}

// agreed is a period whose explanation says the same.
func agreed(outer, inner string, published time.Time) (Period, error) {
	period, err := parsePeriod(outer, published)
	if err != nil {
		return period, err
	}
	again, err := parsePeriod(inner, period.To)
	if err != nil {
		return period, errPeriod
	}
	if again != period {
		return period, errors.New("contradicts itself: what stands in brackets is another period")
	}
	return period, nil
}

// shortenedMonth is a month of a year that a number may have lost its last digit of: 2026.1 for 2026.10.
var shortenedMonth = regexp.MustCompile(`^\d{4}\.1$`)

// errShortened is what is said about one.
var errShortened = errors.New("may be January or October, whose 0 a number loses; write 2026-01 or 2026-10, or format the column as text")

// periodText folds a period: NFKC, lower case, no white space, one plain dash for every kind of "to".
func periodText(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.IsSpace(r), isInvisible(r):
		case isDash(r), r == '至', r == '到', r == '~', r == '〜', r == '∼', r == '－':
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return spelledYear.ReplaceAllStringFunc(b.String(), func(year string) string { return yearNumerals.Replace(year) })
}

// spelledYear is a year in Chinese numerals, 二〇二六年; yearNumerals makes digits of them.
var (
	spelledYear  = regexp.MustCompile(`(?:一九|二[〇○零o0])[〇○零o0一二三四五六七八九]{2}年`)
	yearNumerals = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "o", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5",
		"六", "6", "七", "7", "八", "8", "九", "9")
)

func periodOf(groups map[string]string, published time.Time) (Period, error) {
	first, last := months(groups)
	year := published.Year()
	switch {
	case groups["y"] != "":
		year = ordinal(groups["y"])
	case published.IsZero():
		return Period{}, errors.New("is a period without a year, and there is no published_on to take the year from; write the year")
	case groups["z"] != "": // 11月-2026年2月
		if year = ordinal(groups["z"]); first > last {
			year--
		}
	case last > int(published.Month()):
		year--
	}
	endYear := year
	if groups["z"] != "" {
		endYear = ordinal(groups["z"])
	}
	if endYear < year || endYear == year && last < first {
		return Period{}, errors.New("is a reversed period: it ends before it begins")
	}
	if err := errors.Join(withinYears(year), withinYears(endYear)); err != nil {
		return Period{}, withinYears(FirstYear - 1)
	}
	return Period{
		From: time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC),
		To:   time.Date(endYear, time.Month(last)+1, 0, 0, 0, 0, 0, time.UTC),
	}, nil
}

// months returns the first and the last month that the groups speak of.
func months(groups map[string]string) (first, last int) {
	switch {
	case groups["h"] == "1", groups["k"] == "上":
		return 1, 6
	case groups["h"] != "", groups["k"] != "":
		return 7, 12
	case groups["q"] != "":
		from, to := ordinal(groups["q"]), ordinal(groups["q"])
		if groups["r"] != "" {
			to = ordinal(groups["r"])
		}
		return 3*from - 2, 3 * to
	case groups["f"] != "":
		return 1, 3 * ordinal(groups["f"])
	case groups["e"] != "":
		return 1, ordinal(groups["e"])
	case groups["m"] != "":
		from, to := ordinal(groups["m"]), ordinal(groups["m"])
		if groups["n"] != "" {
			to = ordinal(groups["n"])
		}
		return from, to
	}
	return 1, 12
}

// ordinal reads a number in digits or in Chinese, up to ninety-nine, or a Roman one up to four.
func ordinal(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if n := slices.Index([]string{"i", "ii", "iii", "iv"}, text); n >= 0 {
		return n + 1
	}
	n := 0
	for _, r := range strings.NewReplacer("元", "一", "廿", "二十", "卅", "三十").Replace(text) {
		if r == '十' {
			n = max(n, 1) * 10
			continue
		}
		n += 1 + strings.IndexRune("一二三四五六七八九", r)/len("一")
	}
	return n
}
