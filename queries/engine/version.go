package engine

import (
	"fmt"

	"github.com/ebitengine/purego"
)

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
	function, err := purego.Dlsym(handle, "chdb_version")
	if err != nil {
		return path, "", fmt.Errorf("load %s: %w", path, err)
	}
	var name func() string
	purego.RegisterFunc(&name, function)
	return path, name(), nil
}
