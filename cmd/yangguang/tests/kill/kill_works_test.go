package kill

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/cmd/yangguang/programtest"
	"yangguang/queries/querytest"
)

// kills is how often each work is killed: once in `make test`, 60 times with YANGGUANG_TEST_KILLS=60.
func kills(t *testing.T) int {
	t.Helper()
	return querytest.Scaled(t, "YANGGUANG_TEST_KILLS", 1)
}

// killed runs a command line and kills it, and with it its engine, at any moment of the time that it takes undisturbed.
func killed(t *testing.T, p programtest.Program, takes time.Duration, arguments ...string) {
	t.Helper()
	command := p.Command(t, arguments...)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	moment := time.NewTimer(rand.N(takes))
	defer moment.Stop()
	<-moment.C
	if err := command.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := command.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
}

// takes is how long an undisturbed run takes.
func takes(t *testing.T, p programtest.Program, arguments ...string) time.Duration {
	t.Helper()
	begun := time.Now()
	p.Succeed(t, arguments...)
	return time.Since(begun)
}

// left are the files of a pattern that must not be there.
func left(t *testing.T, patterns ...string) {
	t.Helper()
	for _, pattern := range patterns {
		if found, err := filepath.Glob(pattern); err != nil || len(found) > 0 {
			t.Errorf("left behind: %v %v", found, err)
		}
	}
}

// Whatever is killed at whatever moment, the next command finds all or nothing of it, and its name free.
func TestKilledWorks(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	question := func(config string) string {
		return p.Succeed(t, "export", "obligations", "--config", config, "--lang", "en", "--as-of", "2026-08-01") + p.Succeed(t, "export", "records", "--config", config, "--lang", "en")
	}
	want := question("yangguang.yaml")
	config, err := os.ReadFile(filepath.Join(p.Directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(p.Directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := func(directory string) string {
		name := directory + ".yaml"
		write(name, regexp.MustCompile(`data_dir: \w+`).ReplaceAllString(string(config), "data_dir: "+directory))
		return name
	}
	t.Run("backup", func(t *testing.T) {
		takes := takes(t, p, "backup", "kept.tar", "--config", "yangguang.yaml")
		for i := range kills(t) {
			name := "kept" + strconv.Itoa(i) + ".tar"
			killed(t, p, takes, "backup", name, "--config", "yangguang.yaml")
			_, whole := os.Stat(filepath.Join(p.Directory, name))
			if _, problems, status := p.Run(t, "backup", name, "--config", "yangguang.yaml"); status != 0 && whole != nil {
				t.Errorf("the next backup ended with %d: %s", status, problems)
			}
			left(t, filepath.Join(p.Directory, "data/backups/*"), filepath.Join(p.Directory, "*.part"))
		}
	})
	t.Run("restore", func(t *testing.T) {
		takes := takes(t, p, "restore", "kept.tar", "--config", elsewhere("undisturbed"))
		for i := range kills(t) {
			other := elsewhere("other" + strconv.Itoa(i))
			killed(t, p, takes, "restore", "kept.tar", "--config", other)
			if _, problems, status := p.Run(t, "restore", "kept.tar", "--config", other); status != 0 && !strings.Contains(problems, "holds data already") {
				t.Errorf("the next restore ended with %d: %s", status, problems)
			}
			if got := question(other); got != want {
				t.Errorf("restored:\n%s\nbacked up:\n%s", got, want)
			}
			left(t, filepath.Join(p.Directory, "other"+strconv.Itoa(i), "backups/*"))
		}
	})
	t.Run("freeze", func(t *testing.T) {
		takes := takes(t, p, "freeze", "first", "--config", "yangguang.yaml")
		for i := range kills(t) {
			name := "pack" + strconv.Itoa(i)
			killed(t, p, takes, "freeze", name, "--config", "yangguang.yaml")
			_, problems, status := p.Run(t, "freeze", name, "--config", "yangguang.yaml")
			if status != 0 && !strings.Contains(problems, "what is frozen is never replaced") && !strings.Contains(problems, "does not exist yet") {
				t.Errorf("the next freeze ended with %d: %s", status, problems)
			}
			p.Succeed(t, "freeze", name, "--verify", "--config", "yangguang.yaml")
			left(t, filepath.Join(temporary, "yangguang-pack-*"), filepath.Join(p.Directory, ".yangguang-*"))
		}
	})
	t.Run("load", func(t *testing.T) {
		units, err := os.ReadFile(filepath.Join(p.Directory, "units.csv"))
		if err != nil {
			t.Fatal(err)
		}
		takes := takes(t, p, "export", "ranking", "--config", "yangguang.yaml")
		for i := range kills(t) {
			write("units.csv", strings.ReplaceAll(string(units), "东镇", "东镇"+strconv.Itoa(i)))
			killed(t, p, takes, "export", "ranking", "--config", "yangguang.yaml")
			write("units.csv", string(units))
			if got := question("yangguang.yaml"); got != want {
				t.Errorf("after the interrupted load:\n%s\nbefore:\n%s", got, want)
			}
			p.Succeed(t, "check", "--config", "yangguang.yaml")
		}
	})
}
