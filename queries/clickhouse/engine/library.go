package engine

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// LibraryVariable is the environment variable that names the engine's library when no option does.
const LibraryVariable = "YANGGUANG_ENGINE_LIBRARY"

// LibraryMissingError says that the engine's library was not found.
type LibraryMissingError struct {
	Searched []string // the places that were looked at, in order
}

func (e *LibraryMissingError) Error() string {
	return fmt.Sprintf("the embedded ClickHouse (%s) is not installed; install the package yangguang-engine, or run `make setup` (or `npm ci --ignore-scripts`) in the source, "+
		"or name the file in %s, or set clickhouse.dsn to use a ClickHouse server; looked at %s", libraryName, LibraryVariable, strings.Join(e.Searched, ", "))
}

const libraryName = "libchdb.so"

// findLibrary returns the absolute path of the engine's library: the named file, else the one that LibraryVariable names,
// else libchdb.so next to the executable or in node_modules of the working directory, the executable's directory or a parent of either.
func findLibrary(named string) (string, error) {
	if named == "" {
		named = os.Getenv(LibraryVariable)
	}
	if named != "" {
		if isFile(named) {
			return filepath.Abs(named)
		}
		return "", &LibraryMissingError{Searched: []string{named}}
	}
	patterns, searched := libraryPatterns()
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return "", fmt.Errorf("search the engine's library: %w", err)
		}
		for _, path := range found {
			if isFile(path) {
				return path, nil
			}
		}
	}
	return "", &LibraryMissingError{Searched: searched}
}

// libraryPatterns are the places to search in order, and the same in words.
func libraryPatterns() (patterns, words []string) {
	var roots []string
	if executable, err := os.Executable(); err == nil {
		if resolved, err := filepath.EvalSymlinks(executable); err == nil {
			executable = resolved
		}
		patterns = append(patterns, filepath.Join(escapePattern(filepath.Dir(executable)), libraryName))
		roots = append(roots, filepath.Dir(executable))
		words = append(words, filepath.Join(filepath.Dir(executable), libraryName))
	}
	if directory, err := os.Getwd(); err == nil {
		roots = append(roots, directory)
	}
	inModules := filepath.Join("node_modules", "@chdb", "lib-"+runtime.GOOS+"-"+npmArchitecture()+"*", libraryName)
	for _, root := range roots {
		words = append(words, root+"/{,../,../../,…}"+inModules) // the same above, in no language
		for {
			patterns = append(patterns, filepath.Join(escapePattern(root), inModules))
			parent := filepath.Dir(root)
			if parent == root {
				break
			}
			root = parent
		}
	}
	return patterns, words
}

// npmArchitecture is Go's architecture in npm's words.
func npmArchitecture() string {
	if runtime.GOARCH == "amd64" {
		return "x64"
	}
	return runtime.GOARCH
}

func escapePattern(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// IsLibraryMissing reports whether the embedded engine could not start because its library is not installed.
func IsLibraryMissing(err error) bool {
	var missing *LibraryMissingError
	return errors.As(err, &missing)
}
