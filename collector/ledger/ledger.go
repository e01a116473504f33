package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/table"
	"yangguang/queries/model"
)

// Ledger is a ledger source.
type Ledger struct {
	config Config
	base   string
	header table.Header

	neighbours []*Ledger
	known      map[string]bool // absolute paths of files that are read as something else
	hash       string          // of the configuration
}

var (
	_ collector.Source     = (*Ledger)(nil)
	_ collector.Watched    = (*Ledger)(nil)
	_ collector.Configured = (*Ledger)(nil)
)

// New makes the source that config describes; base is the directory of the configuration file. The error lists everything
// that is wrong with config.
func New(config Config, base string) (*Ledger, error) {
	if err := config.problems(); err != nil {
		return nil, err
	}
	header, err := config.header()
	if err != nil {
		return nil, err
	}
	// Codes may be written in Chinese; problems has seen that they are known.
	config.Scope, _ = record.Scopes().Read(config.Scope)
	config.Channel, _ = record.Channels().Read(config.Channel)
	whole := config
	whole.Name, whole.Schedule, whole.MayBeEmpty = "", "", false
	text, err := yaml.Marshal(whole)
	if err != nil {
		return nil, fmt.Errorf("source %q: hash the configuration: %w", config.Name, err)
	}
	sum := sha256.Sum256(text)
	return &Ledger{config: config, base: base, header: header, hash: hex.EncodeToString(sum[:])}, nil
}

// Name is unique among the sources.
func (l *Ledger) Name() string { return l.config.Name }

// Kind is "ledger".
func (l *Ledger) Kind() string { return Kind }

// Online is false: a ledger says nothing about when something could be seen (SPEC §3 "Evidence").
func (l *Ledger) Online() bool { return false }

// Steps is true unless the configuration says otherwise.
func (l *Ledger) Steps() bool { return l.config.Steps == nil || *l.config.Steps }

// Complete says that a record gone from the ledger is withdrawn.
func (l *Ledger) Complete() bool { return l.config.Complete }

// ConfigHash changes with what decides which rows are read and what is made of them.
func (l *Ledger) ConfigHash() string { return l.hash }

// MayBeEmpty says that the files may have no rows.
func (l *Ledger) MayBeEmpty() bool { return l.config.MayBeEmpty }

// WhenEmpty names the files.
func (l *Ledger) WhenEmpty([]string) string {
	return "no row below a header in " + l.config.Path + "; write the disclosures there"
}

// IgnoredParameters are those of addresses that do not say what is shown.
func (l *Ledger) IgnoredParameters() []string { return l.config.IgnoreParameters }

// Covers lists the units that the ledger may name, for every item (SPEC §4): all of them, or those within its subtree.
func (l *Ledger) Covers(registry model.Registry) ([]model.Cover, error) {
	if l.config.Within == "" {
		return []model.Cover{{Source: l.config.Name, UnitID: "*", ItemID: "*"}}, nil
	}
	resolver := record.NewResolver(registry)
	if err := l.checkWithin(resolver); err != nil {
		return nil, err
	}
	var covers []model.Cover
	for _, unit := range registry.Units {
		if resolver.IsWithin(unit.ID, l.config.Within) {
			covers = append(covers, model.Cover{Source: l.config.Name, UnitID: unit.ID, ItemID: "*"})
		}
	}
	return covers, nil
}

func (l *Ledger) checkWithin(resolver *record.Resolver) error {
	if l.config.Within == "" {
		return nil
	}
	if _, ok := resolver.UnitByID(l.config.Within); !ok {
		return fmt.Errorf("source %q: within: %q is not a unit_id of the registry", l.config.Name, l.config.Within)
	}
	return nil
}

// Collect reads the files in name order, rows in file order. A file that cannot be read does not keep the others from being
// read; all such files are named in the error.
func (l *Ledger) Collect(ctx context.Context, sink collector.Sink) error {
	rules := sink.Rules()
	if err := l.checkWithin(rules.Resolver); err != nil {
		return err
	}
	rules.Within, rules.InferPeriod = l.config.Within, l.config.InferPeriod
	rules.Scope, rules.Channel = l.config.Scope, l.config.Channel
	files, err := l.findFiles(sink.Remark)
	if err != nil {
		return err
	}
	total := int64(0)
	for _, file := range files {
		total += file.size
	}
	sink.Total(total)
	var problems []error
	for _, file := range files {
		err := l.readFile(ctx, file, rules, sink)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, collector.ErrStorage) {
			return err
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", l.shown(file.path), err))
		}
		sink.Page()
	}
	return errors.Join(problems...)
}

func (l *Ledger) pattern() string {
	if filepath.IsAbs(l.config.Path) {
		return l.config.Path
	}
	return filepath.Join(l.base, l.config.Path)
}

// shown is a file's path as the configuration would write it, the same on every machine.
func (l *Ledger) shown(path string) string {
	if relative, err := filepath.Rel(l.base, path); err == nil && filepath.IsLocal(relative) {
		return filepath.ToSlash(relative)
	}
	return filepath.ToSlash(path)
}
