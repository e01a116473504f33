package application

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
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
		condition *Condition
		backup    config.Backup
		notices   []string
		overdue   string // "", yes, no
	}{
		"nothing is known":                      {&Condition{}, config.Backup{}, nil, ""},
		"well":                                  {&Condition{calendar: day(40), removal: nightly{begun: now}, times: &storage.OwnTimes{FirstLoad: day(-99), LastBackup: day(-29)}}, config.Backup{}, nil, "no"},
		"registry":                              {&Condition{registry: wrong}, config.Backup{}, []string{"notice.registry"}, ""},
		"assessment":                            {&Condition{registry: terminal.Mistake(wrong)}, config.Backup{}, []string{"notice.assessment"}, ""},
		"configuration":                         {&Condition{config: wrong, restart: []string{"limits"}}, config.Backup{}, []string{"notice.config", "notice.restart"}, ""},
		"calendar in December":                  {&Condition{calendar: day(30)}, config.Backup{}, []string{"notice.calendar"}, ""},
		"calendar of years ago":                 {&Condition{calendar: day(-400)}, config.Backup{}, []string{"notice.calendar"}, ""},
		"retention":                             {&Condition{removal: nightly{now, wrong}}, config.Backup{}, []string{"notice.retention"}, ""},
		"retention, before a restart":           {&Condition{times: &storage.OwnTimes{Removal: storage.Removed{BegunAt: now, Failed: true}}}, config.Backup{}, []string{"notice.retention"}, ""},
		"retention, made up for by hand":        {&Condition{removal: nightly{day(-1), wrong}, times: &storage.OwnTimes{Removal: storage.Removed{BegunAt: now}}}, config.Backup{}, nil, ""},
		"an old backup":                         {&Condition{times: &storage.OwnTimes{FirstLoad: day(-99), LastBackup: day(-31)}}, config.Backup{}, []string{"notice.backup"}, "yes"},
		"an old backup, which nobody minds":     {&Condition{times: &storage.OwnTimes{FirstLoad: day(-99), LastBackup: day(-31)}}, config.Backup{WarnAfterDays: &zero}, nil, ""},
		"no backup of a new database":           {&Condition{times: &storage.OwnTimes{FirstLoad: day(-29)}}, config.Backup{}, nil, "no"},
		"no backup for a month":                 {&Condition{times: &storage.OwnTimes{FirstLoad: day(-31)}}, config.Backup{}, []string{"notice.no_backup"}, "yes"},
		"no backup, and no registry":            {&Condition{times: &storage.OwnTimes{}}, config.Backup{}, nil, ""},
		"a database restored from a backup now": {&Condition{times: &storage.OwnTimes{FirstLoad: day(-99)}}, config.Backup{}, []string{"notice.no_backup"}, "yes"},
	} {
		t.Run(name, func(t *testing.T) {
			a := &Application{Config: &config.Config{Backup: test.backup}, Condition: test.condition}
			var said []string
			for _, notice := range a.Notices() {
				said = append(said, notice.Message)
				if notice.Public {
					t.Errorf("%s is for everyone", notice.Message)
				}
			}
			if !slices.Equal(said, test.notices) {
				t.Errorf("the pages say %q, want %q", said, test.notices)
			}
			overdue := ""
			if own := a.Own(); own.BackupOverdue != nil {
				overdue = map[bool]string{true: "yes", false: "no"}[*own.BackupOverdue]
			}
			if overdue != test.overdue {
				t.Errorf("overdue: %q, want %q", overdue, test.overdue)
			}
		})
	}
}
