package main

import (
	"errors"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/queries/model"
	"yangguang/queries/storage"
)

func TestCalendarUntil(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	day := func(year int, month time.Month, day int) model.CalendarDay {
		return model.CalendarDay{Date: time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
	}
	for name, test := range map[string]struct {
		days []model.CalendarDay
		want time.Time
	}{
		"none":             {nil, time.Time{}},
		"this year":        {[]model.CalendarDay{day(2026, 10, 1), day(2026, 2, 17)}, time.Date(2027, 1, 1, 0, 0, 0, 0, zone)},
		"and the next one": {[]model.CalendarDay{day(2027, 1, 1), day(2026, 10, 1)}, time.Date(2028, 1, 1, 0, 0, 0, 0, zone)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := calendarUntil(test.days, zone); !got.Equal(test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// What is wrong is said once, by pages and metrics alike; what is well, or not known, is not.
func TestCondition(t *testing.T) {
	now := time.Now()
	day := func(days int) time.Time { return now.AddDate(0, 0, days) }
	wrong := errors.New("wrong")
	zero := uint16(0)
	for name, test := range map[string]struct {
		condition *condition
		backup    backupConfig
		notices   []string
		overdue   string // "", yes, no
	}{
		"nothing is known":                      {&condition{}, backupConfig{}, nil, ""},
		"well":                                  {&condition{calendar: day(40), removal: nightly{begun: now}, times: &storage.OwnTimes{FirstLoad: day(-99), LastBackup: day(-29)}}, backupConfig{}, nil, "no"},
		"registry":                              {&condition{registry: wrong}, backupConfig{}, []string{"notice.registry"}, ""},
		"assessment":                            {&condition{registry: userMistake(wrong)}, backupConfig{}, []string{"notice.assessment"}, ""},
		"configuration":                         {&condition{config: wrong, restart: []string{"limits"}}, backupConfig{}, []string{"notice.config", "notice.restart"}, ""},
		"calendar in December":                  {&condition{calendar: day(30)}, backupConfig{}, []string{"notice.calendar"}, ""},
		"calendar of years ago":                 {&condition{calendar: day(-400)}, backupConfig{}, []string{"notice.calendar"}, ""},
		"retention":                             {&condition{removal: nightly{now, wrong}}, backupConfig{}, []string{"notice.retention"}, ""},
		"retention, before a restart":           {&condition{times: &storage.OwnTimes{Removal: storage.Removed{BegunAt: now, Failed: true}}}, backupConfig{}, []string{"notice.retention"}, ""},
		"retention, made up for by hand":        {&condition{removal: nightly{day(-1), wrong}, times: &storage.OwnTimes{Removal: storage.Removed{BegunAt: now}}}, backupConfig{}, nil, ""},
		"an old backup":                         {&condition{times: &storage.OwnTimes{FirstLoad: day(-99), LastBackup: day(-31)}}, backupConfig{}, []string{"notice.backup"}, "yes"},
		"an old backup, which nobody minds":     {&condition{times: &storage.OwnTimes{FirstLoad: day(-99), LastBackup: day(-31)}}, backupConfig{&zero}, nil, ""},
		"no backup of a new database":           {&condition{times: &storage.OwnTimes{FirstLoad: day(-29)}}, backupConfig{}, nil, "no"},
		"no backup for a month":                 {&condition{times: &storage.OwnTimes{FirstLoad: day(-31)}}, backupConfig{}, []string{"notice.no_backup"}, "yes"},
		"no backup, and no registry":            {&condition{times: &storage.OwnTimes{}}, backupConfig{}, nil, ""},
		"a database restored from a backup now": {&condition{times: &storage.OwnTimes{FirstLoad: day(-99)}}, backupConfig{}, []string{"notice.no_backup"}, "yes"},
	} {
		t.Run(name, func(t *testing.T) {
			a := &application{config: &config{Backup: test.backup}, condition: test.condition}
			var said []string
			for _, notice := range a.notices() {
				said = append(said, notice.Message)
				if notice.Public {
					t.Errorf("%s is for everyone", notice.Message)
				}
			}
			if !slices.Equal(said, test.notices) {
				t.Errorf("the pages say %q, want %q", said, test.notices)
			}
			overdue := ""
			if own := a.own(); own.BackupOverdue != nil {
				overdue = map[bool]string{true: "yes", false: "no"}[*own.BackupOverdue]
			}
			if overdue != test.overdue {
				t.Errorf("overdue: %q, want %q", overdue, test.overdue)
			}
		})
	}
}

// A running program says on its pages and in its metrics what became of a wrong registry, a wrong configuration and a change that needs a restart.
func TestOwnState(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	s := p.serve(t)
	units, config := p.directory+"/units.csv", p.directory+"/yangguang.yaml"
	says := func(what string, series string, sentence string, wrong bool) {
		t.Helper()
		waitUntil(t, what, func() bool {
			return strings.Contains(s.get(t, "/metrics"), "\n"+series+"\n") && strings.Contains(s.get(t, "/methodology?lang=en"), sentence) == wrong
		})
	}
	reload := func(path string, changed func(string) string) {
		t.Helper()
		change(t, path, changed)
		send(t, s.process, syscall.SIGHUP)
	}
	add := func(text string) func(string) string { return func(before string) string { return before + text } }
	without := func(text string) func(string) string {
		return func(before string) string { return strings.TrimSuffix(before, text) }
	}

	says("all is well", "disclosure_registry_up 1", "registry files are refused", false)
	if page := s.get(t, "/metrics"); !strings.Contains(page, "\nyangguang_build_info{") || !strings.Contains(page, "\ndisclosure_config_restart_required 0\n") {
		t.Errorf("the metrics lack the program itself:\n%s", page)
	}
	waitUntil(t, "the registry's time is known", func() bool {
		return strings.Contains(s.get(t, "/metrics"), "\ndisclosure_registry_loaded_timestamp_seconds ")
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

	rating := p.directory + "/assessment.yaml"
	writeFile(t, rating, "ratings: {excellent: 90}\n")
	reload(config, add("assessment: assessment.yaml\n"))
	says("the assessment is in force", "disclosure_registry_up 1", "90", true)
	reload(rating, add("colour: red\n"))
	reload(p.directory+"/ledgers/b.csv", add("B9,T1,A1,more,2026Q2,2026-07-09\n"))
	says("the assessment is refused", "disclosure_registry_up 0", "The assessment, or what a source covers, is refused", true)
	waitUntil(t, "collecting goes on", func() bool { return strings.Contains(s.get(t, "/export/records.csv?lang=en"), "\nB9,") })
	reload(rating, without("colour: red\n"))
	says("the assessment is mended", "disclosure_registry_up 1", "is refused", false)

	const limits = "limits: {at_once: 3}\nretention: {rejects: 1y}\npublic: {listen: '127.0.0.1:0'}\n"
	reload(config, add(limits))
	says("a restart is needed", "disclosure_config_restart_required 1", "public.listen, retention.rejects, limits.at_once", true)
	reload(config, without(limits))
	says("no restart is needed", "disclosure_config_restart_required 0", "needs a restart", false)
	s.end()
}
