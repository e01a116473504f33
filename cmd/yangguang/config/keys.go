package config

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/record"
	"yangguang/collector/title"
)

// unknownKeys complains about every key within node that shape does not have, with its line and the key that may have been meant. Types that read
// themselves answer for their own. where begins what is said: "sources: ", or nothing.
func unknownKeys(node *yaml.Node, shape reflect.Type, where string) (problems []error) {
	for shape.Kind() == reflect.Pointer {
		shape = shape.Elem()
	}
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if shape == reflect.TypeFor[title.List]() { // reads itself, a rule or a list of them
		if shape = reflect.TypeFor[[]title.Rule](); node.Kind == yaml.MappingNode {
			shape = shape.Elem()
		}
	}
	if reflect.PointerTo(shape).Implements(reflect.TypeFor[yaml.Unmarshaler]()) {
		return nil
	}
	switch {
	case shape.Kind() == reflect.Slice && node.Kind == yaml.SequenceNode:
		for _, element := range node.Content {
			problems = append(problems, unknownKeys(element, shape.Elem(), where)...)
		}
	case shape.Kind() == reflect.Map && node.Kind == yaml.MappingNode:
		for i := 1; i < len(node.Content); i += 2 {
			problems = append(problems, unknownKeys(node.Content[i], shape.Elem(), where)...)
		}
	case shape.Kind() == reflect.Struct && node.Kind == yaml.MappingNode:
		known := map[string]reflect.Type{}
		addKeys(known, shape)
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			if within, ok := known[key.Value]; ok {
				problems = append(problems, unknownKeys(node.Content[i+1], within, where)...)
			} else if key.Value != "<<" {
				problems = append(problems, fmt.Errorf("line %d: %sunknown key %q%s", key.Line, where, key.Value, meant(key.Value, known)))
			}
		}
	}
	return problems
}

// keyLines are the lines of a document's keys, and of the keys within them: patrol, patrol.days.
func keyLines(document *yaml.Node) map[string]int {
	lines := map[string]int{}
	var note func(node *yaml.Node, within string)
	note = func(node *yaml.Node, within string) {
		for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
			name := within + node.Content[i].Value
			lines[name] = node.Content[i].Line
			note(node.Content[i+1], name+".")
		}
	}
	note(document, "")
	return lines
}

// meant asks whether a known key was meant, or lists them.
func meant(key string, known map[string]reflect.Type) string {
	names := slices.Sorted(maps.Keys(known))
	return cmp.Or(record.DidYouMean(key, names), "; one of "+strings.Join(names, ", "))
}

// addKeys notes the keys of a struct and of those that stand inline in it.
func addKeys(known map[string]reflect.Type, structure reflect.Type) {
	for i := range structure.NumField() {
		field := structure.Field(i)
		name, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case option == "inline":
			addKeys(known, field.Type)
		case name != "" && name != "-":
			known[name] = field.Type
		}
	}
}
