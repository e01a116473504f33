// Package grafana makes the dashboards and the alert rules that Grafana is provisioned with: the dashboards from their descriptions here,
// the alert rules from those of Prometheus, which are the only place where an alert is defined, its messages from Alertmanager's.
package grafana

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:generate go run ./generate

// What provisioning, dashboards and alert rules know the data sources by.
const (
	prometheusName   = "阳光 Prometheus"
	clickhouseName   = "阳光 ClickHouse"
	clickhousePlugin = "grafana-clickhouse-datasource"

	prometheusUID = "yangguang-prometheus"
	clickhouseUID = "yangguang-clickhouse"
)

// Files are the generated files by their path within this directory: of the rules of deploy/prometheus, and the messages and times of
// deploy/alertmanager. An error names the rule that cannot be said in Grafana's way.
func Files(prometheus, alertmanager fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, board := range []dashboard{overview(), unit(), health()} {
		text, err := written(board)
		if err != nil {
			return nil, fmt.Errorf("write dashboard %s: %w", board.UID, err)
		}
		files["dashboards/"+board.UID+".json"] = text
	}
	for name, make := range map[string]func() ([]byte, error){
		"rules":        func() ([]byte, error) { return alertRules(prometheus) },
		"templates":    func() ([]byte, error) { return templates(alertmanager) },
		"mute-timings": func() ([]byte, error) { return times(alertmanager) },
	} {
		text, err := make()
		if err != nil {
			return nil, err
		}
		files["alerting/"+name+".yaml"] = text
	}
	return files, nil
}

func written(board dashboard) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(board)
	return text.Bytes(), err
}
