// Package feeds is what calendars and feed readers subscribe to: due dates, and what newly lapsed. An answer that is missing is an error, never an empty
// calendar, which would say that nothing is due.
package feeds

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

//go:embed *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Routes: []page.Route{
		{Pattern: "GET /calendar.ics", Answer: answer("text/calendar; charset=utf-8", calendar)},
		{Pattern: "GET /lapsed.atom", Answer: answer("application/atom+xml; charset=utf-8", atom)},
	}}
}

// request is a page.Request with whom it is about.
type request struct {
	*page.Request
	name string // of the unit, or of the area; empty: everybody
}

// answer serves what a question gives.
func answer(kind string, write func(context.Context, *request) (string, error)) func(http.ResponseWriter, *page.Request) error {
	return func(w http.ResponseWriter, r *page.Request) error {
		ctx, cancel := context.WithTimeout(facts.WithSession(r.HTTP.Context()), r.Options.Timeout)
		defer cancel()
		a := &request{Request: r}
		if err := a.read(ctx); err != nil {
			return err
		}
		text, err := write(ctx, a)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write([]byte(text)) // else the reader has left
		return nil
	}
}

// read reads whom the address asks for.
func (a *request) read(ctx context.Context) error {
	values, err := url.ParseQuery(a.HTTP.URL.RawQuery)
	if err != nil {
		return &model.UserError{Parameter: "query", Value: a.HTTP.URL.RawQuery, Expected: "name=value&name=value"}
	}
	for name := range values {
		if !slices.Contains(page.FeedParameters(), name) {
			return &model.UserError{Parameter: name, Value: values.Get(name), Expected: "one of the parameters " + strings.Join(page.FeedParameters(), ", ")}
		}
	}
	if a.Question, err = page.ParseQuestion(values, a.Now, nil); err != nil {
		return err
	}
	id := a.Question.Unit
	if id == "" {
		id = a.Question.Within
	}
	if id == "" {
		return nil
	}
	if a.name, err = ask.Run(ctx, a.Store, ask.UnitName(id), a.Question); err == nil && a.name == "" {
		return &page.NotFoundError{Message: a.T("feed.no_unit", "ID", id)}
	}
	return err
}

// unread tells which sources are not current, in words; empty: all are.
func (a *request) unread(ctx context.Context) (string, error) {
	sources, err := ask.Run(ctx, a.Store, ask.Sources, a.Question)
	var names []string
	for _, source := range sources {
		if source.FailingSince != nil || source.LastSuccess == nil {
			names = append(names, source.Source)
		}
	}
	if err != nil || len(names) == 0 {
		return "", err
	}
	return a.T("feed.failing", "Names", strings.Join(names, a.T("list.comma"))), nil
}

// address is one of our pages as it stands outside of them.
func (a *request) address(path string, query url.Values) string {
	if encoded := query.Encode(); encoded != "" {
		path += "?" + encoded
	}
	return strings.TrimRight(a.Options.ExternalURL, "/") + path
}

// host names this site in ids.
func (a *request) host() string {
	if address, err := url.Parse(a.Options.ExternalURL); err == nil && address.Hostname() != "" {
		return address.Hostname()
	}
	return "yangguang.invalid"
}

// idOf names something by what it is: the same whenever it is asked.
func idOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}
