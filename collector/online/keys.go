package online

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// KnownKeys complains about the keys of a mapping that Value does not have: a node does not know that its document's unknown
// keys are errors.
func KnownKeys[Value any](where string, node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: %s: expected keys and values: %s", node.Line, where, strings.Join(keysOf[Value](), ", "))
	}
	known := keysOf[Value]()
	var problems []error
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if !slices.Contains(known, key.Value) {
			problems = append(problems, fmt.Errorf("line %d: %s: unknown key %q; expected %s", key.Line, where, key.Value, strings.Join(known, ", ")))
		}
	}
	return errors.Join(problems...)
}

func keysOf[Value any]() (keys []string) {
	structure := reflect.TypeFor[Value]()
	for i := range structure.NumField() {
		if name, _, _ := strings.Cut(structure.Field(i).Tag.Get("yaml"), ","); name != "" {
			keys = append(keys, name)
		}
	}
	return keys
}
