package country

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// Config is the name of the configuration file inside a directory that holds a country.
const Config = "yangguang.yaml"

// marker is the file that says which country a directory holds.
const marker = "simulation.json"

// Directory is where a country is written to.
type Directory struct {
	Path    string
	DSN     string          // of the ClickHouse in the configuration; empty: the embedded one, in Path/data
	Direct  bool            // the ledgers are headers only, because their records go straight into the database
	Workers int             // ledgers written at the same time; 0: one
	Rows    func(count int) // told of rows that have been written, by several goroutines; may be nil
}

// ErrOtherCountry says that a directory holds something else.
var ErrOtherCountry = errors.New("holds something else")

// Prepare writes configuration and registry into a directory that is empty, missing, or holds the same country; an edited configuration
// is left alone. ErrOtherCountry when the directory holds anything else.
func (c *Country) Prepare(d Directory) error {
	wanted, err := json.Marshal(struct {
		Parameters
		Direct bool
	}{c.Parameters, d.Direct})
	if err != nil {
		return fmt.Errorf("describe the simulation: %w", err)
	}
	held, err := os.ReadFile(filepath.Join(d.Path, marker))
	switch {
	case err == nil && string(held) != string(wanted):
		return fmt.Errorf("%s %w: the simulation %s; choose an empty directory", d.Path, ErrOtherCountry, held)
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(d.Path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("look into %s: %w", d.Path, err)
		}
		if len(entries) > 0 {
			return fmt.Errorf("%s %w: %s and more; choose an empty directory", d.Path, ErrOtherCountry, entries[0].Name())
		}
	case err != nil:
		return fmt.Errorf("look into %s: %w", d.Path, err)
	}
	if err := os.MkdirAll(d.Path, 0o755); err != nil {
		return fmt.Errorf("write simulation: %w", err)
	}
	if err := os.WriteFile(filepath.Join(d.Path, marker), wanted, 0o644); err != nil {
		return fmt.Errorf("write simulation: %w", err)
	}
	config := filepath.Join(d.Path, Config)
	if _, err := os.Stat(config); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(config, []byte(c.configuration(d)), 0o644); err != nil {
			return fmt.Errorf("write simulation: %w", err)
		}
	}
	return c.writeRegistry(d.Path)
}

func (c *Country) configuration(d Directory) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# 模拟数据，由 yangguang simulate 生成。Simulated data, made by yangguang simulate; see simulation.json.\n")
	fmt.Fprintf(&b, "sample: true\ntimezone: Asia/Shanghai\nlanguage: zh\nlisten: 127.0.0.1:8080\nsince: %s\n", c.From.Format(time.DateOnly))
	if d.DSN == "" {
		b.WriteString("clickhouse: {data_dir: data}\n")
	} else {
		fmt.Fprintf(&b, "clickhouse: {dsn: %q}\n", d.DSN)
	}
	b.WriteString("registry:\n")
	for _, name := range []string{"units", "catalogue", "calendar", "exemptions", "site_scores", "observations", "notices", "institutions"} {
		fmt.Fprintf(&b, "  %s: registry/%s.csv\n", name, name)
	}
	b.WriteString("sources:\n")
	empty := ""
	if d.Direct { // the ledgers are headers only
		empty = ", may_be_empty: true"
	}
	for _, p := range c.provinces {
		id := c.units[p.unit].id
		fmt.Fprintf(&b, "  - {name: %s, kind: ledger, path: ledgers/%s/*.csv, within: %q%s}  # %s\n", c.sourceName(p), id, id, empty, c.units[p.unit].name)
	}
	return b.String()
}

// WriteLedgers writes the ledgers of all provinces, a file a city and one with the corrections of each province.
func (c *Country) WriteLedgers(ctx context.Context, d Directory) error {
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(max(1, d.Workers))
	for n, p := range c.provinces {
		if running.Err() != nil {
			break
		}
		f := c.formOf(n)
		for _, ledger := range append(p.files[:len(p.files):len(p.files)], c.correctionsOf(p)) {
			group.Go(func() error { return c.writeLedgerFile(running, d, f, ledger) })
		}
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("write simulated ledgers: %w", err)
	}
	return ctx.Err()
}

// correctionsOf is the ledger with a province's corrections: behind the others in name order, so that they count.
func (c *Country) correctionsOf(p province) file {
	return file{"ledgers/" + c.units[p.unit].id + "/corrections.csv", p.unit, p.end()}
}

func (f file) stage() stage {
	if strings.HasSuffix(f.path, "/corrections.csv") {
		return corrections
	}
	return originals
}

func (c *Country) writeLedgerFile(ctx context.Context, d Directory, form *form, f file) error {
	end := f.end
	if d.Direct {
		end = f.first
	}
	return writeFile(filepath.Join(d.Path, filepath.FromSlash(f.path)), func(w io.Writer) error {
		rows, err := c.writeLedger(ctx, w, form, f.stage(), f.first, end)
		if d.Rows != nil {
			d.Rows(rows)
		}
		return err
	})
}
