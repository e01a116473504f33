package grafana

// instance chooses the program whose figures are shown; every expression has it.
const instance = `instance="$instance"`

// records are the versions in force of all records: the last one collected counts.
const recordsPerDay = `SELECT toDateTime(published_on, 'Asia/Shanghai') AS time, count() AS "公开记录 Records"
FROM (
    SELECT published_on, moved
    FROM record_versions
    ORDER BY source, record_id, version DESC, moved
    LIMIT 1 BY source, record_id
)
WHERE NOT moved
    AND published_on BETWEEN toDate($__fromTime) AND toDate($__toTime)
GROUP BY published_on
ORDER BY time`

// overview answers how the district stands: how much is lapsed, where, on what, and whether it gets better.
func overview() dashboard {
	board := newBoard("yangguang-overview", "阳光：全区概况 Overview", "全区公开情况：逾期多少、在哪里、是哪些事项、是否好转。How the district stands.", "now-30d", townVariable())
	board.row(4, overviewFigures()...)
	board.row(9, overviewTrends()...)
	board.row(8, overviewGroups())
	board.row(10, worstUnits(), worstItems())
	board.row(10, towns(), dueSoon())
	board.row(10, oldestLapses(), bars(fromClickHouse("timeseries", "每日公开 Records published",
		"按公开日期统计的公开记录数，来自 ClickHouse。Records by their day of publication.", 12, recordsPerDay), "short"))
	return board
}

func overviewFigures() []panel {
	share := steps(lapsed, 0.6, late, 0.85, onTime)
	none := steps(onTime, 1.0, lapsed)
	return []panel{
		stat("公开率 Coverage", "今年到期任务中已公开的比例，按事项权重平均到单位。Share of this year's due obligations that are met.", 4,
			`disclosure_coverage_ratio{`+instance+`,group="all"}`, "percentunit", share),
		stat("及时率 Timeliness", "按时公开的比例。Share met on time.", 3, `disclosure_timeliness_ratio{`+instance+`,group="all"}`, "percentunit", share),
		stat("有据可查的及时率 Evidenced", "有上传或采集日期佐证的及时率。Timeliness that evidence bears out.", 4,
			`disclosure_evidenced_timeliness_ratio{`+instance+`,group="all"}`, "percentunit", share),
		stat("逾期未公开 Lapsed", "到期后已查看来源仍未见公开的任务，含上年结转。Obligations past due, carried ones included.", 4,
			`disclosure_lapsed_obligations{`+instance+`,group="all"}`, "short", none),
		stat("无逾期单位 Clear units", "没有任何逾期的单位所占比例。Share of units without any lapse.", 3,
			`disclosure_clear_units_ratio{`+instance+`,group="all"}`, "percentunit", share),
		stat("未能核实 Unverified", "已到期但来源此后没有采集成功，不作认定。Due, but the sources were not read since.", 3,
			`disclosure_unverified_obligations{`+instance+`,group="all"}`, "short", steps(onTime, 1.0, unverified)),
		stat("数据截至 Data as of", "ClickHouse 不回答时停在最后一次。It stands still while ClickHouse does not answer.", 3,
			`disclosure_snapshot_timestamp_seconds{`+instance+`} * 1000`, "dateTimeFromNow", steps(onTime)),
	}
}

func overviewTrends() []panel {
	coverage := lines(fromPrometheus("timeseries", "各组公开率 Coverage by group", "每年 1 月 1 日重新计算。It begins anew on 1 January.", 12,
		over(`disclosure_coverage_ratio{`+instance+`}`, "{{group}}")), "percentunit")
	lapses := lines(fromPrometheus("timeseries", "各组逾期未公开 Lapsed by group", "各排名组逾期未公开的任务数。Lapsed obligations of each group.", 12,
		over(`disclosure_lapsed_obligations{`+instance+`}`, "{{group}}")), "short")
	coverage.FieldConfig.Overrides, lapses.FieldConfig.Overrides = groupNames(), groupNames()
	return []panel{coverage, lapses}
}

func overviewGroups() panel {
	var questions []promQL
	for _, metric := range []string{
		"coverage_ratio", "timeliness_ratio", "evidenced_timeliness_ratio", "organisation_coverage_ratio", "member_coverage_ratio",
		"clear_units_ratio", "lapsed_obligations", "unverified_obligations", "backdated_records",
	} {
		questions = append(questions, now("sum by (group) (disclosure_"+metric+"{"+instance+"})"))
	}
	return table(fromPrometheus("table", "各组指标 Measures by group", "没有值的显示为“—”。A measure without a value is a dash.", 24, questions...), "", false,
		column{"group", "排名组 Group", 150, append(words(groupWords()), links(toPage("打开排名 · Open its ranking", "/ranking/%s", "排名组 Group")))},
		column{"Value #A", "公开率 Coverage", 0, shownAs("percentunit", 1)},
		column{"Value #B", "及时率 Timeliness", 0, shownAs("percentunit", 1)},
		column{"Value #C", "有据可查 Evidenced", 0, shownAs("percentunit", 1)},
		column{"Value #D", "组织覆盖 Organisations", 0, shownAs("percentunit", 1)},
		column{"Value #E", "党员覆盖 Members", 0, shownAs("percentunit", 1)},
		column{"Value #F", "无逾期单位 Clear units", 0, shownAs("percentunit", 1)},
		column{"Value #G", "逾期未公开 Lapsed", 0, shownAs("short", 0)},
		column{"Value #H", "未能核实 Unverified", 0, shownAs("short", 0)},
		column{"Value #I", "倒填日期 Backdated", 0, shownAs("short", 0)})
}
