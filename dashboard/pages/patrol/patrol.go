// Package patrol shows what patrol has found of what was published, each with its proof, to be checked by people; samples for inspectors; and the forms by
// which clerks say what became of both. It accuses nobody, and nothing here is part of a score.
package patrol

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Inner: true,
		Pages: []page.Page{
			{Name: "patrol", Pattern: "/patrol", Build: build, Parameters: []string{"finding", "state", "item", "page"}},
			{Name: "samples", Pattern: "/patrol/samples", Build: buildSamples},
			{Name: "sample", Pattern: "/patrol/sample/{id}", Build: buildSample},
		},
		Routes: []page.Route{
			{Pattern: "POST /patrol/say", Answer: say},
			{Pattern: "POST /patrol/draw", Answer: draw},
			{Pattern: "POST /patrol/enter", Answer: enter},
			{Pattern: "POST /patrol/import", Answer: importSheet},
		},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

const (
	findingsPage = 20 // findings of a page
	countedRows  = 15 // units or items that are listed by their findings
	oldAfter     = 8 * 24 * time.Hour
	standing     = "standing" // open or confirmed
)

// view is what patrol.html shows.
type view struct {
	Sentence, About     string
	NotKnown            []string // what patrol has not seen, said before any figure
	Numbers             []page.Number
	Kinds, Units, Items page.Figure
	List                page.Figure
	Findings            []shown
	Samples             page.Link
	Back                string // where a form comes back to
}

// build answers: what is to be checked, of whom and since when, and what has patrol not seen?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	asked, err := a.asked()
	if err != nil {
		return page.Content{}, err
	}
	number, err := page.PageAsked(a.Address.Get("page"))
	if err != nil {
		return page.Content{}, err
	}
	asked.Limit, asked.Offset = findingsPage, (number-1)*findingsPage
	visited := page.Ask(a.Request, a.Question, ask.Patrolled)
	kinds := page.Ask(a.Request, a.Question, ask.FindingsCounted("finding", "", asked.Item))
	units := page.Ask(a.Request, a.Question, ask.FindingsCounted("unit", asked.Kind, asked.Item))
	items := page.Ask(a.Request, a.Question, ask.FindingsCounted("item", asked.Kind, asked.Item))
	list := page.Ask(a.Request, a.Question, ask.FindingsPart(asked))
	a.Panels.Wait()

	body := view{
		About: a.T("patrol.about"), Back: a.Address.String(),
		Kinds: a.kindsFigure(kinds, visited), Units: a.countedFigure("unit", units, visited), Items: a.countedFigure("item", items, visited),
		Samples: page.Link{Text: a.T("patrol.to_samples"), Href: a.Address.At("/patrol/samples").String()},
	}
	body.NotKnown = a.notKnown(visited)
	body.Sentence, body.Numbers = a.sentence(visited, kinds), a.numbers(visited, kinds)
	if body.List, body.Findings, err = a.listFigure(list, visited, asked, number); err != nil {
		return page.Content{}, err
	}
	further := a.ChoiceFilter("finding", "", a.kindsShown(), func(code string) string { return a.codeOrAny("finding", code) })
	further = append(further, a.ChoiceFilter("state", standing, append([]string{"all"}, model.Codes("finding_state")...), a.stateLabel)...)
	if item := a.Address.Get("item"); item != "" {
		further = append(further, a.ChoiceFilter("item", "", []string{item}, func(code string) string { return a.itemName(code, items) })...)
	}
	if unit := a.Address.Get("unit"); unit != "" {
		further = append(further, a.ChoiceFilter("unit", "", []string{unit}, func(id string) string { return a.itemName(id, units) })...)
	}
	return page.Content{Title: a.T("nav.patrol"), Nav: "patrol", Filters: []string{"group"}, Further: further, Body: body}, nil
}

// seesPrivate says that the reader has signed in, and so may see what was found of private data, masked.
func (a *request) seesPrivate() bool { return a.User().Name != "" }

// kindsShown are the kinds of findings that the reader may see.
func (a *request) kindsShown() []string {
	return slices.DeleteFunc(model.FindingKinds(), func(kind string) bool { return !a.seesPrivate() && slices.Contains(model.PrivateFindings(), kind) })
}

// asked reads which findings the address asks for.
func (a *request) asked() (ask.FindingsAsked, error) {
	asked := ask.FindingsAsked{Kind: a.Address.Get("finding"), State: a.Address.Get("state"), Item: a.Address.Get("item"), Private: a.seesPrivate()}
	if asked.Kind != "" && !slices.Contains(a.kindsShown(), asked.Kind) {
		return asked, &model.UserError{Parameter: "finding", Value: asked.Kind, Expected: "one of " + strings.Join(a.kindsShown(), ", ")}
	}
	switch states := model.Codes("finding_state"); {
	case asked.State == "" || asked.State == standing:
		asked.State = standing
	case asked.State == "all":
		asked.State = ""
	case !slices.Contains(states, asked.State):
		return asked, &model.UserError{Parameter: "state", Value: asked.State, Expected: "one of standing, all, " + strings.Join(states, ", ")}
	}
	return asked, nil
}

func (a *request) codeOrAny(domain, code string) string {
	if code == "" {
		return a.T("filter.any")
	}
	return a.CodeLabel(domain, code)
}

func (a *request) stateLabel(code string) string {
	if code == standing || code == "all" {
		return a.T("patrol.state." + code)
	}
	return a.CodeLabel("finding_state", code)
}

// itemName is the name of an item or unit, where any finding has it.
func (a *request) itemName(id string, items *page.Answer[[]model.FindingCount]) string {
	if id == "" {
		return a.T("filter.any")
	}
	for _, item := range items.Value {
		if item.Key == id {
			return item.Name
		}
	}
	return id
}

// never says that it is known that patrol has not been anywhere that the question asks.
func never(visited *page.Answer[model.Patrolled]) bool {
	return !visited.Failed && visited.Value.LinksAt == nil && visited.Value.TextsAt == nil
}

// notKnown are the lines that say what patrol has not seen: nobody may take it for an absence.
func (a *request) notKnown(visited *page.Answer[model.Patrolled]) (lines []string) {
	if visited.Failed {
		return nil // the panels say so
	}
	now := visited.Value
	if a.Options.Patrols != nil && !a.Options.Patrols() {
		lines = append(lines, a.T("patrol.not_configured"))
	}
	if never(visited) {
		return append(lines, a.T("patrol.never"))
	}
	for name, at := range map[string]*time.Time{"links": now.LinksAt, "texts": now.TextsAt} {
		switch {
		case at == nil:
			lines = append(lines, a.T("patrol.never_"+name))
		case a.Question.Instant().Sub(*at) > oldAfter:
			lines = append(lines, a.T("patrol.old_"+name, "Instant", a.Instant(*at), "Days", int(a.Question.Instant().Sub(*at).Hours()/24)))
		}
	}
	slices.Sort(lines)
	if now.Outcome != "" && now.Outcome != "done" {
		lines = append(lines, a.T("patrol.round_"+now.Outcome))
	}
	if now.Waiting > 0 {
		lines = append(lines, a.T("patrol.waiting", "Count", now.Waiting))
	}
	if now.NotKnown > 0 {
		lines = append(lines, a.T("patrol.not_known", "Count", now.NotKnown, "All", now.Addresses))
	}
	if now.Unreadable > 0 {
		lines = append(lines, a.T("patrol.unreadable", "Count", now.Unreadable, "All", now.Texts))
	}
	return lines
}

// totals adds the kinds up that the reader may see.
func (a *request) totals(kinds []model.FindingCount) (all model.FindingCount, private uint64) {
	for _, kind := range kinds {
		if !slices.Contains(a.kindsShown(), kind.Key) {
			private += kind.Standing()
			continue
		}
		all.Open, all.Confirmed, all.Mended = all.Open+kind.Open, all.Confirmed+kind.Confirmed, all.Mended+kind.Mended
		all.Private += kind.Private
		if kind.Oldest != nil && (all.Oldest == nil || kind.Oldest.Before(*all.Oldest)) {
			all.Oldest = kind.Oldest
		}
	}
	return all, private
}

func (a *request) sentence(visited *page.Answer[model.Patrolled], kinds *page.Answer[[]model.FindingCount]) string {
	if visited.Failed || kinds.Failed {
		return a.T("overview.unknown")
	}
	all, _ := a.totals(kinds.Value)
	day := a.LongDay(a.Question.AsOf, a.Now)
	switch {
	case never(visited):
		return a.T("patrol.sentence_never")
	case all.Standing() == 0:
		return a.T("patrol.sentence_none", "Day", day)
	}
	sentence := a.T("patrol.sentence", "Day", day, "Open", all.Open, "Confirmed", all.Confirmed)
	if all.Oldest != nil {
		sentence += a.T("patrol.oldest", "Day", a.LongDay(*all.Oldest, a.Question.AsOf))
	}
	return sentence + a.T("sentence.end")
}

func (a *request) numbers(visited *page.Answer[model.Patrolled], kinds *page.Answer[[]model.FindingCount]) []page.Number {
	if visited.Failed || kinds.Failed {
		return nil
	}
	all, withheld := a.totals(kinds.Value)
	counted := func(name, state string, count uint64) page.Number {
		n := page.Number{Label: a.T("patrol.number." + name), Href: a.Address.With("page", "").With("finding", "").With("state", state).String() + "#findings"} // of all kinds, as counted
		if never(visited) {
			n.None = a.T("patrol.none_never")
			return n
		}
		n.Value, n.Unit = page.Grouped(int64(count)), a.Noun("findings", int64(count))
		return n
	}
	open, confirmed, private := counted("open", "open", all.Open), counted("confirmed", "confirmed", all.Confirmed), counted("private", "", all.Private)
	open.Note = a.T("patrol.open_about")
	private.Note = a.T("patrol.private_about") // they stand first in the list
	if withheld > 0 || !a.seesPrivate() {
		private.Value, private.Unit, private.None, private.Note = "", "", a.T("patrol.sign_in"), a.T("patrol.sign_in")
	}
	return append([]page.Number{open, confirmed, private}, a.failingNumber(visited.Value))
}

// failingNumber is the share of addresses that do not open, of those whose last visit was lately and says something.
func (a *request) failingNumber(now model.Patrolled) page.Number {
	n := page.Number{Label: a.T("patrol.number.failing"), Href: a.Address.With("page", "").With("state", "").String() + "#kinds", Rule: a.MethodologyHref("patrol")}
	if now.Recent == 0 {
		n.None = a.T("patrol.none_recent", "Days", model.PatrolDays)
		return n
	}
	n.Value = page.Percent(decimal.NewFromUint64(now.Failing).Div(decimal.NewFromUint64(now.Recent)))
	n.Note = a.T("patrol.failing_about", "Failing", page.Grouped(int64(now.Failing)), "Recent", page.Grouped(int64(now.Recent)), "Days", model.PatrolDays)
	return n
}
