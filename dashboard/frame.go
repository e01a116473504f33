package dashboard

import (
	"html/template"
	"strings"

	"yangguang/queries"
)

// frame is what the layout shows around every page.
type frame struct {
	text        // T and its kin
	Lang        string
	Title       string
	Sample      bool
	Home        string
	Nav         []link
	Languages   []link
	NoticesMark template.HTML // where the notices go
	Alerts      []alert
	Filters     []filter
	Reset       string
	Rules       link // where figures are explained
	Foot        []string
	Charts      bool
	Body        any
}

// panelOf is a panel with the page that it stands on, whose language its part of the template needs.
type panelOf struct {
	Page  frame
	Panel any
}

// With is for templates, which pass one value to a part.
func (f frame) With(panel any) panelOf { return panelOf{f, panel} }

// frame puts what a builder made into what stands around every page.
func (a *ask) frame(made content) frame {
	lang := "zh-CN"
	if a.Language() == "en" {
		lang = "en"
	}
	f := frame{
		text: a.text, Lang: lang, Title: made.Title, Sample: a.options.Sample, Home: a.address.at("/").String(),
		Nav: a.navigation(made.Nav), Languages: a.languages(), Body: made.Body, Charts: made.Charts, Alerts: made.Alerts,
	}
	f.Rules = link{Text: a.T("foot.methodology"), Href: a.address.at("/methodology").String(), Current: made.Nav == "methodology"}
	f.Filters = a.filters(made.Filters)
	if within := a.address.get("within"); within != "" && len(made.Filters) > 0 {
		f.Filters = append(f.Filters, a.withinFilter(within, a.within.value))
	}
	for _, filter := range f.Filters {
		if filter.Set {
			f.Reset = address{path: a.address.path}.with("lang", a.address.get("lang")).String()
		}
	}
	return f
}

func (a *ask) navigation(current string) []link {
	links := []link{{Text: a.T("nav.overview"), Href: a.address.at("/").String(), Current: current == "overview"}}
	for _, group := range queries.Codes("group") {
		links = append(links, link{
			Text: a.T("nav.group." + group), Href: a.address.at("/ranking/" + group).String(), Current: current == group,
		})
	}
	links = append(links, link{Text: a.T("nav.lapsed"), Href: a.address.at("/lapsed").String(), Current: current == "lapsed"})
	links = append(links, link{Text: a.T("nav.supervision"), Href: a.address.at("/supervision").String(), Current: current == "supervision"})
	links = append(links, a.analyses(current), link{Text: a.T("nav.sources"), Href: a.address.at("/sources").String(), Current: current == "sources"})
	if a.options.Packs != nil {
		links = append(links, link{Text: a.T("nav.freezes"), Href: a.address.at("/freezes").String(), Current: current == "freezes"})
	}
	return links
}

// analyses are the pages that look into one side of the duties, under one entry of the navigation.
func (a *ask) analyses(current string) link {
	entry := link{Text: a.T("nav.analysis")}
	for _, page := range []string{"procedure", "evidence", "placement", "sites", "methodology"} {
		one := link{Text: a.T("nav." + page), Href: a.address.at("/" + page).String(), Current: current == page}
		if one.Current {
			entry.Current, entry.Note = true, one.Text
		}
		entry.Menu = append(entry.Menu, one)
	}
	return entry
}

func (a *ask) languages() []link {
	var links []link
	for code, name := range map[string]string{"zh": "中文", "en": "English"} {
		if code != a.Language() {
			links = append(links, link{Text: name, Note: code, Href: a.address.with("lang", code).String()})
		}
	}
	return links
}

// foot tells the data's age and the computation's apart, and where the numbers come from.
func (a *ask) foot() []string {
	lines := []string{a.T("foot.as_of", "Day", a.question.AsOf.Format(dayLayout))}
	failing := 0
	var latest string
	for _, source := range a.sources.value {
		if source.FailingSince != nil {
			failing++
		}
		if source.LastSuccess != nil {
			latest = max(latest, a.instant(*source.LastSuccess))
		}
	}
	if latest != "" {
		lines = append(lines, a.T("foot.collected", "Instant", latest, "Sources", len(a.sources.value)))
	}
	if failing > 0 {
		lines = append(lines, a.T("foot.failing", "Count", failing))
	}
	lines = append(lines, a.T("foot.computed", "Instant", a.now.Format("2006-01-02 15:04:05")))
	if !a.question.KnownAt.IsZero() {
		lines = append(lines, a.T("foot.known_at", "Instant", a.instant(a.question.KnownAt)))
	}
	lines = append(lines, strings.TrimSpace(a.T("foot.version", "Version", a.options.Version)))
	if a.options.Society {
		lines = append(lines, a.T("foot.society"))
	}
	if a.options.ExternalURL != "" {
		lines = append(lines, a.options.ExternalURL)
	}
	return lines
}

const dayLayout = "2006-01-02"
