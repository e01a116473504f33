// Package api reads JSON over HTTP: jq expressions say where the rows and their fields are (SPEC §3).
package api

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"go.yaml.in/yaml/v3"

	"yangguang/collector/online"
)

// Kind is the kind of source that Config configures.
const Kind = "api"

// Config is an api source in yangguang.yaml (docs/sources-feeds.md).
type Config struct {
	online.Config `yaml:",inline"`
	Complete      bool                     `yaml:"complete"` // a record gone from the list is withdrawn
	URL           string                   `yaml:"url"`
	Method        string                   `yaml:"method"` // GET, or POST when form or body is given
	Headers       map[string]string        `yaml:"headers"`
	SecretHeaders map[string]online.Secret `yaml:"secret_headers"`
	Form          map[string]string        `yaml:"form"`    // of a POST
	Body          map[string]any           `yaml:"body"`    // of a POST, sent as JSON
	Rows          string                   `yaml:"rows"`    // jq: the rows, or a list of them
	Only          string                   `yaml:"only"`    // jq on a row: false or null drops it
	Failure       string                   `yaml:"failure"` // jq on an answer: what it gives is the reason for which the answer is none
	Fields        map[string]string        `yaml:"fields"`  // jq on a row, by field
	Zone          string                   `yaml:"zone"`    // of times without an offset; empty: the configured time zone
	MayBeEmpty    bool                     `yaml:"may_be_empty"`
	Paging        Paging                   `yaml:"paging"`
}

// Paging is how the following pages are found.
type Paging struct {
	Style         string `yaml:"style"`          // page, offset, cursor, link; empty: there is one page
	Parameter     string `yaml:"parameter"`      // that carries the page's number, the offset or the cursor
	First         *int   `yaml:"first"`          // the first page's number or offset; default 1 for page, 0 for offset
	Size          int    `yaml:"size"`           // rows asked for
	SizeParameter string `yaml:"size_parameter"` // that carries the size
	Next          string `yaml:"next"`           // jq on an answer: the next cursor or link; for link, empty: the Link header
	Max           int    `yaml:"max"`            // read at most so many pages; default 1000
	StopAtKnown   bool   `yaml:"stop_at_known"`  // read only as far as there is something new
	EndStatus     []int  `yaml:"end_status"`     // status of the answer to a page behind the last one, such as 404
}

// UnmarshalYAML refuses unknown keys.
func (p *Paging) UnmarshalYAML(node *yaml.Node) error {
	type plain Paging
	if err := online.KnownKeys[plain]("paging", node); err != nil {
		return err
	}
	return node.Decode((*plain)(p))
}

// defaultMaxPages bounds a list whose end is not recognised.
const defaultMaxPages = 1000

// method is the method of requests.
func (c Config) method() string {
	switch {
	case c.Method != "":
		return c.Method
	case c.Form != nil || c.Body != nil:
		return http.MethodPost
	}
	return http.MethodGet
}

// problems lists what is wrong with the keys of an api, its expressions left aside.
func (c Config) problems() error {
	var problems []error
	complain := func(format string, values ...any) { problems = append(problems, fmt.Errorf(format, values...)) }
	if err := c.checkDays(); err != nil {
		problems = append(problems, err)
	}
	if parsed, err := url.Parse(online.Instant{}.Fill(c.URL)); c.URL == "" || err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		complain("url: %q is not an address; expected one like https://data.example.gov.cn/api/list", c.URL)
	}
	if c.method() != http.MethodGet && c.method() != http.MethodPost {
		complain("method: %q is unknown; expected GET or POST", c.Method)
	}
	if c.method() == http.MethodGet && (c.Form != nil || c.Body != nil) {
		complain("method: a GET has no form and no body; write its parameters into url")
	}
	if c.Form != nil && c.Body != nil {
		complain("form and body cannot both be given")
	}
	for _, header := range slices.Sorted(maps.Keys(c.SecretHeaders)) {
		if err := c.SecretHeaders[header].Check("secret_headers: " + header); err != nil {
			problems = append(problems, err)
		}
	}
	if len(c.Fields) == 0 {
		complain("fields are missing; write at least title and published_on, each with the jq expression that gives it")
	}
	if _, err := online.Location(c.Zone); err != nil {
		problems = append(problems, err)
	}
	if c.Paging.StopAtKnown && c.Complete {
		complain("paging: stop_at_known leaves pages unread, and complete: true needs all of them; write one of the two")
	}
	return errors.Join(append(problems, online.CheckFields("fields", c.Fields), c.Paging.problems())...)
}

// checkDays complains about days in address, form and body that are not understood.
func (c Config) checkDays() error {
	body, err := yaml.Marshal(c.Body)
	if err != nil {
		return fmt.Errorf("body: %w", err)
	}
	texts := append(slices.Concat(slices.Collect(maps.Values(c.Form)), slices.Collect(maps.Values(c.Headers))), c.URL)
	if len(c.Body) > 0 {
		texts = append(texts, string(body))
	}
	return online.CheckDays(texts...)
}

// problems lists what is wrong with the keys of paging.
func (p Paging) problems() error {
	var problems []error
	complain := func(format string, values ...any) {
		problems = append(problems, fmt.Errorf("paging: "+format, values...))
	}
	switch p.Style {
	case "page", "offset", "cursor":
		if p.Parameter == "" {
			complain("parameter is missing; write the name of the parameter that carries the %s", p.Style)
		}
	case "link":
	case "":
		if p.Parameter != "" || p.Next != "" {
			complain("style is missing; one of page, offset, cursor, link")
		}
	default:
		complain("style: %q is unknown; one of page, offset, cursor, link", p.Style)
	}
	if p.Style == "cursor" && p.Next == "" {
		complain("next is missing; write the jq expression of the next cursor")
	}
	if p.Next != "" && (p.Style == "page" || p.Style == "offset") {
		complain("next is for cursor and link; the style is %s", p.Style)
	}
	if (p.Size > 0) != (p.SizeParameter != "") {
		complain("size and size_parameter go together")
	}
	if p.StopAtKnown && p.Style == "" {
		complain("stop_at_known is for a list of several pages; style is missing")
	}
	if p.Size < 0 || p.Max < 0 {
		complain("size and max must be above 0")
	}
	return errors.Join(problems...)
}
