// Package online is what the sources that answer in a format of their own have in common (SPEC §3): feed, api and wechat.
// Their packages read answers into entries; here entries become records, as all records do.
package online

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/title"
)

// Config is the part of a source in yangguang.yaml that feed, api and wechat share (docs/sources-feeds.md).
type Config struct {
	Name             string             `yaml:"name"`
	Kind             string             `yaml:"kind"`
	Schedule         string             `yaml:"schedule"` // for the scheduler, not used here
	Covers           collector.Coverage `yaml:"covers"`   // what the source reports (SPEC §4); required
	Within           string             `yaml:"within"`   // unit_id of the subtree whose units may be named; empty: all
	Scope            string             `yaml:"scope"`    // of rows that give none
	Channel          string             `yaml:"channel"`  // of rows that give none
	Fixed            map[string]string  `yaml:"fixed"`    // values of fields that a row does not give
	InferPeriod      *bool              `yaml:"infer_period"`
	Titles           title.List         `yaml:"titles"`
	IgnoreParameters []string           `yaml:"ignore_parameters,omitempty"` // of addresses: they do not say what is shown
	UploadDay        title.Patterns     `yaml:"upload_day"`                  // expressions for the day in the address of a row or of its attachments
}

// FieldNames are the fields of a record (SPEC §3).
func FieldNames() []string {
	var names []string
	for _, column := range record.Columns() {
		names = append(names, column.Key)
	}
	return names
}

// CheckFields complains about keys that are no fields of a record.
func CheckFields[Value any](where string, fields map[string]Value) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(FieldNames(), name) {
			return fmt.Errorf("%s: %q is not a field of a record; one of %s", where, name, strings.Join(FieldNames(), ", "))
		}
	}
	return nil
}

// Set puts a value into the field of that name.
func Set(fields *record.Fields, name, value string) {
	for i, into := range []*string{
		&fields.RecordID, &fields.Unit, &fields.Parent, &fields.Item, &fields.Title, &fields.EventID, &fields.Period, &fields.OccurredOn,
		&fields.ProposedOn, &fields.ReviewedOn, &fields.ApprovedOn, &fields.PublishedOn, &fields.UploadedOn, &fields.WithdrawnOn,
		&fields.Scope, &fields.Channel, &fields.URL,
	} {
		if FieldNames()[i] == name {
			*into = value
		}
	}
}

// compile checks the configuration and makes its rules ready.
func (c Config) compile(kind string) (titles *title.Rules, uploads []*regexp.Regexp, err error) {
	var problems []error
	if strings.TrimSpace(c.Name) == "" {
		problems = append(problems, errors.New("name is missing"))
	}
	if c.Kind != "" && c.Kind != kind {
		problems = append(problems, fmt.Errorf("kind is %q, not %s", c.Kind, kind))
	}
	if _, ok := record.Scopes().Read(c.Scope); c.Scope != "" && !ok {
		problems = append(problems, fmt.Errorf("scope %q %s", c.Scope, record.Scopes().Unknown(c.Scope)))
	}
	if _, ok := record.Channels().Read(c.Channel); c.Channel != "" && !ok {
		problems = append(problems, fmt.Errorf("channel %q %s", c.Channel, record.Channels().Unknown(c.Channel)))
	}
	titles, err = title.Compile(c.Titles)
	problems = append(problems, c.Covers.Check(), CheckFields("fixed", c.Fixed), err)
	for _, text := range c.UploadDay {
		pattern, err := regexp.Compile(text)
		if err != nil {
			problems = append(problems, fmt.Errorf("upload_day: %q is not a regular expression: %w", text, err))
			continue
		}
		uploads = append(uploads, pattern)
	}
	return titles, uploads, errors.Join(problems...)
}
