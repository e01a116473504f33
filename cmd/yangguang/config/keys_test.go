package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/web"
)

func TestUnknownKeysOfSourcesAreToldWithTheirLines(t *testing.T) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(`name: 网站
kind: web
covers: all
metod: POST
form: {any: '1'}
paging:
  adress: index_{page}.html
detail:
  format: json
  field: {}
titles:
  - match: x
  - mach: y
`), &document); err != nil {
		t.Fatal(err)
	}
	_, err := decodeSource[web.Config](document.Content[0])
	if err == nil {
		t.Fatal("no error")
	}
	want := `line 4: sources: unknown key "metod"; did you mean method?
line 7: sources: unknown key "adress"; did you mean address?
line 10: sources: unknown key "field"; did you mean fields?
line 13: sources: unknown key "mach"; did you mean match?`
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
