package feeds

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// ahead is how many days ahead, and of a unit also back, a calendar goes.
const ahead = figures.DueDays

// event is a day of the calendar.
type event struct {
	id, summary, about, link string
	day                      time.Time
	alarms                   bool
}

// alarms are when one is reminded, before the due day begins: at nine in the morning five days and two days before.
func alarms() []string { return []string{"-P4DT15H", "-P1DT15H"} }

// calendar answers: what falls due when? Of a unit each obligation is an event, also what is past its due day and not met; of more units what falls due on
// a day of one item is.
func calendar(ctx context.Context, a *request) (string, error) {
	unread, err := a.unread(ctx)
	if err != nil {
		return "", err
	}
	var events []event
	if a.Question.Unit != "" {
		events, err = a.ofUnit(ctx)
	} else {
		events, err = a.ofArea(ctx)
	}
	if err != nil {
		return "", err
	}
	var ics ical
	ics.line("BEGIN:VCALENDAR")
	ics.line("VERSION:2.0")
	ics.line("PRODID:-//Yangguang//Yangguang//EN")
	ics.line("CALSCALE:GREGORIAN")
	ics.line("METHOD:PUBLISH")
	ics.text("X-WR-CALNAME", a.T("feed.calendar", "Name", a.name))
	if unread != "" {
		ics.text("X-WR-CALDESC", unread)
	}
	ics.line("REFRESH-INTERVAL;VALUE=DURATION:PT6H")
	for _, e := range events {
		ics.event(e, a.Now, a.host(), unread)
	}
	ics.line("END:VCALENDAR")
	return ics.String(), nil
}

// ofUnit are what one unit owes.
func (a *request) ofUnit(ctx context.Context) (events []event, err error) {
	question := a.Question
	question.From, question.To = question.AsOf.AddDate(0, 0, -ahead), question.AsOf.AddDate(0, 0, ahead)
	rows, err := ask.Run(ctx, a.Store, ask.Obligations, question)
	times := map[string]int{}
	for _, row := range rows {
		if row.DueOn == nil || row.State != "pending" && row.State != "lapsed" && row.State != "unverified" {
			continue
		}
		day := model.Today(*row.DueOn)
		if day.Before(question.From) { // standing, of long ago
			continue
		}
		key := idOf(row.UnitID, row.ItemID, row.Period, day.Format(time.DateOnly))
		times[key]++
		name := row.Item
		if row.Period != "" {
			name += " " + a.PeriodText(row.Cadence, row.Period)
		}
		events = append(events, event{
			id: fmt.Sprint(key, "-", times[key]), day: day, summary: a.T("feed.event."+row.State, "Name", name), about: a.T("feed.about." + row.State),
			link: a.address(page.UnitPath(row.UnitID), nil), alarms: row.State == "pending",
		})
	}
	return events, err
}

// ofArea are what the units of an area owe, and how much of theirs nobody has looked for.
func (a *request) ofArea(ctx context.Context) (events []event, err error) {
	query := url.Values{}
	if a.Question.Within != "" {
		query.Set("within", a.Question.Within)
	}
	link := a.address("/lapsed", query)
	rows, err := ask.Run(ctx, a.Store, ask.Due(ahead), a.Question)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		day := model.Today(row.DueOn)
		names := strings.Join(row.Names, a.T("list.comma"))
		if further := int(row.Units) - len(row.Names); further > 0 { //nolint:gosec // a count
			names += a.T("list.further", "Count", further)
		}
		events = append(events, event{
			id:  idOf(a.Question.Within, a.Question.Group, a.Question.Programme, a.Question.Focus, row.ItemID, day.Format(time.DateOnly)),
			day: day, summary: a.T("feed.event.pending", "Name", row.Item+" "+a.T("unit.obligations", "Count", row.Obligations)), about: names, link: link, alarms: true,
		})
	}
	unverified, err := ask.Run(ctx, a.Store, ask.Unverified(1), a.Question)
	if err == nil && len(unverified) > 0 {
		events = append(events, event{
			id: idOf("unverified", a.Question.Within, a.Question.Group, a.Question.Programme, a.Question.Focus), day: a.Question.AsOf,
			summary: a.T("feed.some_unverified", "Count", unverified[0].Found), about: a.T("feed.about.unverified"), link: link + "#unverified",
		})
	}
	return events, err
}

// ical writes a calendar by RFC 5545: lines end with CRLF and are folded at 75 octets, never within a letter.
type ical struct{ strings.Builder }

// octets is how long a line is at most.
const octets = 75

func (w *ical) line(line string) {
	room := octets
	for len(line) > room {
		end := room
		for line[end]&0xC0 == 0x80 { // within a letter
			end--
		}
		w.WriteString(line[:end] + "\r\n ")
		line, room = line[end:], octets-1
	}
	w.WriteString(line + "\r\n")
}

// escaped are the letters that mean something in a text.
var escaped = strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n", "\r", "\\n")

// text writes a property with a text; other control characters have no place in one.
func (w *ical) text(name, text string) {
	w.line(name + ":" + strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7F {
			return ' '
		}
		return r
	}, escaped.Replace(text)))
}

// event writes an event of a whole day.
func (w *ical) event(e event, now time.Time, host, unread string) {
	const day = "20060102"
	w.line("BEGIN:VEVENT")
	w.line("UID:" + e.id + "@" + host)
	w.line("DTSTAMP:" + now.UTC().Format("20060102T150405Z"))
	w.line("DTSTART;VALUE=DATE:" + e.day.Format(day))
	w.line("DTEND;VALUE=DATE:" + e.day.AddDate(0, 0, 1).Format(day))
	w.text("SUMMARY", e.summary)
	about := []string{e.about}
	if unread != "" {
		about = append(about, unread)
	}
	if strings.HasPrefix(e.link, "http") { // else external_url is not set: it would lead nowhere
		about = append(about, e.link)
		w.line("URL:" + e.link)
	}
	w.text("DESCRIPTION", strings.Join(about, "\n"))
	w.line("TRANSP:TRANSPARENT")
	if e.alarms {
		for _, before := range alarms() {
			w.line("BEGIN:VALARM")
			w.line("ACTION:DISPLAY")
			w.line("TRIGGER:" + before)
			w.text("DESCRIPTION", e.summary)
			w.line("END:VALARM")
		}
	}
	w.line("END:VEVENT")
}
