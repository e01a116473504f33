package page

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"
)

// Number is one of the large figures on top of a page, with its change since the previous window.
type Number struct {
	Label, Value, Unit, Note         string
	Change, ChangeTitle, ChangeClass string
	Href                             string // the list that it counts
	Rule                             string // what it means
	None                             string // why there is no value
}

// PreviousTitle says which days the previous window has.
func (a *Request) PreviousTitle() string {
	previous := a.Question.Previous()
	return a.T("change.title", "From", previous.From.Format(DayLayout), "To", previous.To.Format(DayLayout))
}

// RatioNumber is a share with its change in points of a hundred; before is nil where there is none to compare with.
func (a *Request) RatioNumber(name string, now, before *decimal.Decimal) Number {
	n := Number{Label: a.T("figure." + name), Rule: a.Definition(name)}
	if now == nil {
		n.None = a.T("none.no_assessed")
		return n
	}
	n.Value, n.Unit = strings.TrimSuffix(Percent(*now), " %"), "%"
	if before == nil {
		n.Change = a.T("change.none")
		return n
	}
	n.ChangeTitle = a.PreviousTitle()
	difference := now.Sub(*before).Shift(2).Round(1)
	n.Change, n.ChangeClass = a.Changed(difference.Sign(), "change.points", difference.Abs().StringFixed(1), true)
	return n
}

// ScoreNumber is a score with its change; before is nil where there is none to compare with.
func (a *Request) ScoreNumber(name string, now, before *decimal.Decimal) Number {
	n := Number{Label: a.T("figure." + name), Rule: a.Definition(name)}
	if now == nil {
		n.None = a.T("none.no_score")
		return n
	}
	n.Value = now.StringFixed(2)
	if before == nil {
		n.Change = a.T("change.none")
		return n
	}
	n.ChangeTitle = a.PreviousTitle()
	difference := now.Sub(*before)
	n.Change, n.ChangeClass = a.Changed(difference.Sign(), "change.score", difference.Abs().StringFixed(2), true)
	return n
}

// CountNumber is a number of obligations; before is nil where the previous window has none to compare with.
func (a *Request) CountNumber(name string, now int64, before *int64) Number {
	return a.CountedNumber(name, "items", now, before)
}

// CountedNumber is CountNumber of something else than obligations: of a noun, one of the messages noun.….
func (a *Request) CountedNumber(name, noun string, now int64, before *int64) Number {
	n := a.Counted(name, noun, now)
	n.Rule = a.Definition(name)
	if before == nil {
		n.Change = a.T("change.none")
		return n
	}
	n.ChangeTitle = a.PreviousTitle()
	difference := now - *before
	sign := cmp.Compare(difference, 0)
	difference *= int64(sign)
	n.Change, n.ChangeClass = a.Changed(sign, "change.counted", Grouped(difference), false, "Noun", a.Noun(noun, difference))
	return n
}

// Counted is a number of so many things without a comparison.
func (a *Request) Counted(name, noun string, count int64) Number {
	return Number{Label: a.T("figure." + name), Value: Grouped(count), Unit: a.Noun(noun, count)}
}

// Noun is what is counted, as it stands after the count: one of the messages noun.….
func (a *Request) Noun(noun string, count int64) string { return a.T("noun."+noun, "Count", count) }

// Changed writes a change since the previous window with what else its message takes; moreIsBetter says which way is good.
func (a *Request) Changed(sign int, id, size string, moreIsBetter bool, more ...any) (words, class string) {
	switch {
	case sign == 0:
		return a.T("change.same"), ""
	case (sign > 0) == moreIsBetter:
		class = "better"
	default:
		class = "worse"
	}
	arrow := "↑"
	if sign < 0 {
		arrow = "↓"
	}
	return a.T(id, append(more, "Arrow", arrow, "Size", size)...), class
}
