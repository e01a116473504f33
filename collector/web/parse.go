package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"yangguang/collector/markup"
)

// entry is one row of a list page, as text.
type entry struct {
	place   string            // address of the page and number of the row
	values  map[string]string // by field; only what was found
	detail  string            // address of the page behind the row, if the configuration says one
	content string            // the row as it stands in the page
	dropped string            // why it is no row; empty: it is one
	problem string            // why it is rejected as it stands; empty: nothing is known against it
}

// page is what one answer of a site holds.
type page struct {
	entries []entry
	found   int               // rows before any was dropped
	next    string            // absolute address of the following page; empty: none is named
	count   string            // how many pages there are, as written
	given   map[string]string // what the next one is asked with (Entrance.Values); only what was found
}

// scope is where values are looked for: a row of HTML within its page, or a row of JSON.
type scope struct {
	row      *goquery.Selection // of HTML
	document *goquery.Document  // the page
	data     any                // of JSON, or the groups of a match by name and number
	text     string             // of a match
	address  string             // of the page
	base     *url.URL           // what relative addresses are relative to
	began    time.Time          // when the reading began, in the configured zone; zero: not known
}

// parse reads an answer as the configuration says. text is the answer, decoded; address where it comes from.
func (s *Source) parse(text, address string) (*page, error) {
	at, err := open(text, address, s.config.Base, s.config.Content)
	if err != nil {
		return nil, err
	}
	at.began = s.began.Local()
	rows, err := s.rowsOf(at)
	if err != nil {
		return nil, err
	}
	read := &page{found: len(rows), count: at.first(s.config.Paging.Count), next: at.value("url", s.config.Paging.Next, nil), given: s.config.Entrance.given(at)}
	for i, row := range rows {
		e := entry{place: fmt.Sprintf("%s row %d", address, i+1), content: row.content(), values: row.values(s.config.Values, s.config.Fields)}
		e.dropped = s.dropReason(row, e.values)
		if s.config.Detail != nil {
			e.detail = row.value("url", s.config.Detail.URL, e.values)
		}
		read.entries = append(read.entries, e)
	}
	return read, nil
}

// open finds the HTML, JSON or text in an answer.
func open(text, address, base string, content Content) (scope, error) {
	at := scope{address: address}
	var err error
	if at.base, err = url.Parse(address); err != nil {
		return at, fmt.Errorf("address of the page: %w", err)
	}
	if text, err = content.part(text); err != nil {
		return at, err
	}
	if content.isJSON() {
		if at.data, err = content.readJSON(text); err != nil {
			return at, err
		}
	}
	if content.Fragment != "" {
		fragment, ok := fragmentOf(markup.LookUp(at.data, content.Fragment))
		if !ok {
			return at, fmt.Errorf("fragment: the answer has no text at %q; it has %s", content.Fragment, markup.Shape(at.data))
		}
		text, at.data = fragment, nil
	}
	switch content.Format {
	case formatText:
		at.data = text
	case formatJSON:
	default:
		if at.document, err = markup.ReadHTML(inTable(text)); err != nil {
			return at, err
		}
		at.row = at.document.Selection
		if href, ok := at.document.Find("base[href]").First().Attr("href"); ok {
			at.relativeTo(href)
		}
	}
	if base != "" {
		at.relativeTo(base)
	}
	return at, nil
}

// inTable puts rows of a table that stand alone into one: they would lose their elements.
func inTable(text string) string {
	bare := strings.ToLower(strings.TrimSpace(text[:min(len(text), 80)]))
	if strings.HasPrefix(bare, "<tr") || strings.HasPrefix(bare, "<td") || strings.HasPrefix(bare, "<tbody") {
		return "<table>" + text + "</table>"
	}
	return text
}

func (at *scope) relativeTo(address string) {
	if base, err := at.base.Parse(strings.TrimSpace(address)); err == nil {
		at.base = base
	}
}

// rowsOf finds the rows of a page.
func (s *Source) rowsOf(at scope) ([]scope, error) {
	if s.matches != nil {
		return s.matched(at), nil
	}
	var rows []scope
	if at.document == nil {
		found := markup.Within(markup.LookUp(at.data, s.config.Rows))
		list, ok := found.([]any)
		if found == nil {
			return nil, fmt.Errorf("rows: the answer has nothing at %q; it has %s", s.config.Rows, markup.Shape(at.data))
		}
		if !ok {
			return nil, fmt.Errorf("rows: what the answer has at %q is no list; it has %s", s.config.Rows, markup.Shape(at.data))
		}
		for _, element := range list {
			row := at
			row.data = element
			rows = append(rows, row)
		}
		return rows, nil
	}
	at.document.FindMatcher(s.rows).Each(func(_ int, found *goquery.Selection) {
		row := at
		row.row = found
		rows = append(rows, row)
	})
	return rows, nil
}

// matched finds the rows of a text: what the expression matches. A row's values are its groups, by name and by number.
func (s *Source) matched(at scope) (rows []scope) {
	text, _ := at.data.(string)
	for _, match := range s.matches.FindAllStringSubmatch(text, -1) {
		groups := map[string]any{}
		for i, name := range s.matches.SubexpNames() {
			groups[strconv.Itoa(i)] = match[i]
			if name != "" && match[i] != "" {
				groups[name] = match[i]
			}
		}
		row := at
		row.data, row.text = groups, match[0]
		rows = append(rows, row)
	}
	return rows
}

// dropReason says why a row is none, or nothing.
func (s *Source) dropReason(row scope, values map[string]string) string {
	if s.config.Only != "" && !row.has(s.only, s.config.Only) {
		return fmt.Sprintf("left out: the row has nothing at only: %s", s.config.Only)
	}
	if s.config.Without != "" && row.has(s.without, s.config.Without) {
		return fmt.Sprintf("left out: the row has something at without: %s", s.config.Without)
	}
	if values["title"] == "" && values["url"] == "" {
		return "left out: the row has neither a title nor a link"
	}
	return ""
}

// has reports whether there is something within the row at a selector or path, or the row itself is it.
func (at scope) has(selector cascadia.Selector, path string) bool {
	if at.document == nil {
		return markup.TextOf(markup.LookUp(at.data, path)) != ""
	}
	return at.row.IsMatcher(selector) || at.row.FindMatcher(selector).Length() > 0
}

// content is the row as it stands.
func (at scope) content() string {
	if at.text != "" {
		return at.text
	}
	if at.document == nil {
		return markup.JSONText(at.data)
	}
	html, err := goquery.OuterHtml(at.row)
	if err != nil {
		return at.row.Text()
	}
	return strings.TrimSpace(html)
}
