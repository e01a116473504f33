package language

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// asSaid begins the ids of the sentences that the collector writes in English and stores: why a row is rejected, what was not read, what a
// collection lacks. The English message is the sentence as it is written; by it the sentence is found again.
const asSaid = "said.as."

// heard is such a sentence.
type heard struct {
	id      string
	pattern string
	match   func() *regexp.Regexp // of the pattern, compiled when it is asked for first: most commands say none of the hundreds
	names   []string              // of the message's values, in the order of the pattern's groups
	literal string                // the longest part of the sentence that is always there
}

// valueOf finds the values of a sentence: {{.One}}; {{.Sentence}}, which may be several; or {{with .One}}; the nearest is {{.}}{{end}} where a part may be missing.
var valueOf = regexp.MustCompile(`\{\{with \.(\w+)\}\}(.*?)\{\{\.\}\}(.*?)\{\{end\}\}|\{\{\.(\w+)\}\}`)

func newHeard(id, text string) heard {
	h := heard{id: id}
	pattern, rest := "(?s)^", text
	constant := func(part string) {
		pattern += regexp.QuoteMeta(part)
		if len(part) > len(h.literal) {
			h.literal = part
		}
	}
	for _, found := range valueOf.FindAllStringSubmatch(text, -1) {
		before, after, _ := strings.Cut(rest, found[0])
		constant(before)
		if found[4] != "" {
			value := "((?:[^;]|;[^ ])+?)" // what stands behind the separator of sentences is another one's
			switch {
			case found[4] == "Sentence":
				value = "(.+?)"
			case pattern == "(?s)^" && before == "": // what stands before a sentence is its place
				value = "((?:[^;:]|[;:][^ ])+?)"
			}
			h.names, pattern = append(h.names, found[4]), pattern+value
		} else {
			h.names = append(h.names, found[1])
			pattern += "(?:" + regexp.QuoteMeta(found[2]) + "(.+?)" + regexp.QuoteMeta(found[3]) + ")?"
		}
		rest = after
	}
	constant(rest)
	h.pattern = pattern + "$"
	h.match = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(h.pattern) })
	return h
}

// Said says what the collector has written, in the reader's language: sentence by sentence, those that are known. What a source's own software or a
// library said stays as it is, and so does everything in English.
func (p Printer) Said(text string) string {
	if p.language == "en" || text == "" {
		return text
	}
	pieces := strings.Split(text, "; ")
	var said []string
	any := false
	for at := 0; at < len(pieces); {
		best, next, score := pieces[at], at+1, 0
		for end := at + 1; end <= len(pieces); end++ { // a sentence may have the separator in it
			if sentence, literal := p.sentence(strings.Join(pieces[at:end], "; ")); literal > score {
				best, next, score, any = sentence, end, literal, true
			}
		}
		said, at = append(said, best), next
	}
	if !any {
		return text
	}
	return strings.Join(said, p.T("said.stop"))
}

// sentence says one sentence, and how many letters of it are known; 0 where it is not. A field with its value may stand before it, a place too, and
// what is nearest or how many there are behind it.
func (p Printer) sentence(text string) (said string, literal int) {
	if said, literal := p.known(text); literal > 0 {
		return said, literal
	}
	field, value, want := partsOf(text)
	if field != "" {
		if said, literal := p.known(want); literal > 0 {
			if value == "" {
				return p.T("said.field", "Field", p.Field(field), "Sentence", said), literal
			}
			return p.T("said.value", "Field", p.Field(field), "Value", value, "Sentence", said), literal
		}
	}
	if what, nearest, found := strings.Cut(strings.TrimSuffix(text, ")"), " (nearest: "); found {
		if said, literal := p.sentence(what); literal > 0 {
			return p.T("said.nearest", "What", said, "Nearest", p.Said(nearest)), literal
		}
	}
	for at := strings.Index(text, ": "); at >= 0 && !strings.Contains(text[:at], "; "); { // behind a separator stands another sentence
		if said, literal := p.known(text[at+2:]); literal > 0 {
			return p.T("said.field", "Field", text[:at], "Sentence", said), literal
		}
		more := strings.Index(text[at+2:], ": ")
		if more < 0 {
			break
		}
		at += 2 + more
	}
	return text, 0
}

// Field is what a field is called; one that no report has stays as it is.
func (p Printer) Field(name string) string {
	if p.ids["column."+name] {
		return p.Label(name)
	}
	return name
}

// SaidOfFile is Said of mistakes, a line each, which may begin with their place: a file and its line, a parameter.
func (p Printer) SaidOfFile(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		place, mistake, found := strings.Cut(line, ": ")
		if said := p.Said(mistake); found && said != mistake {
			lines[i] = place + ": " + said
		} else {
			lines[i] = p.Said(line)
		}
	}
	return strings.Join(lines, "\n")
}

var furtherOnes = regexp.MustCompile(`, and (\d+) more$`)

// known says a sentence that is one of ours, the one of which most letters are.
func (p Printer) known(text string) (said string, literal int) {
	var best heard
	var values []string
	for _, h := range p.heard {
		if !strings.Contains(text, h.literal) {
			continue
		}
		groups := h.match().FindStringSubmatch(text)
		if groups == nil {
			continue
		}
		letters := len(text)
		for _, value := range groups[1:] {
			letters -= len(value)
		}
		if letters > literal {
			best, values, literal = h, groups[1:], letters
		}
	}
	if literal == 0 {
		return text, 0
	}
	data := map[string]any{}
	for i, name := range best.names {
		data[name] = isolated(p.value(values[i]))
	}
	return p.T(best.id, data), literal
}

// value says a value of a sentence: a list of names, a number, or a sentence of its own.
func (p Printer) value(text string) string {
	if said := p.Said(text); said != text {
		return said
	}
	return strings.ReplaceAll(furtherOnes.ReplaceAllString(text, p.T("said.further", "N", "$1")), ", ", p.T("said.comma"))
}

// PatternsSaying is a regular expression of the English sentences in whose words in the reader's language a word is; "" of none. The words of fields,
// which stand before, are not sought.
func (p Printer) PatternsSaying(word string) string {
	if p.language == "en" {
		return ""
	}
	var patterns []string
	for _, h := range p.heard {
		empty := map[string]any{}
		for _, name := range h.names {
			empty[name] = ""
		}
		if strings.Contains(p.T(h.id, empty), word) {
			patterns = append(patterns, strings.Replace(h.pattern, "^", "", 1))
		}
	}
	return strings.Join(patterns, "|")
}

// partsOf takes apart what record.Problem joins: field, value as quoted, and what is wanted.
func partsOf(reason string) (field, value, want string) {
	field, rest, found := strings.Cut(reason, ": ")
	if !found || strings.ContainsFunc(field, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return "", "", reason
	}
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return field, "", rest
	}
	value, err = strconv.Unquote(quoted)
	if err != nil {
		return field, "", rest
	}
	return field, value, strings.TrimPrefix(rest[len(quoted):], " ")
}
