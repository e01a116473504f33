package main

import (
	"context"
	"fmt"
	"runtime"

	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/storage"
)

// versions tells which program this is.
type versions struct {
	Verbose bool `help:"Also Go, schema, ClickHouse and the embedded engine."`
}

// Run is the command. An engine that is not installed is no failure: clickhouse.dsn does without.
func (v versions) Run(_ context.Context, streams streams) error {
	if !v.Verbose {
		fmt.Fprintln(streams.out, version)
		return nil
	}
	fmt.Fprintf(streams.out, "yangguang  %s\n", version)
	fmt.Fprintf(streams.out, "go         %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(streams.out, "schema     %s\n", storage.Schema())
	fmt.Fprintf(streams.out, "clickhouse %s or later; tried with %s\n", clickhouse.MinimumClickHouse, clickhouse.TriedClickHouse)
	path, library, err := engine.Installed()
	if err != nil {
		fmt.Fprintf(streams.out, "engine     none: %v\n", err)
		return nil
	}
	fmt.Fprintf(streams.out, "engine     %s %s\n", library, path)
	if engine.IsOther(library) {
		fmt.Fprintf(streams.out, "           another version than %s, with which the program was made; not tried\n", engine.Made)
	}
	return nil
}
