package reference

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"yangguang/queries/model"
)

// Obligations is the report obligations (SPEC §7).
func (d District) Obligations(q model.Question) []Row {
	var listed []Obligation
	for _, unit := range d.listed(q) {
		inWindow, _ := d.judged(unit, q)
		listed = append(listed, inWindow...)
	}
	slices.SortStableFunc(listed, inOrderOfListing)
	return obligationRows(d, listed)
}

// Lapsed is the report lapsed: everything lapsed on the as-of day and due by the window's end, whatever its start, oldest first. since
// bounds all but standing ones, be they in the window or not.
func (d District) Lapsed(q model.Question) []Row {
	var listed []Obligation
	for _, unit := range d.listed(q) {
		inWindow, carried := d.judged(unit, q)
		listed = append(listed, slices.DeleteFunc(inWindow, func(o Obligation) bool {
			return o.State != "lapsed" || o.Item.Cadence != "standing" && o.Due.Before(d.since(q))
		})...)
		listed = append(listed, carried...)
	}
	slices.SortStableFunc(listed, func(a, b Obligation) int {
		return cmp.Or(cmp.Compare(*b.DelayDays, *a.DelayDays), inOrderOfListing(a, b))
	})
	return obligationRows(d, listed)
}

// listed are the active units that a list of single rows is limited to; a unit asked with its subtree is a subtree.
func (d District) listed(q model.Question) []model.Unit {
	return slices.DeleteFunc(slices.Clone(d.Registry.Units), func(unit model.Unit) bool {
		return !active(unit, q.AsOf) || (q.Group != "all" && groupOf(unit.Tier) != q.Group) ||
			(q.Within != "" && !d.inSubtree(unit, q.Within)) ||
			(q.Unit != "" && q.Scope != "subtree" && unit.ID != q.Unit) || (q.Unit != "" && !d.inSubtree(unit, q.Unit))
	})
}

// inOrderOfListing: unit_id, item_id, due_on, undated last.
func inOrderOfListing(a, b Obligation) int {
	if order := cmp.Or(cmp.Compare(a.Unit.ID, b.Unit.ID), cmp.Compare(a.Item.ID, b.Item.ID)); order != 0 {
		return order
	}
	if a.Due.IsZero() != b.Due.IsZero() {
		if b.Due.IsZero() {
			return -1
		}
		return 1
	}
	return a.Due.Compare(b.Due)
}

func obligationRows(d District, listed []Obligation) []Row {
	rows := []Row{}
	for _, o := range listed {
		row := Row{
			"unit_id": o.Unit.ID, "unit": o.Unit.Name, "item_id": o.Item.ID, "item": o.Item.Name, "programme": o.Item.Programme,
			"class": o.Item.Class, "period": o.Period, "due_on": written(o.Due), "state": o.State, "procedure": flag(o.Procedure),
			"placement": flag(o.Placement), "delay_days": "", "published_on": "", "evidenced_on": "", "backdated": "", "record_id": "",
			"source": "", "url": "",
		}
		if o.DelayDays != nil {
			row["delay_days"] = strconv.Itoa(*o.DelayDays)
		}
		if o.Shown != nil {
			backdated := d.backdated(*o.Shown)
			row["published_on"], row["evidenced_on"] = written(o.Shown.Published), written(o.Shown.evidenced())
			row["backdated"], row["record_id"], row["source"], row["url"] = flag(&backdated), o.Shown.ID, o.Shown.Source, o.Shown.URL
		}
		rows = append(rows, row)
	}
	return rows
}

func written(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

func flag(value *bool) string {
	switch {
	case value == nil:
		return ""
	case *value:
		return "1"
	}
	return "0"
}
