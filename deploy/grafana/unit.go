package grafana

const unitUID = "yangguang-unit"

// oneUnit chooses the unit whose page it is.
const oneUnit = instance + `,unit="$unit"`

const latestRecords = `SELECT
    r.published_on AS "公开日期", i.name AS "事项", r.title AS "标题", r.period AS "所属期", r.uploaded_on AS "上传日期",
    toTimeZone(r.first_seen, 'Asia/Shanghai') AS "首次采集", r.source AS "来源", r.place AS "出处", r.url AS "链接"
FROM (
    SELECT *
    FROM record_versions
    WHERE unit_id = ${unit:singlequote}
    ORDER BY source, record_id, version DESC, moved
    LIMIT 1 BY source, record_id
) AS r
LEFT JOIN (SELECT item_id, name FROM items WHERE load_id = (SELECT max(load_id) FROM loads)) AS i ON i.item_id = r.item_id
WHERE NOT r.moved
ORDER BY r.published_on DESC, r.first_seen DESC
LIMIT 100`

// unit answers how one unit stands, what it lacks and since when, and what is due next.
func unit() dashboard {
	board := newBoard(unitUID, "阳光：单位详情 Unit", "一个单位：欠什么、从何时起、下一项何时到期、公开了什么。One unit: what it lacks, since when, what is due next.", "now-90d",
		townVariable(), groupVariable(), unitVariable())
	board.row(4, unitFigures()...)
	board.row(9, unitLapses(), unitStates())
	board.row(9, unitDues(), unitTrend())
	records := shownAsTable(fromClickHouse("table", "公开记录 Records", "最近 100 条，来自 ClickHouse；更正过的取最后一次。The latest 100; of corrected ones the last version.",
		24, latestRecords), "", false)
	board.row(11, records)
	return board
}

func groupVariable() variable {
	v := labelValues("group", "排名组 Group", "label_values(disclosure_unit_info{"+instance+"}, group)")
	v.IncludeAll, v.AllValue = true, ".+"
	return v
}

// unitVariable shows names with ids, as villages of several towns share a name, and stands for the id.
func unitVariable() variable {
	v := queryResult("unit", "单位 Unit", `query_result(label_join(disclosure:unit_info{`+instance+`,`+ofTown+`,group=~"$group"}, "text", " ", "unit_name", "unit"))`)
	v.Regex = `/text="(?<text>[^"]*)".*unit="(?<value>[^"]*)"/`
	return v
}

func unitFigures() []panel {
	share := steps(lapsed, 0.6, late, 0.85, onTime)
	about := table(fromPrometheus("table", "单位 Unit", "联系人来自 units.csv。The contact is that of units.csv.", 10, now(`disclosure_unit_info{`+oneUnit+`}`)), "", false,
		column{"name", "名称 Name", 0, []property{links(map[string]any{"title": "打开单位页面 · Open its page", "targetBlank": true, "url": pages + "/unit/${unit:percentencode}"})}},
		column{"tier", "层级 Tier", 90, words(tierWords())},
		column{"group", "排名组 Group", 110, words(groupWords())},
		column{"parent", "上级 Parent", 110, nil},
		column{"contact", "联系 Contact", 0, nil})
	score := stat("得分 Score", "今年的考评得分。The score of this year.", 2, `disclosure_unit_score{`+oneUnit+`}`, "short", steps(lapsed, 60.0, late, 85.0, onTime))
	score.FieldConfig.Defaults.Decimals = number(2)
	return []panel{
		about, score,
		stat("公开率 Coverage", "今年到期任务中已公开的比例。Share of this year's due obligations that are met.", 3, `disclosure_unit_coverage_ratio{`+oneUnit+`}`, "percentunit", share),
		stat("及时率 Timeliness", "按时公开的比例。Share met on time.", 3, `disclosure_unit_timeliness_ratio{`+oneUnit+`}`, "percentunit", share),
		stat("逾期未公开 Lapsed", "含上年结转。Carried ones included.", 3, `disclosure_unit_obligations{`+oneUnit+`,state="lapsed"}`, "short", steps(onTime, 1.0, lapsed)),
		stat("失败的来源 Failing sources", "大于 0 时暂不认定该单位逾期，警报暂缓。Above 0 its alerts are held back.", 3,
			`disclosure_unit_sources_failing{`+oneUnit+`} or on (job, instance, unit) disclosure_unit_info{`+oneUnit+`} * 0`, "short", steps(onTime, 1.0, unverified)),
	}
}

// byItem leaves of the labels those that name an item of the unit, so that two answers about it make one line.
const byItem = `sum by (item, item_name, class, period) `

func unitLapses() panel {
	return table(fromPrometheus("table", "逾期未公开的事项 Lapsed items", "每个事项最早的一次。The oldest of each item.", 14,
		now(byItem+`(disclosure:lapsed:working_days{`+oneUnit+`})`),
		now(byItem+`(
  disclosure_lapsed_since_timestamp_seconds{`+oneUnit+`} * 1000
    * on (job, instance, unit, item, period) group_left (item_name, class) (disclosure:lapsed:working_days{`+oneUnit+`} * 0 + 1))`)), "已过工作日 Days", true,
		column{"item_name", "事项 Item", 0, nil},
		column{"class", "类别 Class", 90, words(classWords())},
		column{"period", "所属期 Period", 110, nil},
		column{"Value #B", "期限 Due by", 180, []property{{"unit", "dateTimeAsLocal"}}},
		column{"Value #A", "已过工作日 Days", 120, shownAs("short", 0)})
}

func unitDues() panel {
	return table(fromPrometheus("table", "即将到期 Due next", "30 天内到期、尚未公开。Due within 30 days and not yet published.", 14,
		now(byItem+`(disclosure:due:working_days{`+oneUnit+`})`),
		now(byItem+`(
  disclosure_due_timestamp_seconds{`+oneUnit+`} * 1000
    * on (job, instance, unit, item, period) group_left (item_name, class) (disclosure:due:working_days{`+oneUnit+`} * 0 + 1))`)), "剩余工作日 Days left", false,
		column{"item_name", "事项 Item", 0, nil},
		column{"class", "类别 Class", 90, words(classWords())},
		column{"period", "所属期 Period", 110, nil},
		column{"Value #B", "期限 Due by", 180, []property{{"unit", "dateTimeAsLocal"}}},
		column{"Value #A", "剩余工作日 Days left", 130, shownAs("short", 0)})
}

// unitStates counts the obligations of this year by state.
func unitStates() panel {
	p := gauges(fromPrometheus("bargauge", "各状态任务数 Obligations by state", "今年到期的任务；逾期含上年结转。Due this year; lapsed ones include those carried over.", 10,
		promQL{
			Datasource: prometheus(), EditorMode: "code", Expr: `disclosure_unit_obligations{` + oneUnit + `}`, Format: "time_series", Instant: true,
			LegendFormat: "{{state}}",
		}), "short")
	p.FieldConfig.Overrides = []override{
		named("on_time", "按时公开 on time", onTime), named("late", "超期公开 late", late), named("lapsed", "逾期未公开 lapsed", lapsed),
		named("pending", "未到期 pending", pending), named("unverified", "未能核实 unverified", unverified),
		named("exempt", "免予公开 exempt", exempt), named("undated", "期限不明 undated", undated),
	}
	return p
}

func unitTrend() panel {
	p := fromPrometheus("timeseries", "公开率 Coverage", "与所在排名组的平均相比。Beside the mean of its group.", 10,
		over(`disclosure_unit_coverage_ratio{`+oneUnit+`}`, "本单位 Unit"),
		over(`disclosure_coverage_ratio{`+instance+`} * on (job, instance, group) disclosure_unit_info{`+oneUnit+`}`, "本组平均 Group mean"))
	return lines(p, "percentunit").overridden(named("本单位 Unit", "本单位 Unit", onTime), named("本组平均 Group mean", "本组平均 Group mean", pending))
}
