package config

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/robfig/cron/v3"
	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/api"
	"yangguang/collector/feed"
	"yangguang/collector/fetch"
	"yangguang/collector/ledger"
	"yangguang/collector/online"
	"yangguang/collector/record"
	"yangguang/collector/web"
	"yangguang/collector/wechat"
)

// Source is one entry of sources: what all kinds have, and how to open it as its kind.
type Source struct {
	Name     string
	Kind     string
	Schedule string
	Network  Network
	Line     int
	mistakes []string // unknown keys, each with its line
	Content  string   // as written, to tell whether it was changed
	open     opener
}

// opener makes the source that an entry describes; base is the directory of the configuration file.
type opener func(base string, network online.Network) (collector.Source, error)

// sourceKinds lists the kinds of sources; a new kind is one more line.
func sourceKinds() map[string]func(*yaml.Node) (opener, error) {
	return map[string]func(*yaml.Node) (opener, error){
		ledger.Kind: as(func(c ledger.Config, base string, _ online.Network) (collector.Source, error) {
			return ledger.New(c, base)
		}),
		web.Kind:  asOnline(func(c web.Config, _ string, n online.Network) (collector.Source, error) { return web.New(c, n) }),
		feed.Kind: asOnline(func(c feed.Config, _ string, n online.Network) (collector.Source, error) { return feed.New(c, n) }),
		api.Kind: asOnline(func(c api.Config, base string, n online.Network) (collector.Source, error) {
			return api.New(c, base, n)
		}),
		wechat.Kind: asOnline(func(c wechat.Config, base string, n online.Network) (collector.Source, error) {
			return wechat.New(c, base, n)
		}),
	}
}

// as reads an entry strictly as the configuration of one kind.
func as[Config any](open func(config Config, base string, network online.Network) (collector.Source, error)) func(*yaml.Node) (opener, error) {
	return func(node *yaml.Node) (opener, error) {
		config, err := decodeSource[Config](node)
		return func(base string, network online.Network) (collector.Source, error) {
			return open(config, base, network)
		}, err
	}
}

// networked is the configuration of a source that asks a network, which may be told how.
type networked[Config any] struct {
	Config  Config  `yaml:",inline"`
	Network Network `yaml:"network"`
}

// asOnline reads an entry strictly as the configuration of one kind that asks a network.
func asOnline[Config any](open func(config Config, base string, network online.Network) (collector.Source, error)) func(*yaml.Node) (opener, error) {
	return as(func(config networked[Config], base string, network online.Network) (collector.Source, error) {
		return open(config.Config, base, network)
	})
}

// UnmarshalYAML reads an entry as its kind says.
func (s *Source) UnmarshalYAML(node *yaml.Node) error {
	var head struct {
		Name     string  `yaml:"name"`
		Kind     string  `yaml:"kind"`
		Schedule string  `yaml:"schedule"`
		Network  Network `yaml:"network"`
	}
	if err := node.Decode(&head); err != nil {
		return goingOn(err)
	}
	read, known := sourceKinds()[head.Kind]
	if !known {
		kinds := slices.Sorted(maps.Keys(sourceKinds()))
		return goingOn(fmt.Errorf("line %d: sources: kind %q is unknown; expected one of %s%s", node.Line, head.Kind, strings.Join(kinds, ", "),
			record.DidYouMean(head.Kind, kinds)))
	}
	open, err := read(node)
	var mistakes []string
	if keys := (unknownKeysError{}); errors.As(err, &keys) { // what else the entry says is checked all the same
		mistakes = strings.Split(keys.Error(), "\n")
	} else if err != nil {
		return goingOn(err)
	}
	content, err := yaml.Marshal(node)
	if err != nil {
		return err
	}
	*s = Source{Name: head.Name, Kind: head.Kind, Schedule: head.Schedule, Network: head.Network, Line: node.Line, mistakes: mistakes, Content: string(content), open: open}
	return nil
}

// goingOn is an error that lets the rest of the document be read, so that all that is wrong is reported at once.
func goingOn(err error) error {
	var several *yaml.TypeError
	if errors.As(err, &several) {
		return several
	}
	return &yaml.TypeError{Errors: strings.Split(err.Error(), "\n")}
}

// unknownKeysError lists the unknown keys of an entry that can be read but for them.
type unknownKeysError struct{ error }

// decodeSource decodes an entry strictly: a node does not know that its document's unknown keys are errors. Beside an unknownKeysError
// the configuration is that of the other keys.
func decodeSource[Config any](node *yaml.Node) (config Config, err error) {
	problems := unknownKeys(node, reflect.TypeFor[Config](), "sources: ")
	err = node.Decode(&config)
	if len(problems) == 0 {
		return config, err
	}
	if err != nil {
		return config, errors.Join(problems...) // types that read themselves complain about unknown keys once more
	}
	return config, unknownKeysError{errors.Join(problems...)}
}

// checkSources checks what the kinds leave to the configuration as a whole: names, networks and
// schedules.
func (c *Config) checkSources() (problems []error) {
	lines := map[string]int{}
	for _, source := range c.Sources {
		if first, taken := lines[source.Name]; taken {
			problems = append(problems, fmt.Errorf("%s:%d: sources: the name %q is taken by line %d; names must differ", c.File, source.Line, source.Name, first))
		}
		lines[source.Name] = source.Line
		for _, mistake := range source.mistakes {
			problems = append(problems, c.at(mistake))
		}
		problems = append(problems, source.Network.check(c.File, fmt.Sprintf("source %q: ", source.Name))...)
		if source.Schedule == "" {
			continue
		}
		if _, err := cron.ParseStandard(source.Schedule); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: sources: schedule: %q; expected five fields such as \"10 7 * * *\", or @every 1h", c.File, source.Line, source.Schedule))
		}
	}
	return problems
}

// OpenSources makes the sources in the order of the configuration.
func (c *Config) OpenSources(network *fetch.Fetcher) ([]collector.Source, error) {
	var sources []collector.Source
	var problems []error
	for _, entry := range c.Sources {
		source, err := entry.open(filepath.Dir(c.File), network.For(entry.Name, c.policyOf(entry)))
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", c.File, entry.Line, err))
			continue
		}
		sources = append(sources, source)
	}
	c.introduce(sources)
	return sources, errors.Join(problems...)
}

// introduce tells each ledger which files beside its own are read as something else.
func (c *Config) introduce(sources []collector.Source) {
	var ledgers []*ledger.Ledger
	for _, source := range sources {
		if l, ok := source.(*ledger.Ledger); ok {
			ledgers = append(ledgers, l)
		}
	}
	r := c.Registry
	files := []string{r.Units, r.Catalogue, r.Calendar, r.Exemptions, r.SiteScores, r.Observations, r.Notices, r.Institutions, c.Assessment, c.File}
	for _, l := range ledgers {
		l.SetNeighbours(ledgers, files)
	}
}
