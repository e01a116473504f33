// Package daystest collects online sources against a loopback site over simulated days, with a real store.
package daystest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/feed"
	"yangguang/collector/online/onlinetest"
	"yangguang/collector/record"
	"yangguang/collector/web"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Row is a row of a list.
type Row struct{ Path, Title, Day string }

// Page is a list page with rows, as most sites show them.
func Page(rows ...Row) string {
	var page strings.Builder
	page.WriteString("<meta charset=utf-8><ul>")
	for _, row := range rows {
		fmt.Fprintf(&page, `<li><a href="%s">%s</a><i>%s</i></li>`, row.Path, row.Title, row.Day)
	}
	return page.String() + "</ul>"
}

// Site is a web site that shows what a test says.
type Site struct {
	*httptest.Server
	lock   sync.Mutex // guards the following
	bodies map[string]string
	asked  []string
	before func(path string) // called before an answer
}

// NewSite begins with nothing.
func NewSite(t testing.TB) *Site {
	s := &Site{}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// Show replaces what the site shows, by path. before, which may be nil, is called before each answer and may call Show.
func (s *Site) Show(bodies map[string]string, before func(path string)) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.bodies, s.before = bodies, before
}

// Asked are the paths that were asked for since the last call.
func (s *Site) Asked() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.lock.Lock()
	before := s.before
	s.lock.Unlock()
	if before != nil {
		before(r.URL.Path)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.asked = append(s.asked, r.URL.Path)
	body, shown := s.bodies[r.URL.Path]
	if !shown {
		http.NotFound(w, r)
		return
	}
	fmt.Fprint(w, body)
}

// Days collects sources day after day.
type Days struct {
	T          testing.TB
	Site       *Site
	Store      *clickhouse.Store
	Registry   model.Registry
	Now        time.Time
	AcceptedBy string
	Zone       *time.Location // nil: Shanghai's
}

// Web is a web source of the site: config is its YAML, with BASE for the address.
func (d *Days) Web(config string) collector.Source {
	d.T.Helper()
	source, err := web.New(configured[web.Config](d, config), onlinetest.Network{Client: d.Site.Client()})
	if err != nil {
		d.T.Fatal(err)
	}
	return source
}

// Feed is a feed of the site, likewise.
func (d *Days) Feed(config string) collector.Source {
	d.T.Helper()
	source, err := feed.New(configured[feed.Config](d, config), onlinetest.Network{Client: d.Site.Client()})
	if err != nil {
		d.T.Fatal(err)
	}
	return source
}

// configured reads the configuration of a source of the site.
func configured[Config any](d *Days, config string) (read Config) {
	d.T.Helper()
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll(config, "BASE", d.Site.URL)), &read); err != nil {
		d.T.Fatal(err)
	}
	return read
}

// Collect collects a source.
func (d *Days) Collect(source collector.Source) (collector.Summary, error) {
	options := onlinetest.Options()
	options.Store, options.Clock, options.AcceptedBy = d.Store, func() time.Time { return d.Now }, d.AcceptedBy
	if d.Zone != nil {
		options.Zone = d.Zone
	}
	if d.Registry.Units != nil {
		options.Resolver = record.NewResolver(d.Registry)
	}
	return collector.Collect(d.T.Context(), options, source, nil)
}

// Lines is an answer of one text column, line.
func (d *Days) Lines(query string) (lines []string) {
	d.T.Helper()
	var rows []struct {
		Line string `ch:"line"`
	}
	if err := d.Store.Conn().Select(d.T.Context(), &rows, query); err != nil {
		d.T.Fatal(err)
	}
	for _, row := range rows {
		lines = append(lines, row.Line)
	}
	return lines
}

// Withdrawn lists the records of a source that are withdrawn, "title day" each.
func (d *Days) Withdrawn(source string) []string {
	d.T.Helper()
	return d.Lines(`SELECT concat(title, ' ', toString(assumeNotNull(withdrawn_on))) AS line FROM (
		SELECT * FROM record_versions WHERE source = '` + source + `' AND NOT moved ORDER BY record_id, version DESC LIMIT 1 BY record_id
	) WHERE withdrawn_on IS NOT NULL ORDER BY title`)
}
