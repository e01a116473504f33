package page

import (
	"cmp"

	"yangguang/dashboard/pack"
)

// BaselineParameter names the frozen pack that pages compare with: NoBaseline is none; without it, the last one.
const BaselineParameter = "baseline"

// NoBaseline is the value of BaselineParameter that compares with no pack.
const NoBaseline = pack.NoBaseline

// baselinesOffered is how many packs the filter offers, the latest first.
const baselinesOffered = 12

// BaselineFilter offers the packs that the page may be compared with; name is the one that it is compared with, empty: none.
func (a *Request) BaselineFilter(packs []pack.Baseline, name string) []filter {
	if len(packs) == 0 {
		return nil
	}
	f := filter{Label: a.T("filter.baseline"), Value: cmp.Or(name, a.T("filter.baseline.none")), Set: a.Address.Get(BaselineParameter) != ""}
	for i, one := range packs {
		if i == baselinesOffered {
			break
		}
		if !one.Before(a.Question) {
			continue
		}
		f.Links = append(f.Links, Link{
			Text: one.Name, Note: a.T("filter.baseline.as_of", "Day", one.Question.AsOf.Format(DayLayout)),
			Href: a.Address.With(BaselineParameter, one.Name).With("page", "").String(), Current: one.Name == name,
		})
	}
	f.Links = append(f.Links, Link{
		Text: a.T("filter.baseline.none"), Href: a.Address.With(BaselineParameter, NoBaseline).With("page", "").With("since", "").String(), Current: name == "",
	})
	return []filter{f}
}
