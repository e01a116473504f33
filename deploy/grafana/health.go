package grafana

const collectionHistory = `SELECT
    toTimeZone(started_at, 'Asia/Shanghai') AS "开始", source AS "来源",
    transform(outcome, ['success', 'suspicious', 'failed', 'running'], ['成功', '存疑', '失败', '采集中或已中断'], outcome) AS "结果",
    dateDiff('millisecond', started_at, ended_at) / 1000 AS "用时（秒）", read AS "读取", new AS "新增", changed AS "变更", unchanged AS "未变", rejected AS "退回",
    withdrawn AS "撤下", error AS "错误"
FROM collections FINAL
WHERE started_at BETWEEN $__fromTime AND $__toTime
ORDER BY started_at DESC, source
LIMIT 200`

const rejectedRows = `SELECT source AS "来源", reason AS "原因", count() AS "行数", min(place) AS "第一处"
FROM rejected_rows
WHERE (source, collection_id) IN (
    SELECT source, max(collection_id) FROM collections FINAL WHERE outcome IN ('success', 'suspicious', 'failed') GROUP BY source
)
GROUP BY source, reason
ORDER BY "行数" DESC, source, reason
LIMIT 200`

// health answers whether the figures can be trusted: are the sources read, does the program answer, is anything cut.
func health() dashboard {
	board := newBoard("yangguang-health", "阳光：来源与运行 Sources and health",
		"数据可信吗：来源是否按时采集，程序和指标是否正常。Whether the figures can be trusted.", "now-7d")
	board.row(4, healthFigures()...)
	board.heading("来源 Sources")
	board.row(11, sources(), firing())
	board.row(9, collected(), durations())
	board.row(10,
		shownAsTable(fromClickHouse("table", "采集历史 Collections", "来自 ClickHouse。What each collection read, and why it failed.", 14, collectionHistory), "", false),
		shownAsTable(fromClickHouse("table", "被退回的记录 Rejected rows", "仍然有效的退回，按原因合计；明细见导出的 rejects 报表。Rejects in force by reason.", 10, rejectedRows), "", false))
	board.heading("程序与指标 Program and metrics")
	board.row(8, exporter()...)
	return board
}

func healthFigures() []panel {
	none := steps(onTime, 1.0, lapsed)
	return []panel{
		stat("程序 Program", "Prometheus 能否取到指标。Whether Prometheus reaches the program.", 3, `up{job="yangguang",`+instance+`}`, "short", steps(lapsed, 1.0, onTime)),
		stat("数据年龄 Snapshot age", "超过 15 分钟即报警。Older than 15 minutes is an alert.", 4,
			`time() - disclosure_snapshot_timestamp_seconds{`+instance+`}`, "s", steps(onTime, 300.0, late, 900.0, lapsed)),
		stat("失败的来源 Failing sources", "最近一次采集失败的来源数。Sources whose latest collection failed.", 4,
			`count(disclosure_source_up{`+instance+`}) - sum(disclosure_source_up{`+instance+`})`, "short", none),
		stat("最久未采集 Longest silence", "距最近一次成功采集最久的来源。Since the last success of the most silent source.", 4,
			`max(disclosure:source_silence:seconds{`+instance+`})`, "s", steps(onTime, 86400.0, late, 172800.0, lapsed)),
		stat("警报暂缓的单位 Held back", "因来源失败而暂缓警报的单位数。Units whose alerts wait for a failing source.", 4,
			`disclosure:units_held_back:count{`+instance+`} or disclosure_snapshot_timestamp_seconds{`+instance+`} * 0`, "short", steps(onTime, 1.0, unverified)),
		stat("指标截断 Truncated", "1 表示只给出逾期最多的单位：请调大 metrics.max_series。1: only the units with most lapses are reported.", 5,
			`disclosure_metrics_truncated{`+instance+`}`, "short", none),
	}
}

func sources() panel {
	up := texts([3]string{"1", "正常 ok", onTime}, [3]string{"0", "失败 failed", lapsed})
	return table(fromPrometheus("table", "来源 Sources", "退回为累计行数。Rejected rows are a total.", 14,
		now(`sum by (source) (disclosure_source_up{`+instance+`})`),
		now(`max by (source) (disclosure_source_last_success_timestamp_seconds{`+instance+`}) * 1000`),
		now(`max by (source) (disclosure:source_silence:seconds{`+instance+`})`),
		now(`sum by (source) (disclosure_source_records_total{`+instance+`,outcome="rejected"})`)), "距今 Silence", true,
		column{"source", "来源 Source", 0, []property{links(map[string]any{"title": "打开来源页面 · Open the sources", "targetBlank": true, "url": pages + "/sources"})}},
		column{"Value #A", "状态 State", 110, append(words(up), property{"custom.cellOptions", map[string]any{"type": "color-text"}})},
		column{"Value #B", "最近成功 Last success", 190, []property{{"unit", "dateTimeAsLocal"}}},
		column{"Value #C", "距今 Silence", 120, []property{{"unit", "s"}, {"decimals", 0}}},
		column{"Value #D", "退回 Rejected", 110, shownAs("short", 0)})
}

// firing counts the alerts that Prometheus has at present.
func firing() panel {
	severities := texts([3]string{"critical", "紧急 critical", lapsed}, [3]string{"warning", "警告 warning", late}, [3]string{"info", "提醒 info", pending},
		[3]string{"none", "仅用于暂缓 none", exempt})
	return table(fromPrometheus("table", "当前警报 Alerts firing", "Prometheus 中正在触发的警报；说明见 docs/alerts.md。What they mean is told in docs/alerts.md.", 10,
		now(`count by (alertname, severity) (ALERTS{alertstate="firing",alertname=~"Disclosure.+"})`)), "数量 Count", true,
		column{"alertname", "警报 Alert", 0, nil},
		column{"severity", "级别 Severity", 130, words(severities)},
		column{"Value", "数量 Count", 100, shownAs("short", 0)})
}

func collected() panel {
	return bars(fromPrometheus("timeseries", "采集行数 Rows collected", "每天新增、变更和退回的行数。Rows that were new, changed or rejected each day.", 12,
		over(`sum by (outcome) (increase(disclosure_source_records_total{`+instance+`,outcome!="unchanged"}[1d]))`, "{{outcome}}")), "short").
		overridden(named("new", "新增 new", onTime), named("changed", "变更 changed", late), named("rejected", "退回 rejected", lapsed))
}

func durations() panel {
	const asked = `disclosure_source_collection_duration_seconds`
	return lines(fromPrometheus("timeseries", "采集用时 Collection time", "各来源平均一次采集的用时。Mean seconds of a collection of each source.", 12,
		over(`sum by (source) (`+asked+`_sum{`+instance+`}) / sum by (source) (`+asked+`_count{`+instance+`} > 0)
or
sum by (source) (histogram_sum(`+asked+`{`+instance+`})) / sum by (source) (histogram_count(`+asked+`{`+instance+`}) > 0)`, "{{source}}")), "s")
}

func exporter() []panel {
	yangguang := `{job="yangguang",` + instance + `}`
	return []panel{
		lines(fromPrometheus("timeseries", "抓取用时 Scrape time", "超过 scrape_timeout 即取不到。Beyond scrape_timeout nothing is told.", 8, over(`scrape_duration_seconds`+yangguang, "用时 Seconds")), "s"),
		lines(fromPrometheus("timeseries", "序列数 Series", "上限见 metrics.max_series。Bounded by metrics.max_series.", 8, over(`scrape_samples_scraped`+yangguang, "序列 Series")), "short"),
		lines(fromPrometheus("timeseries", "内存 Memory", "程序本身，不含内嵌的 ClickHouse。The program, without the embedded ClickHouse.", 8, over(`process_resident_memory_bytes`+yangguang, "内存 Memory")), "bytes"),
	}
}

// overridden is the panel with names and colours of series.
func (p panel) overridden(list ...override) panel {
	p.FieldConfig.Overrides = list
	return p
}
