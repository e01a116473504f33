package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ebitengine/purego"
)

// Made is the version of ClickHouse whose library this program was made with, as package.json has it.
const Made = "26.7"

// Installed names the library that Start would load, and the version that the library gives itself, without starting it.
// Errors: *LibraryMissingError, or a library that cannot be loaded.
func Installed() (path, version string, err error) {
	if path, err = findLibrary(""); err != nil {
		return "", "", err
	}
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return path, "", fmt.Errorf("load %s: %w", path, err)
	}
	if version, err = versionOf(handle); err != nil {
		return path, "", fmt.Errorf("load %s: %w", path, err)
	}
	return path, version, nil
}

var errOld = errors.New("this library does not tell its version, so it is older than " + Made +
	", with which this program was made: install the libchdb.so that came with the program")

// versionOf asks a library for its version, such as 26.7.3. Before 26.7 libraries could neither say it nor be a server.
func versionOf(handle uintptr) (string, error) {
	function, err := purego.Dlsym(handle, "chdb_version")
	if err != nil {
		return "", errOld
	}
	var name func() string
	purego.RegisterFunc(&name, function)
	return name(), nil
}

// IsOther reports whether the version of a library or server is another than the program was made with, of which nothing is known.
func IsOther(version string) bool { return version != Made && !strings.HasPrefix(version, Made+".") }
