package page

import (
	"context"
	"slices"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// filter is one chip of the row on top; its menu holds links, so that every choice lives in the address.
type filter struct {
	Label, Value string
	Set          bool // other than the default
	Links        []Link
	Days         []dayField // for a window of one's own
}

type dayField struct{ Label, Name, Value string }

func (a *Request) filters(names []string) []filter {
	var filters []filter
	for _, name := range names {
		switch name {
		case "window":
			filters = append(filters, a.windowFilter())
		case "scope":
			filters = append(filters, a.choiceFilter("scope", "own", []string{"subtree"}, func(code string) string { return a.T("filter.scope." + code) }))
		default:
			codes := slices.DeleteFunc(model.Codes(name), func(code string) bool { return code == "all" }) // which is any
			filters = append(filters, a.choiceFilter(name, "", codes, func(code string) string {
				if code == "" {
					return a.T("filter.any")
				}
				return a.CodeLabel(name, code)
			}))
		}
	}
	return filters
}

// ChoiceFilter is a filter that only one page has: the usual value, which the address does not mention, and the others. It leads to the first page of a list.
func (a *Request) ChoiceFilter(name, usual string, others []string, label func(string) string) []filter {
	first := *a
	first.Address = a.Address.With("page", "")
	return []filter{first.choiceFilter(name, usual, others, label)}
}

// choiceFilter offers the usual value, which the address does not mention, and the others.
func (a *Request) choiceFilter(name, usual string, others []string, label func(string) string) filter {
	chosen := a.Address.Get(name)
	if chosen == usual {
		chosen = ""
	}
	f := filter{Label: a.T("filter." + name), Value: label(usual), Set: chosen != ""}
	f.Links = append(f.Links, Link{Text: label(usual), Href: a.Address.With(name, "").String(), Current: chosen == ""})
	for _, other := range others {
		f.Links = append(f.Links, Link{Text: label(other), Href: a.Address.With(name, other).String(), Current: chosen == other})
		if chosen == other {
			f.Value = label(other)
		}
	}
	return f
}

// WithinName is the name of the unit whose subtree is asked; empty: none is, or it is not known.
func (a *Request) WithinName(ctx context.Context, question model.Question) (string, error) {
	if question.Within == "" {
		return "", nil
	}
	return ask.Run(ctx, a.Store, ask.UnitName(question.Within), question)
}

// withinFilter says whose subtree is asked, by name where it is known; the way out is its only choice.
func (a *Request) withinFilter(id, name string) filter {
	if name == "" {
		name = id
	}
	return filter{
		Label: a.T("filter.within"), Value: name, Set: true,
		Links: []Link{{Text: a.T("filter.any"), Href: a.Address.With("within", "").String()}, {Text: name, Href: a.Address.String(), Current: true}},
	}
}

// window is a stretch of days that has a name, seen from the as-of day.
type window struct {
	name     string
	from, to time.Time // to zero: the as-of day
}

func windows(asOf time.Time) []window {
	first := func(year int, month time.Month) time.Time { return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC) }
	year, month := asOf.Year(), asOf.Month()
	quarter := first(year, (month-1)/3*3+1)
	return []window{
		{"year", first(year, time.January), time.Time{}},
		{"half", first(year, (month-1)/6*6+1), time.Time{}},
		{"quarter", quarter, time.Time{}},
		{"month", first(year, month), time.Time{}},
		{"last_month", first(year, month-1), first(year, month).AddDate(0, 0, -1)},
		{"last_quarter", quarter.AddDate(0, -3, 0), quarter.AddDate(0, 0, -1)},
		{"last_year", first(year-1, time.January), first(year, time.January).AddDate(0, 0, -1)},
	}
}

func (a *Request) windowFilter() filter {
	f := filter{
		Label: a.T("filter.window"),
		Value: a.Question.From.Format(DayLayout) + " – " + a.Question.To.Format(DayLayout),
		Set:   a.Address.Get("from") != "" || a.Address.Get("to") != "" || a.Address.Get("as_of") != "",
	}
	for i, w := range windows(a.Question.AsOf) {
		from, to, last := w.from.Format(DayLayout), "", a.Question.AsOf
		if !w.to.IsZero() {
			to, last = w.to.Format(DayLayout), w.to
		}
		if i == 0 {
			from = "" // this year is what an address without days means
		}
		current := a.Question.From.Equal(w.from) && a.Question.To.Equal(last)
		f.Links = append(f.Links, Link{
			Text: a.T("filter.window." + w.name), Note: w.from.Format(DayLayout) + " – " + last.Format(DayLayout),
			Href: a.Address.With("from", from).With("to", to).String(), Current: current,
		})
		if current {
			f.Value = a.T("filter.window." + w.name)
		}
	}
	f.Links = append(f.Links, a.comparisons()...)
	if a.Compared() == model.CompareYear {
		f.Value, f.Set = f.Value+" · "+a.T("filter.compare.year"), true
	}
	if a.Address.Get("as_of") != "" {
		f.Value += " · " + a.T("filter.as_of") + " " + a.Question.AsOf.Format(DayLayout)
	}
	for _, name := range []string{"from", "to", "as_of"} {
		f.Days = append(f.Days, dayField{Label: a.T("filter." + name), Name: name, Value: a.Address.Get(name)})
	}
	return f
}

// Compared is what figures are compared with: year, or empty for the previous window.
func (a *Request) Compared() string {
	if a.Large || a.Address.Get("compare") != model.CompareYear {
		return ""
	}
	return model.CompareYear
}

// comparisons are the previous window and the same window a year before, one of which figures are compared with; of very many units only the previous window is
// prepared.
func (a *Request) comparisons() []Link {
	var links []Link
	for _, compare := range []string{"", model.CompareYear} {
		asked := a.Question
		asked.Compare = compare
		previous := asked.Previous()
		name := "previous"
		if compare != "" {
			name = compare
		}
		if a.Large && compare != "" {
			continue
		}
		links = append(links, Link{
			Text: a.T("filter.compare." + name), Note: previous.From.Format(DayLayout) + " – " + previous.To.Format(DayLayout),
			Href: a.Address.With("compare", compare).String(), Current: a.Compared() == compare,
		})
	}
	return links
}
