package page

import (
	"html/template"
	"strings"

	"yangguang/queries/model"
)

// Frame is what the layout shows around every page.
type Frame struct {
	Text        // T and its kin
	Lang        string
	Title       string
	Sample      bool
	Home        string
	Nav         []Link
	Search      SearchBox
	Mine        string // address of a unit's page without its id, with the choices that go with it
	Languages   []Link
	NoticesMark template.HTML // where the notices go
	Alerts      []alert
	Filters     []filter
	Reset       string
	Rules       Link // where figures are explained
	SignOut     Link // without an address: readers have not signed in here
	Foot        []string
	Charts      bool
	Feeds       []Feed
	Wall        bool
	Window      string // whose days and district they are, as a saved chart says it
	AsOf        string
	Body        any
}

// PanelOf is a panel with the page that it stands on, whose language its part of the template needs.
type panelOf struct {
	Page  Frame
	Panel any
}

// With is for templates, which pass one value to a part.
func (f Frame) With(panel any) panelOf { return panelOf{f, panel} }

// Frame puts what a builder made into what stands around every page.
func (a *Request) Frame(made Content) Frame {
	lang := "zh-CN"
	if a.Language() == "en" {
		lang = "en"
	}
	f := Frame{
		Text: a.Text, Lang: lang, Title: made.Title, Sample: a.Options.Sample, Home: a.Address.At("/").String(),
		Nav: a.navigation(made.Nav), Search: a.SearchBox("find"), Mine: a.Address.At(unitPath).String(), Languages: a.languages(), Body: made.Body, Charts: made.Charts, Wall: made.Wall, Feeds: made.Feeds, Alerts: made.Alerts,
	}
	f.AsOf = a.Question.AsOf.Format(DayLayout)
	f.Window = a.T("chart.window", "District", a.Options.District, "From", a.Question.From.Format(DayLayout), "To", a.Question.To.Format(DayLayout), "AsOf", f.AsOf)
	f.Rules = Link{Text: a.T("foot.methodology"), Href: a.Address.At("/methodology").String(), Current: made.Nav == "methodology"}
	f.SignOut = Link{Text: a.T("foot.sign_out"), Href: a.Options.SignOut}
	f.Filters = append(a.filters(made.Filters), made.Further...)
	if within := a.Address.Get("within"); within != "" && len(made.Filters) > 0 {
		f.Filters = append(f.Filters, a.withinFilter(within, a.Within.Value))
	}
	for _, filter := range f.Filters {
		if filter.Set {
			f.Reset = Address{Path: a.Address.Path}.With("lang", a.Address.Get("lang")).String()
		}
	}
	return f
}

func (a *Request) navigation(current string) []Link {
	links := []Link{{Text: a.T("nav.overview"), Href: a.Address.At("/").String(), Current: current == "overview"}}
	for _, group := range model.Codes("group") {
		links = append(links, Link{
			Text: a.T("nav.group." + group), Href: a.Address.At("/ranking/" + group).String(), Current: current == group,
		})
	}
	links = append(links, Link{Text: a.T("nav.lapsed"), Href: a.Address.At("/lapsed").String(), Current: current == "lapsed"})
	links = append(links, Link{Text: a.T("nav.supervision"), Href: a.Address.At("/supervision").String(), Current: current == "supervision"})
	links = append(links, a.analyses(current), Link{Text: a.T("nav.sources"), Href: a.Address.At("/sources").String(), Current: current == "sources"})
	if a.Options.Packs != nil {
		links = append(links, Link{Text: a.T("nav.freezes"), Href: a.Address.At("/freezes").String(), Current: current == "freezes"})
	}
	if a.User().Operator && !a.Options.Society {
		links = append(links, Link{Text: a.T("nav.audit"), Href: a.Address.At("/audit").String(), Current: current == "audit"})
	}
	return links
}

// analyses are the pages that look into one side of the duties, under one entry of the navigation.
func (a *Request) analyses(current string) Link {
	entry := Link{Text: a.T("nav.analysis")}
	pages := []string{"procedure", "evidence", "placement", "sites", "patrol", "methodology"}
	if a.MayTry() {
		pages = append(pages, "what-if")
	}
	for _, page := range pages {
		if page == "patrol" && a.Options.Society {
			continue
		}
		one := Link{Text: a.T("nav." + page), Href: a.Address.At("/" + page).String(), Current: current == page}
		if one.Current {
			entry.Current, entry.Note = true, one.Text
		}
		entry.Menu = append(entry.Menu, one)
	}
	return entry
}

func (a *Request) languages() []Link {
	var links []Link
	for code, name := range map[string]string{"zh": "中文", "en": "English"} {
		if code != a.Language() {
			links = append(links, Link{Text: name, Note: code, Href: a.Address.With("lang", code).String()})
		}
	}
	return links
}

// Foot tells the data's age and the computation's apart, and where the numbers come from.
func (a *Request) Foot() []string {
	lines := []string{a.T("foot.as_of", "Day", a.Question.AsOf.Format(DayLayout))}
	failing := 0
	var latest string
	for _, source := range a.Sources.Value {
		if source.FailingSince != nil {
			failing++
		}
		if source.LastSuccess != nil {
			latest = max(latest, a.Instant(*source.LastSuccess))
		}
	}
	if latest != "" {
		lines = append(lines, a.T("foot.collected", "Instant", latest, "Sources", len(a.Sources.Value)))
	}
	if failing > 0 {
		lines = append(lines, a.T("foot.failing", "Count", failing))
	}
	lines = append(lines, a.T("foot.computed", "Instant", a.Now.Format("2006-01-02 15:04:05")))
	if !a.Question.KnownAt.IsZero() {
		lines = append(lines, a.T("foot.known_at", "Instant", a.Instant(a.Question.KnownAt)))
	}
	lines = append(lines, strings.TrimSpace(a.T("foot.version", "Version", a.Options.Version)))
	if a.Options.Society {
		lines = append(lines, a.T("foot.society"))
	}
	if a.Options.ExternalURL != "" {
		lines = append(lines, a.Options.ExternalURL)
	}
	return lines
}

// DayLayout writes a civil day.
const DayLayout = "2006-01-02"
