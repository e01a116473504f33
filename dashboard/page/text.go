package page

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// Text writes values as readers of one language expect them: ratios 96.4 %, scores 88.63, days 12 天, "—" for no value.
type Text struct {
	language.Printer
	Zone *time.Location
}

// Ratio is a share of what was assessed as a cell; nil: nothing was.
func (t Text) Ratio(ratio *decimal.Decimal) Cell {
	if ratio == nil {
		return t.None("none.no_assessed")
	}
	return Cell{Text: Percent(*ratio), Sort: ratio.String(), Class: "num", Kind: model.Ratio}
}

// Percent is a ratio with one decimal of a percent, rounded half away from zero like the exports.
func Percent(ratio decimal.Decimal) string { return ratio.Shift(2).StringFixed(1) + " %" }

// Score is a score as a cell; nil: there is none.
func (t Text) Score(score *decimal.Decimal) Cell {
	if score == nil {
		return t.None("none.no_score")
	}
	return Cell{Text: score.StringFixed(2), Sort: score.String(), Class: "num", Kind: model.Score}
}

// Count is a count as a cell.
func (t Text) Count(n int64) Cell {
	number := strconv.FormatInt(n, 10)
	return Cell{Text: Grouped(n), Sort: number, Class: "num", Kind: model.Count}
}

// Grouped writes a large number in groups of three digits.
func Grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Bytes writes a size with three digits or so.
func (t Text) Bytes(n uint64) string {
	size, unit := float64(n), "B"
	for _, larger := range []string{"KB", "MB", "GB"} {
		if size < 1000 {
			break
		}
		size, unit = size/1000, larger
	}
	decimals := 0
	if unit != "B" && size < 100 {
		decimals = 1
	}
	return strconv.FormatFloat(size, 'f', decimals, 64) + " " + unit
}

// Days is a number of days as a cell; nil: there is none.
func (t Text) Days(n *int64) Cell {
	if n == nil {
		return t.None("none.no_days")
	}
	return Cell{Text: t.T("unit.days", "Count", *n), Sort: strconv.FormatInt(*n, 10), Class: "num", Kind: model.Days}
}

// Day is a civil day as a cell; nil or zero: there is none.
func (t Text) Day(day *time.Time) Cell {
	if day == nil || day.IsZero() {
		return t.None("none.no_day")
	}
	iso := day.Format(time.DateOnly)
	return Cell{Text: iso, Sort: iso, Class: "fit", Kind: model.Date}
}

// LongDay is a day as a sentence names it: 9月30日, with the year when it is not that of the other day.
func (t Text) LongDay(day, other time.Time) string {
	layout := map[string][2]string{"zh": {"1月2日", "2006年1月2日"}, "en": {"2 January", "2 January 2006"}}[t.Language()]
	if day.Year() == other.Year() {
		return day.Format(layout[0])
	}
	return day.Format(layout[1])
}

// Instant is a moment to the minute, in the configured zone.
func (t Text) Instant(instant time.Time) string {
	return instant.In(t.Zone).Format("2006-01-02 15:04")
}

// None is a cell without a value, and why: the key of a message.
func (t Text) None(why string) Cell {
	return Cell{None: true, Title: t.T(why), Class: "num"}
}

// State is an obligation's or a notice's state as a letter on its colour, with its name.
func (t Text) State(state string, delay *int64) Cell {
	return Cell{
		Text: t.CodeLabel("state", state), State: state, Mark: t.T("mark." + state), Age: Age(state, delay),
		Sort: t.CodeLabel("state", state), Class: "fit",
	}
}

// Age is how dark a lapse is shown: older than 30 days, older than 90.
func Age(state string, delay *int64) string {
	switch {
	case state != "lapsed" || delay == nil || *delay <= 30:
		return ""
	case *delay <= 90:
		return "old"
	default:
		return "older"
	}
}

// Words are a text as a cell.
func (t Text) Words(words string) Cell { return Cell{Text: words, Class: "text"} }

// Share is a ratio in percent as charts take it.
func Share(ratio decimal.Decimal) float64 { return ratio.Shift(2).InexactFloat64() }

// Whole is the ratio of everything.
func Whole() decimal.Decimal { return decimal.New(1, 0) }

// Plain is a cell's text, "—" for no value.
func (a *Request) Plain(c Cell) string {
	if c.None {
		return "—"
	}
	return c.Text
}

// PeriodText is the period that an obligation is for within a line of text, said to be of a nil return where it is one.
func (a *Request) PeriodText(cadence, period string) string { return a.Text.Period(cadence, period) }
