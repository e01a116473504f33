package deploy_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"
)

// given are the variables that compose.yaml demands and, after them, those of compose.grafana-alerting.yaml.
var given = []string{
	"YANGGUANG_CLICKHOUSE_PASSWORD=a", "YANGGUANG_GRAFANA_CLICKHOUSE_PASSWORD=b", "GRAFANA_ADMIN_PASSWORD=c",
	"YANGGUANG_WECOM_UNITS=https://wecom.example/1", "YANGGUANG_WECOM_DISTRICT=https://wecom.example/2", "YANGGUANG_MAIL_OPERATORS=ops@mail.example",
	"YANGGUANG_SMTP_HOST=mail.example:587", "YANGGUANG_SMTP_FROM=yangguang@mail.example",
}

const ownVariables = 3

// once is the one service that runs to its end before another starts.
const once = "alertmanager-configuration"

// load reads compose files with the parser and the schema of docker compose, in a directory with everything they mount.
func load(t *testing.T, environment []string, files ...string) (*types.Project, error) {
	t.Helper()
	options, err := cli.NewProjectOptions(files, cli.WithWorkingDirectory("."), cli.WithEnv(environment))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}

func TestComposeDemandsItsSecrets(t *testing.T) {
	for i := range ownVariables {
		lacking := slices.Delete(slices.Clone(given[:ownVariables]), i, i+1)
		name, _, _ := strings.Cut(given[i], "=")
		for what, environment := range map[string][]string{"lacking": lacking, "empty": append(lacking, name+"=")} {
			if _, err := load(t, environment, "compose.yaml"); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
	}
	for i := ownVariables; i < len(given); i++ {
		name, _, _ := strings.Cut(given[i], "=")
		if _, err := load(t, slices.Delete(slices.Clone(given), i, i+1), "compose.yaml", "compose.grafana-alerting.yaml"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s lacking: %v", name, err)
		}
	}
}

func TestCompose(t *testing.T) {
	for name, files := range map[string][]string{"alone": {"compose.yaml"}, "with Grafana's messages": {"compose.yaml", "compose.grafana-alerting.yaml"}} {
		t.Run(name, func(t *testing.T) {
			project, err := load(t, given, files...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"alertmanager", once, "clickhouse", "grafana", "prometheus", "yangguang"}, project.ServiceNames()); diff != "" {
				t.Fatalf("services:\n%s", diff)
			}
			for _, service := range project.Services {
				checkService(t, service)
			}
			checkNetworks(t, project)
			checkMounts(t, project)
		})
	}
}

var pinned = regexp.MustCompile(`^[a-z/-]+:v?\d+\.\d+(\.\d+)?$`)

// checkService sees that a service is pinned, watched, kept small in its rights, and comes up again by itself.
func checkService(t *testing.T, service types.ServiceConfig) {
	t.Helper()
	if service.Build == nil && !pinned.MatchString(service.Image) {
		t.Errorf("%s: the image %s is not pinned", service.Name, service.Image)
	}
	if !service.ReadOnly || !slices.Equal(service.CapDrop, []string{"ALL"}) || service.Privileged || len(service.CapAdd) > 0 && service.Name != once ||
		!slices.Equal(service.SecurityOpt, []string{"no-new-privileges:true"}) {
		t.Errorf("%s is not hardened: %+v", service.Name, service)
	}
	if service.Name == once {
		if service.Restart != "no" || service.NetworkMode != "none" || !slices.Equal(service.CapAdd, []string{"CHOWN", "DAC_READ_SEARCH"}) {
			t.Errorf("%s runs on: %+v", service.Name, service)
		}
		return
	}
	if service.Restart != "unless-stopped" {
		t.Errorf("%s does not come up again", service.Name)
	}
	if service.HealthCheck == nil || len(service.HealthCheck.Test) < 3 || service.HealthCheck.Interval == nil || service.HealthCheck.Timeout == nil {
		t.Errorf("%s is not watched: %+v", service.Name, service.HealthCheck)
	}
	for _, port := range service.Ports {
		if port.HostIP != "127.0.0.1" {
			t.Errorf("%s is published to everybody: %+v", service.Name, port)
		}
	}
	for name, value := range service.Environment {
		if strings.Contains(name, "PASSWORD") && name != "GF_SMTP_PASSWORD" && (value == nil || *value == "" || !slices.ContainsFunc(given, func(g string) bool { return strings.HasSuffix(g, "="+*value) })) {
			t.Errorf("%s: %s does not come from outside", service.Name, name)
		}
	}
	for name, needed := range service.DependsOn {
		if needed.Condition != types.ServiceConditionHealthy && !(name == once && needed.Condition == types.ServiceConditionCompletedSuccessfully) {
			t.Errorf("%s does not wait until another is healthy: %+v", service.Name, needed)
		}
	}
}

// checkNetworks sees that ClickHouse is reached by those alone who ask it, and by no port of the machine.
func checkNetworks(t *testing.T, project *types.Project) {
	t.Helper()
	members := map[string][]string{}
	for _, name := range project.ServiceNames() {
		for network := range project.Services[name].Networks {
			members[network] = append(members[network], name)
		}
	}
	want := map[string][]string{
		"data":    {"clickhouse", "grafana", "yangguang"},
		"figures": {"alertmanager", "grafana", "prometheus", "yangguang"},
	}
	if diff := cmp.Diff(want, members); diff != "" {
		t.Errorf("networks:\n%s", diff)
	}
	if !project.Networks["data"].Internal || len(project.Services["clickhouse"].Ports) > 0 {
		t.Error("ClickHouse is published")
	}
}

// checkMounts sees that what is mounted from here exists, read-only, and that what is kept lies in a volume.
func checkMounts(t *testing.T, project *types.Project) {
	t.Helper()
	kept := map[string]string{}
	for _, service := range project.Services {
		for _, mount := range service.Volumes {
			switch mount.Type {
			case types.VolumeTypeVolume:
				if mount.Source != once {
					kept[service.Name] = mount.Target
				} else if mount.Target != "/etc/alertmanager" || mount.ReadOnly == (service.Name == once) {
					t.Errorf("%s has the configuration at %s", service.Name, mount.Target)
				}
			case types.VolumeTypeBind:
				base := filepath.Base(mount.Source)
				if _, err := os.Stat(mount.Source); err != nil && base != "district" && base != "secrets" {
					t.Errorf("%s mounts %s, which is not there", service.Name, mount.Source)
				}
				if !mount.ReadOnly {
					t.Errorf("%s could change %s", service.Name, mount.Source)
				}
			}
		}
	}
	want := map[string]string{
		"clickhouse": "/var/lib/clickhouse", "prometheus": "/prometheus", "alertmanager": "/alertmanager", "grafana": "/var/lib/grafana",
	}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Errorf("what is kept:\n%s", diff)
	}
	rules, err := filepath.Glob("prometheus/*.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		target := "/etc/prometheus/" + filepath.Base(rule)
		if !slices.ContainsFunc(project.Services["prometheus"].Volumes, func(mount types.ServiceVolumeConfig) bool { return mount.Target == target }) {
			t.Errorf("Prometheus does not see %s", rule)
		}
	}
}

// TestComposePrometheusConfiguration sees that Prometheus is told in the two places alike but for addresses, and by both its tools' releases.
func TestComposePrometheusConfiguration(t *testing.T) {
	var own, composed map[string]any
	read(t, "prometheus/prometheus.yml", &own)
	read(t, "compose/prometheus.yml", &composed)
	for _, configuration := range []map[string]any{own, composed} {
		configuration["global"].(map[string]any)["external_labels"] = "addresses"
		configuration["alerting"].(map[string]any)["alertmanagers"] = "addresses"
		configuration["scrape_configs"].([]any)[0].(map[string]any)["static_configs"] = "addresses"
	}
	if diff := cmp.Diff(own, composed); diff != "" {
		t.Errorf("the two configurations of Prometheus differ:\n%s", diff)
	}
	run(t, "promtool", "check", "config", "--lint-fatal", "--syntax-only", "compose/prometheus.yml")
}

// TestComposeAlertmanager makes Alertmanager's configuration as compose.yaml does, and lets its tool judge it; what does not send is judged too.
func TestComposeAlertmanager(t *testing.T) {
	project, err := load(t, given, "compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	service := project.Services[once]
	for name, configuration := range map[string]string{"own": "alertmanager/alertmanager.yml", "silent": "compose/alertmanager-silent.yml"} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			put := func(path, content string) {
				path = filepath.Join(root, path)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			for from, to := range map[string]string{configuration: "source/alertmanager.yml", "alertmanager/with-secrets.sh": "source/with-secrets.sh"} {
				content, err := os.ReadFile(from)
				if err != nil {
					t.Fatal(err)
				}
				put(to, strings.ReplaceAll(string(content), "/etc/alertmanager/", root+"/etc/alertmanager/"))
			}
			if err := os.CopyFS(filepath.Join(root, "source/templates"), os.DirFS("alertmanager/templates")); err != nil {
				t.Fatal(err)
			}
			put("source/secrets/wecom_secret", "a&secret\n")
			put("source/secrets/smtp_password", "another\n")
			put("etc/alertmanager/templates/old.tmpl", "left from the start before")
			script := strings.NewReplacer("/etc/", root+"/etc/", "/source/", root+"/source/", "chown -R", ": ").Replace(service.Command[0])
			run(t, service.Entrypoint[0], service.Entrypoint[1], script)
			run(t, "amtool", "check-config", root+"/etc/alertmanager/alertmanager.yml")
			made, err := os.ReadFile(root + "/etc/alertmanager/alertmanager.yml")
			if err != nil {
				t.Fatal(err)
			}
			if name == "own" && !strings.Contains(string(made), `"a&secret"`) {
				t.Errorf("the secret is not filled in:\n%s", made)
			}
			if diff := cmp.Diff([]string{root + "/etc/alertmanager/templates/yangguang.tmpl"}, files(t, root+"/etc/alertmanager/templates/*")); diff != "" {
				t.Errorf("templates:\n%s", diff)
			}
		})
	}
}

// TestClickHouseAccounts sees that the program's account may do what the embedded ClickHouse lets it do, Grafana's read only, and none without
// a password from outside.
func TestClickHouseAccounts(t *testing.T) {
	type account struct {
		Password struct {
			FromEnv string `xml:"from_env,attr"`
			Text    string `xml:",chardata"`
		} `xml:"password"`
		Profile string   `xml:"profile"`
		Grants  []string `xml:"grants>query"`
	}
	var file struct {
		Profiles struct {
			Grafana struct {
				ReadOnly int `xml:"readonly"`
			} `xml:"grafana"`
		} `xml:"profiles"`
		Users struct {
			Default struct {
				Networks []string `xml:"networks>ip"`
			} `xml:"default"`
			Yangguang account `xml:"yangguang"`
			Grafana   account `xml:"grafana"`
		} `xml:"users"`
	}
	content, err := os.ReadFile("clickhouse/users.d/yangguang.xml")
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	embedded, err := os.ReadFile("../queries/clickhouse/engine/configuration/users.xml")
	if err != nil {
		t.Fatal(err)
	}
	rights := regexp.MustCompile(`GRANT (?:SELECT|TABLE ENGINE|CREATE TEMPORARY TABLE) ON [*.a-z]+`).FindAllString(string(embedded), -1)
	if diff := cmp.Diff(append([]string{"GRANT ALL ON yangguang.*", "GRANT ALL ON yangguang_restoring.*"}, rights...), file.Users.Yangguang.Grants); diff != "" {
		t.Errorf("the program's rights differ from those in the embedded ClickHouse:\n%s", diff)
	}
	manual, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, right := range regexp.MustCompile(`(?m)^(GRANT .*) TO yangguang;$`).FindAllStringSubmatch(string(manual), -1) {
		listed = append(listed, right[1])
	}
	if diff := cmp.Diff(listed, file.Users.Yangguang.Grants); diff != "" {
		t.Errorf("the rights in docs/operations.md are not those that the program is tested with:\n%s", diff)
	}
	if file.Profiles.Grafana.ReadOnly != 1 || file.Users.Grafana.Profile != "grafana" || !slices.Equal(file.Users.Grafana.Grants, []string{"GRANT SELECT ON yangguang.*"}) {
		t.Errorf("Grafana's account may do more than read: %+v", file.Users.Grafana)
	}
	for variable, account := range map[string]account{"YANGGUANG_CLICKHOUSE_PASSWORD": file.Users.Yangguang, "YANGGUANG_GRAFANA_CLICKHOUSE_PASSWORD": file.Users.Grafana} {
		if account.Password.FromEnv != variable || strings.TrimSpace(account.Password.Text) != "" {
			t.Errorf("the password of an account: %+v", account.Password)
		}
	}
	if diff := cmp.Diff([]string{"127.0.0.1", "::1"}, file.Users.Default.Networks); diff != "" {
		t.Errorf("the account without a password is reached from:\n%s", diff)
	}
}
