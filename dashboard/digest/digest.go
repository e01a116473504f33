// Package digest sends readers what has changed since their last message (what lapsed, was mended, falls due, ranks and notices of their area), and
// reminds them of what is due or was, up a ladder of roles. Each message is sent once.
package digest

import (
	"embed"
	"fmt"
	"time"

	"yangguang/dashboard/digest/channel"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

//go:embed messages/*.yaml
var messages embed.FS

// Reader is somebody who gets digests, reminders or both.
type Reader struct {
	Name     string
	Within   string // unit_id whose subtree is his area; empty: everything
	Role     Role   // whose reminders he gets; empty: none
	Silent   bool   // he gets no digests
	Daily    bool   // digests on every working day; else on the first of a week
	Language string // zh or en
	Sheet    bool   // the sheet of lapses is attached, where the channel can
	Channel  channel.Channel

	contact bool // the contact of the unit Within, reminded of the unit itself and, of towns and the committee, in their role
}

// ContactName begins the names of readers who are contacts; the unit_id follows.
const ContactName = "contact:"

// Load adds the texts of digests to a bundle.
func Load() (*language.Bundle, error) {
	bundle, err := language.Load()
	if err == nil {
		err = bundle.Add(messages)
	}
	if err != nil {
		return nil, fmt.Errorf("digests: %w", err)
	}
	return bundle, nil
}

// Hours are when digests are sent, as times since midnight.
type Hours struct{ From, To time.Duration }

// Due is the day whose digest is to have been sent by now, in now's zone: for who gets one daily today, else the first working day of this week. Digests
// go out on working days within the hours; ok is false at other times.
func (h Hours) Due(now time.Time, daily bool, calendar Calendar) (day time.Time, ok bool) {
	today := model.Today(now)
	year, month, date := now.Date()
	clock := now.Sub(time.Date(year, month, date, 0, 0, 0, 0, now.Location()))
	if !calendar.Working(today) || clock < h.From || clock >= h.To {
		return time.Time{}, false
	}
	if daily {
		return today, true
	}
	for day = today.AddDate(0, 0, -int(today.Weekday()+6)%7); !calendar.Working(day); {
		day = day.AddDate(0, 0, 1)
	}
	return day, true
}
