package fetch

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

// longestCrawlDelay is the longest Crawl-delay that is kept to.
const longestCrawlDelay = 30 * time.Second

// robotsRules are the rules of a robots.txt (RFC 9309), by the name of who asks in lower case.
type robotsRules struct {
	groups map[string]*robotsGroup
}

// robotsGroup are the rules for one who asks; those of nil allow everything.
type robotsGroup struct {
	rules      []robotsRule
	crawlDelay time.Duration // at most longestCrawlDelay
}

type robotsRule struct {
	pattern string // in normal form; * is anything, $ at the end is the end
	allow   bool
}

// readRobots reads a robots.txt. What is no rule, often a page of HTML, is passed over.
func readRobots(text []byte) *robotsRules {
	read := &robotsRules{groups: map[string]*robotsGroup{}}
	var current []*robotsGroup
	naming := false // the line before named who asks, too
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	for _, line := range strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, found := strings.Cut(line, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch {
		case !found:
		case key == "user-agent":
			if !naming {
				current = nil
			}
			current, naming = append(current, read.named(RobotsName(value))), true
		case key == "allow", key == "disallow":
			naming = false
			for _, group := range current {
				group.add(value, key == "allow")
			}
		case key == "crawl-delay":
			naming = false
			for _, group := range current {
				group.crawlDelay = max(group.crawlDelay, crawlDelay(value))
			}
		}
	}
	return read
}

// named is the group of a name. A robots.txt may have several; they are one (RFC 9309 §2.2.1).
func (r *robotsRules) named(name string) *robotsGroup {
	name = strings.ToLower(name)
	if r.groups[name] == nil {
		r.groups[name] = &robotsGroup{}
	}
	return r.groups[name]
}

// group are the rules for a name, or those for all others.
func (r *robotsRules) group(name string) *robotsGroup {
	if group, named := r.groups[strings.ToLower(name)]; named {
		return group
	}
	return r.groups["*"]
}

func (g *robotsGroup) add(pattern string, allow bool) {
	if pattern != "" { // nothing is disallowed
		g.rules = append(g.rules, robotsRule{normalPath(pattern), allow})
	}
}

func (g *robotsGroup) delay() time.Duration {
	if g == nil {
		return 0
	}
	return g.crawlDelay
}

// allows reports whether a path with its query may be asked for: the longest rule that fits says so, and of two of one length the one that allows
// (RFC 9309 §2.2.2).
func (g *robotsGroup) allows(path string) bool {
	if g == nil {
		return true
	}
	path = normalPath(path)
	longest, allowed := 0, true
	for _, rule := range g.rules {
		if length := len(rule.pattern); length >= longest && fits(path, rule.pattern) {
			allowed = rule.allow || length == longest && allowed
			longest = length
		}
	}
	return allowed
}

// fits reports whether a path begins as a pattern says.
func fits(path, pattern string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, begins := strings.CutPrefix(path, parts[0])
	if !begins {
		return false
	}
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}

// normalPath writes a path as it is compared: every octet that needs no % without, every other with it. A % that begins no code is one of the
// others: left as it is, it could begin one with what follows.
func normalPath(path string) string {
	var normal strings.Builder
	for i := 0; i < len(path); i++ {
		octet, coded := path[i], path[i] == '%'
		if coded && i+2 < len(path) {
			if value, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				octet = byte(value)
				i += 2
			}
		}
		if octet >= 0x80 || coded && !unreserved(octet) {
			normal.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(octet)|0x100, 16)[1:]))
			continue
		}
		normal.WriteByte(octet)
	}
	return normal.String()
}

func unreserved(octet byte) bool {
	return 'a' <= octet && octet <= 'z' || 'A' <= octet && octet <= 'Z' || '0' <= octet && octet <= '9' || strings.IndexByte("-._~", octet) >= 0
}

func crawlDelay(text string) time.Duration {
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(seconds) || seconds <= 0 {
		return 0
	}
	return time.Duration(min(seconds, longestCrawlDelay.Seconds()) * float64(time.Second))
}
