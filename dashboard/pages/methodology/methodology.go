// Package methodology shows what every figure means, and by which settings it was computed.
package methodology

import (
	"context"
	"embed"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Pages: []page.Page{{Name: "methodology", Pattern: "/methodology", Build: build, NoRecords: true}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what methodology.html shows.
type view struct {
	Heading, About string
	Contents       []page.Link
	Chapters       []chapter
}

// chapter is one part of the methodology: what its panel's head says, then its pieces in order.
type chapter struct {
	page.Figure
	Pieces []piece
}

// piece is one of: a paragraph, a formula, terms, a table, an example. Only one of its fields is set.
type piece struct {
	Text, Formula string
	Terms         []term
	Table         *page.Table
	Example       []string
}

// term is a word of the pages with what it means; its ID is where its name leads.
type term struct{ ID, Name, Text string }

// build answers: what does every figure mean, and by which settings was it computed? It is computed from the configuration that was in force
// at the question's time of knowledge.
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	a.Question.Compare, a.Address = "", a.Address.With("compare", "") // it explains the previous window
	rules := page.Ask(a.Request, a.Question, ask.RulesInForce)
	catalogue := page.Ask(a.Request, a.Question, ask.Catalogue)
	calendar := page.Ask(a.Request, a.Question, ask.Calendar)
	exemptions := page.Ask(a.Request, a.Question, ask.Exemptions)
	a.Panels.Wait()

	body := view{Heading: a.T("methodology.heading"), About: a.T("overview.unknown")}
	if !rules.Failed {
		m := methodologist{a, rules.Value, a.rulesValues(rules.Value)}
		body.About = m.say("methodology.about")
		body.Chapters = []chapter{
			m.obligation(), m.states(), m.measures(), m.score(), m.rank(), m.groups(), m.evidence(), m.supervised(), m.sites(), m.rounding(),
		}
		if !a.Options.Society {
			body.Chapters = append(body.Chapters, m.patrol())
		}
	}
	body.Chapters = append(body.Chapters, a.catalogueChapter(catalogue), a.calendarChapter(calendar), a.exemptionsChapter(exemptions))
	for _, one := range body.Chapters {
		body.Contents = append(body.Contents, page.Link{Text: one.Heading, Href: "#" + one.ID})
	}
	return page.Content{Title: a.T("nav.methodology"), Nav: "methodology", Filters: []string{"window"}, Body: body}, nil
}

// methodologist says the definitions with the numbers of the settings in force filled in.
type methodologist struct {
	*request
	rules  model.Rules
	values map[string]any
}

func (m methodologist) say(id string) string { return m.T(id, m.values) }

// chapter is a chapter whose heading is methodology.ID.
func (m methodologist) chapter(id string, pieces ...piece) chapter {
	return chapter{page.Figure{ID: id, Heading: m.say("methodology." + id), Class: "span-12"}, pieces}
}

// text is one piece for each paragraph methodology.ID.PART.
func (m methodologist) text(id string, parts ...string) (pieces []piece) {
	for _, part := range parts {
		pieces = append(pieces, piece{Text: m.say("methodology." + id + "." + part)})
	}
	return pieces
}

// terms explains columns by their names on the pages, each by methodology.term.KEY.
func (m methodologist) terms(keys ...string) piece {
	var p piece
	for _, key := range keys {
		p.Terms = append(p.Terms, term{ID: key, Name: m.Label(key), Text: m.say("methodology.term." + key)})
	}
	return p
}
