package registry

import (
	"math"
	"strings"

	"yangguang/collector/record"
	"yangguang/collector/table"
	"yangguang/queries/model"
)

func unitColumns() []table.Column {
	return []table.Column{
		{Key: "unit_id", Names: []string{"单位编号", "单位编码"}, Required: true},
		{Key: "name", Names: []string{"单位名称", "名称", "单位"}, Required: true},
		{Key: "tier", Names: []string{"层级", "类别", "单位类别"}, Required: true},
		{Key: "parent_id", Names: []string{"上级单位编号", "上级编号", "上级单位"}},
		{Key: "members", Names: []string{"党员人数", "党员数"}},
		{Key: "aliases", Names: []string{"别名", "简称"}},
		{Key: "contact", Names: []string{"联系人"}},
		{Key: "demonstration_since", Names: []string{"示范点日期", "示范点设立日期", "示范点起始日期"}},
		{Key: "stars", Names: []string{"星级"}},
		{Key: "active_from", Names: []string{"启用日期", "设立日期"}},
		{Key: "active_to", Names: []string{"停用日期", "撤销日期"}},
	}
}

func (l *loader) readUnits(path string) {
	l.units = map[string]row{}
	l.read(path, "units", true, unitColumns(), func(r row) {
		unit := model.Unit{
			ID: r.id("unit_id"), Name: r.required("name"), Tier: r.code("tier", "", tiers()), ParentID: record.FoldItem(r.text("parent_id")),
			Members: uint32(r.number("members", math.MaxUint32)), Aliases: r.names("aliases"), Contact: r.text("contact"),
			DemonstrationSince: r.date("demonstration_since"), Stars: uint8(r.number("stars", 5)),
		}
		unit.ActiveFrom, unit.ActiveTo = r.span("active_from", "active_to")
		l.claim("unit_id", unit.ID, l.units, r)
		l.registry.Units = append(l.registry.Units, unit)
		l.rows.units = append(l.rows.units, r)
	})
}

// claim notes that an id is taken, which must happen once only.
func (l *loader) claim(field, id string, taken map[string]row, r row) {
	switch first, again := taken[id]; {
	case id == "":
	case id == "*":
		r.problem(field, id, "stands for every one; choose another id")
	case again:
		r.problem(field, id, "is there twice, first at "+first.cells.Place())
	default:
		taken[id] = r
	}
}

// checkUnits checks what units say of each other.
func (l *loader) checkUnits() {
	parents := make(map[string]string, len(l.registry.Units))
	for i, unit := range l.registry.Units {
		if _, ok := l.units[unit.ParentID]; !ok && unit.ParentID != "" {
			l.rows.units[i].problem("parent_id", unit.ParentID, "is not a unit_id of this file")
		}
		if _, ok := parents[unit.ID]; !ok {
			parents[unit.ID] = unit.ParentID
		}
	}
	inOrder := map[string]bool{} // ids whose way to the root has no cycle, or whose cycle is reported
	for i, unit := range l.registry.Units {
		var way []string
		onWay := map[string]bool{}
		id := unit.ID
		for id != "" && !inOrder[id] && !onWay[id] {
			way, onWay[id] = append(way, id), true
			id = parents[id]
		}
		if onWay[id] {
			for way[0] != id {
				way = way[1:] // the units before the cycle only lead into it
			}
			r := l.rows.units[i]
			if first, ok := l.units[id]; ok {
				r = first
			}
			r.problem("parent_id", parents[id], "makes a circle: "+strings.Join(append(way, id), " → "))
		}
		for seen := range onWay {
			inOrder[seen] = true
		}
	}
	l.checkUnitNames()
}

// checkUnitNames finds aliases that could mean either of two units under one parent. Names may be shared.
func (l *loader) checkUnitNames() {
	type sibling struct{ parent, name string }
	named := map[sibling]int{}
	for i, unit := range l.registry.Units {
		if key := (sibling{unit.ParentID, record.FoldUnit(unit.Name)}); unit.Name != "" {
			if _, ok := named[key]; !ok {
				named[key] = i
			}
		}
	}
	aliased := map[sibling]int{}
	for i, unit := range l.registry.Units {
		for _, alias := range unit.Aliases {
			key := sibling{unit.ParentID, record.FoldUnit(alias)}
			other, clash := named[key]
			if !clash || other == i {
				other, clash = aliased[key]
			}
			if clash && other != i {
				l.rows.units[i].problem("aliases", alias, "also means "+l.registry.Units[other].ID+" "+l.registry.Units[other].Name+", under the same parent")
				continue
			}
			aliased[key] = i
		}
	}
}
