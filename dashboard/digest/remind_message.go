package digest

import (
	"cmp"
	"net/url"
	"time"

	"yangguang/dashboard/digest/channel"
)

// remind puts a reminder into words. unknown is the day of one of which it is not known whether it arrived; zero: none.
func (w writer) remind(r channel.Reminder, within string, unknown time.Time) channel.Message {
	area := cmp.Or(r.Area, w.district, w.printer.T("digest.everything"))
	m := channel.Message{Subject: w.printer.T("reminder.subject", "Area", channel.Shortened(area, areaCharacters), "Day", r.Now.AsOf.Format(time.DateOnly)), Remind: r}
	m.Lines = w.fit(m.Subject, append(w.steps(r), w.lacking(r.Unverified, r.Failing, unknown)...))
	query := url.Values{}
	if within != "" {
		query.Set("within", within)
		m.Links = append(m.Links, channel.Link{Text: w.printer.T("digest.link.unit"), URL: w.address("/unit/"+url.PathEscape(within), nil)})
	}
	m.Links = append(m.Links, channel.Link{Text: w.printer.T("digest.link.lapsed"), URL: w.address("/lapsed", query)}, channel.Link{Text: w.printer.T("reminder.link.help"), URL: w.address("/help/alerts", nil)})
	return m
}

// steps are the lines of a reminder: one for each rung, then what else there is.
func (w writer) steps(r channel.Reminder) (lines []line) {
	if r.First && len(r.Steps) > 0 {
		lines = append(lines, line{text: w.printer.T("reminder.first"), weight: 2})
	}
	relayed := uint64(0)
	for i := 0; i < len(r.Steps); {
		rung, number, names := r.Steps[i].Rung, uint64(0), []channel.Named(nil)
		for ; i < len(r.Steps) && r.Steps[i].Rung == rung; i++ {
			number += uint64(r.Steps[i].Obligations)
			names = append(names, r.Steps[i].Named)
			if r.Steps[i].Relayed {
				relayed += uint64(r.Steps[i].Obligations)
			}
		}
		id, days := "reminder.due", -rung
		switch {
		case rung == 1:
			id = "reminder.lapsed"
		case rung > 1:
			id, days = "reminder.lapsed_days", rung
		}
		lines = append(lines, line{text: w.printer.T(id, "Days", days, "Number", number), names: w.named(names[:min(len(names), mostNamed)]), of: number})
	}
	if len(r.Fallen) > 0 {
		var names []string
		for _, one := range r.Fallen[:min(len(r.Fallen), mostNamed)] {
			names = append(names, w.printer.T("reminder.fall", "Unit", channel.Shortened(one.Unit, nameCharacters), "Before", one.Before, "Now", one.Now))
		}
		lines = append(lines, line{text: w.printer.T("reminder.fallen", "Number", len(r.Fallen)), names: names, of: uint64(len(r.Fallen))})
	}
	if len(r.Corrected) > 0 {
		lines = append(lines, line{
			text:  w.printer.T("reminder.corrected", "Number", len(r.Corrected)),
			names: w.named(r.Corrected[:min(len(r.Corrected), mostNamed)]), of: uint64(len(r.Corrected)),
		})
	}
	if relayed > 0 {
		lines = append(lines, line{text: w.printer.T("reminder.relayed", "Number", relayed), weight: 3})
	}
	return lines
}
