package online

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/title"
	"yangguang/queries/model"
)

// Source is what feed, api and wechat sources have in common; each adds Collect.
type Source struct {
	config   Config
	kind     string
	complete bool
	hash     string
	titles   *title.Rules
	uploads  []*regexp.Regexp
}

// New checks the shared part of a configuration; own lists what is wrong with the rest. whole is the configuration that
// the hash is made of. The error names the source in every line.
func New(config Config, kind string, complete bool, whole any, own ...error) (Source, error) {
	titles, uploads, err := config.compile(kind)
	if err := errors.Join(append(own, err)...); err != nil {
		return Source{}, inSource(config.Name, err)
	}
	text, err := yaml.Marshal(whole)
	if err != nil {
		return Source{}, inSource(config.Name, fmt.Errorf("hash the configuration: %w", err))
	}
	sum := sha256.Sum256(text)
	// Codes may be written in Chinese; compile has seen that they are known.
	config.Scope, _ = record.Scopes().Read(config.Scope)
	config.Channel, _ = record.Channels().Read(config.Channel)
	return Source{config: config, kind: kind, complete: complete, hash: hex.EncodeToString(sum[:]), titles: titles, uploads: uploads}, nil
}

func inSource(name string, err error) error {
	var problems []error
	for line := range strings.SplitSeq(err.Error(), "\n") {
		problems = append(problems, fmt.Errorf("source %q: %s", name, line))
	}
	return errors.Join(problems...)
}

// Name is unique among the sources.
func (s *Source) Name() string { return s.config.Name }

// IgnoredParameters are those of addresses that do not say what is shown.
func (s *Source) IgnoredParameters() []string { return s.config.IgnoreParameters }

// Kind is feed, api or wechat.
func (s *Source) Kind() string { return s.kind }

// Online is true: when something could not be seen yet is evidence (SPEC §3).
func (s *Source) Online() bool { return true }

// Steps is false: what is published does not tell the steps before.
func (s *Source) Steps() bool { return false }

// Complete says that a record gone from the source is withdrawn.
func (s *Source) Complete() bool { return s.complete }

// ConfigHash changes with the configuration.
func (s *Source) ConfigHash() string { return s.hash }

// Covers lists what the configuration says the source reports.
func (s *Source) Covers(registry model.Registry) ([]model.Cover, error) {
	if err := s.checkWithin(record.NewResolver(registry)); err != nil {
		return nil, fmt.Errorf("source %q: %w", s.config.Name, err)
	}
	return s.config.Covers.Of(s.config.Name, registry)
}

func (s *Source) checkWithin(resolver *record.Resolver) error {
	if _, ok := resolver.UnitByID(s.config.Within); s.config.Within != "" && !ok {
		return fmt.Errorf("within: %q is not a unit_id of the registry", s.config.Within)
	}
	return nil
}

// Begin checks what the configuration says against the registry in force. How many bytes will come is not known.
func (s *Source) Begin(sink collector.Sink) error {
	sink.Total(0)
	return s.checkWithin(sink.Rules().Resolver)
}

// LeaveOut tells a sink that wants to know, a trial's, which rows the source leaves out and why.
func LeaveOut(sink collector.Sink, place, reason, content string) {
	if sink, ok := sink.(interface {
		LeftOut(place, reason, content string)
	}); ok {
		sink.LeftOut(place, reason, content)
	}
}

// Rules are the sink's rules with what the configuration says.
func (s *Source) Rules(sink collector.Sink) record.Rules {
	rules := sink.Rules()
	rules.Within, rules.Scope, rules.Channel = s.config.Within, s.config.Scope, s.config.Channel
	rules.InferPeriod = s.config.InferPeriod == nil || *s.config.InferPeriod
	return rules
}

// Hand hands entries over in order.
func (s *Source) Hand(ctx context.Context, sink collector.Sink, entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	rules := s.Rules(sink)
	return sink.Rows(ctx, len(entries), func(chunk *collector.Chunk) {
		for i := range entries {
			s.adapt(chunk, i, entries[i], rules)
		}
	})
}
