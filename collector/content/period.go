package content

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"yangguang/collector/record"
)

const (
	yearForm  = `(?:(?:19|20)\d\d\s*年?\s*度?\s*)?`
	monthForm = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`
)

// mentionForm is what names a period in a text; the last letters of what stands before it say whether it is spoken of or compared with.
var mentionForm = regexp.MustCompile(yearForm + monthForm + `\s*月?份?\s*[-—–~至到]\s*` + monthForm + `\s*月份?|` +
	yearForm + `第?\s*[1-4一二三四]\s*季度|` + yearForm + `[上下]半年|` + yearForm + monthForm + `\s*月份|(?:19|20)\d\d\s*年\s*` + monthForm + `\s*月|` +
	`(?:19|20)\d\d\s*年(?:度|全年)`)

var (
	// comparing says that the period named next is held against the one that is spoken of, or is yet to come.
	comparing = regexp.MustCompile(`(?:较|比|相比|同比|环比|与|同|和|自|从|自从|截至|截止|去年|上年|往年|此前|继|下步|下一步|至|到|(?:将|拟|计划|预计|力争|争取|确保|打算|安排)(?:于|在)?)$`)
	// compared says so after it.
	compared = regexp.MustCompile(`^(?:相比|同期|末|底|以来|前|以前|之前|初|计划|将|拟|工作计划|工作打算|工作安排|预算)`)
)

// mention is a period that a text names.
type mention struct {
	text string
	record.Period
	months int
}

// mentions are the periods that a text speaks of, as of the year of a day.
func mentions(text string, published time.Time) (found []mention) {
	text = norm.NFKC.String(text)
	end := 0
	for clause, dated := range clauses(text, "年季月") {
		from := end
		if end += len(clause); !dated {
			continue
		}
		for _, at := range mentionForm.FindAllStringIndex(clause, -1) {
			before, after := lettersBefore(text[:from+at[0]], 4), text[from+at[1]:]
			if strings.HasPrefix(strings.TrimSpace(after), "日") || startsWithDay(after) || comparing.MatchString(before) || compared.MatchString(strings.TrimSpace(after)) {
				continue
			}
			written := strings.Join(strings.Fields(clause[at[0]:at[1]]), "")
			period, err := record.ParsePeriod(written, published)
			if err != nil {
				continue
			}
			found = append(found, mention{written, period, monthsOf(period)})
		}
	}
	return found
}

var dayAfter = regexp.MustCompile(`^\s*\d{1,2}\s*[日号]`)

func startsWithDay(text string) bool { return dayAfter.MatchString(text) }

func monthsOf(p record.Period) int {
	return (p.To.Year()-p.From.Year())*12 + int(p.To.Month()) - int(p.From.Month()) + 1
}

// OtherPeriod is the period that a title or a text speaks of alone, where that is another than the record's: the same length, and not a word of any that
// overlaps it. Of a record that names none the title's counts. Empty: nothing of the kind.
func OtherPeriod(title, text string, period record.Period, published time.Time) string {
	if other := otherThan(mentions(title, published), period); other != "" {
		return other
	}
	if period.To.IsZero() {
		titles := mentions(title, published)
		if len(titles) != 1 {
			return ""
		}
		period = titles[0].Period
	}
	// The title may stand in the text as well: what it says was looked at.
	return otherThan(mentions(strings.ReplaceAll(text, title, " "), published), period)
}

func otherThan(found []mention, period record.Period) (other string) {
	if period.To.IsZero() {
		return ""
	}
	months := monthsOf(period)
	for _, one := range found {
		switch {
		case !one.From.After(period.To) && !one.To.Before(period.From):
			return ""
		case one.months == months && other == "":
			other = one.text
		}
	}
	return other
}

// PeriodLabel writes a period as reports do: 2026, 2026H1, 2026Q3, 2026-07; another range by its months, none as empty.
func PeriodLabel(from, to time.Time) string {
	if from.IsZero() || to.IsZero() {
		return ""
	}
	year, first, months := from.Format("2006"), int(from.Month()), monthsOf(record.Period{From: from, To: to})
	switch {
	case months == 12 && first == 1:
		return year
	case months == 6 && first%6 == 1:
		return year + "H" + string(rune('1'+first/6))
	case months == 3 && first%3 == 1:
		return year + "Q" + string(rune('1'+first/3))
	case months == 1:
		return from.Format("2006-01")
	}
	return from.Format("2006-01") + "/" + to.Format("2006-01")
}
