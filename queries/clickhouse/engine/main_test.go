package engine_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"testing"

	"yangguang/queries/clickhouse/engine"
)

// parentVariable makes the test binary a parent that starts an engine in the named directory, prints its child's process id and waits to be killed.
const parentVariable = "YANGGUANG_TEST_PARENT"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(engine.Child(os.Args[2:]))
	}
	if directory := os.Getenv(parentVariable); directory != "" {
		os.Exit(parent(directory))
	}
	os.Exit(m.Run())
}

func parent(directory string) int {
	running, err := engine.Start(context.Background(), engine.Options{DataDir: directory, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(running.Process())
	select {}
}
