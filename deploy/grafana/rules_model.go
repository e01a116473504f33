package grafana

// provisionedRules is a file of Grafana's alerting provisioning.
type provisionedRules struct {
	APIVersion int                `yaml:"apiVersion"`
	Groups     []provisionedGroup `yaml:"groups"`
}

type provisionedGroup struct {
	OrgID    int               `yaml:"orgId"`
	Name     string            `yaml:"name"`
	Folder   string            `yaml:"folder"`
	Interval string            `yaml:"interval"`
	Rules    []provisionedRule `yaml:"rules"`
}

type provisionedRule struct {
	UID                         string            `yaml:"uid"`
	Title                       string            `yaml:"title"`
	Condition                   string            `yaml:"condition"`
	Data                        []question        `yaml:"data"`
	DashboardUID                string            `yaml:"dashboardUid"`
	PanelID                     int               `yaml:"panelId"`
	NoDataState                 string            `yaml:"noDataState"`
	ExecErrState                string            `yaml:"execErrState"`
	For                         string            `yaml:"for"`
	MissingSeriesEvalsToResolve int               `yaml:"missing_series_evals_to_resolve"`
	Annotations                 map[string]string `yaml:"annotations"`
	Labels                      map[string]string `yaml:"labels"`
}

type question struct {
	RefID             string         `yaml:"refId"`
	RelativeTimeRange lookBack       `yaml:"relativeTimeRange"`
	DatasourceUID     string         `yaml:"datasourceUid"`
	Model             map[string]any `yaml:"model"`
}

// lookBack is a time range in seconds before now.
type lookBack struct {
	From int `yaml:"from"`
	To   int `yaml:"to"`
}

// questions ask Prometheus, and then whether each series of the answer has a value at all: a condition of Grafana's takes 0 for "all is well",
// but no working day left is a reason to speak.
func questions(expr string) []question {
	const expression = "__expr__"
	return []question{
		{
			RefID: "query", RelativeTimeRange: lookBack{From: 600}, DatasourceUID: prometheusUID,
			Model: map[string]any{
				"refId": "query", "datasource": map[string]any{"type": "prometheus", "uid": prometheusUID},
				"editorMode": "code", "expr": expr, "instant": true, "range": false,
			},
		},
		{
			RefID: "present", RelativeTimeRange: lookBack{From: 600}, DatasourceUID: expression,
			Model: map[string]any{
				"refId": "present", "datasource": map[string]any{"type": expression, "uid": expression},
				"type": "math", "expression": "is_number($query) || is_nan($query) || is_inf($query)",
			},
		},
	}
}
