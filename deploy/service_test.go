package deploy_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestService lets systemd judge the unit: its syntax, and how much the service is exposed.
func TestService(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("yangguang.service")
	if err != nil {
		t.Fatal(err)
	}
	const installed = "/usr/lib/yangguang/yangguang"
	if strings.Count(string(content), "ExecStart="+installed+" serve --config /etc/yangguang/yangguang.yaml\n") != 1 {
		t.Errorf("the unit does not start %s", installed)
	}
	copied := filepath.Join(t.TempDir(), "yangguang.service")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(copied, []byte(strings.ReplaceAll(string(content), installed, program)), 0o644); err != nil {
		t.Fatal(err)
	}
	if told := run(t, "systemd-analyze", "verify", "--man=no", copied); told != "" {
		t.Errorf("systemd-analyze verify: %s", told)
	}
	told := run(t, "systemd-analyze", "security", "--offline=true", "--no-pager", copied)
	if !regexp.MustCompile(`Overall exposure level for yangguang\.service: [01]\.[0-9] OK`).MatchString(told) {
		t.Errorf("systemd-analyze security: %s", told)
	}
}

// TestDockerfile sees that the image is built with what the source says: Go's version, the lock file's packages.
func TestDockerfile(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	module, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\S+)$`).FindSubmatch(module)[1]
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"FROM golang:" + string(version) + "-bookworm AS program\n",
		"RUN " + regexp.MustCompile(`npm ci .*`).FindString(string(makefile)) + "\n",
		"/source/node_modules/echarts/dist/echarts.min.js " + regexp.MustCompile(`ECHARTS := (.*)`).FindStringSubmatch(string(makefile))[1] + "\n",
		"USER 10001:10001\n",
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the Dockerfile lacks %q", want)
		}
	}
	ignored, err := os.ReadFile("Dockerfile.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	for directory := range strings.FieldsSeq(run(t, "go", "list", "-deps", "-f", "{{if not .Standard}}{{with .Module}}{{if .Main}}{{$.ImportPath}}{{end}}{{end}}{{end}}", "yangguang/cmd/yangguang")) {
		for line := range strings.Lines(string(ignored)) {
			if pattern := strings.TrimSpace(line); pattern != "" && strings.HasPrefix(directory+"/", "yangguang/"+pattern+"/") {
				t.Errorf("the image's build does not get %s, which the program needs", directory)
			}
		}
	}
	stages := map[string]bool{}
	for _, line := range strings.Split(string(content), "\n") {
		words := strings.Fields(line)
		if len(words) == 4 && words[0] == "FROM" && words[2] == "AS" {
			if !stages[words[1]] && !regexp.MustCompile(`^[a-z]+:[0-9a-z.-]+$`).MatchString(words[1]) {
				t.Errorf("%s: the image is not pinned", line)
			}
			stages[words[3]] = true
		}
		if from, copies := strings.CutPrefix(line, "COPY --from="); copies && !stages[strings.Fields(from)[0]] {
			t.Errorf("%s: there is no such stage before", line)
		}
	}
	if !strings.HasSuffix(strings.TrimSpace(string(content)), "FROM base AS yangguang") {
		t.Error("the image without a target is not the one of compose.yaml")
	}
}
