package dashboard

import (
	"context"

	"yangguang/queries"
)

// methodologyBody is what pages/methodology.html shows.
type methodologyBody struct {
	Heading, About string
	Contents       []link
	Chapters       []chapter
}

// chapter is one part of the methodology: what its panel's head says, then its pieces in order.
type chapter struct {
	figure
	Pieces []piece
}

// piece is one of: a paragraph, a formula, terms, a table, an example. Only one of its fields is set.
type piece struct {
	Text, Formula string
	Terms         []term
	Table         *table
	Example       []string
}

// term is a word of the pages with what it means; its ID is where its name leads.
type term struct{ ID, Name, Text string }

// methodology answers: what does every figure mean, and by which settings was it computed? It is told from the configuration that was in force
// at the question's time of knowledge.
func methodology(_ context.Context, a *ask) (content, error) {
	rules := load(a.panels, "rules", a.question, a.store.RulesInForce)
	catalogue := load(a.panels, "catalogue", a.question, a.store.Catalogue)
	calendar := load(a.panels, "calendar", a.question, a.store.Calendar)
	exemptions := load(a.panels, "exemptions", a.question, a.store.Exemptions)
	a.panels.wait()

	body := methodologyBody{Heading: a.T("methodology.heading"), About: a.T("overview.unknown")}
	if !rules.failed {
		m := methodologist{a, rules.value, a.rulesValues(rules.value)}
		body.About = m.say("methodology.about")
		body.Chapters = []chapter{
			m.obligation(), m.states(), m.measures(), m.score(), m.rank(), m.groups(), m.evidence(), m.supervised(), m.sites(), m.rounding(),
		}
	}
	body.Chapters = append(body.Chapters, a.catalogueChapter(catalogue), a.calendarChapter(calendar), a.exemptionsChapter(exemptions))
	for _, one := range body.Chapters {
		body.Contents = append(body.Contents, link{Text: one.Heading, Href: "#" + one.ID})
	}
	return content{Title: a.T("nav.methodology"), Nav: "methodology", Filters: []string{"window"}, Body: body}, nil
}

// methodologist says the definitions with the numbers of the settings in force filled in.
type methodologist struct {
	*ask
	rules  queries.Rules
	values map[string]any
}

func (m methodologist) say(id string) string { return m.T(id, m.values) }

// chapter is a chapter whose heading is methodology.ID.
func (m methodologist) chapter(id string, pieces ...piece) chapter {
	return chapter{figure{ID: id, Heading: m.say("methodology." + id), Class: "span-12"}, pieces}
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
