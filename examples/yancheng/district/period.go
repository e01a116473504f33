package district

import (
	"fmt"
	"time"
)

// period is one calendar period of a cadence.
type period struct {
	first, last time.Time
	months      int
}

func monthsOf(cadence string) int {
	return map[string]int{"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}[cadence]
}

// periods are those of the cadence that begin by through, oldest first.
func periods(cadence string, through time.Time) []period {
	months := monthsOf(cadence)
	if months == 0 {
		return nil
	}
	var all []period
	for first := Since(); !first.After(through); first = first.AddDate(0, months, 0) {
		all = append(all, period{first, first.AddDate(0, months, -1), months})
	}
	return all
}

func (p period) part() int { return (int(p.first.Month())-1)/p.months + 1 }

// chinese is the period as titles write it.
func (p period) chinese() string {
	year := p.first.Year()
	switch p.months {
	case 1:
		return fmt.Sprintf("%d年%d月", year, p.part())
	case 3:
		return fmt.Sprintf("%d年第%s季度", year, numeral(p.part()))
	case 6:
		return fmt.Sprintf("%d年%s半年", year, half(p.part()))
	default:
		return fmt.Sprintf("%d年度", year)
	}
}

// written is the period in one of the many ways in which ledgers write it. A year is left out only where a row
// published on the day is read as the same period: once the period is over.
func (p period) written(c chance, published time.Time) string {
	year, part, end := p.first.Year(), p.part(), int(p.last.Month())
	over := published.After(p.last)
	var ways []string
	switch p.months {
	case 1:
		ways = []string{
			p.chinese(), p.chinese(), p.chinese() + "份", fmt.Sprintf("%d-%02d", year, part), fmt.Sprintf("%d-%d", year, part),
		}
	case 3:
		ways = []string{
			p.chinese(), p.chinese(), fmt.Sprintf("%d年%s季度", year, numeral(part)), fmt.Sprintf("%d年%d季度", year, part),
			fmt.Sprintf("%dQ%d", year, part), fmt.Sprintf("%d年%d-%d月", year, end-2, end),
			fmt.Sprintf("%d年1月至%d月", year, end), fmt.Sprintf("%d年1～%d月", year, end),
		}
		if over {
			ways = append(ways, numeral(part)+"季度", fmt.Sprintf("1-%d月", end))
		}
	case 6:
		ways = []string{
			p.chinese(), p.chinese(), fmt.Sprintf("%dH%d", year, part), fmt.Sprintf("%d年%d-%d月", year, end-5, end),
		}
		if over {
			ways = append(ways, fmt.Sprintf("%d月至%d月", end-5, end))
		}
	default:
		ways = []string{p.chinese(), fmt.Sprintf("%d年", year), fmt.Sprint(year)}
	}
	return oneOf(c, ways...)
}

// key is the period as reports write it.
func (p period) key() string {
	switch p.months {
	case 1:
		return p.first.Format("2006-01")
	case 3:
		return fmt.Sprintf("%dQ%d", p.first.Year(), p.part())
	case 6:
		return fmt.Sprintf("%dH%d", p.first.Year(), p.part())
	default:
		return fmt.Sprint(p.first.Year())
	}
}

func numeral(n int) string { return []string{"一", "二", "三", "四"}[n-1] }

func half(n int) string { return []string{"上", "下"}[n-1] }
