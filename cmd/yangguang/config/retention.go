package config

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"yangguang/queries/retention"
)

// Retention says how long what grows is kept (retention.Policy); what is left out is kept as by retention.DefaultPolicy.
type Retention struct {
	Contents period `yaml:"contents"`
	Versions period `yaml:"versions"`
	Rejects  period `yaml:"rejects"`
	Registry period `yaml:"registry"`
	Answers  period `yaml:"answers"`
	Texts    period `yaml:"texts"`

	Policy retention.Policy `yaml:"-"`
}

// period is a period as it was written, and where.
type period struct {
	text string
	line int
}

// UnmarshalYAML is yaml's; what was written is judged by complete.
func (p *period) UnmarshalYAML(node *yaml.Node) error {
	p.text, p.line = node.Value, node.Line
	return nil
}

// complete reads the periods; problems name file, line and field.
func (r *Retention) complete(file string) (problems []error) {
	r.Policy = retention.DefaultPolicy()
	for _, of := range []struct {
		name    string
		written period
		kept    *retention.Period
	}{
		{"contents", r.Contents, &r.Policy.Contents},
		{"versions", r.Versions, &r.Policy.Versions},
		{"rejects", r.Rejects, &r.Policy.Rejects},
		{"registry", r.Registry, &r.Policy.Registry},
		{"answers", r.Answers, &r.Policy.Answers},
		{"texts", r.Texts, &r.Policy.Texts},
	} {
		if of.written.line == 0 {
			continue
		}
		period, err := retention.ParsePeriod(of.written.text)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: line %d: retention.%s: %q is not right; %w", file, of.written.line, of.name, of.written.text, err))
		}
		*of.kept = period
	}
	return problems
}
