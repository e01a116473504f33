package deploy

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"yangguang/cmd/yangguang/programtest"
	"yangguang/examples/yancheng"
)

// What the image of ClickHouse has beside the files of deploy/clickhouse.
const (
	imageConfiguration = `<clickhouse><users_config>%[1]s/users.xml</users_config>
		<user_directories><users_xml><path>%[1]s/users.xml</path></users_xml></user_directories></clickhouse>`
	imageUsers = `<clickhouse><profiles><default></default></profiles><quotas><default></default></quotas>
		<users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default></users></clickhouse>`
	backupDisk = `<clickhouse><storage_configuration><disks><backups><type>local</type><path>%s/backups/</path></backups></disks></storage_configuration>
		<backups><allowed_disk>backups</allowed_disk></backups></clickhouse>`
)

// startClickHouse runs ClickHouse with the configuration of deploy/clickhouse and returns its HTTP address.
func startClickHouse(t *testing.T) string {
	t.Helper()
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../../../../deploy/clickhouse")); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"config.xml": fmt.Sprintf(imageConfiguration, directory), "users.xml": imageUsers, "config.d/backups.xml": fmt.Sprintf(backupDisk, directory),
	} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	address := programtest.FreeAddress(t)
	_, port, _ := strings.Cut(address, ":")
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(executable, "engine", "-library", programtest.EngineLibrary(t), "-path", filepath.Join(directory, "data"),
		"-config", filepath.Join(directory, "config.xml"), "-http-port", port)
	server.Env = append(os.Environ(), "YANGGUANG_CLICKHOUSE_PASSWORD=writes", "YANGGUANG_GRAFANA_CLICKHOUSE_PASSWORD=reads")
	prompt, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	ended, lifeline, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server.Stdin, server.Stdout, server.Stderr, server.ExtraFiles = terminal, terminal, terminal, []*os.File{ended}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	_ = terminal.Close()
	_ = ended.Close()
	told := make(chan []byte, 1)
	go func() {
		said, _ := io.ReadAll(prompt) // ends with the server
		told <- said
	}()
	t.Cleanup(func() {
		_ = lifeline.Close() // whereupon it ends
		_ = server.Wait()    // it says that it was left alone
		if said := <-told; t.Failed() {
			t.Logf("ClickHouse said:\n%s", said)
		}
		_ = prompt.Close()
	})
	programtest.WaitUntil(t, "ClickHouse answers", func() bool {
		status, _ := programtest.Get(t, "http://"+address+"/ping")
		return status == http.StatusOK
	})
	return address
}

// TestClickHouseAccounts lets the program and Grafana use the accounts that compose.yaml gives them.
func TestClickHouseAccounts(t *testing.T) {
	address := startClickHouse(t)
	p := programtest.New(t)
	if _, err := yancheng.Write(t.Context(), p.Directory, time.Now()); err != nil {
		t.Fatal(err)
	}
	configuration, err := os.ReadFile("../../../../deploy/yangguang.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Directory, "yangguang.yaml"), configuration, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("YANGGUANG_CLICKHOUSE_DSN", "http://yangguang@"+address+"/yangguang")
	t.Setenv("YANGGUANG_CLICKHOUSE_PASSWORD", "writes")
	if told := p.Succeed(t, "check", "--config", "yangguang.yaml"); !strings.Contains(told, "clickhouse：连接正常，版本 26.7.") {
		t.Errorf("check says:\n%s", told)
	}
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	ranking := p.Succeed(t, "export", "ranking", "--config", "yangguang.yaml")
	p.Succeed(t, "freeze", "第一次会议", "--config", "yangguang.yaml", "-o", filepath.Join(t.TempDir(), "pack"))
	p.Succeed(t, "expire", "--config", "yangguang.yaml")
	p.Succeed(t, "backup", "kept", "--disk", "backups", "--config", "yangguang.yaml")
	dropped, err := http.Post("http://"+address+"/?user=yangguang&password=writes&query=DROP+DATABASE+yangguang+SYNC", "text/plain", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = dropped.Body.Close()
	p.Succeed(t, "restore", "kept", "--disk", "backups", "--config", "yangguang.yaml")
	if again := p.Succeed(t, "export", "ranking", "--config", "yangguang.yaml"); again != ranking {
		t.Errorf("restored, the ranking is\n%s\nwas\n%s", again, ranking)
	}
	type asks struct{ name, user, password, statement, settings, refused string }
	tests := []asks{
		{"Grafana reads", "grafana", "reads", "SELECT count() > 0 FROM yangguang.record_versions", "", ""},
		{"with the limit that its plugin sends", "grafana", "reads", "SELECT 1", "&max_execution_time=30", ""},
		{"with no greater one", "grafana", "reads", "SELECT 1", "&max_execution_time=3000", "SETTING_CONSTRAINT_VIOLATION"},
		{"and changes no other setting", "grafana", "reads", "SELECT 1", "&max_memory_usage=1", "READONLY"},
		{"nor data", "grafana", "reads", "TRUNCATE TABLE yangguang.collections", "", "ACCESS_DENIED"},
		{"nor accounts", "grafana", "reads", "CREATE USER another", "", "ACCESS_DENIED"},
		{"and reads nothing else", "grafana", "reads", "SELECT * FROM system.users", "", "ACCESS_DENIED"},
		{"a wrong password", "grafana", "writes", "SELECT 1", "", "AUTHENTICATION_FAILED"},
		{"no password", "grafana", "", "SELECT 1", "", "AUTHENTICATION_FAILED"},
		{"the program makes no accounts", "yangguang", "writes", "CREATE USER another", "", "ACCESS_DENIED"},
	}
	macros := strings.NewReplacer("$__fromTime", "toDateTime(0)", "$__toTime", "now()", "${unit:singlequote}", "'411103101'")
	for _, q := range questions(t) {
		if q.RawSQL != "" {
			tests = append(tests, asks{"panel " + q.board + q.panel, "grafana", "reads", macros.Replace(q.RawSQL), "&database=yangguang", ""})
		}
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			query := url.Values{"user": {test.user}, "password": {test.password}, "query": {test.statement}}
			answer, err := http.Post("http://"+address+"/?"+query.Encode()+test.settings, "text/plain", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			if refused := answer.StatusCode != http.StatusOK; refused != (test.refused != "") || !strings.Contains(string(body), test.refused) {
				t.Errorf("status %d: %s", answer.StatusCode, body)
			}
		})
	}
}
