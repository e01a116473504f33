package registry

import (
	"yangguang/collector/record"
	"yangguang/collector/table"
	"yangguang/queries/model"
)

// mostDays is the greatest number of days that a time limit may have: ten years.
const mostDays = 3650

// mostChars is the greatest number of characters that a text may be asked to have.
const mostChars = 10_000

func catalogueColumns() []table.Column {
	return []table.Column{
		{Key: "item_id", Names: []string{"事项编号", "事项编码"}, Required: true},
		{Key: "name", Names: []string{"事项名称", "名称", "事项"}, Required: true},
		{Key: "programme", Names: []string{"专题", "阳光工程"}},
		{Key: "catalogue", Names: []string{"公开目录", "目录"}, Required: true},
		{Key: "tiers", Names: []string{"适用层级", "层级", "公开主体"}, Required: true},
		{Key: "focus", Names: []string{"重点内容", "重点"}},
		{Key: "class", Names: []string{"事项类别", "类别"}, Required: true},
		{Key: "scope", Names: []string{"公开范围"}},
		{Key: "channels", Names: []string{"公开渠道"}},
		{Key: "cadence", Names: []string{"公开周期", "周期", "公开频次"}, Required: true},
		{Key: "due_days", Names: []string{"时限天数", "公开时限", "时限"}},
		{Key: "day_kind", Names: []string{"天数类别", "日期类别"}},
		{Key: "display_days", Names: []string{"展示天数", "公示天数"}},
		{Key: "min_chars", Names: []string{"最少字数", "字数下限"}},
		{Key: "not_before", Names: []string{"最早公开", "不早于"}},
		{Key: "nil_return", Names: []string{"零报告", "零报告周期"}},
		{Key: "valid_from", Names: []string{"生效日期", "启用日期"}},
		{Key: "valid_to", Names: []string{"失效日期", "停用日期"}},
		{Key: "legal_basis", Names: []string{"依据", "公开依据"}},
		{Key: "aliases", Names: []string{"别名", "简称"}},
	}
}

func (l *loader) readCatalogue(path string) {
	l.items = map[string]row{}
	l.read(path, "catalogue", true, catalogueColumns(), func(r row) {
		item := model.Item{
			ID: r.id("item_id"), Name: r.required("name"), Programme: r.code("programme", "party", programmes()), Catalogue: r.code("catalogue", "", catalogues()),
			Tiers: r.codes("tiers", tiers()), Class: r.code("class", "", classes()), Scopes: r.codes("scope", record.Scopes()), Channels: r.codes("channels", record.Channels()),
			Cadence: r.code("cadence", "", cadences()), DueDays: uint16(r.number("due_days", mostDays)), DayKind: r.code("day_kind", "natural", dayKinds()),
			DisplayDays: uint16(r.number("display_days", mostDays)), MinChars: uint16(r.number("min_chars", mostChars)), NotBefore: r.code("not_before", "start", notBefores()),
			LegalBasis: r.text("legal_basis"), Aliases: r.items("aliases"),
		}
		if text := r.text("focus"); text != "" {
			item.Focus = r.codeOf("focus", text, focuses())
		}
		if r.text("tiers") == "" {
			r.problem("tiers", "", "is required: who owes the item")
		}
		item.ValidFrom, item.ValidTo = r.span("valid_from", "valid_to")
		if item.Cadence == "standing" && r.text("valid_from") == "" {
			r.problem("valid_from", "", "is required for a standing item: its due day counts from there")
		}
		if item.Cadence != "standing" && item.Cadence != "" && r.text("due_days") == "" {
			r.problem("due_days", "", "is required; 0 means the day itself")
		}
		if text := r.text("nil_return"); text != "" {
			item.NilReturn = r.codeOf("nil_return", text, nilReturns())
			if item.Cadence != "event" && item.Cadence != "" {
				r.problem("nil_return", text, "is only for an item of cadence event (随时); an item of another cadence owes a record for each period anyway: leave it empty")
			}
		}
		l.claim("item_id", item.ID, l.items, r)
		l.registry.Items = append(l.registry.Items, item)
		l.rows.items = append(l.rows.items, r)
	})
}

// checkItems checks that every name and alias means one item.
func (l *loader) checkItems() {
	meant := map[string]int{}
	claim := func(i int, field, text string) {
		folded := record.FoldItem(text)
		if folded == "" {
			return
		}
		if other, taken := meant[folded]; taken && other != i {
			l.rows.items[i].problem(field, text, "also means "+l.registry.Items[other].ID+" "+l.registry.Items[other].Name)
			return
		}
		meant[folded] = i
	}
	for i, item := range l.registry.Items {
		if first, ok := meant[item.ID]; !ok || first == i {
			meant[item.ID] = i
		}
	}
	for i, item := range l.registry.Items {
		claim(i, "name", item.Name)
	}
	for i, item := range l.registry.Items {
		for _, alias := range item.Aliases {
			claim(i, "aliases", alias)
		}
	}
}
