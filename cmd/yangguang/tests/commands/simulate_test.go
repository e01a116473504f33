package commands

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/program"
	"yangguang/cmd/yangguang/programtest"
)

// writePlaces writes a register of two provinces with a district each.
func writePlaces(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"provinces.csv": "code,name\n11,甲省\n12,乙省\n",
		"cities.csv":    "code,name\n1101,子市\n1201,丑市\n",
		"areas.csv":     "code,name\n110101,东区\n120101,南区\n",
		"streets.csv":   "code,name\n110101001,城关镇\n110101002,河镇\n120101001,城关镇\n",
		"villages.csv": "code,name\n110101001201,新华村村委会\n110101002201,新华村村委会\n110101002202,湖村村委会\n" +
			"120101001201,新华村村委会\n120101001202,山村村委会\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func simulateArguments(dir, places string, more ...string) []string {
	return append([]string{
		"simulate", "--dir", dir, "--units", "20", "--organs", "2", "--from", "2025-01-01", "--to", "2026-06-30", "--seed", "11", "--records-per-unit", "90", "--places", places,
	}, more...)
}

// exports are the reports that both ways must agree in.
func exports(t *testing.T, p programtest.Program, dir string) map[string]string {
	t.Helper()
	reports := map[string]string{}
	for _, report := range []string{"ranking", "obligations"} {
		reports[report] = p.Succeed(t, "export", report, "--config", dir+"/yangguang.yaml", "--lang", "en", "--as-of", "2026-06-30")
	}
	return reports
}

func TestSimulatedCountryIsTheSameBothWays(t *testing.T) {
	t.Parallel()
	p, places := programtest.New(t), writePlaces(t)
	p.Succeed(t, simulateArguments("written", places)...)
	if summary := p.Succeed(t, "collect", "--config", "written/yangguang.yaml", "--strict"); strings.Count(summary, "未入库 0") != 2 {
		t.Errorf("two sources, none with rejected rows, expected:\n%s", summary)
	}
	told := p.Succeed(t, simulateArguments("direct", places, "--direct")...)
	if strings.Count(told, "rows/s\n") != 5 || !strings.Contains(told, "Next: yangguang serve") { // two sources, originals and corrections, and the sum
		t.Errorf("told:\n%s", told)
	}
	want, got := exports(t, p, "written"), exports(t, p, "direct")
	for report, text := range want {
		if text != got[report] {
			t.Errorf("%s differs", report)
		}
	}
	for _, state := range []string{"on_time", "late", "lapsed", "exempt"} {
		if !strings.Contains(want["obligations"], ","+state+",") {
			t.Errorf("nothing is %s", state)
		}
	}
	if strings.Contains(want["obligations"], ",unverified,") {
		t.Error("sources do not cover everything")
	}
	if again := p.Succeed(t, simulateArguments("direct", places, "--direct")...); strings.Count(again, "left out") != 4 {
		t.Errorf("a second time:\n%s", again)
	}
	p.Succeed(t, "collect", "--config", "direct/yangguang.yaml") // its ledgers are empty
	for report, text := range exports(t, p, "direct") {
		if text != want[report] {
			t.Errorf("%s differs after the empty ledgers were collected", report)
		}
	}
}

// cancelling ends a context as soon as something is written that contains a text.
type cancelling struct {
	bytes.Buffer
	at     string
	cancel context.CancelFunc
}

func (c *cancelling) Write(text []byte) (int, error) {
	n, err := c.Buffer.Write(text)
	if strings.Contains(c.String(), c.at) {
		c.cancel()
	}
	return n, err
}

func TestInterruptedSimulationGoesOn(t *testing.T) {
	t.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(t))
	dir, places := filepath.Join(t.TempDir(), "country"), writePlaces(t)
	arguments := simulateArguments(dir, places, "--direct")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, problems := &cancelling{at: "11台账: read", cancel: cancel}, new(bytes.Buffer)
	if status := program.Execute(ctx, arguments, out, problems); status != 1 || !strings.Contains(problems.String(), "the same command goes on") {
		t.Fatalf("status %d\n%s%s", status, out, problems)
	}
	again := new(bytes.Buffer)
	if status := program.Execute(t.Context(), arguments, again, problems); status != 0 {
		t.Fatalf("status %d\n%s%s", status, again, problems)
	}
	if text := again.String(); strings.Count(text, "11台账: collected before, left out") != 1 || strings.Count(text, "台账: read") != 3 {
		t.Errorf("it went on with:\n%s", text)
	}
}
