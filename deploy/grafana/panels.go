package grafana

import "fmt"

// The colours of states and measures, those of the pages.
const (
	onTime     = "#0F766E"
	late       = "#D97706"
	lapsed     = "#C2410C"
	pending    = "#7C8B87"
	unverified = "#66756F"
	exempt     = "#B4C0BC"
	undated    = "#94A3B8"
)

func prometheus() source { return source{"prometheus", "${prometheus}"} }
func clickhouse() source { return source{clickhousePlugin, "${clickhouse}"} }

func number[N int | float64](value N) *N { return &value }

// steps are thresholds: the colour below all of them, then pairs of a bound and the colour from there on.
func steps(below string, pairs ...any) *thresholds {
	list := []step{{Color: below}}
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, step{Color: pairs[i+1].(string), Value: number(pairs[i].(float64))})
	}
	return &thresholds{Mode: "absolute", Steps: list}
}

// now asks for the present value, shown as one line of a table or one figure.
func now(expr string) promQL {
	return promQL{Datasource: prometheus(), EditorMode: "code", Expr: expr, Format: "table", Instant: true}
}

// over asks for the values over the time shown.
func over(expr, legend string) promQL {
	return promQL{Datasource: prometheus(), EditorMode: "code", Expr: expr, Format: "time_series", Range: true, LegendFormat: legend}
}

func lettered(questions []promQL) []any {
	targets := make([]any, 0, len(questions))
	for i, question := range questions {
		question.RefID = string(rune('A' + i))
		targets = append(targets, question)
	}
	return targets
}

// fromPrometheus is a panel that asks Prometheus.
func fromPrometheus(kind, title, description string, width int, questions ...promQL) panel {
	asked := prometheus()
	return panel{
		Type: kind, Title: title, Description: description, GridPos: position{W: width}, Datasource: &asked, Targets: lettered(questions),
		FieldConfig: fieldConfig{Overrides: []override{}},
	}
}

// fromClickHouse is a panel that asks ClickHouse; kind is table or timeseries.
func fromClickHouse(kind, title, description string, width int, statement string) panel {
	asked := clickhouse()
	format := 0
	if kind == "table" {
		format = 1
	}
	return panel{
		Type: kind, Title: title, Description: description, GridPos: position{W: width}, Datasource: &asked,
		Targets:     []any{sql{RefID: "A", Datasource: asked, EditorType: "sql", QueryType: kind, Format: format, RawSQL: statement}},
		FieldConfig: fieldConfig{Overrides: []override{}},
	}
}

// stat is one figure. Without a value it shows a dash: never 0 or 100.
func stat(title, description string, width int, expr, unit string, coloured *thresholds) panel {
	p := fromPrometheus("stat", title, description, width, now(expr))
	p.FieldConfig.Defaults = field{Unit: unit, NoValue: "—", Color: &color{Mode: "thresholds"}, Thresholds: coloured}
	if unit == "percentunit" {
		p.FieldConfig.Defaults.Decimals = number(1)
	}
	p.Options = map[string]any{
		"colorMode": "value", "graphMode": "none", "justifyMode": "auto", "orientation": "auto", "percentChangeColorMode": "standard",
		"showPercentChange": false, "textMode": "value", "wideLayout": true,
		"reduceOptions": map[string]any{"calcs": []string{"lastNotNull"}, "fields": "", "values": false},
	}
	return p
}

// lines draws values over time; shares on an axis from 0 to 100 %.
func lines(p panel, unit string) panel {
	p.FieldConfig.Defaults = field{
		Unit: unit, NoValue: "—", Min: number(0.0), Color: &color{Mode: "palette-classic"},
		Custom: map[string]any{
			"drawStyle": "line", "lineWidth": 2, "fillOpacity": 0, "showPoints": "auto", "pointSize": 4, "spanNulls": false,
			"axisPlacement": "auto", "lineInterpolation": "stepAfter",
		},
	}
	if unit == "percentunit" {
		p.FieldConfig.Defaults.Max = number(1.0)
	}
	p.Options = map[string]any{
		"legend":  map[string]any{"showLegend": true, "displayMode": "list", "placement": "bottom", "calcs": []string{}},
		"tooltip": map[string]any{"mode": "multi", "sort": "desc"},
	}
	return p
}

// bars draws counts over time.
func bars(p panel, unit string) panel {
	p = lines(p, unit)
	p.FieldConfig.Defaults.Custom["drawStyle"] = "bars"
	p.FieldConfig.Defaults.Custom["fillOpacity"] = 80
	p.FieldConfig.Defaults.Custom["lineWidth"] = 1
	return p
}

// gauges compares values as horizontal bars.
func gauges(p panel, unit string) panel {
	p.FieldConfig.Defaults = field{Unit: unit, NoValue: "—", Min: number(0.0), Color: &color{Mode: "fixed", FixedColor: onTime}}
	p.Options = map[string]any{
		"displayMode": "basic", "orientation": "horizontal", "valueMode": "text", "namePlacement": "auto", "showUnfilled": true, "sizing": "auto",
		"minVizHeight": 16, "minVizWidth": 8, "maxVizHeight": 300,
		"legend":        map[string]any{"showLegend": false, "displayMode": "list", "placement": "bottom", "calcs": []string{}},
		"reduceOptions": map[string]any{"calcs": []string{"lastNotNull"}, "fields": "", "values": false},
	}
	return p
}

// named gives one series its name and colour.
func named(series, name, fixed string) override {
	properties := []property{{"displayName", name}}
	if fixed != "" {
		properties = append(properties, property{"color", color{"fixed", fixed}})
	}
	return override{matcher{"byName", series}, properties}
}

// texts maps codes to words, and to colours where they have one.
func texts(pairs ...[3]string) mapping {
	options := map[string]mappedText{}
	for i, pair := range pairs {
		options[pair[0]] = mappedText{Text: pair[1], Color: pair[2], Index: i}
	}
	return mapping{Type: "value", Options: options}
}

// groupNames names the ranking groups that a chart has a series for.
func groupNames() []override {
	return []override{
		named("all", "全区 all", ""), named("organs", "区直单位 organs", ""), named("towns", "镇（街道）towns", ""),
		named("villages", "村（社区）villages", ""), named("district", "区委、纪检机关 district", ""),
	}
}

// links are where a click on a cell leads.
func links(targets ...map[string]any) property { return property{"links", targets} }

// unitLinks lead to the drill-down, and to the page, of the unit whose id stands in the column given.
func unitLinks(column string) property {
	return links(
		map[string]any{
			"title": "查看该单位 · Show this unit",
			"url":   fmt.Sprintf("/d/%s?var-instance=${instance}&var-unit=${__data.fields[%q]}&${__url_time_range}", unitUID, column),
		},
		toPage("打开单位页面 · Open its page", "/unit/%s", column),
	)
}

// toPage leads to a page of the program; of the address, %s is the value of the column given.
func toPage(title, address, column string) map[string]any {
	return map[string]any{
		"title": title, "targetBlank": true,
		"url": pages + fmt.Sprintf(address, fmt.Sprintf("${__data.fields[%q]:percentencode}", column)),
	}
}
