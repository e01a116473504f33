package main

import (
	"context"
	"fmt"
	"runtime"

	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/storage"
)

// versions says which program this is.
type versions struct {
	Verbose bool
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
	writeWords(streams.out, streams.words, "version_clickhouse", "Minimum", clickhouse.MinimumClickHouse, "Tried", clickhouse.TriedClickHouse)
	path, library, err := engine.Installed()
	if err != nil {
		writeWords(streams.out, streams.words, "version_engine_none", "Error", streams.words.Said(err.Error()))
		return nil
	}
	fmt.Fprintf(streams.out, "engine     %s %s\n", library, path)
	if engine.IsOther(library) {
		writeWords(streams.out, streams.words, "version_engine_other", "Made", engine.Made)
	}
	return nil
}
