package grafana

// The tag of all dashboards: each links to the others by it.
const boardTag = "yangguang"

// newBoard is a dashboard without panels, on one instance of the program. Further variables follow the first two.
func newBoard(uid, title, description, from string, further ...variable) dashboard {
	return dashboard{
		UID: uid, Title: title, Description: description, Tags: []string{boardTag},
		Timezone: "Asia/Shanghai", WeekStart: "monday", Editable: true, GraphTooltip: 1, SchemaVersion: 42, Version: 1,
		Refresh: "5m", Time: timeRange{from, "now"},
		Links: []link{
			{
				Type: "dashboards", Title: "阳光 Yangguang", Tags: []string{boardTag}, Icon: "external link", Tooltip: "其他看板 · The other dashboards",
				KeepTime: true,
			},
			{
				Type: "link", Title: "阳光页面 Pages", URL: pages + "/", Tags: []string{}, Icon: "external link",
				Tooltip: "排名、逾期清单、通知书 · Rankings, lists, notices", TargetBlank: true,
			},
		},
		Annotations: annotations{List: marks()},
		Templating: variables{List: append([]variable{
			dataSource("prometheus", "数据源 Prometheus", "prometheus", prometheusName, prometheusUID),
			dataSource("clickhouse", "数据源 ClickHouse", clickhousePlugin, clickhouseName, clickhouseUID),
			labelValues("instance", "实例 Instance", "label_values(disclosure_snapshot_timestamp_seconds, instance)"),
			pagesVariable(),
		}, further...)},
	}
}

// dataSource is a variable that chooses among the data sources of a type, so that a dashboard can be imported wherever there is one.
func dataSource(name, label, plugin, provisioned, uid string) variable {
	return variable{Name: name, Label: label, Type: "datasource", Query: plugin, Current: &option{provisioned, uid}}
}

// pages is where the program's own pages are.
const pages = "${pages}"

// pagesVariable asks the program where its readers open it, and without external_url takes the address at which Prometheus finds it.
func pagesVariable() variable {
	v := queryResult("pages", "阳光页面 Pages", `query_result(
  label_replace(yangguang_site_info{`+instance+`}, "pages", "$1", "url", "(.*)")
  or on (instance) label_replace(disclosure_snapshot_timestamp_seconds{`+instance+`}, "pages", "http://$1", "instance", "(.*)"))`)
	v.Hide, v.Regex = 2, `/pages="([^"]*)"/`
	return v
}

// queryResult is a variable whose choices are read from the series that answer a question, by its regular expression.
func queryResult(name, label, query string) variable {
	v := labelValues(name, label, query)
	v.Query.(map[string]any)["qryType"] = 3
	return v
}

// townVariable limits lists to a town or subdistrict with its villages; of all towns also those who belong to none.
func townVariable() variable {
	v := queryResult("town", "镇（街道）Town", `query_result(disclosure:town_info{`+instance+`})`)
	v.Regex, v.IncludeAll, v.AllValue = `/town="(?<value>[^"]*)".*town_name="(?<text>[^"]*)"/`, true, ".*"
	return v
}

// ofTown limits a series with towns to the one chosen.
const ofTown = `town=~"$town"`

// labelValues is a variable whose choices Prometheus knows.
func labelValues(name, label, query string) variable {
	return variable{
		Name: name, Label: label, Type: "query", Datasource: &source{"prometheus", "${prometheus}"}, Refresh: 2, Sort: 5,
		Query: map[string]any{"qryType": 1, "query": query, "refId": "variable-" + name},
	}
}

// row places panels beside each other below those already there; each has the width, of 24, that it brings.
func (d *dashboard) row(height int, panels ...panel) {
	below := 0
	for _, placed := range d.Panels {
		below = max(below, placed.GridPos.Y+placed.GridPos.H)
	}
	right := 0
	for _, next := range panels {
		next.ID = len(d.Panels) + 1
		next.GridPos = position{H: height, W: next.GridPos.W, X: right, Y: below}
		right += next.GridPos.W
		d.Panels = append(d.Panels, next)
	}
}

// heading is a line above the panels that follow.
func (d *dashboard) heading(title string) {
	d.row(1, panel{Type: "row", Title: title, GridPos: position{W: 24}, Collapsed: new(bool), Panels: []panel{}})
}
