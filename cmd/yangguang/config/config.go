// Package config reads yangguang.yaml (SPEC §6): its keys, what is wrong with them, and what they mean.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"time"
	_ "time/tzdata" // civil days must not depend on the machine's zone files

	"go.yaml.in/yaml/v3"

	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/language"
)

// Config is yangguang.yaml (SPEC §6). Relative paths are made relative to the file's directory by Read.
type Config struct {
	Timezone                string        `yaml:"timezone"`
	Language                string        `yaml:"language"`
	District                string        `yaml:"district"` // its name, as papers call it
	Listen                  string        `yaml:"listen"`
	WebConfig               WebConfigFile `yaml:"web_config"`
	Clerks                  []string      `yaml:"clerks"`    // users of web_config who note what becomes of rectification notices
	Operators               []string      `yaml:"operators"` // users of web_config who freeze packs and see who changed what; all without it
	OIDC                    *OIDC         `yaml:"oidc"`      // whom readers sign in with, beside web_config
	Guarded                 bool          `yaml:"guarded"`   // a proxy or the network keeps others out
	Public                  Public        `yaml:"public"`
	Since                   string        `yaml:"since"`
	Sample                  bool          `yaml:"sample"`
	ClickHouse              ClickHouse    `yaml:"clickhouse"`
	Registry                Registry      `yaml:"registry"`
	Assessment              string        `yaml:"assessment"`
	BackdatingToleranceDays *uint16       `yaml:"backdating_tolerance_days"`
	Metrics                 Metrics       `yaml:"metrics"`
	Retention               Retention     `yaml:"retention"`
	ExternalURL             string        `yaml:"external_url"`
	FrameAncestors          []string      `yaml:"frame_ancestors"` // origins whose pages may show ours in a frame
	Limits                  Limits        `yaml:"limits"`
	Log                     Log           `yaml:"log"`
	Backup                  Backup        `yaml:"backup"`
	Digest                  Digest        `yaml:"digest"`
	Patrol                  *Patrol       `yaml:"patrol"` // nil: what was published is not looked at again
	Network                 Network       `yaml:"network"`
	Sources                 []Source      `yaml:"sources"`

	File     string         `yaml:"-"`
	keyLine  map[string]int // of keys, and of those within them: patrol, patrol.days
	misread  []string       // lines whose values could not be read
	Location *time.Location `yaml:"-"` // of Timezone
	Spoken   string         `yaml:"-"` // the language of the command line, LanguageWith
	Begins   time.Time      `yaml:"-"` // since
	Written  *Config        `yaml:"-"` // as the file says it, where the command line says otherwise; nil: it does not
}

// Public is the address at which everyone may see what is for society; none without it.
type Public struct {
	Listen    string        `yaml:"listen"`
	WebConfig WebConfigFile `yaml:"web_config"` // for TLS
}

// ClickHouse is the key clickhouse.
type ClickHouse struct {
	DSN          string `yaml:"dsn"`
	PasswordFile string `yaml:"password_file"`
	Cluster      string `yaml:"cluster"`
	Replicated   *bool  `yaml:"replicated"`      // of a cluster; true without it
	Prefix       int    `yaml:"district_prefix"` // of a cluster
	DataDir      string `yaml:"data_dir"`
	MemoryLimit  uint64 `yaml:"memory_limit"`
}

// Registry is the key registry.
type Registry struct {
	RegistryFiles `yaml:",inline"`
	Hold          Hold `yaml:"hold"`
}

// RegistryFiles are the paths of the registry's files; empty: there is none.
type RegistryFiles struct {
	Units        string `yaml:"units"`
	Catalogue    string `yaml:"catalogue"`
	Calendar     string `yaml:"calendar"`
	Exemptions   string `yaml:"exemptions"`
	SiteScores   string `yaml:"site_scores"`
	Observations string `yaml:"observations"`
	Notices      string `yaml:"notices"`
	Institutions string `yaml:"institutions"`
}

// Metrics is the key metrics.
type Metrics struct {
	MaxSeries int `yaml:"max_series"`
}

// Read reads a configuration file whole. Its error is a user mistake that lists every problem with file and line.
func Read(path string) (*Config, error) {
	c, problems := ReadWhole(path)
	if len(problems) > 0 {
		return nil, terminal.Mistake(errors.Join(problems...))
	}
	return c, nil
}

// ReadWhole reads a configuration file and lists every problem with file and line. What it could read is there beside them; nil: nothing.
func ReadWhole(path string) (*Config, []error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, []error{fmt.Errorf("read configuration: %w", err)}
	}
	c := &Config{
		Timezone: "Asia/Shanghai", Listen: "127.0.0.1:8080",
		ClickHouse: ClickHouse{DataDir: "data"}, File: path,
	}
	var document yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	if err := decoder.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		return nil, []error{fmt.Errorf("%s: %w", path, err)}
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, []error{fmt.Errorf("%s: there is more than one YAML document; leave out the line --- and what follows, or join them", path)}
	}
	var problems []error
	if len(document.Content) > 0 {
		problems = c.decode(document.Content[0])
	}
	if c.Spoken = terminal.LanguageWith(c.Language); c.Language == "" {
		c.Language = "zh"
	}
	return c, append(problems, c.complete()...)
}

// decode reads the document as far as it can be read.
func (c *Config) decode(node *yaml.Node) (problems []error) {
	for _, unknown := range unknownKeys(node, reflect.TypeFor[Config](), "") {
		problems = append(problems, c.at(unknown.Error()))
	}
	c.keyLine = keyLines(node)
	var several *yaml.TypeError
	switch err := node.Decode(c); {
	case errors.As(err, &several):
		for _, one := range several.Errors {
			if line := ofLine.FindStringSubmatch(one); line != nil {
				c.misread = append(c.misread, line[1])
			}
			problems = append(problems, c.at(one))
		}
	case err != nil:
		problems = append(problems, fmt.Errorf("%s: %w", c.File, err))
	}
	if c.Patrol == nil && c.keyLine["patrol"] > 0 && len(problems) == 0 {
		c.Patrol = &Patrol{} // the key with nothing behind it
	}
	return problems
}

// ofLine is a problem that begins with its line.
var ofLine = regexp.MustCompile(`^line (\d+): `)

// at puts the file before a problem, and its line as other problems have it.
func (c *Config) at(problem string) error {
	if line := ofLine.FindStringSubmatch(problem); line != nil {
		return fmt.Errorf("%s:%s: %s", c.File, line[1], problem[len(line[0]):])
	}
	return fmt.Errorf("%s: %s", c.File, problem)
}

// complete checks the values and makes paths absolute.
func (c *Config) complete() (problems []error) {
	wrong := func(format string, values ...any) {
		problems = append(problems, fmt.Errorf("%s: "+format, append([]any{c.File}, values...)...))
	}
	var err error
	if c.Location, err = time.LoadLocation(c.Timezone); err != nil {
		wrong("timezone: %q is unknown; expected a name like Asia/Shanghai", c.Timezone)
		c.Location = time.UTC // to go on with what else there is to check
	}
	if !slices.Contains(language.Languages(), c.Language) {
		wrong("language: %q is unknown; expected zh or en", c.Language)
	}
	if c.Since != "" {
		if c.Begins, err = time.Parse(time.DateOnly, c.Since); err != nil {
			wrong("since: %q is not a date; expected one written 2025-01-01", c.Since)
		}
	}
	if c.Registry.Units == "" {
		wrong("registry.units: missing; expected the path of units.csv")
	}
	if c.Registry.Catalogue == "" {
		wrong("registry.catalogue: missing; expected the path of catalogue.csv")
	}
	if c.Metrics.MaxSeries < 0 {
		wrong("metrics.max_series: %d; expected a number above 0", c.Metrics.MaxSeries)
	}
	for _, given := range c.FrameAncestors {
		if !origin.MatchString(given) {
			wrong("frame_ancestors: %q is no origin; expected one written https://portal.example, without a path", given)
		}
	}
	if address, err := url.Parse(c.ClickHouse.DSN); err == nil && address.User != nil {
		if _, written := address.User.Password(); written {
			wrong("clickhouse.dsn: a password must not stand in the file; give it by clickhouse.password_file or %s", passwordVariable)
		}
	}
	c.Registry.Hold.check(wrong)
	problems = append(problems, c.Retention.complete(c.File)...)
	problems = append(problems, c.Limits.check(c.File)...)
	problems = append(problems, c.Log.check(c.File)...)
	problems = append(problems, c.Digest.complete(c)...)
	problems = append(problems, c.Patrol.complete(c)...)
	c.ClickHouse.checkCluster(wrong)
	problems = append(append(problems, c.Network.check(c.File, "")...), c.checkSources()...)
	for _, path := range []*string{
		&c.ClickHouse.DataDir, &c.ClickHouse.PasswordFile, &c.Registry.Units, &c.Registry.Catalogue, &c.Registry.Calendar, &c.Registry.Exemptions,
		&c.Registry.SiteScores, &c.Registry.Observations, &c.Registry.Notices, &c.Registry.Institutions, &c.Assessment,
	} {
		*path = c.path(*path)
	}
	for _, file := range []*WebConfigFile{&c.WebConfig, &c.Public.WebConfig} {
		*file = WebConfigFile(c.path(string(*file)))
	}
	return problems
}

// origin is what stands for a site in a policy: no more than scheme, host and port.
var origin = regexp.MustCompile(`^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$`)

// path is a path of the file, relative to the file's directory.
func (c *Config) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.File), path)
}

// WebConfigFile is the key web_config: the file of TLS and users that Prometheus and its exporters have in common; empty: neither.
type WebConfigFile string
