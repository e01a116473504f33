package alerts

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// TestServeLogsRecords lets serve collect, with a registry file that has a column nobody reads, and reads every line that it writes.
func TestServeLogsRecords(t *testing.T) {
	t.Parallel()
	d := newLate(t)
	d.catalogue = []string{d.owed("DF", "月度党费", 2)}
	d.ledger = []string{d.published("411103101201", "DF")}
	d.write(t)
	filetest.Change(t, filepath.Join(d.Directory, "yangguang.yaml"), func(text string) string { return text + "log: {format: json}\n" })
	filetest.Change(t, filepath.Join(d.Directory, "catalogue.csv"), func(text string) string {
		return strings.Replace(strings.ReplaceAll(text, "\n", ",red\n"), "valid_from,red\n", "valid_from,colour\n", 1)
	})
	command := d.Command(t, "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0")
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() })
	late := time.AfterFunc(programtest.StartPatience, func() { _ = command.Process.Kill() })
	collected := false
	for lines := bufio.NewScanner(out); !collected && lines.Scan(); {
		record := readRecord(t, lines.Text())
		if record.Level != "INFO" {
			t.Errorf("the standard output has %+v", record)
		}
		collected = strings.HasPrefix(record.Msg, "村级台账: read 1, new 1")
	}
	if !late.Stop() || !collected {
		t.Fatal("no collection was told")
	}
	programtest.Send(t, command.Process.Pid, syscall.SIGTERM)
	_, _ = io.Copy(io.Discard, out)
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
	told := false
	for line := range strings.Lines(problems.String()) {
		record := readRecord(t, line)
		told = told || record.Level == "WARN" && strings.Contains(record.Msg, "colour")
	}
	if !told {
		t.Errorf("the column that nobody reads is not told:\n%s", problems.String())
	}

	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	problems.Reset()
	command = d.Command(t, "serve", "--config", "yangguang.yaml", "--listen", taken.Addr().String())
	command.Stderr = &problems
	err = command.Run()
	lines := slices.Collect(strings.Lines(problems.String()))
	if err == nil || command.ProcessState.ExitCode() == 0 || len(lines) == 0 || !strings.Contains(readRecord(t, lines[len(lines)-1]).Msg, "address already in use") {
		t.Errorf("with a taken address: %v:\n%s", err, problems.String())
	}
}

type logRecord struct{ Time, Level, Msg string }

func readRecord(t *testing.T, line string) (record logRecord) {
	t.Helper()
	if err := json.Unmarshal([]byte(line), &record); err != nil || !strings.HasSuffix(record.Time, "+08:00") || record.Msg == "" {
		t.Errorf("no record: %v, %s", err, line)
	}
	return record
}
