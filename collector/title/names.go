package title

import (
	"regexp"
	"strings"
	"sync"

	"yangguang/collector/record"
)

// periodMark stands in an expression for any way of writing a period, unitMark and parentMark for any name or alias of a unit
// of the registry.
const (
	periodMark = "{period}"
	unitMark   = "{unit}"
	parentMark = "{parent}"
)

// noName matches nothing: what the marks stand for when a title names no unit.
const noName = `[^\s\S]`

// withMarks fills the marks of an expression; names is an expression for the names of units.
func withMarks(text, names string) string {
	text = strings.Replace(text, periodMark, periodGroup, 1)
	text = strings.Replace(text, unitMark, "(?P<unit>"+names+")", 1)
	return strings.Replace(text, parentMark, "(?P<parent>"+names+")", 1)
}

// strayMark is a mark that is none, or stands a second time; \x{abcd} and \p{…} are something else.
var strayMark = regexp.MustCompile(`(\\?[a-zA-Z]?)(\{[a-z_]+\})`)

// stray finds a mark that stands for nothing in an expression; empty when there is none.
func stray(text string) string {
	for _, mark := range []string{periodMark, unitMark, parentMark} {
		text = strings.Replace(text, mark, "", 1)
	}
	for _, found := range strayMark.FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(found[1], `\`) {
			return found[2]
		}
	}
	return ""
}

func speaksOfNames(text string) bool {
	return strings.Contains(text, unitMark) || strings.Contains(text, parentMark)
}

// mostPatterns bounds what is remembered: a title seldom names more than two units, so there are about as many patterns as
// units that publish.
const mostPatterns = 10_000

// patternCache remembers the expressions with marks filled, by rule and names.
type patternCache struct {
	mutex sync.Mutex
	known map[patternKey]*regexp.Regexp
}

type patternKey struct{ text, names string }

// patternFor is the rule's expression for a title: the marks stand for the names of units that the title holds, the longest
// first, which is what all the names of the registry would match.
func (r *Rules) patternFor(rule compiled, title string, resolver *record.Resolver) *regexp.Regexp {
	if !speaksOfNames(rule.text) {
		return rule.pattern
	}
	var named []string
	if resolver != nil {
		named = resolver.UnitsNamed(title)
	}
	for i, name := range named {
		named[i] = regexp.QuoteMeta(name)
	}
	key := patternKey{rule.text, strings.Join(named, "|")}
	r.patterns.mutex.Lock()
	defer r.patterns.mutex.Unlock()
	if pattern, ok := r.patterns.known[key]; ok {
		return pattern
	}
	names := key.names
	if names == "" {
		names = noName
	}
	pattern, err := regexp.Compile(withMarks(rule.text, names))
	if err != nil {
		return rule.pattern // repeated so often that it grows too large: it matches nothing, and the title is a reject
	}
	if r.patterns.known == nil || len(r.patterns.known) >= mostPatterns {
		r.patterns.known = map[patternKey]*regexp.Regexp{}
	}
	r.patterns.known[key] = pattern
	return pattern
}
