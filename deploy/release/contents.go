package main

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// component is a Go module or an npm package that the program contains.
type component struct {
	Name, Version string
	Address       string // package URL (purl)
	Licence       string // SPDX, where the package says it
	directory     string // where its source lies; empty: a licence of its own is not shipped with it
}

// contentsOf lists what is in the program, by its build information, and what npm has brought: ECharts, and the engine where there is one.
func contentsOf(ctx context.Context, program, library string) ([]component, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, fmt.Errorf("read what %s was built of: %w", program, err)
	}
	listed, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}} {{.Dir}}", "all").Output()
	if err != nil {
		return nil, fmt.Errorf("list modules: %w", err)
	}
	directories := map[string]string{}
	for line := range strings.Lines(string(listed)) {
		name, directory, _ := strings.Cut(strings.TrimSpace(line), " ")
		directories[name] = directory
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find Go: %w", err)
	}
	version := strings.TrimPrefix(info.GoVersion, "go")
	contents := []component{{Name: "Go standard library", Version: version, Address: "pkg:golang/std@" + version, Licence: "BSD-3-Clause", directory: strings.TrimSpace(string(root))}}
	for _, module := range info.Deps {
		contents = append(contents, component{
			Name: module.Path, Version: module.Version, Address: "pkg:golang/" + module.Path + "@" + module.Version, directory: directories[module.Path],
		})
	}
	packages, err := packagesOf(library != "")
	return append(contents, packages...), err
}

// packagesOf lists the npm packages of package-lock.json that are shipped.
func packagesOf(withEngine bool) (packages []component, err error) {
	content, err := os.ReadFile("package-lock.json")
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, License string
			Dev              bool
		}
	}
	if err := json.Unmarshal(content, &lock); err != nil {
		return nil, fmt.Errorf("read package-lock.json: %w", err)
	}
	for directory, entry := range lock.Packages {
		name := strings.TrimPrefix(directory, "node_modules/")
		ofEngine := strings.HasPrefix(name, "@chdb/")
		if name == "" || entry.Dev || ofEngine && !withEngine {
			continue
		}
		one := component{Name: name, Version: entry.Version, Address: "pkg:npm/" + strings.Replace(name, "@", "%40", 1) + "@" + entry.Version, Licence: entry.License}
		if !ofEngine { // its package has no licence file; the engine lists its own: writeEngineLicences
			one.directory = directory
		}
		packages = append(packages, one)
	}
	slices.SortFunc(packages, func(a, b component) int { return strings.Compare(a.Name, b.Name) })
	return packages, nil
}

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright|patents)([-.].*)?$`)

// writeLicences writes the licences and notices of all components to one text. A component without any is an error.
func writeLicences(path string, contents []component) error {
	var text bytes.Buffer
	text.WriteString("Yangguang contains the works below, under the licences that follow each.\n")
	var problems []error
	for _, one := range contents {
		fmt.Fprintf(&text, "\n%s\n%s %s\n", strings.Repeat("=", 80), one.Name, one.Version)
		if one.Licence != "" {
			fmt.Fprintf(&text, "Licence: %s\n", one.Licence)
		}
		if strings.HasPrefix(one.Name, "@chdb/") {
			text.WriteString("ClickHouse as a library. The licences of what it contains: doc-engine/THIRD-PARTY-LICENSES.txt, or `SELECT * FROM system.licenses`.\n")
			continue
		}
		found, err := licencesIn(one.directory)
		if err != nil || len(found) == 0 {
			problems = append(problems, fmt.Errorf("%s %s: no licence was found in %q", one.Name, one.Version, one.directory), err)
		}
		for _, content := range found {
			fmt.Fprintf(&text, "%s\n%s\n", strings.Repeat("-", 80), bytes.TrimSpace(content))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}

func licencesIn(directory string) (found [][]byte, err error) {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !licenceFile.MatchString(entry.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(directory, entry.Name()))
		if err != nil {
			return nil, err
		}
		found = append(found, content)
	}
	return found, nil
}
