package page

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Request is one request for a page: what is asked, in which language, and what answers it.
type Request struct {
	Text
	Address      Address
	Question     model.Question
	HTTP         *http.Request
	Now          time.Time // in the configured zone
	Store        ask.Answerer
	Panels       *panels
	Sources      *Answer[[]model.SourceRow] // asked for every page
	Within       *Answer[string]            // name of the unit whose subtree is asked
	Exporting    string                     // PANEL.FORMAT whose table is asked for in place of the page; empty: the page
	Large        bool                       // the question is about very many units: see Options.Many
	RankedByPart bool                       // … and so many that they are not ranked at once either
	Options      Options
}

// Content is what a page's builder makes: the frame's title, what its own template reads, and the choices it offers.
type Content struct {
	Title   string   // in the browser's tab
	Nav     string   // which entry of the navigation is current: overview, a group or sources
	Alerts  []alert  // said above everything else
	Filters []string // which filters the page offers, in order
	Further []filter // that only this page can make
	Charts  bool     // the page draws
	Feeds   []Feed   // what readers may subscribe to here
	Again   int      // after how many seconds the reader's browser asks again for what is still being computed; 0: it does not
	Wall    bool     // it stands on a wall: large, without navigation
	Body    any
}

// Feed is what calendars and feed readers subscribe to.
type Feed struct{ Text, Type, Href string }

// CalendarFeed is the calendar of due dates of what an address asks: one unit, or all within it.
func (a *Request) CalendarFeed(name, unit string) Feed {
	return Feed{a.T("feed.calendar", "Name", name), "text/calendar", a.feed("/calendar.ics", unit)}
}

// LapsedFeed is the feed of what newly lapsed of the same.
func (a *Request) LapsedFeed(name, unit string) Feed {
	return Feed{a.T("feed.lapsed", "Name", name), "application/atom+xml", a.feed("/lapsed.atom", unit)}
}

// FeedParameters are what an address of a feed may have.
func FeedParameters() []string {
	return []string{"unit", "within", "group", "programme", "focus", "lang"}
}

func (a *Request) feed(path, unit string) string {
	address := a.Address.Only(path, FeedParameters()...)
	if unit != "" {
		address = address.With("within", "").With("group", "").With("unit", unit)
	}
	return address.String()
}

// ParseQuestion reads the question and checks the language; what is wrong is a *model.UserError.
func ParseQuestion(values url.Values, now time.Time, parameters []string) (model.Question, error) {
	if lang := values.Get("lang"); lang != "" && !slices.Contains(language.Languages(), lang) {
		return model.Question{}, &model.UserError{Parameter: "lang", Value: lang, Expected: "zh or en"}
	}
	return export.ParseQuestion(values, now, append(parameters, "lang", "export", BaselineParameter, ViewParameter)...)
}

// New is a request before its question has been read: an address that says nothing asks for today.
func New(options Options, r *http.Request) *Request {
	lang := r.URL.Query().Get("lang")
	if !slices.Contains(language.Languages(), lang) {
		lang = options.Language
	}
	now := options.Clock().In(options.Location)
	return &Request{
		Text:     Text{options.Bundle.Printer(lang), options.Location},
		Address:  newAddress(r.URL),
		Question: model.Question{}.WithDefaults(model.Today(now)),
		HTTP:     r,
		Now:      now,
		Store:    options.Store,
		Options:  options,
	}
}

// Size finds out how many units a question is about, and so what is asked of them at once: of up to so many all are ranked in one question, of which
// panels and pages take their parts.
func (a *Request) Size(ctx context.Context, question model.Question) error {
	units, err := ask.Run(ctx, a.Store, ask.CountUnits, question)
	a.Large, a.RankedByPart = units > a.Options.Many, units > facts.RankedAtOnce*a.Options.Many
	return err
}
