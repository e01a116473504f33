package config

import (
	"fmt"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/api"
	"yangguang/collector/fetch"
	"yangguang/collector/wechat"
)

// Network is a key network, of the configuration or of one online source: how pages are asked for. What it does not say stays as it was.
type Network struct {
	node *yaml.Node
}

// UnmarshalYAML keeps the mapping; check says what is wrong with it together with what else is wrong.
func (n *Network) UnmarshalYAML(node *yaml.Node) error {
	n.node = node
	return nil
}

// check lists what is wrong. of names whose network it is: nothing, or the source.
func (n Network) check(file, of string) (problems []error) {
	var policy fetch.Policy
	for _, mistake := range n.change(&policy) {
		problems = append(problems, fmt.Errorf("%s:%d: %snetwork%s", file, mistake.line, of, mistake.text))
	}
	if policy.CAFile != "" {
		if _, err := fetch.Roots((&Config{File: file}).relative(policy.CAFile)); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %snetwork.ca_file: %w", file, n.node.Line, of, err))
		}
	}
	return problems
}

// mistake is what is wrong in a line of the file.
type mistake struct {
	line int
	text string
}

// change puts what the mapping says into a policy, and lists what is wrong.
func (n Network) change(policy *fetch.Policy) (mistakes []mistake) {
	if n.node == nil {
		return nil
	}
	settings, err := settingsOf(n.node)
	if err != nil {
		return []mistake{{n.node.Line, ": " + err.Error()}}
	}
	for _, setting := range settings {
		key, known := networkKeys()[setting.key.Value]
		if !known {
			mistakes = append(mistakes, mistake{setting.key.Line, fmt.Sprintf(": unknown key %q; one of %s", setting.key.Value, networkKeyNames())})
		} else if !key.read(policy, setting.value) {
			mistakes = append(mistakes, mistake{setting.key.Line, fmt.Sprintf(".%s: %s; expected %s", setting.key.Value, written(setting.value), key.expected)})
		}
	}
	return mistakes
}

// policyOf says how a source asks for pages: as the configuration says, except for what the source says itself. robots.txt is about crawling, and
// an interface is made for programs: it is asked for one only if the source says so itself.
func (c *Config) policyOf(source Source) fetch.Policy {
	var policy fetch.Policy
	c.Network.change(&policy)
	if source.Kind == api.Kind || source.Kind == wechat.Kind {
		policy.IgnoreRobots = true
	}
	source.Network.change(&policy)
	policy.CAFile = c.relative(policy.CAFile)
	return policy
}

// relative is a file that the configuration names.
func (c *Config) relative(file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(filepath.Dir(c.File), file)
}
