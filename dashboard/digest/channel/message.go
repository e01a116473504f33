package channel

import (
	"strings"
	"unicode"

	"yangguang/queries/digests"
)

// Message is one digest or reminder, ready to be sent.
type Message struct {
	ID      string // the same for the same message, however often it is tried
	Kind    string // digests.Changes or digests.Reminders
	Reader  string
	Subject string
	Lines   []string // with the subject at most MostCharacters of package digest
	Links   []Link   // the most important first
	Sheet   []byte   // CSV; nil: not attached
	File    string   // its name
	Changes Changes
	Remind  Reminder // of a reminder
}

// Any reports whether there is something to say.
func (m Message) Any() bool {
	if m.Kind == digests.Reminders {
		return m.Remind.Any()
	}
	return m.Changes.Any()
}

// Link leads to a page or a file.
type Link struct{ Text, URL string }

// Plain is the message as text of at most so many bytes: links that do not fit are left out, the last first.
func (m Message) Plain(most int) string {
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

// Shortened is a name on one line, of at most so many characters.
func Shortened(name string, most int) string {
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
