package page

import (
	"context"
	"io/fs"
	"net/http"
)

// Section is a folder of pages: what stands at which addresses, with the templates and messages beside it.
type Section struct {
	Files     fs.FS    // NAME.html of every page, and messages in *.zh.yaml and *.en.yaml
	Parts     []string // templates that several of its pages share
	Packs     bool     // served only where packs are made
	Operators bool     // its pages and routes are answered to operators only
	Inner     bool     // not served for society
	WhatIf    bool     // served only where registries are tried, to who may try them
	Register  bool     // served only where rectification notices are drafted and noted
	Pages     []Page
	Routes    []Route
}

// Page is one page, at addresses that a pattern of http.ServeMux without a method names.
type Page struct {
	Name       string // of its template
	Pattern    string
	Build      Builder
	Parameters []string // that its addresses may have beside a question's
	Several    []string // those that may stand there several times, and are none of a question's
	Lasting    bool     // it stands for days without anybody who reloads it: its own script asks for it again
	NoRecords  bool     // it shows neither titles nor links of records, and so may be shown again while nobody knows whether they are for society
}

// Builder makes what a page shows. Its context ends with the page's time limit.
type Builder func(context.Context, *Request) (Content, error)

// Route is what is no page, at addresses that a pattern with a method names; its error is shown as a page.
type Route struct {
	Pattern string
	Answer  func(http.ResponseWriter, *Request) error
}
