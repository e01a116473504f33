package starter

import (
	"slices"
	"time"

	"yangguang/collector/record"
	"yangguang/collector/registry"
	"yangguang/queries/model"
)

// named are the first Chinese names of codes, which people choose from.
func named(codes record.Codes) (names []string) {
	for _, code := range codes {
		names = append(names, code.Names[0])
	}
	return names
}

// columnsOf are a registry file's columns with what is said of each.
func columnsOf(file []registry.FormColumn, about map[string]string, change func(key string, c *column)) (columns []column) {
	for _, of := range file {
		c := column{name: of.Name, about: about[of.Key], required: of.Required, choices: named(of.Codes)}
		change(of.Key, &c)
		columns = append(columns, c)
	}
	return columns
}

func unitForm() form {
	return form{
		sheet: "单位",
		columns: columnsOf(registry.UnitForm(), map[string]string{
			"unit_id":             "每个单位一个，不得重复，定了就不要改；可以用区划代码。",
			"name":                "全称，台账里怎么写就怎么填。",
			"tier":                "从下拉表选；决定它欠公开目录里的哪些事项、和谁一起排名。",
			"parent_id":           "上级的单位编号，必须是本表里的；最上一级留空。",
			"members":             "党员人数，整数；不知道就留空。",
			"aliases":             "台账里可能出现的其他写法，几个用 | 分开。",
			"contact":             "逾期时通知谁。",
			"demonstration_since": "成为示范点的日期；不是示范点就留空。",
			"stars":               "星级，0 至 5。",
			"active_from":         "从哪一天起有公开责任；一直有就留空。",
			"active_to":           "到哪一天为止；仍在就留空。",
		}, func(key string, c *column) {
			c.day = slices.Contains([]string{"demonstration_since", "active_from", "active_to"}, key)
			c.wide = key == "name" || key == "aliases"
			if key == "parent_id" {
				c.listedIn = "A"
			}
		}),
		examples: [][]any{
			{"QW", "示例区委", "区委", nil, 30},
			{"J01", "示例局", "区直单位", "QW", 12},
			{"Z01", "示例镇", "镇", "QW", 40},
			{"C01", "示例一村", "村", "Z01", 25, "一村"},
			{"C02", "示例二村", "村", "Z01", 18},
		},
	}
}

func catalogueForm(since time.Time) form {
	return form{
		sheet: "公开目录",
		columns: columnsOf(registry.CatalogueForm(), map[string]string{
			"item_id":      "每个事项一个，不得重复，定了就不要改。",
			"name":         "台账里怎么写就怎么填；不得与别的事项同名。",
			"programme":    "从下拉表选；留空为阳光党务。",
			"catalogue":    "从下拉表选。",
			"tiers":        "哪些层级的单位必须公开；几个用 | 分开，如 镇|街道|村|社区。",
			"focus":        "三个重点之一；不属于就留空。",
			"class":        "从下拉表选：重点权重 3，必须 2，提倡 1。",
			"scope":        "允许向谁公开；几个用 | 分开，留空为不限。",
			"channels":     "允许的渠道，有一个符合即可；几个用 | 分开，留空为不限。",
			"cadence":      "多久公开一次；“随时”为发生一件公开一件，“长期”为一直挂着。",
			"due_days":     "所属期满（随时：发生）后几天内公开；0 为当天。",
			"day_kind":     "时限天数是自然日还是工作日；留空为自然日。",
			"display_days": "至少展示多少天；没有规定就留空。",
			"min_chars":    "正文至少多少字，少于此数由质量巡查提示核实；不检查就留空。",
			"not_before":   "最早什么时候公开才算：期初、期末，或不限（计划可以提前）；留空为期初。",
			"nil_return":   "只用于“随时”的事项：每月或每季度没有发生也要报“无”（零报告）；不要求就留空。",
			"valid_from":   "从哪一天起要公开；长期事项必填。",
			"valid_to":     "到哪一天为止；仍有效就留空。",
			"legal_basis":  "依据哪个文件。",
			"aliases":      "台账里可能出现的其他写法，几个用 | 分开。",
		}, func(key string, c *column) {
			c.day = key == "valid_from" || key == "valid_to"
			c.wide = slices.Contains([]string{"name", "tiers", "scope", "channels", "legal_basis"}, key)
			c.several = slices.Contains([]string{"tiers", "scope", "channels"}, key)
		}),
		examples: [][]any{
			{"SX01", "党务公开目录", "阳光党务", "基层", "区直单位|镇|村", "党内政治生活", "必须", "社会公开|党内公开", "公开栏|网站", "长期", 30, "自然日", nil, nil, nil, nil, since, nil, "示例，请改"},
			{"SX02", "三会一课", "阳光党务", "基层", "区直单位|镇|村", "党内政治生活", "重点", "党内公开|社会公开", "公开栏|微信群|工作会议", "每月", 10, "自然日", nil, nil, nil, nil, since, nil, "示例，请改"},
			{"SX03", "党费收缴使用", "阳光党务", "基层", "区直单位|镇|村", nil, "重点", "党内公开", "公开栏|微信群", "每季度", 15, "工作日", nil, nil, nil, nil, since, nil, "示例，请改"},
			{"SX04", "发展党员", "阳光党务", "基层", "区直单位|镇|村", nil, "重点", nil, nil, "随时", 7, "自然日", 5, nil, nil, nil, since, nil, "示例，请改"},
		},
	}
}

func calendarForm() form {
	return form{sheet: "节假日", columns: columnsOf(registry.CalendarForm(), map[string]string{
		"date": "国务院办公厅公布的放假或调休上班日期，一天一行；没有的日子周一至周五为工作日。",
		"kind": "放假填“节假日”，周末上班填“工作日”。",
	}, func(key string, c *column) { c.day = key == "date" })}
}

func exemptionForm() form {
	return form{sheet: "免予公开", columns: columnsOf(registry.ExemptionForm(), map[string]string{
		"unit_id": "单位编号；* 为全部单位。", "item_id": "事项编号；* 为全部事项。", "from": "从哪一天起；不限就留空。", "to": "到哪一天为止；不限就留空。",
		"reason": "为什么免予公开。", "approved_by": "谁批准的。",
	}, func(key string, c *column) {
		c.day, c.wide = key == "from" || key == "to", key == "reason"
	})}
}

// ledgerForm is a ledger whose lists have the units and items of a registry; of none, of the examples.
func ledgerForm(today, since time.Time, district *model.Registry) form {
	about := map[string]string{
		"record_id": "自己编的编号，全台账不重复；没有就留空。", "unit": "从下拉表选，或写编号、别名。", "parent": "同名单位才需要：上级单位。", "item": "从下拉表选，或写编号、别名。",
		"title": "公开的标题。", "event_id": "随时事项：同一件事的编号；没有就留空。", "period": "定期事项：2026年、2026年上半年、2026年第三季度、2026年7月。",
		"occurred_on": "随时事项：哪一天发生的。", "proposed_on": "程序：提出。", "reviewed_on": "程序：审核。", "approved_on": "程序：审批。",
		"published_on": "公开（实施）的日期；还没公开就留空，但要有发生日期。", "uploaded_on": "上传留痕的日期；没有就留空。", "withdrawn_on": "撤下的日期；还在就留空。",
		"scope": "向谁公开。", "channel": "在哪里公开；几个用 | 分开。", "url": "网址，有就填。",
	}
	choices := map[string][]string{"scope": named(record.Scopes()), "channel": named(record.Channels())}
	var examples [][]any
	if district == nil {
		choices["unit"], choices["item"] = exampleNames(unitForm(), 1), exampleNames(catalogueForm(since), 1)
		examples = ledgerExamples(today, since)
	} else {
		for _, unit := range district.Units {
			choices["unit"] = append(choices["unit"], unit.Name)
		}
		for _, item := range district.Items {
			choices["item"] = append(choices["item"], item.Name)
		}
	}
	days := []string{"occurred_on", "proposed_on", "reviewed_on", "approved_on", "published_on", "uploaded_on", "withdrawn_on"}
	ledger := form{sheet: "台账", examples: examples}
	for _, of := range record.Columns() {
		ledger.columns = append(ledger.columns, column{
			name: of.Names[0], about: about[of.Key], required: of.Required, choices: choices[of.Key], several: slices.Contains([]string{"unit", "item", "channel"}, of.Key),
			day: slices.Contains(days, of.Key), wide: slices.Contains([]string{"unit", "item", "title", "url"}, of.Key),
		})
	}
	return ledger
}

// exampleNames are the texts in a column of a form's examples, counted from 0.
func exampleNames(f form, at int) (names []string) {
	for _, example := range f.examples {
		names = append(names, example[at].(string))
	}
	return names
}

// ledgerExamples are three disclosures: something standing, last month's and an event.
func ledgerExamples(today, since time.Time) [][]any {
	month := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	before := func(days int) time.Time { return month.AddDate(0, 0, -days) }
	return [][]any{
		{nil, "示例一村", nil, "党务公开目录", "示例一村党务公开目录", nil, nil, nil, nil, nil, nil, since, nil, nil, "社会公开", "公开栏"},
		{
			nil, "示例一村", nil, "三会一课", before(1).Format("2006年1月") + "三会一课开展情况", nil, before(1).Format("2006年1月"), nil, before(3), before(2), before(1), month, nil, nil,
			"党内公开", "微信群",
		},
		{nil, "示例二村", nil, "发展党员", "发展党员公示", nil, nil, before(4), before(3), before(2), before(1), month, nil, nil, "社会公开", "公开栏"},
	}
}
