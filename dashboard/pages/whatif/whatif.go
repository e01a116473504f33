// Package whatif is the page on which clerks try another registry or assessment before it is put in force.
package whatif

import (
	"context"
	"embed"
	"net/url"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	sentences "yangguang/dashboard/whatif"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files, WhatIf: true,
		Pages:  []page.Page{{Name: "whatif", Pattern: "/what-if", Build: build, Parameters: []string{"try"}}},
		Routes: []page.Route{{Pattern: "POST /what-if/try", Answer: try}, {Pattern: "POST /what-if/accept", Answer: accept}},
	}
}

// view is what whatif.html shows.
type view struct {
	Sentence, About string
	Said            []string // what would change
	Forms           *forms   // nil: a result is shown
	Held            *held
	Again           string // address of the forms
	Panels          []page.Figure
}

// held is a changed registry that waits.
type held struct {
	Since, Hash string
	Why         []string
	MayAccept   bool
	Action, Try string
}

func build(ctx context.Context, a *page.Request) (page.Content, error) {
	made := page.Content{Title: a.T("what_if.title"), Nav: "what-if"}
	if name := a.Address.Get("try"); name != "" {
		body, again, err := tried(ctx, a, name)
		made.Again, made.Body = again, body
		return made, err
	}
	body := view{Sentence: a.T("what_if.sentence"), About: a.T("what_if.about"), Held: heldOf(a)}
	var err error
	if body.Forms, err = formsOf(ctx, a); err != nil {
		return made, err
	}
	made.Filters, made.Body = []string{"window", "group"}, body
	return made, nil
}

// patience is how long before the page's limit a result is waited for.
const patience = 3 * time.Second

// again is after how many seconds a page that waits for a result asks for it again.
const again = 2

// tried is what became of a draft, or how far it is.
func tried(ctx context.Context, a *page.Request, name string) (body view, wait int, err error) {
	waiting := ctx
	if deadline, limited := ctx.Deadline(); limited {
		var cancel context.CancelFunc
		waiting, cancel = context.WithDeadline(ctx, deadline.Add(-min(patience, time.Until(deadline)/2)))
		defer cancel()
	}
	of, found := a.Options.WhatIf.Tried(waiting, name)
	body.Again = a.Address.Only("/what-if", "from", "to", "as_of", "group", "within", "lang").String()
	switch {
	case !found:
		return body, 0, &page.NotFoundError{Message: a.T("what_if.forgotten")}
	case of.Err != nil:
		return body, 0, of.Err
	case of.Result == nil:
		body.Sentence, body.About = a.T("what_if.comparing"), a.T("what_if.comparing_about", "Done", of.Done, "Of", of.Of)
		return body, again, nil
	}
	result := *of.Result
	a.Question = result.Question
	body.Sentence = a.T("what_if.result")
	if of.Changed != nil {
		of.What = of.Changed(a.Text)
	}
	if of.What != "" {
		body.Sentence = a.T("what_if.result_of", "File", of.What)
	}
	body.About = a.T("what_if.result_about", "From", result.Question.From.Format(page.DayLayout), "To", result.Question.To.Format(page.DayLayout),
		"AsOf", result.Question.AsOf.Format(page.DayLayout), "Instant", a.Instant(result.Question.KnownAt))
	body.Said = sentences.Sentences(a.Printer, result)
	if !result.Nothing() {
		body.Panels = []page.Figure{groupsPanel(a, result), unitsPanel(a, result), obligationsPanel(a, result)}
	}
	return body, 0, nil
}

func heldOf(a *page.Request) *held {
	waits := a.Options.WhatIf.Held()
	if waits.Hash == "" {
		return nil
	}
	user := a.User()
	return &held{
		Since: a.Instant(waits.Since), Hash: waits.Hash, Why: lines(waits.Why), MayAccept: user.Clerk || user.Operator,
		Action: at(a, "/what-if/accept"), Try: at(a, "/what-if/try"),
	}
}

// at is an address of a form with the question of the page.
func at(a *page.Request, path string) string {
	query := export.QuestionValues(a.Question)
	for name := range query {
		if a.Address.Get(name) == "" {
			query.Del(name)
		}
	}
	if lang := a.Address.Get("lang"); lang != "" {
		query.Set("lang", lang)
	}
	return (&url.URL{Path: path, RawQuery: query.Encode()}).String()
}
