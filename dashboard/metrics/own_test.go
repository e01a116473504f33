package metrics

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestOwnState(t *testing.T) {
	yes, no := true, false
	at := time.Unix(1_800_000_000, 0)
	for name, test := range map[string]struct {
		own         Own
		wants, nots []string
	}{
		"well": {
			Own{Version: "1.2", URL: "https://yangguang.example", RegistryLoaded: at, FirstLook: at, CalendarUntil: at, LastBackup: at, Retention: &yes, BackupOverdue: &no, WebConfig: &yes, RegistryHeld: &no},
			[]string{
				`yangguang_build_info{goversion="go`, `version="1.2"} 1`, `yangguang_site_info{url="https://yangguang.example"} 1`, "disclosure_registry_up 1", "disclosure_registry_held 0", "disclosure_registry_loaded_timestamp_seconds 1.8e+09",
				"disclosure_calendar_until_timestamp_seconds 1.8e+09", "disclosure_config_last_reload_successful 1", "disclosure_config_restart_required 0",
				"disclosure_retention_last_run_successful 1", "disclosure_backup_last_timestamp_seconds 1.8e+09", "disclosure_backup_overdue 0", "disclosure_web_config_up 1",
			},
			nil,
		},
		"unwell": {
			Own{RegistryRefused: true, RegistryHeld: &yes, ConfigRefused: true, ConfigRestart: true, Retention: &no, BackupOverdue: &yes, WebConfig: &no, Unsettled: map[string]int{"refused": 0, "unknown": 2}},
			[]string{
				`disclosure_digests_unsettled{state="refused"} 0`, `disclosure_digests_unsettled{state="unknown"} 2`,
				"disclosure_registry_up 0", "disclosure_registry_held 1", "disclosure_config_last_reload_successful 0", "disclosure_config_restart_required 1",
				"disclosure_retention_last_run_successful 0", "disclosure_backup_overdue 1", "disclosure_web_config_up 0",
			},
			[]string{"disclosure_registry_loaded", "disclosure_calendar_until", "disclosure_backup_last"},
		},
		"little is known": {Own{}, []string{"disclosure_registry_up 1"}, []string{"yangguang_site_info", "disclosure_retention", "disclosure_backup", "disclosure_web_config", "disclosure_digests", "disclosure_registry_held"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := NewHandler(Options{Store: &answers{}, Zone: shanghai(), Now: time.Now, Own: func() Own { return test.own }})
			t.Cleanup(h.Close)
			page := scrape(t, h)
			for _, want := range test.wants {
				if !strings.Contains(page, want) {
					t.Errorf("lacks %s", want)
				}
			}
			for _, not := range test.nots {
				if strings.Contains(page, "\n"+not) {
					t.Errorf("has %s", not)
				}
			}
			problems, err := testutil.CollectAndLint(ownState(func() Own { return test.own }))
			if err != nil || len(problems) > 0 {
				t.Errorf("promlint: %v, %v", problems, err)
			}
		})
	}
	if got := testutil.CollectAndCount(prometheus.Collector(ownState(func() Own {
		return Own{URL: "https://yangguang.example", Retention: &yes, BackupOverdue: &no, WebConfig: &yes, RegistryHeld: &no, RegistryLoaded: at, FirstLook: at, CalendarUntil: at, LastBackup: at, Unsettled: map[string]int{"unknown": 1}}
	}))); got != len(ownDescriptions()) {
		t.Errorf("%d of %d series", got, len(ownDescriptions()))
	}
}
