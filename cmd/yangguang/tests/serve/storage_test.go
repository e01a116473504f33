package serve

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

// A database that has lost a part accuses nobody: commands end with 1 and say what to do, pages and exports are unverified, the metric says so; what the
// sources still have is back after a repair.
func TestIncompleteStorage(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	question := []string{"export", "obligations", "--config", "yangguang.yaml", "--lang", "en", "--as-of", "2026-08-01"}
	want := p.Succeed(t, question...)
	definitions, err := filepath.Glob(filepath.Join(p.Directory, "data/data/store/*/*/record_versions.sql"))
	if err != nil || len(definitions) != 1 {
		t.Fatalf("definitions of the table: %v %v", definitions, err)
	}
	text, err := os.ReadFile(definitions[0])
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "UUID '")
	uuid, _, _ := strings.Cut(after, "'")
	parts, err := filepath.Glob(filepath.Join(p.Directory, "data/data/store", uuid[:3], uuid, "all_*"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("parts: %v %v", parts, err)
	}
	for _, part := range parts {
		if err := os.RemoveAll(part); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range [][]string{question, {"collect", "--config", "yangguang.yaml"}, {"check", "--config", "yangguang.yaml"}} {
		out, problems, status := p.Run(t, command...)
		if status != 1 || !strings.Contains(problems, "the database is incomplete") || !strings.Contains(problems, "yangguang repair") || strings.Contains(out, "lapsed") {
			t.Errorf("%v ended with %d and said %q %q", command, status, out, problems)
		}
	}
	serving := p.Begin(t, "serves http://", false, "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0") // nothing is collected into it
	get := func(address string) (int, string) {
		t.Helper()
		answer, err := http.Get(serving.Address + address)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		if err := errors.Join(err, answer.Body.Close()); err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	for _, address := range []string{"/", "/lapsed", "/unit/T1", "/export/obligations.csv", "/-/ready"} {
		if status, body := get(address); status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d %s", address, status, body)
		}
	}
	if _, body := get("/metrics"); !strings.Contains(body, "disclosure_storage_complete 0") || strings.Contains(body, "disclosure_unit_") {
		t.Errorf("the metrics say %s", body)
	}
	engine := programtest.EngineOf(t, serving.Process)
	programtest.Send(t, serving.Process, syscall.SIGTERM)
	programtest.WaitUntil(t, "the engine has ended", func() bool { return !programtest.Alive(engine) })
	programtest.WaitUntil(t, "the program has ended", func() bool { return !programtest.Alive(serving.Process) })
	p.Succeed(t, "repair", "--config", "yangguang.yaml")
	if got := p.Succeed(t, question...); got != want {
		t.Errorf("after the repair:\n%s\nbefore the loss:\n%s", got, want)
	}
}
