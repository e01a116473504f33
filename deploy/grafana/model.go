package grafana

// dashboard is Grafana's classic dashboard model, as far as it is used here. Every key and value is checked against the schema of the
// Grafana release that testdata/schema.json names.
type dashboard struct {
	UID           string      `json:"uid"`
	Title         string      `json:"title"`
	Description   string      `json:"description"`
	Tags          []string    `json:"tags"`
	Timezone      string      `json:"timezone"`
	WeekStart     string      `json:"weekStart"`
	Editable      bool        `json:"editable"`
	GraphTooltip  int         `json:"graphTooltip"`
	SchemaVersion int         `json:"schemaVersion"`
	Version       int         `json:"version"`
	Refresh       string      `json:"refresh"`
	Time          timeRange   `json:"time"`
	Links         []link      `json:"links"`
	Annotations   annotations `json:"annotations"`
	Templating    variables   `json:"templating"`
	Panels        []panel     `json:"panels"`
}

type timeRange struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type link struct {
	Type        string   `json:"type"`
	Title       string   `json:"title"`
	URL         string   `json:"url,omitempty"`
	Tags        []string `json:"tags"`
	Icon        string   `json:"icon"`
	Tooltip     string   `json:"tooltip"`
	AsDropdown  bool     `json:"asDropdown"`
	IncludeVars bool     `json:"includeVars"`
	KeepTime    bool     `json:"keepTime"`
	TargetBlank bool     `json:"targetBlank"`
}

type variables struct {
	List []variable `json:"list"`
}

type variable struct {
	Name       string  `json:"name"`
	Label      string  `json:"label"`
	Hide       int     `json:"hide,omitempty"` // 2: it is not shown
	Type       string  `json:"type"`
	Datasource *source `json:"datasource,omitempty"`
	Query      any     `json:"query"`
	Regex      string  `json:"regex,omitempty"`
	Refresh    int     `json:"refresh,omitempty"` // 2: with the time range
	Sort       int     `json:"sort,omitempty"`    // 5: by the name shown, whatever its case
	IncludeAll bool    `json:"includeAll,omitempty"`
	AllValue   string  `json:"allValue,omitempty"`
	Current    *option `json:"current,omitempty"`
}

type option struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// source is a reference to a data source.
type source struct {
	Type string `json:"type"`
	UID  string `json:"uid"`
}

type position struct {
	H int `json:"h"`
	W int `json:"w"`
	X int `json:"x"`
	Y int `json:"y"`
}

type panel struct {
	ID              int              `json:"id"`
	Type            string           `json:"type"`
	Title           string           `json:"title"`
	Description     string           `json:"description,omitempty"`
	GridPos         position         `json:"gridPos"`
	Datasource      *source          `json:"datasource,omitempty"`
	Interval        string           `json:"interval,omitempty"`
	Targets         []any            `json:"targets,omitempty"`
	FieldConfig     fieldConfig      `json:"fieldConfig,omitzero"`
	Transformations []transformation `json:"transformations,omitempty"`
	Options         map[string]any   `json:"options,omitempty"`

	// of a row, the line above panels
	Collapsed *bool   `json:"collapsed,omitempty"`
	Panels    []panel `json:"panels,omitzero"`
}

// promQL is a question to Prometheus.
type promQL struct {
	RefID        string `json:"refId"`
	Datasource   source `json:"datasource"`
	EditorMode   string `json:"editorMode"`
	Expr         string `json:"expr"`
	Format       string `json:"format"` // table or time_series
	Instant      bool   `json:"instant"`
	Range        bool   `json:"range"`
	LegendFormat string `json:"legendFormat,omitempty"`
}

// sql is a question to ClickHouse.
type sql struct {
	RefID      string `json:"refId"`
	Datasource source `json:"datasource"`
	EditorType string `json:"editorType"`
	QueryType  string `json:"queryType"` // table or timeseries
	Format     int    `json:"format"`    // the same in the plugin's numbers: 1, 0
	RawSQL     string `json:"rawSql"`
}

type fieldConfig struct {
	Defaults  field      `json:"defaults"`
	Overrides []override `json:"overrides"`
}

type field struct {
	Unit       string         `json:"unit,omitempty"`
	Decimals   *int           `json:"decimals,omitempty"`
	Min        *float64       `json:"min,omitempty"`
	Max        *float64       `json:"max,omitempty"`
	NoValue    string         `json:"noValue,omitempty"`
	Color      *color         `json:"color,omitempty"`
	Thresholds *thresholds    `json:"thresholds,omitempty"`
	Mappings   []mapping      `json:"mappings,omitempty"`
	Custom     map[string]any `json:"custom,omitempty"`
}

type color struct {
	Mode       string `json:"mode"`
	FixedColor string `json:"fixedColor,omitempty"`
}

type thresholds struct {
	Mode  string `json:"mode"`
	Steps []step `json:"steps"`
}

type step struct {
	Color string   `json:"color"`
	Value *float64 `json:"value"` // null for the lowest
}

type mapping struct {
	Type    string                `json:"type"`
	Options map[string]mappedText `json:"options"`
}

type mappedText struct {
	Text  string `json:"text"`
	Color string `json:"color,omitempty"`
	Index int    `json:"index"`
}

type override struct {
	Matcher    matcher    `json:"matcher"`
	Properties []property `json:"properties"`
}

type matcher struct {
	ID      string `json:"id"`
	Options any    `json:"options"`
}

type property struct {
	ID    string `json:"id"`
	Value any    `json:"value"`
}

type transformation struct {
	ID      string         `json:"id"`
	Options map[string]any `json:"options"`
}
