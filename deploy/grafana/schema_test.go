package grafana_test

import (
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema checks parts of dashboards against Grafana's own types.
type schema struct{ compiler *jsonschema.Compiler }

func newSchema(t *testing.T) schema {
	t.Helper()
	file, err := os.Open("testdata/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("grafana.json", document); err != nil {
		t.Fatal(err)
	}
	return schema{compiler}
}

// check reports what a value has that the definition does not allow, or lacks.
func (s schema) check(t *testing.T, where, definition string, value any) {
	t.Helper()
	compiled, err := s.compiler.Compile("grafana.json#/$defs/" + definition)
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("%s: %v", where, err)
	}
}

// has reports whether there is such a definition.
func (s schema) has(definition string) bool {
	_, err := s.compiler.Compile("grafana.json#/$defs/" + definition)
	return err == nil
}

// TestDashboardsMatchTheSchema checks every key and value: the dashboard, each panel's options and field settings by its type, each override.
func TestDashboardsMatchTheSchema(t *testing.T) {
	s := newSchema(t)
	for name, board := range boards(t) {
		for _, annotation := range list(within(board, "annotations", "list")) {
			for _, key := range []string{"titleFormat", "useValueForTime", "target"} { // those of its data source
				delete(annotation, key)
			}
		}
		s.check(t, name, "root.Dashboard", board)
		for _, panel := range list(board["panels"]) {
			where := name + ": " + text(panel["title"])
			kind := text(panel["type"])
			if kind == "row" {
				s.check(t, where, "RowPanel", panel)
				continue
			}
			s.check(t, where, "Panel", panel)
			if !s.has(kind + ".Options") {
				t.Errorf("%s: the schema does not know panels of type %q", where, kind)
				continue
			}
			s.check(t, where+": options", kind+".Options", panel["options"])
			if custom := within(panel, "fieldConfig", "defaults", "custom"); custom != nil {
				s.check(t, where+": custom", kind+".FieldConfig", custom)
			}
			for _, override := range list(within(panel, "fieldConfig", "overrides")) {
				if text(within(override, "matcher", "id")) != "byName" || text(within(override, "matcher", "options")) == "" {
					t.Errorf("%s: an override for %v", where, override["matcher"])
				}
				for _, property := range list(override["properties"]) {
					s.checkProperty(t, where, kind, property)
				}
			}
		}
	}
}

// checkProperty checks one setting of an override where it belongs: among all panels' or, custom.…, those of the panel's type.
func (s schema) checkProperty(t *testing.T, where, kind string, property object) {
	t.Helper()
	id := text(property["id"])
	field, custom := strings.CutPrefix(id, "custom.")
	if !custom {
		s.check(t, where+": "+id, "FieldConfig", object{field: property["value"]})
		return
	}
	whole := object{field: property["value"]} // beside what the type demands
	for key, value := range map[string]any{"align": "auto", "inspect": false, "cellOptions": object{"type": "auto"}} {
		if _, given := whole[key]; !given && kind == "table" {
			whole[key] = value
		}
	}
	s.check(t, where+": "+id, kind+".FieldConfig", whole)
}
