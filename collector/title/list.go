package title

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// List is the value of `titles`: rules in order, or a single one without a list.
type List []Rule

// UnmarshalYAML reads a sequence of mappings or a mapping. Unknown keys are errors with their line.
func (l *List) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	elements := node.Content
	switch node.Kind {
	case yaml.MappingNode:
		elements = []*yaml.Node{node}
	case yaml.SequenceNode:
	default:
		if node.Tag == "!!null" {
			*l = nil
			return nil
		}
		return fmt.Errorf("line %d: titles: expected a list of rules, each with match and what it gives", node.Line)
	}
	rules := make(List, len(elements))
	for i, element := range elements {
		if err := knownKeys(element); err != nil {
			return err
		}
		if err := element.Decode(&rules[i]); err != nil {
			return err
		}
	}
	*l = rules
	return nil
}

// knownKeys complains about the keys of a mapping that a rule does not have: a node does not know that its document's unknown
// keys are errors.
func knownKeys(node *yaml.Node) error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	var known []string
	rule := reflect.TypeFor[Rule]()
	for i := range rule.NumField() {
		known = append(known, rule.Field(i).Tag.Get("yaml"))
	}
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: titles: expected a rule with keys of %s", node.Line, strings.Join(known, ", "))
	}
	var problems []error
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i]; key.Value != "<<" && !slices.Contains(known, key.Value) {
			problems = append(problems, fmt.Errorf("line %d: titles: unknown key %q; expected %s", key.Line, key.Value, strings.Join(known, ", ")))
		}
	}
	return errors.Join(problems...)
}
