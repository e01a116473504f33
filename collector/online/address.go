package online

import (
	"fmt"
	"net/url"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Addresses is one address or a list of them.
type Addresses []string

// UnmarshalYAML reads a scalar or a sequence.
func (a *Addresses) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*a = Addresses{node.Value}
		return nil
	}
	var list []string
	if err := node.Decode(&list); err != nil {
		return fmt.Errorf("line %d: url: expected an address or a list of addresses: %w", node.Line, err)
	}
	*a = list
	return nil
}

// MarshalYAML writes a single address as it has always been written: what a source is known by does not change.
func (a Addresses) MarshalYAML() (any, error) {
	switch len(a) {
	case 0:
		return "", nil
	case 1:
		return a[0], nil
	}
	return []string(a), nil
}

// Several are the addresses of several lists; none where there is one.
func Several(addresses []string) []string {
	if len(addresses) < 2 {
		return nil
	}
	return addresses
}

// CheckAddress says what is wrong with an address in a configuration, in which {page} and {today} may stand.
func CheckAddress(text string) error {
	if err := CheckDays(text); err != nil {
		return err
	}
	address, err := url.Parse(strings.ReplaceAll(Instant{}.Fill(text), "{page}", "1"))
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" {
		return fmt.Errorf("%q is not the address of a page; write it whole, like https://www.example.gov.cn/zwgk/", text)
	}
	return nil
}
