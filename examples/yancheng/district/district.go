// Package district writes the ledgers of the sample district: made-up disclosure records (示例数据) that behave
// like real ones. The same registry and last day always give the same bytes.
package district

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Since is the first day of the sample ledgers, midnight UTC.
func Since() time.Time { return day(2025, time.January, 1) }

// Written says what Write left in the directory: ledger files and their rows, headers not counted.
type Written struct{ Files, Rows int }

// Write reads units.csv, catalogue.csv, calendar.csv, exemptions.csv and notices.csv from registry and writes every ledger,
// filled up to and including the civil day through (its time of day and zone are ignored), below the directory
// ledgers. Existing ledgers of the same names are replaced. A registry that cannot be read is an error that names
// file and line.
func Write(ctx context.Context, registry fs.FS, ledgers string, through time.Time) (Written, error) {
	through = day(through.Date())
	if through.Before(Since()) {
		return Written{}, fmt.Errorf("sample ledgers through %s: they begin on %s", iso(through), iso(Since()))
	}
	d, err := readDistrict(registry)
	if err != nil {
		return Written{}, err
	}
	books := d.books(through)
	var done Written
	for _, book := range books {
		if err := ctx.Err(); err != nil {
			return done, fmt.Errorf("write sample ledgers: %w", err)
		}
		if err := writeBook(ledgers, book); err != nil {
			return done, err
		}
		done.Files++
		done.Rows += book.rowCount()
	}
	return done, nil
}

func writeBook(ledgers string, b book) error {
	var content bytes.Buffer
	if err := b.encode(&content); err != nil {
		return fmt.Errorf("write ledger %s: %w", b.path, err)
	}
	path := filepath.Join(ledgers, filepath.FromSlash(b.path))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write ledger %s: %w", b.path, err)
	}
	if err := os.WriteFile(path, content.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write ledger %s: %w", b.path, err)
	}
	return nil
}
