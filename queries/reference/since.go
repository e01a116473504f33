package reference

import (
	"cmp"
	"slices"
	"strings"

	"yangguang/queries/model"
)

// SinceBaseline is what became of what was lapsed at a baseline, of its own days, and what lapsed since: each with unit_id, item_id, period, due_on, change and
// the state of now, by change, due day, unit, item and period.
func (d District) SinceBaseline(now, baseline model.Question) []Row {
	then := map[string]Obligation{}
	for _, o := range d.lapses(now.At(baseline)) {
		then[o.key()] = o
	}
	var rows []Row
	row := func(o Obligation, change, state string) {
		rows = append(rows, Row{"unit_id": o.Unit.ID, "item_id": o.Item.ID, "period": o.Period, "due_on": written(o.Due), "change": change, "state": state})
	}
	for _, o := range d.dated(now) {
		_, wasLapsed := then[o.key()]
		isLapsed := o.State == "lapsed" && !o.Due.After(now.To) && (o.Item.Cadence == "standing" || !o.Due.Before(d.since(now)))
		switch {
		case isLapsed && wasLapsed:
			row(o, "open", o.State)
		case isLapsed:
			row(o, "new", o.State)
		case wasLapsed && (o.State == "on_time" || o.State == "late"):
			row(o, "mended", o.State)
		case wasLapsed:
			row(o, "left", o.State)
		}
		delete(then, o.key())
	}
	for _, o := range then { // owed no more
		row(o, "left", "")
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(strings.Compare(a["change"], b["change"]), strings.Compare(a["due_on"], b["due_on"]), strings.Compare(a["unit_id"], b["unit_id"]),
			strings.Compare(a["item_id"], b["item_id"]), strings.Compare(a["period"], b["period"]), strings.Compare(a["state"], b["state"]))
	})
	return rows
}

// lapses are the obligations of the report lapsed.
func (d District) lapses(q model.Question) []Obligation {
	return slices.DeleteFunc(d.dated(q), func(o Obligation) bool {
		return o.State != "lapsed" || o.Due.After(q.To) || o.Item.Cadence != "standing" && o.Due.Before(d.since(q))
	})
}

// dated are all obligations with a due day, judged, from the window's or the carried ones' start until its end or 30 days after the as-of day.
func (d District) dated(q model.Question) (all []Obligation) {
	earliest, latest := q.From, laterOf(q.To, q.AsOf.AddDate(0, 0, 30))
	if since := d.since(q); since.Before(earliest) {
		earliest = since
	}
	for _, unit := range d.listed(q) {
		for _, item := range d.Registry.Items {
			if !asked(item, q) {
				continue
			}
			for _, o := range d.owed(unit, item, earliest, latest, q.AsOf) {
				if o.Due.IsZero() || o.Due.After(latest) || item.Cadence != "standing" && o.Due.Before(earliest) {
					continue
				}
				d.judge(&o, window{q.From, q.To, q.AsOf})
				all = append(all, o)
			}
		}
	}
	return all
}

// key tells an obligation from all others: those of two cadences never are the same.
func (o Obligation) key() string {
	return strings.Join([]string{o.Unit.ID, o.Item.ID, o.Period, o.event}, "\x00")
}
