package web

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"yangguang/collector/title"
)

// cut takes the value out of the texts that the way has found: the first that gives one.
func (w *Way) cut(texts []string) string {
	for _, text := range texts {
		if value := w.cutOne(text); value != "" {
			return value
		}
	}
	return ""
}

func (w *Way) cutOne(text string) string {
	text = squeeze(text) // first: a label may stand after a space of any width
	if w.label != nil {
		end := w.label.FindStringIndex(text)
		if end == nil {
			return ""
		}
		text = text[end[1]:]
	}
	if w.match != nil || w.As != "" {
		text = w.matched(text)
	}
	if w.Skip > 0 || w.Take > 0 {
		letters := []rune(text)
		letters = letters[min(w.Skip, len(letters)):]
		if w.Take > 0 {
			letters = letters[:min(w.Take, len(letters))]
		}
		text = string(letters)
	}
	if w.Epoch {
		text = epochTime(text)
	}
	return squeeze(text)
}

// whole matches any text, for a template without an expression.
var whole = regexp.MustCompile(`(?s)^.*$`)

func (w *Way) matched(text string) string {
	pattern := w.match
	if pattern == nil {
		pattern = whole
	}
	match := pattern.FindStringSubmatchIndex(text)
	switch {
	case match == nil || text == "":
		return ""
	case w.As != "":
		return title.Expand(pattern, w.As, text, match)
	case len(match) > 2 && match[2] >= 0:
		return text[match[2]:match[3]]
	case len(match) > 2:
		return ""
	}
	return text[match[0]:match[1]]
}

// squeeze makes one space of every run of white space and trims, as a browser shows text.
func squeeze(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

// millisecondsFrom: as seconds this is the year 5138, as milliseconds 1973.
const millisecondsFrom = 100_000_000_000

// epochTime writes seconds or milliseconds since 1970 as a time with an offset; text that is neither stays as it is.
func epochTime(text string) string {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || number <= 0 || number > 1e14 {
		return text
	}
	if number >= millisecondsFrom {
		number /= 1000
	}
	return time.Unix(int64(number), 0).UTC().Format("2006-01-02T15:04:05+00:00")
}
