package digest

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yangguang/dashboard/digest/channel"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
)

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
func (w writer) write(c channel.Changes, within string, unknown time.Time) channel.Message {
	day := c.Now.AsOf.Format(time.DateOnly)
	area := cmp.Or(c.Area, w.district, w.printer.T("digest.everything"))
	m := channel.Message{Subject: w.printer.T("digest.subject", "Area", channel.Shortened(area, areaCharacters), "Day", day), Changes: c, Links: w.links(c, within)}
	m.Lines = w.fit(m.Subject, w.lines(c, unknown))
	m.File = w.printer.T("digest.sheet", "Day", day)
	return m
}

// lines are what there is to say, with what is left out first if there is no room.
func (w writer) lines(c channel.Changes, unknown time.Time) (lines []line) {
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
	say(c.Findings > 0, 3, "findings", "Number", c.Findings)
	return append(lines, w.lacking(c.Unverified, c.Failing, unknown)...)
}

// lacking says what the figures lack, and the day of a message of which it is not known whether it arrived.
func (w writer) lacking(unverified uint64, failing []string, unknown time.Time) (lines []line) {
	if unverified > 0 {
		lines = append(lines, line{text: w.printer.T("digest.unverified", "Number", unverified)})
	}
	if len(failing) > 0 {
		name := channel.Shortened(failing[0], nameCharacters)
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
func (w writer) named(ones []channel.Named) (names []string) {
	for _, one := range ones {
		names = append(names, channel.Shortened(strings.TrimSpace(channel.Shortened(one.Unit, nameCharacters)+" "+channel.Shortened(one.Item, nameCharacters)+" "+one.Period), 2*nameCharacters))
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
func (w writer) links(c channel.Changes, within string) []channel.Link {
	area := url.Values{}
	if within != "" {
		area.Set("within", within)
	}
	links := []channel.Link{{Text: w.printer.T("digest.link.lapsed"), URL: w.address("/lapsed", area)}}
	if within != "" {
		links = append(links, channel.Link{Text: w.printer.T("digest.link.unit"), URL: w.address("/unit/"+url.PathEscape(within), nil)})
	} else {
		links = append(links, channel.Link{Text: w.printer.T("digest.link.overview"), URL: w.address("/", nil)})
	}
	sheet := export.QuestionValues(c.Now.Question(within))
	links = append(links, channel.Link{Text: w.printer.T("digest.link.sheet"), URL: w.address("/export/lapsed.csv", sheet)})
	if c.Open > 0 {
		links = append(links, channel.Link{Text: w.printer.T("digest.link.supervision"), URL: w.address("/supervision", area)})
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
