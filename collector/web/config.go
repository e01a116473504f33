// Package web reads the list pages, and where needed the detail pages, of web sites (SPEC §3): what a page holds becomes
// rows as the configuration says, rows become records as all records do.
package web

import (
	"regexp"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/title"
)

// What an answer is.
const (
	formatHTML = "html"
	formatJSON = "json"
	formatText = "text"
)

// Kind is the kind of source that Config configures.
const Kind = "web"

// Config is a web source in yangguang.yaml (docs/sources-web.md).
type Config struct {
	Name             string             `yaml:"name"`
	Kind             string             `yaml:"kind"`
	Schedule         string             `yaml:"schedule"` // for the scheduler, not used here
	Covered          collector.Coverage `yaml:"covers"`   // what the source reports (SPEC §4); required
	Within           string             `yaml:"within"`   // unit_id of the subtree whose units may be named; empty: all
	Scope            string             `yaml:"scope"`    // of rows that give none
	Channel          string             `yaml:"channel"`  // of rows that give none
	InferPeriod      *bool              `yaml:"infer_period"`
	Complete         bool               `yaml:"complete"` // a record gone from the list is withdrawn
	Titles           title.List         `yaml:"titles"`
	IgnoreParameters []string           `yaml:"ignore_parameters,omitempty"` // of addresses: they do not say what is shown
	UploadDay        title.Patterns     `yaml:"upload_day"`                  // expressions for the day in the address of the link or the attachment
	URL              online.Addresses   `yaml:"url"`                         // of the first page of the list, or of each list; {page} in it is the page's number
	Base             string             `yaml:"base"`                        // what relative addresses are relative to; empty: the page
	Request          `yaml:",inline"`   // of list pages
	Content          `yaml:",inline"`   // of list pages
	Fixed            map[string]string  `yaml:"fixed"`   // values of fields that a row does not give
	Rows             string             `yaml:"rows"`    // CSS selector of the rows, or the path of a list in JSON; empty: the whole JSON
	Only             string             `yaml:"only"`    // rows that have such an element (JSON: a value at this path), or are one
	Without          string             `yaml:"without"` // rows that have no such element (JSON: no value), and are none
	MayBeEmpty       bool               `yaml:"may_be_empty"`
	Fields           map[string]Field   `yaml:"fields"`
	Values           map[string]Field   `yaml:"values,omitempty"` // further values of a row, for from and for what detail pages are asked with
	Paging           Paging             `yaml:"paging"`
	Detail           *Detail            `yaml:"detail"`
	Entrance         *Entrance          `yaml:"entrance,omitempty"`
}

// Request is how pages are asked for.
type Request struct {
	Method  string            `yaml:"method"`  // GET (default) or POST
	Headers map[string]string `yaml:"headers"` // such as Referer, Cookie
	Form    map[string]string `yaml:"form"`    // of a POST; {page} is the page's number
	Body    string            `yaml:"body"`    // of a POST, instead of form; {page} is the page's number
}

// Content is how answers are read.
type Content struct {
	Extract  string `yaml:"extract,omitempty"` // regular expression of what of the answer is read: its first group; of JSON the value behind what it matches
	Format   string `yaml:"format"`            // html (default), json, or text: rows is then a regular expression
	Fragment string `yaml:"fragment"`          // the path of the HTML in an answer of JSON; format is then html
	Encoding string `yaml:"encoding"`          // when header, <meta> and sniffing are all wrong

	extract *regexp.Regexp
}

// Paging is how the following pages are found.
type Paging struct {
	Address string `yaml:"address"` // of the second and following pages, relative to url: index_{page}.html
	First   *int   `yaml:"first"`   // the number of the first page; default 1
	Step    int    `yaml:"step"`    // by how much the number grows from page to page; default 1
	Next    Field  `yaml:"next"`    // the link to the following page, within the page
	Count   Field  `yaml:"count"`   // how many pages there are, within the page
	Max     int    `yaml:"max"`     // read at most so many pages; default 500

	StopAtKnown bool `yaml:"stop_at_known"` // read only as far as there is something new
}

// Detail is how the page behind a row is read, when a field of it is missing in the list.
type Detail struct {
	URL     Field            `yaml:"url"` // address of the page; default the row's url
	Request `yaml:",inline"` // Method is GET; {name} in it is a value of the row
	Content `yaml:",inline"`
	Fields  map[string]Field `yaml:"fields"`
	Hosts   []string         `yaml:"hosts"` // other hosts that links are followed to
}

// fieldNames are the fields of a record (SPEC §3), and attachment, which only upload_day and from speak of.
var fieldNames = []string{
	"record_id", "unit", "parent", "item", "title", "event_id", "period", "occurred_on", "proposed_on", "reviewed_on",
	"approved_on", "published_on", "uploaded_on", "withdrawn_on", "scope", "channel", "url", "attachment",
}

// defaultMaxPages bounds a list whose end is not recognised.
const defaultMaxPages = 500
