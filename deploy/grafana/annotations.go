package grafana

// annotations are what is marked on every chart over time.
type annotations struct {
	List []annotation `json:"list"`
}

type annotation struct {
	BuiltIn    int    `json:"builtIn,omitempty"`
	Name       string `json:"name"`
	Datasource source `json:"datasource"`
	Type       string `json:"type,omitempty"`
	Enable     bool   `json:"enable"`
	Hide       bool   `json:"hide,omitempty"`
	IconColor  string `json:"iconColor"`
	Target     any    `json:"target,omitempty"`

	// of Prometheus' data source
	TitleFormat     string `json:"titleFormat,omitempty"`
	UseValueForTime bool   `json:"useValueForTime,omitempty"` // the value is the moment, in milliseconds since 1970
}

// noticesIssued marks each day with the notices issued on it: those of notices.csv, and of the register those that are not among them.
const noticesIssued = `SELECT
    toDateTime(issued_on, 'Asia/Shanghai') AS time,
    concat('督导整改通知 ', toString(count()), ' 份 notices') AS title,
    arrayStringConcat(arraySort(groupUniqArray(u.name)), '、') AS text
FROM (
    SELECT notice_id, unit_id, issued_on FROM notices WHERE load_id = (SELECT max(load_id) FROM loads)
    UNION ALL
    SELECT notice_id, argMax(unit_id, event_id), argMax(issued_on, event_id)
    FROM notice_events
    WHERE notice_id NOT IN (SELECT notice_id FROM notices WHERE load_id = (SELECT max(load_id) FROM loads))
    GROUP BY notice_id
) AS n
LEFT JOIN (SELECT unit_id, name FROM units WHERE load_id = (SELECT max(load_id) FROM loads)) AS u ON u.unit_id = n.unit_id
WHERE issued_on BETWEEN toDate($__fromTime) AND toDate($__toTime)
GROUP BY issued_on
ORDER BY time`

// marks are what explains a step in a chart. Collections are many, and marked for those who ask.
func marks() []annotation {
	notices := sql{RefID: "Anno", Datasource: clickhouse(), EditorType: "sql", QueryType: "table", Format: 1, RawSQL: noticesIssued}
	collections := atValue("采集 Collections", "采集 {{source}}", pending, `disclosure_source_last_success_timestamp_seconds{`+instance+`} * 1000`)
	collections.Enable = false
	return []annotation{
		{
			BuiltIn: 1, Name: "Annotations & Alerts", Datasource: source{"grafana", "-- Grafana --"}, Type: "dashboard", Enable: true, Hide: true,
			IconColor: "rgba(0, 211, 255, 1)",
		},
		atValue("登记簿载入 Registry loads", "登记簿载入 Registry loaded", onTime, `disclosure_registry_loaded_timestamp_seconds{`+instance+`} * 1000`),
		{Name: "督导整改通知 Notices", Datasource: clickhouse(), Enable: true, IconColor: late, Target: notices},
		collections,
	}
}

// atValue marks the moments that are values of a series.
func atValue(name, title, colour, expr string) annotation {
	asked := over(expr, "")
	asked.RefID = "Anno"
	return annotation{Name: name, Datasource: prometheus(), Enable: true, IconColor: colour, Target: asked, TitleFormat: title, UseValueForTime: true}
}
