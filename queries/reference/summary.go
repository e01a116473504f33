package reference

import (
	"maps"
	"slices"
	"strconv"

	"yangguang/queries/model"
)

// Items is the report items: what each item's assessed obligations come to, pooled over the units asked. Units are those with an
// assessed obligation of the item; items without any are left out here.
func (d District) Items(q model.Question) []Row {
	counts, units, lapsed := map[string]*itemCounts{}, map[string]map[string]bool{}, map[string]int{}
	for _, unit := range d.listed(q) {
		inWindow, _ := d.judged(unit, q)
		for _, obligation := range inWindow {
			id := obligation.Item.ID
			if counts[id] == nil {
				counts[id], units[id] = &itemCounts{}, map[string]bool{}
			}
			counts[id].add(obligation)
			if obligation.assessed() {
				units[id][unit.ID] = true
			}
			if obligation.State == "lapsed" {
				lapsed[id]++
			}
		}
	}
	rows := []Row{}
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		if counts[id].assessed == 0 {
			continue
		}
		item, _ := d.item(id)
		measured := counts[id].measures()
		rows = append(rows, Row{
			"item_id": id, "item": item.Name, "class": item.Class, "units": strconv.Itoa(len(units[id])),
			"assessed": strconv.Itoa(counts[id].assessed), "coverage": rounded(measured["coverage"], 4),
			"timeliness": rounded(ratio(counts[id].onTime, counts[id].assessed), 4), "lapsed": strconv.Itoa(lapsed[id]),
		})
	}
	return rows
}

// Summary is the report summary: the five groups of the units asked, or the one that is asked.
func (d District) Summary(q model.Question) []Row {
	rows := []Row{}
	for _, group := range []string{"organs", "towns", "villages", "district", "all"} {
		if q.Group != "all" && q.Group != group {
			continue
		}
		var members []Result
		for _, unit := range d.listed(q) {
			if group == "all" || groupOf(unit.Tier) == group {
				members = append(members, d.result(unit, q))
			}
		}
		rows = append(rows, summaryRow(group, members))
	}
	return rows
}

func summaryRow(group string, members []Result) Row {
	pooled := pool(members)
	var assessed, met, clear, assessedMembers, metMembers int
	for _, member := range members {
		if member.Counts.Assessed == 0 {
			continue
		}
		assessed++
		assessedMembers += int(member.Unit.Members)
		if member.Counts.OnTime+member.Counts.Late > 0 {
			met++
			metMembers += int(member.Unit.Members)
		}
		if member.Counts.Lapsed == 0 && member.Counts.CarriedLapsed == 0 {
			clear++
		}
	}
	row := Row{
		"group": group, "units": strconv.Itoa(len(members)), "assessed": strconv.Itoa(pooled.Counts.Assessed),
		"organisation_coverage": rounded(ratio(met, assessed), 4),
		"member_coverage":       rounded(ratio(metMembers, assessedMembers), 4),
		"clear_units":           rounded(ratio(clear, assessed), 4),
		"lapsed":                strconv.Itoa(pooled.Counts.Lapsed), "carried_lapsed": strconv.Itoa(pooled.Counts.CarriedLapsed),
		"unverified": strconv.Itoa(pooled.Counts.Unverified), "pending": strconv.Itoa(pooled.Counts.Pending),
	}
	for _, name := range measures() {
		row[name] = rounded(pooled.Measures[name], 4)
	}
	return row
}
