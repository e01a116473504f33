package grafana

import (
	"bytes"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// templateFile and timesFile are files of Grafana's alerting provisioning.
type templateFile struct {
	APIVersion int               `yaml:"apiVersion"`
	Templates  []messageTemplate `yaml:"templates"`
}

type messageTemplate struct {
	OrgID    int    `yaml:"orgId"`
	Name     string `yaml:"name"`
	Template string `yaml:"template"`
}

type timesFile struct {
	APIVersion int        `yaml:"apiVersion"`
	MuteTimes  []muteTime `yaml:"muteTimes"`
}

type muteTime struct {
	OrgID         int              `yaml:"orgId"`
	Name          string           `yaml:"name"`
	TimeIntervals []map[string]any `yaml:"time_intervals"`
}

// templates are the words of the messages, those of Alertmanager.
func templates(alertmanager fs.FS) ([]byte, error) {
	names, err := fs.Glob(alertmanager, "templates/*.tmpl")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("find Alertmanager's templates: %v, %w", names, err)
	}
	file := templateFile{APIVersion: 1}
	for _, name := range names {
		content, err := fs.ReadFile(alertmanager, name)
		if err != nil {
			return nil, fmt.Errorf("read Alertmanager's templates: %w", err)
		}
		file.Templates = append(file.Templates, messageTemplate{1, name[len("templates/") : len(name)-len(".tmpl")], string(content)})
	}
	return writeYAML("deploy/alertmanager/templates", file)
}

// times are the hours and days of Alertmanager's routes.
func times(alertmanager fs.FS) ([]byte, error) {
	content, err := fs.ReadFile(alertmanager, "alertmanager.yml")
	if err != nil {
		return nil, fmt.Errorf("read Alertmanager's configuration: %w", err)
	}
	var configuration struct {
		TimeIntervals []struct {
			Name          string           `yaml:"name"`
			TimeIntervals []map[string]any `yaml:"time_intervals"`
		} `yaml:"time_intervals"`
	}
	if err := yaml.Unmarshal(content, &configuration); err != nil {
		return nil, fmt.Errorf("read Alertmanager's configuration: %w", err)
	}
	file := timesFile{APIVersion: 1}
	for _, interval := range configuration.TimeIntervals {
		file.MuteTimes = append(file.MuteTimes, muteTime{1, interval.Name, interval.TimeIntervals})
	}
	return writeYAML("the time intervals of deploy/alertmanager/alertmanager.yml", file)
}

// writeYAML writes a file of Grafana's provisioning that says what it is made from.
func writeYAML(origin string, file any) ([]byte, error) {
	var text bytes.Buffer
	fmt.Fprintf(&text, "# Made from %s by `go generate ./deploy/grafana`; do not edit. See docs/operations.md.\n", origin)
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(file); err != nil {
		return nil, fmt.Errorf("write what is made from %s: %w", origin, err)
	}
	return text.Bytes(), nil
}
