// Package feed reads RSS, Atom, RDF and JSON feeds (SPEC §3).
package feed

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"yangguang/collector/online"
	"yangguang/collector/title"
)

// Kind is the kind of source that Config configures.
const Kind = "feed"

// Config is a feed source in yangguang.yaml (docs/sources-feeds.md).
type Config struct {
	online.Config `yaml:",inline"`
	Complete      bool              `yaml:"complete"` // a record gone from the feed is withdrawn; most feeds hold the newest only
	URL           title.Patterns    `yaml:"url"`      // address of the feed, or several
	Fields        map[string]string `yaml:"fields"`   // record field to element of the item
	MayBeEmpty    bool              `yaml:"may_be_empty,omitempty"`
	Zone          string            `yaml:"zone"` // of times that give none; empty: the configured time zone
}

// usual is where the fields come from unless the configuration says otherwise.
func usual() map[string]string {
	return map[string]string{"record_id": "id", "title": "title", "url": "link", "published_on": "published"}
}

// elements are what an item consists of.
var elements = []string{"id", "title", "link", "published", "updated", "author", "category", "description", "content", "none"}

// problems lists what is wrong with the keys of a feed.
func (c Config) problems() error {
	var problems []error
	if len(c.URL) == 0 {
		problems = append(problems, errors.New("url is missing; write the address of the feed"))
	}
	for _, address := range c.URL {
		parsed, err := url.Parse(online.Instant{}.Fill(address))
		if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
			problems = append(problems, fmt.Errorf("url: %q is not an address; expected one like https://www.example.gov.cn/rss.xml", address))
		}
		if err := online.CheckDays(address); err != nil {
			problems = append(problems, fmt.Errorf("url: %w", err))
		}
	}
	problems = append(problems, online.CheckFields("fields", c.Fields))
	for _, field := range slices.Sorted(maps.Keys(c.Fields)) {
		if element := c.Fields[field]; !slices.Contains(elements, element) {
			problems = append(problems, fmt.Errorf("fields: %s: %q is not an element of an item; one of %s", field, element, strings.Join(elements, ", ")))
		}
	}
	if _, err := online.Location(c.Zone); err != nil {
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}

// fields are the usual ones with the configured ones instead.
func (c Config) fields() map[string]string {
	fields := usual()
	maps.Copy(fields, c.Fields)
	return fields
}
