package main

import (
	"debug/elf"
	"fmt"
	"strconv"
	"strings"
)

// oldestLibrary is the C library of the oldest systems that the program is for: glibc 2.17 of CentOS 7 and Kylin V10 SP0; openEuler 20.03 and
// UOS 20 have 2.28.
const oldestLibrary = "2.17"

// checkLibrary refuses a program or library that imports anything that oldestLibrary does not have.
func checkLibrary(file string) error {
	binary, err := elf.Open(file)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	defer binary.Close()
	symbols, err := binary.ImportedSymbols()
	if err != nil {
		return fmt.Errorf("read the symbols of %s: %w", file, err)
	}
	return checkSymbols(file, symbols)
}

func checkSymbols(file string, symbols []elf.ImportedSymbol) error {
	for _, symbol := range symbols {
		version, ofLibrary := strings.CutPrefix(symbol.Version, "GLIBC_")
		if !ofLibrary {
			continue
		}
		newer, err := newerThan(version, oldestLibrary)
		if err != nil || newer {
			return fmt.Errorf("%s needs %s of %s, which glibc %s does not have (built with CGO_ENABLED=0?)", file, symbol.Name, symbol.Version, oldestLibrary)
		}
	}
	return nil
}

// newerThan compares versions of glibc, such as 2.3.4 with 2.17.
func newerThan(version, than string) (bool, error) {
	numbers, limits := strings.Split(version, "."), strings.Split(than, ".")
	for i, text := range numbers {
		if i >= len(limits) {
			return true, nil
		}
		number, err := strconv.Atoi(text)
		if err != nil {
			return false, fmt.Errorf("the version %q: %w", version, err) // GLIBC_PRIVATE
		}
		if limit, err := strconv.Atoi(limits[i]); err != nil || number != limit {
			return number > limit, err
		}
	}
	return false, nil
}
