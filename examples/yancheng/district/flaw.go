package district

import (
	"fmt"
	"time"
)

// corrected plants mistakes in some of the organs' rows and returns the rows that put them right; one of these is
// itself wrong, so that the mistake stays in force.
func (d *registered) corrected(rows []record, through time.Time) (entered, corrections []record) {
	for _, r := range byDay(rows) {
		c := chanceOf("correction", r.id)
		noticed := r.entered().AddDate(0, 0, c.between(20, 60))
		if r.published.IsZero() || len(r.raw) > 0 || noticed.After(through) || !c.happens(.009) {
			entered = append(entered, r)
			continue
		}
		mistaken := r
		switch c.IntN(3) {
		case 0:
			mistaken.title += "（草稿）"
		case 1:
			mistaken.scope = ""
		default:
			mistaken.approved = time.Time{}
		}
		if len(corrections) == 0 {
			r = r.with("published_on", "2025-13-05")
		}
		entered, corrections = append(entered, mistaken), append(corrections, r)
	}
	return entered, corrections
}

// flaw is a row that does not follow from an obligation: raw replaces what the clerk should have written.
type flaw struct {
	unit, item, month string
	raw               map[string]string
}

// rejects are the rows that a reader must refuse and keep with their reason.
func (d *registered) rejects() []record {
	return d.planted("R", []flaw{
		{"QZ10", "JC3", "2026-02", map[string]string{"unit": "区经济和信息化委员会"}}, // unknown unit
		{"QZ19", "JC3", "2026-03", map[string]string{"unit": "区经改局"}},       // unknown unit
		{"QZ21", "JC3", "2026-03", map[string]string{"published_on": "2026-02-30"}},
		{"QZ24", "JC3", "2026-05", map[string]string{"published_on": "2026年4月31日"}},
		{"QZ26", "JC3", "2026-06", map[string]string{"item": "干部作风建设年活动"}},
		{"QZ33", "JC3", "2026-07", map[string]string{"channel": "短视频号"}},
		{"QZ36", "JC3", "2026-08", map[string]string{"withdrawn_on": "2026-07-20"}}, // before it was published
		{"QZ38", "JC3", "2026-09", map[string]string{"period": ""}},                 // periodic, nothing says which period
		{"QZ42", "JC1", "2026-10", map[string]string{"period": "2026年9-7月"}},        // reversed
		{"QZ44", "JC3", "2026-10", map[string]string{"published_on": "", "occurred_on": ""}},
		{"QZ45", "JC3", "2026-10", map[string]string{"period": "十三月"}},
		{"411103101", "JC3", "2026-04", map[string]string{"unit": "张店村"}}, // two villages have the name
		{"411103107", "JC3", "2026-05", map[string]string{"unit": "何庄村"}}, // two villages have the name
		{"411103106", "JC3", "2026-06", map[string]string{"published_on": "1926-06-05"}},
		{"411103102", "JC3", "2026-09", map[string]string{"scope": "对外"}},
		{"411103101202", "JC3", "2026-07", map[string]string{"unit": "孟庙材村民委员会"}}, // a mistyped character
		{"411103104219", "JC3", "2026-08", map[string]string{"published_on": "2026年8月"}},
	})
}

// homonyms are good rows that a town wrote for a village whose name another town's village shares.
func (d *registered) homonyms() []record {
	return d.planted("H", []flaw{
		{"411103101", "JC3", "2026-05", map[string]string{"unit": "张店村", "parent": "孟庙镇"}},
		{"411103104", "JC3", "2026-05", map[string]string{"unit": "张店村", "parent": "新店镇党委"}},
	})
}

func (d *registered) planted(prefix string, flaws []flaw) []record {
	var all []record
	for n, f := range flaws {
		on, _ := time.Parse("2006-01", f.month) // constants above
		u, i := d.unitOf(f.unit), d.itemOf(f.item)
		if u.id == "" || i.id == "" {
			continue // an edited registry need not have them
		}
		r := record{
			id: fmt.Sprintf("%s%02d", prefix, n+1), unit: u, item: i, period: on.AddDate(0, -1, 0).Format("2006年1月"),
			published: on.AddDate(0, 0, 4), proposed: on.AddDate(0, 0, 1), reviewed: on.AddDate(0, 0, 2), approved: on.AddDate(0, 0, 3),
			scope: "party", channel: "board", raw: f.raw,
		}
		r.title = u.short + r.period + i.short
		all = append(all, r)
	}
	return all
}

func (d *registered) unitOf(id string) unit {
	for _, u := range d.units {
		if u.id == id {
			return u
		}
	}
	return unit{}
}

func (d *registered) itemOf(id string) item {
	for _, i := range d.items {
		if i.id == id {
			return i
		}
	}
	return item{}
}
