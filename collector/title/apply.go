package title

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yangguang/collector/record"
)

// Len is how many expressions there are; 0 for a nil *Rules.
func (r *Rules) Len() int {
	if r == nil {
		return 0
	}
	return len(r.rules)
}

// Apply returns what the first rule that matches says of a title, and the rule's number from 1. An expression is tried on the
// title as written and on its NFKC form (full-width digits and brackets made plain), in both with white space squeezed. The
// resolver knows the names of units that {unit} stands for; without one it stands for none.
func (r *Rules) Apply(title string, resolver *record.Resolver) (found record.Fields, rule int, ok bool) {
	if r.Len() == 0 {
		return record.Fields{}, 0, false
	}
	written := strings.Join(strings.Fields(title), " ")
	folded := strings.Join(strings.Fields(norm.NFKC.String(written)), " ")
	for _, rule := range r.rules {
		for _, text := range []string{written, folded} {
			pattern := r.patternFor(rule, text, resolver)
			if match := pattern.FindStringSubmatchIndex(text); match != nil {
				return rule.fields(pattern, text, match), rule.number, true
			}
			if written == folded {
				break
			}
		}
	}
	return record.Fields{}, 0, false
}

func (c compiled) fields(pattern *regexp.Regexp, text string, match []int) (found record.Fields) {
	value := func(field string) string {
		if template, given := c.template[field]; given {
			return strings.TrimSpace(Expand(pattern, template, text, match))
		}
		if group := pattern.SubexpIndex(field); group >= 0 && match[2*group] >= 0 {
			return strings.TrimSpace(text[match[2*group]:match[2*group+1]])
		}
		return ""
	}
	found.Unit, found.Parent, found.Item, found.Title = value("unit"), value("parent"), value("item"), value("title")
	found.Period, found.EventID, found.OccurredOn = value("period"), value("event_id"), value("occurred_on")
	found.Scope, found.Channel = value("scope"), value("channel")
	return found
}

// Fill completes fields by the rules: what the rule that matches the title says goes before what was there. When no rule
// matches and unit or item is still missing, the problem names the units and items that the title seems to speak of.
// The rule's number is 0 when none matched.
func (r *Rules) Fill(fields *record.Fields, resolver *record.Resolver) (rule int, problem *record.Problem) {
	found, rule, ok := r.Apply(fields.Title, resolver)
	if !ok {
		if r.Len() > 0 && (strings.TrimSpace(fields.Unit) == "" || strings.TrimSpace(fields.Item) == "") {
			return 0, &record.Problem{Field: "title", Value: fields.Title, Want: r.unmatched(fields.Title, resolver)}
		}
		return 0, nil
	}
	for _, part := range []struct {
		into *string
		from string
	}{
		{&fields.Unit, found.Unit},
		{&fields.Parent, found.Parent},
		{&fields.Item, found.Item},
		{&fields.Title, found.Title},
		{&fields.Period, found.Period},
		{&fields.EventID, found.EventID},
		{&fields.OccurredOn, found.OccurredOn},
		{&fields.Scope, found.Scope},
		{&fields.Channel, found.Channel},
	} {
		if part.from != "" {
			*part.into = part.from
		}
	}
	return rule, nil
}

func (r *Rules) unmatched(title string, resolver *record.Resolver) string {
	want := "matches none of the title rules; add a rule, or correct one"
	units, items := resolver.Mentioned(title)
	if len(units) > 0 {
		want += fmt.Sprintf("; the nearest units are %s", strings.Join(units, ", "))
	}
	if len(items) > 0 {
		want += fmt.Sprintf("; the nearest items are %s", strings.Join(items, ", "))
	}
	return want
}
