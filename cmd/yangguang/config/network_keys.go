package config

import (
	"errors"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/fetch"
)

// networkKey is a key of network.
type networkKey struct {
	expected string
	read     func(policy *fetch.Policy, value *yaml.Node) bool // false: the value is not as expected
}

// Slower than slowest, a list would never be read; a page of more than mostBody does not fit into memory.
const (
	slowest  = 0.001
	mostBody = 1 << 30
)

// networkKeys are the keys of network. What is missing has the defaults of package fetch.
func networkKeys() map[string]networkKey {
	return map[string]networkKey{
		"user_agent": keyOf("a name in Latin letters, such as Example/1.0 (mail@example.gov.cn)", func(policy *fetch.Policy, value string) bool {
			policy.UserAgent = value
			return fetch.RobotsName(value) != "" && !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' })
		}),
		"rate_per_second": keyOf("requests a second to one host, a number from 0.001 on", func(policy *fetch.Policy, value float64) bool {
			policy.RatePerSecond = value
			return value >= slowest && !math.IsInf(value, 0)
		}),
		"concurrency": keyOf("requests to one host at a time, a whole number from 1 on", func(policy *fetch.Policy, value int) bool {
			policy.Concurrency = value
			return value >= 1
		}),
		"timeout": keyOf("a time such as 30s", func(policy *fetch.Policy, value string) bool {
			var err error
			policy.Timeout, err = time.ParseDuration(value)
			return err == nil && policy.Timeout > 0
		}),
		"max_body": keyOf("bytes of one page, a whole number from 1 to 1073741824", func(policy *fetch.Policy, value int64) bool {
			policy.MaxBody = value
			return value >= 1 && value <= mostBody
		}),
		"retries": keyOf("how often, a whole number; 0 for never", func(policy *fetch.Policy, value int) bool {
			policy.Retries = value
			if value == 0 {
				policy.Retries = -1
			}
			return value >= -1
		}),
		"robots": keyOf("true or false", func(policy *fetch.Policy, value bool) bool {
			policy.IgnoreRobots = !value
			return true
		}),
		"allow_private": keyOf("true or false", func(policy *fetch.Policy, value bool) bool {
			policy.AllowPrivate = value
			return true
		}),
		"ca_file": keyOf("a file of certificates in PEM or DER, relative to the configuration", func(policy *fetch.Policy, value string) bool {
			policy.CAFile = value
			return value != ""
		}),
		"allow_hosts": keyOf("a list of names of hosts, such as [www.example.gov.cn]", func(policy *fetch.Policy, value []string) bool {
			policy.AllowHosts = value
			return !slices.ContainsFunc(value, func(name string) bool {
				address, err := url.Parse("https://" + name)
				return err != nil || name == "" || address.Hostname() != name && "["+address.Hostname()+"]" != name
			})
		}),
	}
}

func networkKeyNames() string { return strings.Join(slices.Sorted(maps.Keys(networkKeys())), ", ") }

// keyOf is a key whose values are of one type; take puts one into the policy and says whether it is possible.
func keyOf[Value any](expected string, take func(policy *fetch.Policy, value Value) bool) networkKey {
	return networkKey{expected, func(policy *fetch.Policy, node *yaml.Node) bool {
		if node.Kind == yaml.AliasNode {
			node = node.Alias
		}
		var value Value
		switch any(value).(type) {
		case int, int64:
			if node.ShortTag() != "!!int" { // a fraction would be cut off
				return false
			}
		}
		return node.ShortTag() != "!!null" && node.Decode(&value) == nil && take(policy, value)
	}}
}

// setting is a key and its value, as they stand in the file.
type setting struct {
	key, value *yaml.Node
}

// settingsOf are the settings of a mapping, those that it takes over from others (<<) first.
func settingsOf(node *yaml.Node) (settings []setting, err error) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind == yaml.SequenceNode { // of what is taken over
		for _, element := range slices.Backward(node.Content) {
			more, err := settingsOf(element)
			if err != nil {
				return nil, err
			}
			settings = append(settings, more...)
		}
		return settings, nil
	}
	if node.Kind != yaml.MappingNode {
		return nil, errors.New("expected keys and values: " + networkKeyNames())
	}
	var own []setting
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value != "<<" {
			own = append(own, setting{node.Content[i], node.Content[i+1]})
			continue
		}
		more, err := settingsOf(node.Content[i+1])
		if err != nil {
			return nil, err
		}
		settings = append(settings, more...)
	}
	return append(settings, own...), nil
}

// written is a value as the file has it.
func written(node *yaml.Node) string {
	if node.Kind == yaml.ScalarNode {
		return strconv.Quote(node.Value)
	}
	text, err := yaml.Marshal(node)
	if err != nil {
		return "a list or a mapping"
	}
	return strconv.Quote(strings.TrimSpace(string(text)))
}
