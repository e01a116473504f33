package main

import (
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLibraryIsOldEnough(t *testing.T) {
	t.Parallel()
	for version, refused := range map[string]bool{
		"": false, "GLIBC_2.2.5": false, "GLIBC_2.4": false, "GLIBC_2.17": false, "GLIBC_2.17.1": true, "GLIBC_2.28": true, "GLIBC_2.34": true, "GLIBC_3.0": true,
		"GLIBC_PRIVATE": true, "GCC_3.0": false,
	} {
		err := checkSymbols("program", []elf.ImportedSymbol{{Name: "fine", Version: "GLIBC_2.2.5"}, {Name: "stat", Version: version}})
		if (err != nil) != refused || err != nil && !strings.Contains(err.Error(), "program needs stat of "+version) {
			t.Errorf("%q: %v, want refused %v", version, err, refused)
		}
	}
}

// TestProgramsRunWithAnOldLibrary builds a program with the embedded engine as `make build` does: what it needs of a C library is the same.
func TestProgramsRunWithAnOldLibrary(t *testing.T) {
	for _, arch := range []string{"amd64", "arm64"} {
		program := filepath.Join(t.TempDir(), arch)
		command := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-o", program, ".")
		command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+arch)
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", arch, err, output)
		}
		if err := checkLibrary(program); err != nil {
			t.Error(err)
		}
		binary, err := elf.Open(program)
		if err != nil {
			t.Fatal(err)
		}
		defer binary.Close()
		if libraries, err := binary.ImportedLibraries(); err != nil || !slices.Contains(libraries, "libc.so.6") {
			t.Errorf("%s: it imports %v, %v: operations.md says that it loads the C library", arch, libraries, err)
		}
	}
}

func TestLicencesAreComplete(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	for name, content := range map[string]string{"LICENSE-MIT.txt": "permission is granted", "NOTICE": "made by others", "license.go": "package license"} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "licences")
	if err := writeLicences(path, []component{{Name: "a/b", Version: "v1", directory: directory}}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a/b v1", "permission is granted", "made by others"} {
		if !strings.Contains(string(content), want) {
			t.Errorf("the licences lack %q", want)
		}
	}
	if err := writeLicences(path, []component{{Name: "c", Version: "v2", directory: t.TempDir()}}); err == nil || !strings.Contains(err.Error(), "c v2: no licence was found") {
		t.Errorf("a component without a licence gave %v", err)
	}
}

// TestBill writes the bill of materials of this test's own program.
func TestBill(t *testing.T) {
	t.Chdir("../..")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	contents, err := contentsOf(t.Context(), program, "libchdb.so")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bill")
	if err := writeBill(path, "1.2.3", program, contents); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var read bill
	if err := json.Unmarshal(content, &read); err != nil {
		t.Fatal(err)
	}
	if read.Format != "CycloneDX" || read.Metadata.Component.Version != "1.2.3" || len(read.Metadata.Component.Hashes) != 1 || len(read.Metadata.Component.Hashes[0].Content) != 64 {
		t.Errorf("the bill says %+v", read)
	}
	for _, want := range []string{"pkg:golang/std@", "pkg:golang/github.com/ClickHouse/clickhouse-go/v2@v", "pkg:npm/echarts@", "pkg:npm/zrender@", "pkg:npm/%40chdb/lib-linux-x64-gnu@"} {
		if !slices.ContainsFunc(read.Components, func(one billMaterial) bool { return strings.HasPrefix(one.Address, want) && one.Version != "" }) {
			t.Errorf("the bill lacks %s…", want)
		}
	}
	if slices.ContainsFunc(read.Components, func(one billMaterial) bool { return one.Name == "axe-core" }) {
		t.Error("the bill has what only tests use")
	}
}
