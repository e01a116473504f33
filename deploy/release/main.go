// Command release adds to a stage, the directory of what is packed, what has to be found out about the program in it: which C library it needs
// (too new a one is an error), the licences of what it contains, and its bill of materials. Run by deploy/release/build.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"yangguang/queries/clickhouse/engine"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(engine.Child(os.Args[2:]))
	}
	stage := flag.String("stage", "", "directory with yangguang and, if there is one, libchdb.so")
	bill := flag.String("bill", "", "file to write the bill of materials to")
	version := flag.String("version", "", "of the program")
	readable := flag.Bool("run", false, "the engine is of this machine's kind: ask it for its licences")
	flag.Parse()
	if err := release(context.Background(), *stage, *bill, *version, *readable); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(ctx context.Context, stage, bill, version string, readable bool) error {
	program, library := filepath.Join(stage, "yangguang"), filepath.Join(stage, "libchdb.so")
	if _, err := os.Stat(library); errors.Is(err, os.ErrNotExist) {
		library = ""
	} else if err != nil {
		return err
	}
	for _, file := range []string{program, library} {
		if file == "" {
			continue
		}
		if err := checkLibrary(file); err != nil {
			return err
		}
	}
	contents, err := contentsOf(ctx, program, library)
	if err != nil {
		return err
	}
	if err := writeLicences(filepath.Join(stage, "doc", "THIRD-PARTY-LICENSES.txt"), contents); err != nil {
		return err
	}
	if library != "" && readable {
		if err := writeEngineLicences(ctx, filepath.Join(stage, "doc-engine", "THIRD-PARTY-LICENSES.txt"), library); err != nil {
			return err
		}
	}
	return writeBill(bill, version, program, contents)
}
