package dashboard

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries"
)

// ask is one request for a page: what is asked, in which language, and what answers it.
type ask struct {
	text
	address   address
	question  queries.Question
	request   *http.Request
	now       time.Time // in the configured zone
	store     Questions
	panels    *panels
	sources   *answer[[]queries.SourceRow] // asked for every page
	within    *answer[string]              // name of the unit whose subtree is asked
	exporting string                       // PANEL.FORMAT whose table is asked for in place of the page; empty: the page
	large     bool                         // the question is about very many units: see Options.Many
	options   Options
}

// content is what a page's builder makes: the frame's title, what its own template reads, and the choices it offers.
type content struct {
	Title   string   // in the browser's tab
	Nav     string   // which entry of the navigation is current: overview, a group or sources
	Alerts  []alert  // said above everything else
	Filters []string // which filters the page offers, in order
	Charts  bool     // the page draws
	Body    any
}

// page serves one page: it reads the question from the address, has the page built and puts it into the layout. Whole
// pages are rendered before the first byte is sent, so that a fault never leaves half a page.
// Parameters are those that the page's addresses may have beside a question's.
func (s *server) page(name string, build func(context.Context, *ask) (content, error), parameters ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := s.ask(r)
		ctx := r.Context()
		values, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			s.fail(w, asked, &queries.UserError{Parameter: "query", Value: r.URL.RawQuery, Expected: "name=value&name=value"})
			return
		}
		if asked.question, err = parse(values, asked.now, parameters); err != nil {
			s.fail(w, asked, err)
			return
		}
		asked.exporting = values.Get("export")
		ctx = queries.WithOneVersion(ctx)
		asked.panels = newPanels(ctx, s.Timeout, s.Logger)
		asked.sources = load(asked.panels, "sources", asked.question, s.Store.Sources)
		asked.large = asked.many(ctx, asked.question)
		asked.within = load(asked.panels, "within", asked.question, s.withinName)
		made, err := build(ctx, asked)
		asked.panels.wait()
		if preparing := asked.panels.preparing.Load(); preparing != nil {
			err = preparing
		}
		if refused := asked.panels.refused.Load(); refused != nil {
			err = refused
		}
		if shard := asked.panels.shard.Load(); shard != nil {
			err = shard
		}
		if err == nil && asked.exporting != "" {
			err = s.exportPanel(ctx, w, asked, name, made.Body)
			if err == nil {
				return
			}
		}
		if err != nil {
			s.fail(w, asked, err)
			return
		}
		made.Body = eachPanel(made.Body, func(f *figure) {
			f.Rules = asked.definitions(f)
			asked.ownExports(f)
		})
		frame := s.frame(asked, made)
		frame.Foot = asked.foot(asked.sources.value, s.Version, s.ExternalURL)
		s.render(w, http.StatusOK, name, frame)
	})
}

// parse reads the question and checks the language; what is wrong is a *queries.UserError.
func parse(values url.Values, now time.Time, parameters []string) (queries.Question, error) {
	if lang := values.Get("lang"); lang != "" && !slices.Contains(language.Languages(), lang) {
		return queries.Question{}, &queries.UserError{Parameter: "lang", Value: lang, Expected: "zh or en"}
	}
	return export.ParseQuestion(values, now, append(parameters, "lang", "export")...)
}

func (s *server) ask(r *http.Request) *ask {
	lang := r.URL.Query().Get("lang")
	if !slices.Contains(language.Languages(), lang) {
		lang = s.Language
	}
	now := s.Clock().In(s.Location)
	return &ask{
		text:     text{s.Bundle.Printer(lang), s.Location},
		address:  newAddress(r.URL),
		question: queries.Question{}.WithDefaults(queries.Today(now)),
		request:  r,
		now:      now,
		store:    s.Store,
		options:  s.Options,
	}
}

func (s *server) render(w http.ResponseWriter, status int, name string, frame frame) {
	var page bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&page, "layout.html", frame); err != nil {
		s.Logger.Error("page not rendered", "page", name, "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", frame.Language())
	header.Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	_, _ = page.WriteTo(w) // the reader is gone: nothing is left to tell it
}

// errNotFound is what a builder returns for something that the address names and the district does not have.
type errNotFound struct{ message string }

func (e *errNotFound) Error() string { return e.message }

// fail shows what went wrong: the reader's mistake with what would be right, a fault of ours without its inside.
func (s *server) fail(w http.ResponseWriter, asked *ask, err error) {
	var user *queries.UserError
	var missing *errNotFound
	var preparing *queries.NotKeptError
	var refused *refusedError
	var shard *queries.ShardError
	switch {
	case errors.As(err, &user):
		s.problem(w, asked, http.StatusBadRequest, asked.T("problem.wrong"), asked.mistake(user))
	case errors.As(err, &missing):
		s.problem(w, asked, http.StatusNotFound, asked.T("problem.missing"), missing.message)
	case errors.As(err, &preparing):
		w.Header().Set("Refresh", "10")
		w.Header().Set("Retry-After", "10")
		s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.preparing"), asked.T("problem.preparing_about", "Units", preparing.Units))
	case errors.As(err, &refused):
		s.refuse(w, asked, refused)
	case asked.request.Context().Err() != nil:
		// the reader has left; nobody reads an answer
	case errors.As(err, &shard):
		s.Logger.Error("page failed", "path", asked.request.URL.Path, "error", err)
		w.Header().Set("Retry-After", "60")
		s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.shard"), asked.T("problem.shard_about"))
	default:
		s.Logger.Error("page failed", "path", asked.request.URL.Path, "error", err)
		s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.unavailable"), asked.T("problem.unavailable_about"))
	}
}

func (s *server) missing(w http.ResponseWriter, r *http.Request) {
	asked := s.ask(r)
	s.problem(w, asked, http.StatusNotFound, asked.T("problem.missing"), asked.T("problem.no_page"))
}

// problem is the body of problem.html.
type problem struct{ Heading, About, Back string }

func (s *server) problem(w http.ResponseWriter, asked *ask, status int, heading, about string) {
	back := address{path: "/"}.with("lang", asked.address.get("lang"))
	asked.address = address{path: "/"}.with("lang", asked.Language())
	frame := s.frame(asked, content{Title: heading, Body: problem{heading, about, back.String()}})
	s.render(w, status, "problem", frame)
}

// mistake says what is wrong with an address, and what would be right, in the reader's language.
func (a *ask) mistake(wrong *queries.UserError) string {
	expected := wrong.Expected
	switch wrong.Parameter {
	case "as_of", "from", "to":
		if expected != "it once" {
			expected = a.T("problem.expected_day")
		}
	case "version", "page", "name", "by", "site", "export":
		expected = a.T("problem.expected_" + wrong.Parameter)
	case "group", "programme", "focus", "scope", "lang", "only", "sort":
		expected = a.T("problem.expected_choice")
	}
	return a.T("problem.parameter", "Parameter", wrong.Parameter, "Value", wrong.Value, "Expected", expected)
}
