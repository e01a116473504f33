package config

import (
	"reflect"
	"slices"
	"strings"
)

// reloadedKeys are the keys of the configuration whose change counts while the program runs; every other needs a restart.
func reloadedKeys() []string {
	return []string{"registry", "assessment", "since", "backdating_tolerance_days", "network", "sources"}
}

// RestartKeys are the keys that differ between the configuration with which the program was started and another, and whose change needs a restart.
func RestartKeys(started, now *Config) (keys []string) {
	for _, key := range changedKeys(reflect.ValueOf(*started), reflect.ValueOf(*now), "") {
		top, _, _ := strings.Cut(key, ".")
		if !slices.Contains(reloadedKeys(), top) {
			keys = append(keys, key)
		}
	}
	return keys
}

// changedKeys are the paths of the keys whose values differ in two structures of one type, in the order of their declaration.
func changedKeys(a, b reflect.Value, path string) (keys []string) {
	if a.Type() == reflect.TypeFor[period]() { // where it stands in the file does not count
		if a.FieldByName("text").String() != b.FieldByName("text").String() {
			keys = append(keys, path)
		}
		return keys
	}
	if a.Kind() != reflect.Struct {
		if !reflect.DeepEqual(a.Interface(), b.Interface()) {
			keys = append(keys, path)
		}
		return keys
	}
	for i := range a.NumField() {
		name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("yaml"), ",")
		if name == "" || name == "-" || !a.Type().Field(i).IsExported() {
			continue
		}
		keys = append(keys, changedKeys(a.Field(i), b.Field(i), strings.TrimPrefix(path+"."+name, "."))...)
	}
	return keys
}
