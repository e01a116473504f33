package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"

	"github.com/robfig/cron/v3"
	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/ledger"
)

// sourceConfig is one entry of sources: what all kinds have, and how to open it as its kind.
type sourceConfig struct {
	Name     string
	Schedule string
	line     int
	content  string // as written, to tell whether it was changed
	open     func(base string) (collector.Source, error)
}

// sourceKinds lists the kinds of sources; a new kind is one more line.
func sourceKinds() map[string]func(*yaml.Node) (sourceConfig, error) {
	return map[string]func(*yaml.Node) (sourceConfig, error){
		ledger.Kind: func(node *yaml.Node) (sourceConfig, error) {
			c, err := decodeSource[ledger.Config](node)
			return sourceConfig{Name: c.Name, Schedule: c.Schedule, open: func(base string) (collector.Source, error) { return ledger.New(c, base) }}, err
		},
	}
}

// UnmarshalYAML reads an entry as its kind says.
func (s *sourceConfig) UnmarshalYAML(node *yaml.Node) error {
	var head struct {
		Kind string `yaml:"kind"`
	}
	if err := node.Decode(&head); err != nil {
		return err
	}
	read, known := sourceKinds()[head.Kind]
	if !known {
		return fmt.Errorf("line %d: sources: kind %q is unknown; expected %s", node.Line, head.Kind, ledger.Kind)
	}
	entry, err := read(node)
	if err != nil {
		return err
	}
	content, err := yaml.Marshal(node)
	if err != nil {
		return err
	}
	*s = entry
	s.line, s.content = node.Line, string(content)
	return nil
}

// decodeSource decodes an entry strictly: a node does not know that its document's unknown keys are errors.
func decodeSource[Config any](node *yaml.Node) (config Config, err error) {
	problems := unknownKeys(node, reflect.TypeFor[Config]())
	if len(problems) > 0 {
		return config, errors.Join(problems...)
	}
	return config, node.Decode(&config)
}

// checkSources checks what the kinds leave to the configuration as a whole: names and schedules.
func (c *config) checkSources() (problems []error) {
	lines := map[string]int{}
	for _, source := range c.Sources {
		if first, taken := lines[source.Name]; taken {
			problems = append(problems, fmt.Errorf("%s:%d: sources: the name %q is taken by line %d; names must differ", c.file, source.line, source.Name, first))
		}
		lines[source.Name] = source.line
		if source.Schedule == "" {
			continue
		}
		if _, err := cron.ParseStandard(source.Schedule); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: sources: schedule: %w; expected five fields such as \"10 7 * * *\", or @every 1h", c.file, source.line, err))
		}
	}
	return problems
}

// openSources makes the sources in the order of the configuration.
func (c *config) openSources() ([]collector.Source, error) {
	var sources []collector.Source
	var problems []error
	for _, entry := range c.Sources {
		source, err := entry.open(filepath.Dir(c.file))
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", c.file, entry.line, err))
			continue
		}
		sources = append(sources, source)
	}
	return sources, errors.Join(problems...)
}
