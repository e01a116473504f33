package grafana

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ruleFile is a rule file of Prometheus, as far as alerts are concerned.
type ruleFile struct {
	Groups []struct {
		Name  string
		Rules []rule
	}
}

type rule struct {
	Alert       string
	Expr        string
	For         string
	Labels      map[string]string
	Annotations map[string]string
}

// nobody receives the alerts that only hold others back: Alertmanager inhibits by them, Grafana cannot.
const nobody = "nobody"

// alertRules says every alert of Prometheus' rule files in Grafana's way. Recording rules stay with Prometheus, whose series the alerts ask for.
func alertRules(prometheus fs.FS) ([]byte, error) {
	names, err := fs.Glob(prometheus, "*.rules.yml")
	if err != nil {
		return nil, fmt.Errorf("find rule files: %w", err)
	}
	provisioned := provisionedRules{APIVersion: 1}
	for _, name := range names {
		content, err := fs.ReadFile(prometheus, name)
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		var file ruleFile
		if err := yaml.Unmarshal(content, &file); err != nil {
			return nil, fmt.Errorf("read rules: %s: %w", name, err)
		}
		for _, group := range file.Groups {
			written := provisionedGroup{OrgID: 1, Name: group.Name, Folder: "阳光 Yangguang", Interval: "1m"}
			for _, r := range group.Rules {
				if r.Alert == "" || r.Labels["audience"] == nobody {
					continue
				}
				said, err := r.provisioned()
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", name, r.Alert, err)
				}
				written.Rules = append(written.Rules, said)
			}
			if len(written.Rules) > 0 {
				provisioned.Groups = append(provisioned.Groups, written)
			}
		}
	}
	return writeYAML("deploy/prometheus/*.rules.yml", provisioned)
}

// provisioned is the rule in Grafana's way: as in Prometheus every series of the answer fires, whatever its value, and one that is gone is
// resolved at once.
func (r rule) provisioned() (provisionedRule, error) {
	board, shown, err := r.panel()
	if err != nil {
		return provisionedRule{}, err
	}
	annotations := map[string]string{"__dashboardUid__": board, "__panelId__": fmt.Sprint(shown)}
	for name, text := range r.Annotations {
		if annotations[name], err = inGrafana(text); err != nil {
			return provisionedRule{}, fmt.Errorf("%s: %w", name, err)
		}
	}
	wait := r.For
	if wait == "" {
		wait = "0s"
	}
	onError := "KeepLast" // a Prometheus that does not answer accuses nobody and resolves nothing
	if r.Alert == "DisclosureDown" {
		onError = "Alerting" // but that it does not answer is told
	}
	return provisionedRule{
		UID: uid(r.Alert), Title: r.Alert, Condition: "present", Data: questions(strings.TrimSpace(r.Expr)), DashboardUID: board, PanelID: shown,
		NoDataState: "OK", ExecErrState: onError, For: wait, MissingSeriesEvalsToResolve: 1, Annotations: annotations, Labels: r.Labels,
	}, nil
}

var capital = regexp.MustCompile("[A-Z]")

// uid is the rule's name as in a path: disclosure-lapsed.
func uid(alert string) string {
	return strings.TrimPrefix(strings.ToLower(capital.ReplaceAllString(alert, "-$0")), "-")
}

var externalLabel = regexp.MustCompile(`\$externalLabels\.([a-z_]+)`)

// ask is Prometheus' template function query: Grafana has none.
var ask = regexp.MustCompile(`\bquery\b`)

// inGrafana says a template of Prometheus in Grafana's way. $value is a text there, the number is $values.query.Value. There are no external
// labels: what they tell stands in environment variables, which Grafana puts into the text as it reads it; a Grafana that does not do so yet
// (12) leaves the variable's name standing, and then there is no link.
func inGrafana(text string) (string, error) {
	text = externalLabel.ReplaceAllStringFunc(text, func(label string) string {
		variable := strings.ToUpper(externalLabel.FindStringSubmatch(label)[1])
		return fmt.Sprintf("(reReplaceAll `^[$].*` `` `${%s}`)", variable)
	})
	if strings.Contains(text, "$externalLabels") || ask.MatchString(text) {
		return "", fmt.Errorf("%q uses what Grafana's templates do not have", text)
	}
	if strings.Contains(text, "$value") {
		text = "{{ $value := $values.query.Value }}" + text
	}
	return text, nil
}

// panel is the panel that shows what an alert is about.
func (r rule) panel() (board string, id int, err error) {
	place, known := map[string]struct {
		board dashboard
		title string
	}{
		"unit":      {unit(), "逾期未公开的事项 Lapsed items"},
		"district":  {overview(), "各组指标 Measures by group"},
		"operators": {health(), "来源 Sources"},
	}[r.Labels["audience"]]
	if !known {
		return "", 0, fmt.Errorf("no dashboard is for the audience %q", r.Labels["audience"])
	}
	for _, shown := range place.board.Panels {
		if shown.Title == place.title && shown.Type != "row" {
			return place.board.UID, shown.ID, nil
		}
	}
	return "", 0, fmt.Errorf("the dashboard %s has no panel %q", place.board.UID, place.title)
}
