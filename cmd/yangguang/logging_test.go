package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestLogLevels(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("China", 8*3600)
	for _, test := range []struct {
		level string
		want  []string
	}{
		{"", []string{"a warning", "an error"}},
		{"error", []string{"an error"}},
		{"info", []string{"news", "a warning", "an error"}},
		{"debug", []string{"detail", "news", "a warning", "an error"}},
	} {
		for _, format := range []string{"", "text", "json"} {
			var out bytes.Buffer
			logger := logConfig{Level: test.level, Format: format}.logger(&out, zone)
			logger.Debug("detail")
			logger.Info("news")
			logger.Warn("a warning")
			logger.Error("an error")
			var got []string
			for line := range strings.Lines(out.String()) {
				at, message := "", ""
				if format == "json" {
					var record struct{ Time, Msg string }
					if err := json.Unmarshal([]byte(line), &record); err != nil {
						t.Fatal(err)
					}
					at, message = record.Time, record.Msg
				} else if _, err := fmt.Sscanf(line, "time=%s ", &at); err != nil {
					t.Fatal(err)
				} else {
					_, message, _ = strings.Cut(strings.TrimSpace(line), "msg=")
					message = strings.Trim(message, `"`)
				}
				if !strings.HasSuffix(at, "+08:00") {
					t.Errorf("the time %q is of another clock", at)
				}
				got = append(got, message)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("level %q, format %q: logged %q, want %q", test.level, format, got, test.want)
			}
		}
	}
}

// TestServeLogsRecords lets serve collect, with a registry file that has a column nobody reads, and reads every line that it writes.
func TestServeLogsRecords(t *testing.T) {
	t.Parallel()
	d := newLate(t)
	d.catalogue = []string{d.owed("DF", "月度党费", 2)}
	d.ledger = []string{d.published("411103101201", "DF")}
	d.write(t)
	change(t, filepath.Join(d.directory, "yangguang.yaml"), func(text string) string { return text + "log: {format: json}\n" })
	change(t, filepath.Join(d.directory, "catalogue.csv"), func(text string) string {
		return strings.Replace(strings.ReplaceAll(text, "\n", ",red\n"), "valid_from,red\n", "valid_from,colour\n", 1)
	})
	command := d.command(t, "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0")
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
	late := time.AfterFunc(startPatience, func() { _ = command.Process.Kill() })
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
	send(t, command.Process.Pid, syscall.SIGTERM)
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
	command = d.command(t, "serve", "--config", "yangguang.yaml", "--listen", taken.Addr().String())
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
