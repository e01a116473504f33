// Package title reads unit, item and period from the titles of what online sources publish (SPEC §3 "Item"): ordered rules,
// each a regular expression with named groups and fixed values; the first that matches wins.
package title

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Rule is one entry of `titles` of a source in yangguang.yaml.
//
// A named group of the expression is the value of the field of that name. A key of the rule is a value too, in which $1,
// ${1} and ${name} stand for what a group has matched; it goes before a group of the same name. {period} in an expression
// stands for every way of writing a period, as the group period; {unit} and {parent} for every name and alias of a unit of
// the registry, as the groups unit and parent.
type Rule struct {
	Match      Patterns `yaml:"match"` // one expression or several that are tried in turn (RE2 syntax)
	Unit       string   `yaml:"unit"`
	Parent     string   `yaml:"parent"`
	Item       string   `yaml:"item"`
	Title      string   `yaml:"title"`
	Period     string   `yaml:"period"`
	EventID    string   `yaml:"event_id"`
	OccurredOn string   `yaml:"occurred_on"`
	Scope      string   `yaml:"scope"`
	Channel    string   `yaml:"channel"`
}

// Patterns is one expression or a list of them.
type Patterns []string

// UnmarshalYAML reads a scalar or a sequence.
func (p *Patterns) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*p = Patterns{node.Value}
		return nil
	}
	var patterns []string
	if err := node.Decode(&patterns); err != nil {
		return err
	}
	*p = patterns
	return nil
}

// Rules are compiled rules. They may be shared by goroutines.
type Rules struct {
	rules    []compiled
	patterns patternCache
}

type compiled struct {
	number   int               // of the rule, from 1
	text     string            // the expression as the rule has it
	pattern  *regexp.Regexp    // without names of units, if the text speaks of them
	template map[string]string // by field
}

// Compile checks rules and makes them ready. The error lists all that is wrong, by the rule's number from 1.
func Compile(rules []Rule) (*Rules, error) {
	made := &Rules{}
	var problems []error
	for i, rule := range rules {
		wrong := func(format string, values ...any) {
			problems = append(problems, fmt.Errorf("titles: rule %d: "+format, append([]any{i + 1}, values...)...))
		}
		if len(rule.Match) == 0 {
			wrong("match is missing; write a regular expression such as '^{period}{unit}.*三公经费'")
		}
		for _, text := range rule.Match {
			pattern, err := regexp.Compile(withMarks(text, noName))
			if err != nil {
				wrong("match: %q is not a regular expression: %s", text, reason(err))
				continue
			}
			if mark := stray(text); mark != "" {
				wrong("match: %q: %s stands for nothing; {period}, {unit} and {parent} do, each once in an expression", text, mark)
			}
			for _, name := range pattern.SubexpNames() {
				if strings.HasSuffix(name, "_on") && name != "occurred_on" {
					wrong("match: %q: the group %s is not a field that titles give; of the dates only occurred_on is", text, name)
				}
			}
			for field, template := range rule.templates() {
				for _, group := range UnknownGroups(pattern, template) {
					wrong("%s: %q speaks of the group %s, which %q does not have", field, template, group, text)
				}
			}
			made.rules = append(made.rules, compiled{number: i + 1, text: text, pattern: pattern, template: rule.templates()})
		}
	}
	return made, errors.Join(problems...)
}

// reason is why an expression cannot be read, without what the caller says already.
func reason(err error) string {
	var failed *syntax.Error
	if errors.As(err, &failed) {
		return fmt.Sprintf("%s at %q", failed.Code, failed.Expr)
	}
	return err.Error()
}

// templates are the fixed values that the rule gives, by field.
func (r Rule) templates() map[string]string {
	templates := map[string]string{
		"unit": r.Unit, "parent": r.Parent, "item": r.Item, "title": r.Title, "period": r.Period, "event_id": r.EventID,
		"occurred_on": r.OccurredOn, "scope": r.Scope, "channel": r.Channel,
	}
	for field, template := range templates {
		if template == "" {
			delete(templates, field)
		}
	}
	return templates
}
