package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"yangguang/queries/clickhouse/engine"
)

// writeEngineLicences writes the licences that the engine lists of what it contains; works under the same text stand above it together.
func writeEngineLicences(ctx context.Context, path, library string) (err error) {
	directory, err := os.MkdirTemp("", "yangguang-release-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(directory)) }()
	if library, err = filepath.Abs(library); err != nil {
		return err
	}
	running, err := engine.Start(ctx, engine.Options{DataDir: directory, Library: library})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Close()) }()
	conn, err := clickhouse.Open(running.Options())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var works []struct {
		Names []string `ch:"names"`
		Text  string   `ch:"license_text"`
	}
	if err := conn.Select(ctx, &works, `SELECT groupUniqArray(library_name || ' (' || license_type || ')') AS names, license_text
		FROM system.licenses GROUP BY license_text ORDER BY min(library_name), license_text`); err != nil {
		return fmt.Errorf("ask the engine for its licences: %w", err)
	}
	if len(works) == 0 {
		return errors.New("the engine lists no licences")
	}
	var text bytes.Buffer
	text.WriteString("libchdb.so is ClickHouse, under the Apache License 2.0. It contains the works below, under the licences that follow them.\n")
	for _, work := range works {
		fmt.Fprintf(&text, "\n%s\n%s\n%s\n%s\n", strings.Repeat("=", 80), strings.Join(work.Names, ", "), strings.Repeat("-", 80), strings.TrimSpace(work.Text))
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}
