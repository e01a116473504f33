package title

import (
	"regexp"
	"slices"
	"strconv"
)

// Expand fills a template with what the groups of pattern have matched in text; match is as FindStringSubmatchIndex returns
// it. $1, $name, ${1} and ${name} stand for groups, $$ for a dollar. Unlike in package regexp, $1 and $name end where a
// group's name ends, so that Chinese characters may follow at once.
func Expand(pattern *regexp.Regexp, template, text string, match []int) string {
	return string(pattern.ExpandString(nil, bare.ReplaceAllStringFunc(template, func(found string) string {
		if found == "$$" {
			return found
		}
		return "${" + found[1:] + "}"
	}), text, match))
}

// bare finds groups without braces, and dollars that stand for themselves.
var bare = regexp.MustCompile(`\$(?:\$|\d+|[A-Za-z_]\w*)`)

// mentioned finds all groups that a template speaks of, and dollars that stand for themselves.
var mentioned = regexp.MustCompile(`\$(?:\$|\{(\w+)\}|(\d+|[A-Za-z_]\w*))`)

// UnknownGroups lists the groups that a template speaks of and pattern does not have.
func UnknownGroups(pattern *regexp.Regexp, template string) (unknown []string) {
	for _, found := range mentioned.FindAllStringSubmatch(template, -1) {
		group := found[1] + found[2]
		if group == "" || slices.Contains(pattern.SubexpNames(), group) {
			continue
		}
		if number, err := strconv.Atoi(group); err == nil && number <= pattern.NumSubexp() {
			continue
		}
		unknown = append(unknown, group)
	}
	return unknown
}
