package dashboard

import (
	"context"
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

// parse reads the question and checks the language; what is wrong is a *queries.UserError.
func parse(values url.Values, now time.Time, parameters []string) (queries.Question, error) {
	if lang := values.Get("lang"); lang != "" && !slices.Contains(language.Languages(), lang) {
		return queries.Question{}, &queries.UserError{Parameter: "lang", Value: lang, Expected: "zh or en"}
	}
	return export.ParseQuestion(values, now, append(parameters, "lang", "export", viewParameter)...)
}

// newAsk is a request before its question has been read: an address that says nothing asks for today.
func newAsk(options Options, r *http.Request) *ask {
	lang := r.URL.Query().Get("lang")
	if !slices.Contains(language.Languages(), lang) {
		lang = options.Language
	}
	now := options.Clock().In(options.Location)
	return &ask{
		text:     text{options.Bundle.Printer(lang), options.Location},
		address:  newAddress(r.URL),
		question: queries.Question{}.WithDefaults(queries.Today(now)),
		request:  r,
		now:      now,
		store:    options.Store,
		options:  options,
	}
}

// builder makes what a page shows. Its context ends with the page's time limit.
type builder func(context.Context, *ask) (content, error)

// many says that a question is about so many units that none asks for all of them.
func (a *ask) many(ctx context.Context, question queries.Question) (bool, error) {
	units, err := a.store.CountUnits(ctx, question)
	return units > a.options.Many, err
}
