package commands

import (
	"context"
	"fmt"
	"runtime"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/storage"
)

// Version says which program this is.
type Version struct {
	Verbose bool
}

// Run is the command. An engine that is not installed is no failure: clickhouse.dsn does without.
func (v Version) Run(_ context.Context, streams terminal.Streams) error {
	if !v.Verbose {
		fmt.Fprintln(streams.Out, build.Version)
		return nil
	}
	fmt.Fprintf(streams.Out, "yangguang  %s\n", build.Version)
	fmt.Fprintf(streams.Out, "go         %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(streams.Out, "schema     %s\n", storage.Schema())
	terminal.WriteLine(streams.Out, streams.Words, "version_clickhouse", "Minimum", clickhouse.MinimumClickHouse, "Tried", clickhouse.TriedClickHouse)
	path, library, err := engine.Installed()
	if err != nil {
		terminal.WriteLine(streams.Out, streams.Words, "version_engine_none", "Error", streams.Words.Said(err.Error()))
		return nil
	}
	fmt.Fprintf(streams.Out, "engine     %s %s\n", library, path)
	if engine.IsOther(library) {
		terminal.WriteLine(streams.Out, streams.Words, "version_engine_other", "Made", engine.Made)
	}
	return nil
}
