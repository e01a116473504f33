package grafana

// worstUnits lists the units with most lapses.
func worstUnits() panel {
	return table(fromPrometheus("table", "逾期最多的单位 Units with most lapses", "来源失败的单位也列出，其警报暂缓。Units whose source fails are listed too.", 12,
		now(`topk(20, disclosure_unit_obligations{`+instance+`,state="lapsed"} > 0)
  * on (job, instance, unit) group_left (unit_name, group) disclosure:unit_info{`+ofTown+`}`)), "逾期 Lapsed", true,
		column{"unit_name", "单位 Unit", 0, []property{unitLinks("编号 Id")}},
		column{"group", "排名组 Group", 130, words(groupWords())},
		column{"unit", "编号 Id", 130, nil},
		column{"Value", "逾期 Lapsed", 110, append(shownAs("short", 0), barCell(lapsed)...)})
}

// worstItems lists the items on which most units are late.
func worstItems() panel {
	return table(fromPrometheus("table", "逾期单位最多的事项 Items most units lapse on", "不含来源失败而暂缓的单位。Units held back are not counted.", 12,
		now(`topk(20, count by (item, item_name, class) (
  disclosure:lapsed:working_days{`+instance+`,`+ofTown+`} unless on (job, instance, unit) disclosure_unit_sources_failing))`)), "单位数 Units", true,
		column{"item_name", "事项 Item", 0, []property{links(toPage("打开逾期清单 · Open the list of lapses", "/lapsed?item=%s", "编号 Id"))}},
		column{"class", "类别 Class", 100, words(classWords())},
		column{"item", "编号 Id", 80, nil},
		column{"Value", "单位数 Units", 130, append(shownAs("short", 0), barCell(lapsed)...)})
}

// towns compares towns and subdistricts with their villages.
func towns() panel {
	return table(fromPrometheus("table", "各镇（街道）Towns and subdistricts", "含所辖村（社区）；公开率为所辖单位的平均。With their villages; coverage is the mean of their units.", 12,
		now(`sum by (town, town_name) (disclosure:unit_coverage_ratio:mean_by_town{`+instance+`})`),
		now(`sum by (town, town_name) (disclosure:lapsed_items:count_by_town{`+instance+`} or disclosure:unit_coverage_ratio:mean_by_town{`+instance+`} * 0)`)), "逾期事项 Lapsed", true,
		column{"town_name", "镇（街道）Town", 0, []property{links(toPage("打开该镇页面 · Open its page", "/unit/%s?scope=subtree", "编号 Id"))}},
		column{"town", "编号 Id", 130, nil},
		column{"Value #A", "公开率 Coverage", 130, shownAs("percentunit", 1)},
		column{"Value #B", "逾期事项 Lapsed", 140, append(shownAs("short", 0), barCell(lapsed)...)})
}

// dueSoon lists what is due within five working days and not yet published.
func dueSoon() panel {
	return table(fromPrometheus("table", "即将到期 Due soon", "五个工作日内到期、尚未公开。Due within five working days and not yet published.", 12,
		now(`disclosure:due:working_days{`+instance+`,`+ofTown+`} <= 5`)), "剩余工作日 Days left", false,
		column{"unit_name", "单位 Unit", 0, []property{unitLinks("编号 Id")}},
		column{"item_name", "事项 Item", 0, nil},
		column{"period", "所属期 Period", 110, nil},
		column{"unit", "编号 Id", 130, nil},
		column{"Value", "剩余工作日 Days left", 130, shownAs("short", 0)})
}

// oldestLapses lists what has been lapsed longest.
func oldestLapses() panel {
	return table(fromPrometheus("table", "逾期最久 Oldest lapses", "每个单位每个事项最早的一次逾期。The oldest lapse of each unit's item.", 12,
		now(`topk(20, disclosure:lapsed:working_days{`+instance+`,`+ofTown+`})`)), "已过工作日 Days", true,
		column{"unit_name", "单位 Unit", 0, []property{unitLinks("编号 Id")}},
		column{"item_name", "事项 Item", 0, nil},
		column{"class", "类别 Class", 90, words(classWords())},
		column{"period", "所属期 Period", 110, nil},
		column{"unit", "编号 Id", 130, nil},
		column{"Value", "已过工作日 Days", 120, shownAs("short", 0)})
}

// barCell draws the number as a bar behind itself.
func barCell(fixed string) []property {
	return []property{
		{"custom.cellOptions", map[string]any{"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}},
		{"color", color{"fixed", fixed}},
		{"min", 0},
	}
}
