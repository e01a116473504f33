package config

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestVariablesAreListed compares the variables that the program reads with those that the manual page and docs/operations.md list.
func TestVariablesAreListed(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("../../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	sources, err := exec.CommandContext(t.Context(), "grep", "-rhoE", "--include=*.go", "--exclude=*_test.go", "--exclude-dir=querytest", "--exclude-dir=programtest", `"YANGGUANG_[A-Z_]+"`,
		"..", "../../../queries", "../../../collector", "../../../dashboard").Output()
	if err != nil {
		t.Fatal(err)
	}
	var read, listed []string
	for _, name := range strings.Fields(string(sources)) {
		read = append(read, strings.Trim(name, `"`))
	}
	for _, variable := range Variables {
		listed = append(listed, variable)
		if !regexp.MustCompile("(?m)^\\| `" + variable + "` \\| ").Match(manual) {
			t.Errorf("docs/operations.md does not list %s", variable)
		}
	}
	slices.Sort(read)
	slices.Sort(listed)
	if read = slices.Compact(read); !slices.Equal(read, listed) {
		t.Errorf("the program reads %v, listed are %v", read, listed)
	}
}
