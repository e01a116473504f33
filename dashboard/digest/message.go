package digest

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/digests"
)

// Message is one digest or reminder, ready to be sent.
type Message struct {
	ID      string // the same for the same message, however often it is tried
	Kind    string // digests.Changes or digests.Reminders
	Reader  string
	Subject string
	Lines   []string // with the subject at most MostCharacters
	Links   []Link   // the most important first
	Sheet   []byte   // CSV; nil: not attached
	File    string   // its name
	Changes Changes
	Remind  Reminder // of a reminder
}

// Any tells whether there is something to say.
func (m Message) Any() bool {
	if m.Kind == digests.Reminders {
		return m.Remind.Any()
	}
	return m.Changes.Any()
}

// Link leads to a page or a file.
type Link struct{ Text, URL string }

// MostCharacters is how long subject and lines are at most, in characters.
const MostCharacters = 300

// How long names are at most, in characters.
const (
	areaCharacters = 40
	nameCharacters = 30
)

// line is a line of a message and what may be named in it if there is room.
type line struct {
	text   string
	weight int // lines of the smallest weight are left out first, if there is no room; 0: never
	names  []string
	of     uint64 // how many the names are taken from
}

// writer writes messages.
type writer struct {
	printer  language.Printer
	base     string // external_url without a slash at its end
	district string
}

// write puts what changed into words. unknown is the day of a message of which it is not known whether it arrived; zero: none.
func (w writer) write(c Changes, within string, unknown time.Time) Message {
	day := c.Now.AsOf.Format(time.DateOnly)
	area := cmp.Or(c.Area, w.district, w.printer.T("digest.everything"))
	m := Message{Subject: w.printer.T("digest.subject", "Area", shortened(area, areaCharacters), "Day", day), Changes: c, Links: w.links(c, within)}
	m.Lines = w.fit(m.Subject, w.lines(c, unknown))
	m.File = w.printer.T("digest.sheet", "Day", day)
	return m
}

// lines are what there is to say, with what is left out first if there is no room.
func (w writer) lines(c Changes, unknown time.Time) (lines []line) {
	say := func(wanted bool, weight int, id string, values ...any) {
		if wanted {
			lines = append(lines, line{text: w.printer.T("digest."+id, values...), weight: weight})
		}
	}
	say(c.First, 0, "first")
	say(!c.First, 0, "since", "Day", c.Before.AsOf.Format(time.DateOnly))
	if c.New > 0 && !c.First {
		lines = append(lines, line{text: w.printer.T("digest.new", "Number", c.New), names: w.named(c.NewNamed), of: c.New})
	}
	if c.Mended > 0 {
		lines = append(lines, line{text: w.printer.T("digest.mended", "Number", c.Mended), names: w.named(c.MendedOnes), of: c.Mended})
	}
	say(c.Otherwise > 0, 5, "otherwise", "Number", c.Otherwise)
	say(c.Lapsed > 0, 0, "lapsed", "Number", c.Lapsed) // without any nothing is said: there may be some that nobody has looked for
	say(c.Due > 0, 6, "due", "Number", c.Due, "Days", dueDays)
	if c.Own != nil {
		say(c.Own.Rank == c.Own.Before, 4, "rank", "Rank", c.Own.Rank, "Of", c.Own.Of)
		say(c.Own.Rank != c.Own.Before, 4, "rank_moved", "Rank", c.Own.Rank, "Of", c.Own.Of, "Before", c.Own.Before)
	}
	say(c.Up+c.Down > 0, 2, "moved", "Up", c.Up, "Down", c.Down)
	say(c.Open > 0 && c.Overdue == 0, 3, "notices", "Number", c.Open)
	say(c.Overdue > 0, 3, "notices_overdue", "Number", c.Open, "Overdue", c.Overdue)
	return append(lines, w.lacking(c.Unverified, c.Failing, unknown)...)
}

// lacking says what the figures lack, and the day of a message of which it is not known whether it arrived.
func (w writer) lacking(unverified uint64, failing []string, unknown time.Time) (lines []line) {
	if unverified > 0 {
		lines = append(lines, line{text: w.printer.T("digest.unverified", "Number", unverified)})
	}
	if len(failing) > 0 {
		name := shortened(failing[0], nameCharacters)
		if len(failing) > 1 {
			name = w.printer.T("digest.more", "Names", name)
		}
		lines = append(lines, line{text: w.printer.T("digest.failing", "Number", len(failing), "Name", name)})
	}
	if !unknown.IsZero() {
		lines = append(lines, line{text: w.printer.T("digest.unknown", "Day", unknown.Format(time.DateOnly)), weight: 1})
	}
	return lines
}

// named writes obligations as a reader knows them.
func (w writer) named(ones []Named) (names []string) {
	for _, one := range ones {
		names = append(names, shortened(strings.TrimSpace(shortened(one.Unit, nameCharacters)+" "+shortened(one.Item, nameCharacters)+" "+one.Period), 2*nameCharacters))
	}
	return names
}

// fit leaves out what does not fit beside the subject, and names as many as fit.
func (w writer) fit(subject string, lines []line) []string {
	length := func() int {
		characters := utf8.RuneCountInString(subject)
		for _, line := range lines {
			characters += 1 + utf8.RuneCountInString(line.text)
		}
		return characters
	}
	for length() > MostCharacters {
		least := -1
		for i, line := range lines {
			if line.weight > 0 && (least < 0 || line.weight < lines[least].weight) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		lines = slices.Delete(lines, least, least+1)
	}
	bare := make([]string, len(lines))
	for i, line := range lines {
		bare[i] = line.text
	}
	for named := 1; named <= mostNamed; named++ { // one of each line, then two
		for i := range lines {
			if len(lines[i].names) < named {
				continue
			}
			before := lines[i].text
			names := strings.Join(lines[i].names[:named], w.printer.T("digest.separator"))
			if uint64(named) < lines[i].of { //nolint:gosec // small
				names = w.printer.T("digest.more", "Names", names)
			}
			if lines[i].text = w.printer.T("digest.names", "Line", bare[i], "Names", names); length() > MostCharacters {
				lines[i].text, lines[i].names = before, nil
			}
		}
	}
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.text
	}
	return texts
}

// links lead to the pages of the area, and to the sheet of what was known.
func (w writer) links(c Changes, within string) []Link {
	area := url.Values{}
	if within != "" {
		area.Set("within", within)
	}
	links := []Link{{w.printer.T("digest.link.lapsed"), w.address("/lapsed", area)}}
	if within != "" {
		links = append(links, Link{w.printer.T("digest.link.unit"), w.address("/unit/"+url.PathEscape(within), nil)})
	} else {
		links = append(links, Link{w.printer.T("digest.link.overview"), w.address("/", nil)})
	}
	sheet := export.QuestionValues(c.Now.question(within))
	links = append(links, Link{w.printer.T("digest.link.sheet"), w.address("/export/lapsed.csv", sheet)})
	if c.Open > 0 {
		links = append(links, Link{w.printer.T("digest.link.supervision"), w.address("/supervision", area)})
	}
	return links
}

// address is one of our pages.
func (w writer) address(path string, query url.Values) string {
	if encoded := query.Encode(); encoded != "" {
		path += "?" + encoded
	}
	return w.base + path
}

// plain is the message as text of at most so many bytes: links that do not fit are left out, the last first.
func (m Message) plain(most int) string {
	text := strings.Join(append([]string{m.Subject}, m.Lines...), "\n")
	for _, link := range m.Links {
		added := "\n" + link.Text + " " + link.URL
		if len(text)+len(added) > most {
			break
		}
		text += added
	}
	return text
}

// shortened is a name on one line, of at most so many characters.
func shortened(name string, most int) string {
	name = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)), " ")
	if characters := []rune(name); len(characters) > most {
		return string(characters[:most-1]) + "…"
	}
	return name
}
