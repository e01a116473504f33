package grafana

// The tag of all dashboards: each links to the others by it.
const boardTag = "yangguang"

// newBoard is a dashboard without panels, on one instance of the program. Further variables follow the first two.
func newBoard(uid, title, description, from string, further ...variable) dashboard {
	return dashboard{
		UID: uid, Title: title, Description: description, Tags: []string{boardTag},
		Timezone: "Asia/Shanghai", WeekStart: "monday", Editable: true, GraphTooltip: 1, SchemaVersion: 42, Version: 1,
		Refresh: "5m", Time: timeRange{from, "now"},
		Links: []link{{
			Type: "dashboards", Title: "阳光 Yangguang", Tags: []string{boardTag}, Icon: "external link", Tooltip: "其他看板 · The other dashboards",
			KeepTime: true,
		}},
		Templating: variables{List: append([]variable{
			{
				Name: "prometheus", Label: "数据源 Prometheus", Type: "datasource", Query: "prometheus",
				Current: &option{"Prometheus", prometheusUID},
			},
			labelValues("instance", "实例 Instance", "label_values(disclosure_snapshot_timestamp_seconds, instance)"),
		}, further...)},
	}
}

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
