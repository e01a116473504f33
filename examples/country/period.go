package country

import (
	"strconv"
	"time"

	"yangguang/queries/model"
)

// period is one calendar period of an item with its due day and the ways to write it.
type period struct {
	first, last, due day
	key              string   // as reports write it, in record ids
	title            string   // as titles write it
	written          []string // as ledgers write it
}

func monthsOf(cadence string) int {
	switch cadence {
	case "monthly":
		return 1
	case "quarterly":
		return 3
	case "semiannual":
		return 6
	case "annual":
		return 12
	}
	return 0
}

// periodsOf are an item's periods that are due in the window or begin in it, oldest first.
func periodsOf(item *model.Item, calendar *calendar, from, to day) []period {
	months := monthsOf(item.Cadence)
	if months == 0 {
		return nil
	}
	var all []period
	for at := time.Date(from.time().Year()-1, 1, 1, 0, 0, 0, 0, time.UTC); dayOf(at) <= to; at = at.AddDate(0, months, 0) {
		p := period{first: dayOf(at), last: dayOf(at.AddDate(0, months, -1))}
		if p.last < from-around/2 {
			continue
		}
		if p.due = calendar.due(p.last, item); p.due < from {
			continue
		}
		p.write(at.Year(), (int(at.Month())-1)/months, months)
		all = append(all, p)
	}
	return all
}

func (p *period) write(year, part, months int) {
	y := strconv.Itoa(year)
	switch months {
	case 1:
		p.key = y + "-" + twoDigits(part+1)
		p.title = y + "年" + strconv.Itoa(part+1) + "月"
		p.written = []string{p.title, p.key, y + "-" + strconv.Itoa(part+1)}
	case 3:
		n := []string{"一", "二", "三", "四"}[part]
		p.key, p.title = y+"Q"+strconv.Itoa(part+1), y+"年第"+n+"季度"
		p.written = []string{p.title, p.key, y + "年" + n + "季度", y + "年" + strconv.Itoa(3*part+1) + "-" + strconv.Itoa(3*part+3) + "月"}
	case 6:
		p.key, p.title = y+"H"+strconv.Itoa(part+1), y+"年"+[]string{"上", "下"}[part]+"半年"
		p.written = []string{p.title, p.key, y + "年" + strconv.Itoa(6*part+1) + "月至" + strconv.Itoa(6*part+6) + "月"}
	default:
		p.key, p.title = y, y+"年度"
		p.written = []string{p.title, y + "年", y}
	}
}
