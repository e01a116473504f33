package grafana_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/deploy/grafana"
)

// TestGeneratedFiles sees that what is provisioned is what the descriptions and Prometheus' rules say: otherwise `go generate ./deploy/grafana`.
func TestGeneratedFiles(t *testing.T) {
	files, err := grafana.Files(os.DirFS("../prometheus"), os.DirFS("../alertmanager"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is not what `go generate ./deploy/grafana` makes:\n%s", name, diff)
		}
	}
	var want []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if filepath.Dir(name) == "dashboards" {
			want = append(want, name)
		}
	}
	got, err := filepath.Glob("dashboards/*")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dashboards that nothing makes:\n%s", diff)
	}
}

// object is a JSON object whose shape the test does not know.
type object = map[string]any

// boards are the dashboards as Grafana reads them.
func boards(t *testing.T) map[string]object {
	t.Helper()
	names, err := filepath.Glob("dashboards/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("dashboards: %v, %v", names, err)
	}
	found := map[string]object{}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var board object
		decoder := json.NewDecoder(bytes.NewReader(content))
		if err := decoder.Decode(&board); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found[name] = board
	}
	return found
}

func list(value any) []object {
	var found []object
	elements, _ := value.([]any)
	for _, element := range elements {
		found = append(found, element.(object))
	}
	return found
}

func text(value any) string {
	written, _ := value.(string)
	return written
}

func within(value any, keys ...string) any {
	for _, key := range keys {
		inner, ok := value.(object)
		if !ok {
			return nil
		}
		value = inner[key]
	}
	return value
}
