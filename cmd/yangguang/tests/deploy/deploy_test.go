package deploy

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/cmd/yangguang/programtest"
	"yangguang/examples/yancheng"
)

// TestDeployedConfiguration lets check judge deploy/yangguang.yaml beside a district's registry and ledgers, as service and compose.yaml have it,
// and asks the program that serves it whether it is well as compose.yaml does.
func TestDeployedConfiguration(t *testing.T) {
	p := programtest.New(t)
	directory := filepath.Join(p.Directory, "deployed")
	if _, err := yancheng.Write(t.Context(), directory, time.Now()); err != nil {
		t.Fatal(err)
	}
	configuration, err := os.ReadFile("../../../../deploy/yangguang.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const kept = "data_dir: /var/lib/yangguang\n"
	if strings.Count(string(configuration), kept) != 1 {
		t.Fatalf("the configuration does not keep its data in the service's directory:\n%s", configuration)
	}
	p.Directory = directory
	here := strings.ReplaceAll(string(configuration), kept, "data_dir: data\n")
	if err := os.WriteFile(filepath.Join(directory, "yangguang.yaml"), []byte(here), 0o600); err != nil {
		t.Fatal(err)
	}
	told := p.Succeed(t, "check", "--config", "yangguang.yaml")
	if !regexp.MustCompile(`名录：\d+ 个单位，\d+ 个事项\n`).MatchString(told) || !strings.Contains(told, "数据来源：2 个\n") || !strings.Contains(told, "clickhouse：连接正常，版本 26.7.") {
		t.Errorf("check says:\n%s", told)
	}

	test := healthCheck(t, "yangguang")
	if len(test) != 4 || test[0] != "CMD" || !strings.Contains(test[3], "127.0.0.1/8080") {
		t.Fatalf("the health check is %q", test)
	}
	s := p.Serve(t)
	_, port, _ := strings.Cut(strings.TrimPrefix(s.Address, "http://"), ":")
	asks := strings.NewReplacer("$$", "$", "127.0.0.1/8080", "127.0.0.1/"+port).Replace(test[3])
	if out, err := exec.Command(test[1], test[2], asks).CombinedOutput(); err != nil {
		t.Errorf("the health check says %v: %s", err, out)
	}
	unwell := strings.Replace(asks, "/-/ready", "/-/nothing", 1)
	if err := exec.Command(test[1], test[2], unwell).Run(); err == nil {
		t.Error("the health check takes any answer for health")
	}
	s.End()
	if err := exec.Command(test[1], test[2], asks).Run(); err == nil {
		t.Error("the health check takes no answer for health")
	}
}

// healthCheck is how deploy/compose.yaml asks a service whether it is well.
func healthCheck(t *testing.T, service string) []string {
	t.Helper()
	var compose struct {
		Services map[string]struct {
			Healthcheck struct{ Test []string }
		}
	}
	content, err := os.ReadFile("../../../../deploy/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(content, &compose); err != nil {
		t.Fatal(err)
	}
	return compose.Services[service].Healthcheck.Test
}
