package dashboard

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/language"
	"yangguang/queries"
)

// text writes values as readers of one language expect them: ratios 96.4 %, scores 88.63, days 12 天, "—" for no value.
type text struct {
	language.Printer
	zone *time.Location
}

func (t text) ratio(ratio *decimal.Decimal) cell {
	if ratio == nil {
		return t.none("none.no_assessed")
	}
	return cell{Text: percent(*ratio), Sort: ratio.String(), Class: "num", Kind: queries.Ratio}
}

// percent is a ratio with one decimal of a percent, rounded half away from zero like the exports.
func percent(ratio decimal.Decimal) string { return ratio.Shift(2).StringFixed(1) + " %" }

func (t text) score(score *decimal.Decimal) cell {
	if score == nil {
		return t.none("none.no_score")
	}
	return cell{Text: score.StringFixed(2), Sort: score.String(), Class: "num", Kind: queries.Score}
}

func (t text) count(n int64) cell {
	number := strconv.FormatInt(n, 10)
	return cell{Text: grouped(n), Sort: number, Class: "num", Kind: queries.Count}
}

// grouped writes a large number in groups of three digits.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// bytes writes a size with three digits or so.
func (t text) bytes(n uint64) string {
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

func (t text) days(n *int64) cell {
	if n == nil {
		return t.none("none.no_days")
	}
	return cell{Text: t.T("unit.days", "Count", *n), Sort: strconv.FormatInt(*n, 10), Class: "num", Kind: queries.Days}
}

func (t text) day(day *time.Time) cell {
	if day == nil || day.IsZero() {
		return t.none("none.no_day")
	}
	iso := day.Format(time.DateOnly)
	return cell{Text: iso, Sort: iso, Class: "fit", Kind: queries.Date}
}

// longDay is a day as a sentence names it: 9月30日, with the year when it is not that of the other day.
func (t text) longDay(day, other time.Time) string {
	layout := map[string][2]string{"zh": {"1月2日", "2006年1月2日"}, "en": {"2 January", "2 January 2006"}}[t.Language()]
	if day.Year() == other.Year() {
		return day.Format(layout[0])
	}
	return day.Format(layout[1])
}

func (t text) instant(instant time.Time) string {
	return instant.In(t.zone).Format("2006-01-02 15:04")
}

func (t text) none(why string) cell {
	return cell{None: true, Title: t.T(why), Class: "num"}
}

// state is an obligation's or a notice's state as a letter on its colour, with its name.
func (t text) state(state string, delay *int64) cell {
	return cell{
		Text: t.CodeLabel("state", state), State: state, Mark: t.T("mark." + state), Age: age(state, delay),
		Sort: t.CodeLabel("state", state), Class: "fit",
	}
}

// age is how dark a lapse is shown: older than 30 days, older than 90.
func age(state string, delay *int64) string {
	switch {
	case state != "lapsed" || delay == nil || *delay <= 30:
		return ""
	case *delay <= 90:
		return "old"
	default:
		return "older"
	}
}

func (t text) words(words string) cell { return cell{Text: words, Class: "text"} }

// share is a ratio in percent as charts take it.
func share(ratio decimal.Decimal) float64 { return ratio.Shift(2).InexactFloat64() }

// whole is the ratio of everything.
func whole() decimal.Decimal { return decimal.New(1, 0) }

// plain is a cell's text, "—" for no value.
func (a *ask) plain(c cell) string {
	if c.None {
		return "—"
	}
	return c.Text
}
