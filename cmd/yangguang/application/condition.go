package application

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/dashboard/metrics"
	"yangguang/dashboard/page"
	"yangguang/queries/digests"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// Condition is the state of the program itself, as far as operators must mend it: pages tell it to readers, /metrics to the alerts.
type Condition struct {
	mutex    sync.Mutex    // guards the following
	registry error         // why the registry files are refused; nil: they are in force
	calendar time.Time     // end of the last year that the calendar in force has days of; zero: it has none
	config   error         // why the changed configuration is refused; nil: it is in force
	held     registry.Held // a changed registry that waits; none: its Hash is empty
	restart  []string      // keys whose change needs a restart
	removal  nightly       // the last one of this process
	times    *storage.OwnTimes

	digestsKnown                   bool     // what became of digests and reminders
	digestsRefused, digestsUnknown []string // readers whose last digest or reminder was not taken, or perhaps not, with its day
}

// nightly is a removal by the retention policy that this process has tried.
type nightly struct {
	begun time.Time // zero: none yet
	err   error
}

// removed says how the last removal ended, of this process or, as the database knows, of another or before a restart; false: none is known.
func (c *Condition) removed() (failed, known bool) {
	if c.times != nil && c.times.Removal.BegunAt.After(c.removal.begun) {
		return c.times.Removal.Failed, true
	}
	return c.removal.err != nil, !c.removal.begun.IsZero()
}

// conditionLook is how often the database is asked when it was loaded and backed up.
const conditionLook = time.Minute

// FollowOwnTimes asks the database when it was loaded and backed up, until ctx ends; what is known stays while it does not answer.
func (a *Application) FollowOwnTimes(ctx context.Context) {
	timetable.Repeatedly(ctx, 0, func() time.Duration {
		asking, cancel := context.WithTimeout(ctx, conditionLook/2)
		defer cancel()
		if times, err := storage.TimesOf(asking, a.Store); err == nil {
			a.Condition.change(func(c *Condition) { c.times = &times })
		}
		return conditionLook
	})
}

// change lets one write at a time.
func (c *Condition) change(write func(*Condition)) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	write(c)
}

// RemovalEnded notes how a removal by the retention policy ended.
func (c *Condition) RemovalEnded(begun time.Time, err error) {
	c.change(func(c *Condition) { c.removal = nightly{begun, err} })
}

// DigestsAre notes the readers whose last digest or reminder was not taken, or perhaps not, each with its day.
func (c *Condition) DigestsAre(refused, unknown []string) {
	c.change(func(c *Condition) { c.digestsKnown, c.digestsRefused, c.digestsUnknown = true, refused, unknown })
}

// HeldNow is the changed registry that waits; none: its Hash is empty.
func (c *Condition) HeldNow() registry.Held {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.held
}

// registryIs notes the registry in force, and why the files are refused, if they are.
func (c *Condition) registryIs(registry model.Registry, zone *time.Location, refused error) {
	c.change(func(c *Condition) {
		c.calendar, c.registry = calendarUntil(registry.Calendar, zone), refused
	})
}

// refuses reports whether the registry is refused for the same reason already.
func (c *Condition) refuses(reason error) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.registry != nil && c.registry.Error() == reason.Error()
}

// refusedNotice is what pages say of a registry that is refused: its files are wrong, or what the configuration says beside them.
func refusedNotice(reason error) string {
	if errors.Is(reason, terminal.ErrUsage) {
		return "assessment"
	}
	return "registry"
}

// calendarUntil is the end of the last year that a calendar has days of: holidays are announced by the year.
func calendarUntil(days []model.CalendarDay, zone *time.Location) time.Time {
	year := 0
	for _, day := range days {
		year = max(year, day.Date.Year())
	}
	if year == 0 {
		return time.Time{}
	}
	return time.Date(year+1, time.January, 1, 0, 0, 0, 0, zone)
}

// calendarAhead is how long before the end of its days a calendar needs those of the next year: all of December.
const calendarAhead = 31 * 24 * time.Hour

// backupDue is when a backup is overdue: so long after the last one, or after the first registry. Zero: it is not watched, or not known.
func (c *Condition) backupDue(warnAfter time.Duration) time.Time {
	if c.times == nil || warnAfter == 0 {
		return time.Time{}
	}
	from := c.times.FirstLoad
	if c.times.LastBackup.After(from) {
		from = c.times.LastBackup
	}
	if from.IsZero() {
		return time.Time{}
	}
	return from.Add(warnAfter)
}

// Own is what /metrics says of the program itself.
func (a *Application) Own() metrics.Own {
	c := a.Condition
	c.mutex.Lock()
	defer c.mutex.Unlock()
	own := metrics.Own{
		Version: build.Version, URL: strings.TrimRight(a.Config.ExternalURL, "/"), RegistryRefused: c.registry != nil, CalendarUntil: c.calendar, ConfigRefused: c.config != nil, ConfigRestart: len(c.restart) > 0,
	}
	if a.Config.Registry.Hold.Wanted() {
		own.RegistryHeld = new(c.held.Hash != "")
	}
	if c.digestsKnown {
		own.Unsettled = map[string]int{digests.Refused: len(c.digestsRefused), digests.Unknown: len(c.digestsUnknown)}
	}
	if c.times != nil {
		own.RegistryLoaded, own.FirstLook, own.LastBackup = c.times.LastLoad, c.times.FirstLook, c.times.LastBackup
	}
	if failed, known := c.removed(); known {
		own.Retention = new(!failed)
	}
	if due := c.backupDue(a.Config.Backup.WarnAfter()); !due.IsZero() {
		own.BackupOverdue = new(time.Now().After(due))
	}
	if configured, err := a.webConfig(); configured {
		own.WebConfig = new(err == nil)
	}
	return own
}

// webConfig reports whether an address has a web_config, and what is wrong with one.
func (a *Application) webConfig() (configured bool, fault error) {
	for _, door := range a.Doors {
		configured = configured || door.File != ""
		fault = cmp.Or(fault, door.Failing())
	}
	return configured, fault
}

// Notices are what pages say of the program itself, the most important first.
func (a *Application) Notices() (said []page.Notice) {
	c := a.Condition
	c.mutex.Lock()
	defer c.mutex.Unlock()
	say := func(wrong bool, message string, values ...any) {
		if wrong {
			said = append(said, page.Notice{Message: "notice." + message, Values: values})
		}
	}
	say(c.registry != nil, refusedNotice(c.registry))
	_, fault := a.webConfig()
	say(c.held.Hash != "", "registry_held", "Instant", c.held.Since)
	say(fault != nil, "web_config")
	say(c.config != nil, "config")
	say(len(c.restart) > 0, "restart", "Keys", strings.Join(c.restart, ", "))
	say(!c.calendar.IsZero() && time.Until(c.calendar) <= calendarAhead, "calendar", "Year", c.calendar.AddDate(0, 0, -1).Year(), "Next", c.calendar.Year())
	failed, _ := c.removed()
	say(failed, "retention")
	if due := c.backupDue(a.Config.Backup.WarnAfter()); !due.IsZero() && time.Now().After(due) {
		if last := c.times.LastBackup; last.IsZero() {
			say(true, "no_backup")
		} else {
			say(true, "backup", "Instant", last)
		}
	}
	say(len(c.digestsUnknown) > 0, "digest_unknown", "Readers", named(c.digestsUnknown))
	say(len(c.digestsRefused) > 0, "digest_refused", "Readers", named(c.digestsRefused))
	return said
}

// named lists the first of some names.
func named(names []string) string {
	const most = 5
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}
