package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/queries/model"
)

// What is wrong with digest is told with file, line and field.
func TestDigestMistakes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "yangguang.yaml")
	text := `registry: {units: u.csv, catalogue: c.csv}
digest:
  from: noon
  readers:
    - {name: 甲, wecom_robot: {address: {env: A}}, webhook: {address: {env: B}}}
    - {name: 甲, wecom_robot: {}}
    - {name: 乙, language: fr, sheet: true, wecom: {to: [x]}}
    - {name: 丙, role: boss, digest: false, webhook: {address: {env: A}}}
    - {name: "contact:T1", digest: false, webhook: {address: {env: A}}}
  ladder: {unit: [-5, 0], operators: [1], town: [-16]}
  contacts: true
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Read(path)
	if err == nil {
		t.Fatal("no error")
	}
	areas := Digest{Readers: []Reader{{Name: "甲", Within: "T1"}, {Name: "乙", Within: "T9", line: 8}, {Name: "丙"}}}
	if got := areas.CheckAreas("y.yaml", []model.Unit{{ID: "T1"}}); len(got) != 1 || !strings.Contains(got[0].Error(), `y.yaml: line 8: digest.readers: within: "T9"`) {
		t.Errorf("%v", got)
	}
	for _, want := range []string{
		`digest.from: "noon" is no time of day`, "external_url must say", "line 5: digest.readers: 甲 has 2 channels", `line 6: digest.readers: name: "甲"`,
		"line 6: digest.readers: wecom_robot.address: write {env", `line 7: digest.readers: language: "fr"`, "line 7: digest.readers: sheet:", "line 7: digest.readers: wecom: expected",
		`line 8: digest.readers: role: "boss" is unknown`, "line 9: digest.readers: contact:T1 gets neither", `line 9: digest.readers: name: "contact:T1"`, "a reminder could reach nobody",
		"digest.ladder.unit: 0; expected", `digest.ladder: "operators" is unknown`, "digest.ladder.town: -16;", "digest.contacts: contacts are written to by digest.mail",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
}
