package serve

import (
	"strings"
	"syscall"
	"testing"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// A running program says on its pages and in its metrics what became of a wrong registry, a wrong configuration and a change that needs a restart.
func TestOwnState(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	s := p.Serve(t)
	units, config := p.Directory+"/units.csv", p.Directory+"/yangguang.yaml"
	says := func(what string, series string, sentence string, wrong bool) {
		t.Helper()
		programtest.WaitUntil(t, what, func() bool {
			return strings.Contains(s.Get(t, "/metrics"), "\n"+series+"\n") && strings.Contains(s.Get(t, "/methodology?lang=en"), sentence) == wrong
		})
	}
	reload := func(path string, changed func(string) string) {
		t.Helper()
		filetest.Change(t, path, changed)
		programtest.Send(t, s.Process, syscall.SIGHUP)
	}
	add := func(text string) func(string) string { return func(before string) string { return before + text } }
	without := func(text string) func(string) string {
		return func(before string) string { return strings.TrimSuffix(before, text) }
	}

	says("all is well", "disclosure_registry_up 1", "registry files are refused", false)
	if page := s.Get(t, "/metrics"); !strings.Contains(page, "\nyangguang_build_info{") || !strings.Contains(page, "\ndisclosure_config_restart_required 0\n") {
		t.Errorf("the metrics lack the program itself:\n%s", page)
	}
	programtest.WaitUntil(t, "the registry's time is known", func() bool {
		return strings.Contains(s.Get(t, "/metrics"), "\ndisclosure_registry_loaded_timestamp_seconds ")
	})

	const twice = "V1,again,village,T1,1,,,\n"
	reload(units, add(twice))
	says("the registry is refused", "disclosure_registry_up 0", "registry files are refused", true)
	reload(units, without(twice))
	says("the registry is mended", "disclosure_registry_up 1", "registry files are refused", false)

	const unknown = "colour: red\n"
	reload(config, add(unknown))
	says("the configuration is refused", "disclosure_config_last_reload_successful 0", "changed configuration is refused", true)
	reload(config, without(unknown))
	says("the configuration is mended", "disclosure_config_last_reload_successful 1", "changed configuration is refused", false)

	rating := p.Directory + "/assessment.yaml"
	filetest.Write(t, rating, "ratings: {excellent: 90}\n")
	reload(config, add("assessment: assessment.yaml\n"))
	says("the assessment is in force", "disclosure_registry_up 1", "90", true)
	reload(rating, add("colour: red\n"))
	reload(p.Directory+"/ledgers/b.csv", add("B9,T1,A1,more,2026Q2,2026-07-09\n"))
	says("the assessment is refused", "disclosure_registry_up 0", "The assessment, or what a source covers, is refused", true)
	programtest.WaitUntil(t, "collecting goes on", func() bool { return strings.Contains(s.Get(t, "/export/records.csv?lang=en"), "\nB9,") })
	reload(rating, without("colour: red\n"))
	says("the assessment is mended", "disclosure_registry_up 1", "is refused", false)

	const limits = "limits: {at_once: 3}\nretention: {rejects: 1y}\npublic: {listen: '127.0.0.1:0'}\n"
	reload(config, add(limits))
	says("a restart is needed", "disclosure_config_restart_required 1", "public.listen, retention.rejects, limits.at_once", true)
	reload(config, without(limits))
	says("no restart is needed", "disclosure_config_restart_required 0", "needs a restart", false)
	s.End()
}
