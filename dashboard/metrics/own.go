package metrics

import (
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Own is the state of the program itself: what operators must mend. It is known without ClickHouse.
type Own struct {
	Version         string
	URL             string    // where readers open the pages; empty: not configured
	RegistryRefused bool      // the files are refused; the last good registry is in force
	RegistryHeld    *bool     // whether a changed registry waits until somebody accepts it; nil: none is ever held back
	RegistryLoaded  time.Time // the registry in force; zero: not known
	FirstLook       time.Time // when the first collection that was a look ended; zero: not known
	CalendarUntil   time.Time // end of the last year that the calendar has days of; zero: it has none
	ConfigRefused   bool      // the changed configuration is refused; the one before is in force
	ConfigRestart   bool      // some of the changed configuration needs a restart
	Retention       *bool     // whether the last nightly removal succeeded; nil: there was none yet
	LastBackup      time.Time // zero: none is known
	BackupOverdue   *bool     // whether the last backup is longer ago than the configuration allows; nil: not watched, or not known
	WebConfig       *bool     // whether web_config is in force as it stands; nil: there is none

	// Readers whose last digest or reminder was refused, or perhaps did not arrive, by that state; nil: nobody gets any.
	Unsettled map[string]int
}

// The series of the program's own state.
var (
	registryUp     = describe("registry_up", "Whether the registry files are in force, 1 or 0; at 0 they are refused and the last good ones stay in force.")
	registryHeld   = describe("registry_held", "Whether a changed registry is held back until somebody accepts it, 1 or 0; absent without registry.hold.")
	registryLoaded = describe("registry_loaded_timestamp_seconds", "When the registry in force was loaded, in seconds since 1970.")
	firstLook      = describe("first_look_timestamp_seconds", "When the first collection that was a look ended, in seconds since 1970; absent before. What had lapsed before is told all at once.")
	calendarUntil  = describe("calendar_until_timestamp_seconds",
		"End of the last year of which the calendar has days, in seconds since 1970; absent without a calendar.")
	configReloaded = describe("config_last_reload_successful", "Whether the configuration file is in force, 1 or 0; at 0 a change of it is refused and the one before stays in force.")
	configRestart  = describe("config_restart_required", "Whether a change of the configuration waits for a restart, 1 or 0.")
	retentionOK    = describe("retention_last_run_successful", "Whether the last removal of what the retention policy lets go succeeded, 1 or 0, also one before a restart; absent before the first.")
	backupLast     = describe("backup_last_timestamp_seconds", "When the last backup was finished, in seconds since 1970; absent when none is known.")
	backupOverdue  = describe("backup_overdue", "Whether the last backup is longer ago than backup.warn_after_days, 1 or 0; absent when that is 0.")
	unsettled      = describe("digests_unsettled",
		"Readers whose last digest or reminder was refused (state refused) or perhaps did not arrive (unknown); absent where nobody gets any.", "state")
	webConfigUp = describe("web_config_up", "Whether web_config is in force as it stands, 1 or 0; at 0 a change of it is refused and the last users stay in force; absent without web_config.")
	siteInfo    = prometheus.NewDesc("yangguang_site_info", "Where readers open the pages (external_url); always 1; absent without it.", []string{"url"}, nil)
	buildInfo   = prometheus.NewDesc("yangguang_build_info", "The program's version and the version of Go that built it; always 1.", []string{"version", "goversion"}, nil)
)

func ownDescriptions() []*prometheus.Desc {
	return []*prometheus.Desc{registryUp, registryHeld, registryLoaded, firstLook, calendarUntil, configReloaded, configRestart, retentionOK, backupLast, backupOverdue, unsettled, webConfigUp, siteInfo, buildInfo}
}

// ownState gives the series of the program's own state to every scrape.
type ownState func() Own

func (o ownState) Describe(out chan<- *prometheus.Desc) {
	for _, described := range ownDescriptions() {
		out <- described
	}
}

func (o ownState) Collect(out chan<- prometheus.Metric) {
	own := o()
	one := map[bool]float64{true: 1}
	out <- gauge(buildInfo, 1, own.Version, runtime.Version())
	if own.URL != "" {
		out <- gauge(siteInfo, 1, own.URL)
	}
	out <- gauge(registryUp, one[!own.RegistryRefused])
	out <- gauge(configReloaded, one[!own.ConfigRefused])
	out <- gauge(configRestart, one[own.ConfigRestart])
	for state, readers := range own.Unsettled {
		out <- gauge(unsettled, float64(readers), state)
	}
	for description, at := range map[*prometheus.Desc]time.Time{registryLoaded: own.RegistryLoaded, firstLook: own.FirstLook, calendarUntil: own.CalendarUntil, backupLast: own.LastBackup} {
		if !at.IsZero() {
			out <- gauge(description, float64(at.UnixMilli())/1000)
		}
	}
	for description, holds := range map[*prometheus.Desc]*bool{registryHeld: own.RegistryHeld, retentionOK: own.Retention, backupOverdue: own.BackupOverdue, webConfigUp: own.WebConfig} {
		if holds != nil {
			out <- gauge(description, one[*holds])
		}
	}
}
