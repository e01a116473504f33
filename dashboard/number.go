package dashboard

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"
)

// number is one of the large figures on top of a page, with its change since the previous window.
type number struct {
	Label, Value, Unit, Note         string
	Change, ChangeTitle, ChangeClass string
	Href                             string // the list that it counts
	Rule                             string // what it means
	None                             string // why there is no value
}

func (a *ask) previousTitle() string {
	previous := a.question.Previous()
	return a.T("change.title", "From", previous.From.Format(dayLayout), "To", previous.To.Format(dayLayout))
}

func (a *ask) ratioNumber(name string, now, before *decimal.Decimal) number {
	n := number{Label: a.T("figure." + name), Rule: a.definition(name)}
	if now == nil {
		n.None = a.T("none.no_assessed")
		return n
	}
	n.Value, n.Unit = strings.TrimSuffix(percent(*now), " %"), "%"
	if before == nil {
		n.Change = a.T("change.none")
		return n
	}
	n.ChangeTitle = a.previousTitle()
	difference := now.Sub(*before).Shift(2).Round(1)
	n.Change, n.ChangeClass = a.changed(difference.Sign(), "change.points", difference.Abs().StringFixed(1), true)
	return n
}

func (a *ask) scoreNumber(name string, now, before *decimal.Decimal) number {
	n := number{Label: a.T("figure." + name), Rule: a.definition(name)}
	if now == nil {
		n.None = a.T("none.no_score")
		return n
	}
	n.Value = now.StringFixed(2)
	if before == nil {
		n.Change = a.T("change.none")
		return n
	}
	n.ChangeTitle = a.previousTitle()
	difference := now.Sub(*before)
	n.Change, n.ChangeClass = a.changed(difference.Sign(), "change.score", difference.Abs().StringFixed(2), true)
	return n
}

// countNumber is a number of obligations; before is nil where the previous window has none to compare with.
func (a *ask) countNumber(name string, now int64, before *int64) number {
	return a.countedNumber(name, "items", now, before)
}

// countedNumber is countNumber of something else than obligations: of a noun, one of the messages noun.….
func (a *ask) countedNumber(name, noun string, now int64, before *int64) number {
	n := a.counted(name, noun, now)
	n.Rule = a.definition(name)
	if before == nil {
		n.Change = a.T("change.none")
		return n
	}
	n.ChangeTitle = a.previousTitle()
	difference := now - *before
	sign := cmp.Compare(difference, 0)
	difference *= int64(sign)
	n.Change, n.ChangeClass = a.changed(sign, "change.counted", grouped(difference), false, "Noun", a.noun(noun, difference))
	return n
}

// counted is a number of so many things without a comparison.
func (a *ask) counted(name, noun string, count int64) number {
	return number{Label: a.T("figure." + name), Value: grouped(count), Unit: a.noun(noun, count)}
}

func (a *ask) noun(noun string, count int64) string { return a.T("noun."+noun, "Count", count) }

// changed writes a change since the previous window with what else its message takes; moreIsBetter says which way is good.
func (a *ask) changed(sign int, id, size string, moreIsBetter bool, more ...any) (words, class string) {
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
