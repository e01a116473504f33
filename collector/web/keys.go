package web

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// knownWay complains about keys of a mapping that a way to find a value does not have: a decoder that is strict forgets to
// be within types that read themselves.
func knownWay(node *yaml.Node) error {
	var keys []string
	structure := reflect.TypeFor[Way]()
	for i := range structure.NumField() {
		if key, _, _ := strings.Cut(structure.Field(i).Tag.Get("yaml"), ","); key != "" {
			keys = append(keys, key)
		}
	}
	var problems []error
	for i := 0; i+1 < len(node.Content); i += 2 {
		if key := node.Content[i]; !slices.Contains(keys, key.Value) {
			problems = append(problems, fmt.Errorf("line %d: unknown key %q of a field; one of %s", key.Line, key.Value, strings.Join(keys, ", ")))
		}
	}
	return errors.Join(problems...)
}
