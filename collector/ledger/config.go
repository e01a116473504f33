// Package ledger reads disclosure ledgers: CSV and XLSX files that units fill in (SPEC §3).
package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/record"
	"yangguang/collector/table"
)

// Kind is the kind of source that Config configures.
const Kind = "ledger"

// Config is a ledger source in yangguang.yaml (SPEC §6).
type Config struct {
	Name             string           `yaml:"name"`
	Kind             string           `yaml:"kind"`
	Schedule         string           `yaml:"schedule"`                    // cron expression; for the scheduler, not used here
	Path             string           `yaml:"path"`                        // glob, relative to the configuration file
	Within           string           `yaml:"within"`                      // unit_id of the subtree whose units the ledger may name; empty: all
	Columns          map[string]Names `yaml:"columns"`                     // further header names of a field
	InferPeriod      bool             `yaml:"infer_period"`                // a periodic item's row may come without period and occurred_on
	IgnoreParameters []string         `yaml:"ignore_parameters,omitempty"` // of addresses: they do not say what is shown
	Steps            *bool            `yaml:"steps"`                       // the ledger reports the four steps; default true
	Complete         bool             `yaml:"complete"`                    // a record gone from the ledger is withdrawn
	MayBeEmpty       bool             `yaml:"may_be_empty,omitempty"`      // no row is no reason for suspicion
	Scope            string           `yaml:"scope"`                       // of rows that give none
	Channel          string           `yaml:"channel"`                     // of rows that give none
}

// Names is one name or a list of names.
type Names []string

// UnmarshalYAML reads a scalar or a sequence.
func (n *Names) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*n = Names{node.Value}
		return nil
	}
	var names []string
	if err := node.Decode(&names); err != nil {
		return err
	}
	*n = names
	return nil
}

// problems lists what is wrong with the configuration, each with what would be right.
func (c Config) problems() error {
	var problems []error
	complain := func(format string, values ...any) {
		problems = append(problems, fmt.Errorf("source %q: "+format, append([]any{c.Name}, values...)...))
	}
	if strings.TrimSpace(c.Name) == "" {
		complain("name is missing")
	}
	if c.Kind != "" && c.Kind != Kind {
		complain("kind is %q, not %s", c.Kind, Kind)
	}
	if c.Path == "" {
		complain("path is missing; write the ledger files as a glob, like ledgers/*.csv")
	}
	if _, ok := record.Scopes().Read(c.Scope); c.Scope != "" && !ok {
		complain("scope %q %s", c.Scope, record.Scopes().Unknown(c.Scope))
	}
	if _, ok := record.Channels().Read(c.Channel); c.Channel != "" && !ok {
		complain("channel %q %s", c.Channel, record.Channels().Unknown(c.Channel))
	}
	if _, err := c.header(); err != nil {
		complain("%w", err)
	}
	return errors.Join(problems...)
}

// header is the columns of every ledger with the configured names added. A configured name that is another column's usual
// one is taken from it.
func (c Config) header() (table.Header, error) {
	columns := record.Columns()
	var problems []error
	given := map[string]string{}
	for i, column := range columns {
		for _, name := range c.Columns[column.Key] {
			folded := table.FoldName(name)
			if other, taken := given[folded]; taken && other != column.Key {
				problems = append(problems, fmt.Errorf("columns: %q is given for both %s and %s", name, other, column.Key))
			}
			given[folded] = column.Key
			columns[i].Names = append(columns[i].Names, name)
		}
	}
	for i, column := range columns {
		if owner, taken := given[table.FoldName(column.Key)]; taken && owner != column.Key {
			problems = append(problems, fmt.Errorf("columns: %q is itself a field and cannot be a name of %s", column.Key, owner))
		}
		columns[i].Names = slices.DeleteFunc(column.Names, func(name string) bool {
			owner, taken := given[table.FoldName(name)]
			return taken && owner != column.Key
		})
	}
	for field := range c.Columns {
		if !slices.ContainsFunc(columns, func(column table.Column) bool { return column.Key == field }) {
			names := fieldNames(columns)
			problems = append(problems, fmt.Errorf("columns: %q is not a field of a record; one of %s%s", field, strings.Join(names, ", "), record.DidYouMean(field, names)))
		}
	}
	return table.Header{Columns: columns}, errors.Join(problems...)
}

func fieldNames(columns []table.Column) []string {
	names := make([]string, 0, len(columns))
	for _, column := range columns {
		names = append(names, column.Key)
	}
	return names
}
