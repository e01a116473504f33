// Package proof shows what a source said of a record, and when.
package proof

import (
	"cmp"
	"context"
	"embed"
	"slices"
	"strconv"
	"time"

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
		Files:  files,
		Pages:  []page.Page{{Name: "proof", Pattern: "/proof/{source}/{record}", Build: build, Parameters: []string{"version"}}},
		Routes: []page.Route{{Pattern: "GET /proof/{source}/{record}/content", Answer: sendContent}},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what proof.html shows.
type view struct {
	Crumbs          []page.Link
	Title, Sentence string
	Tags            []page.Cell
	Days            []moment
	Facts           []page.Fact
	Content         contentPanel
	Versions        page.Figure
}

// moment is a day of a record's life.
type moment struct {
	Day, Label, Note string
	Class            string // claimed: what the source says; evidence: what is counted instead
}

// build shows one record: what its source said of it, version by version, and whether that can be believed.
func build(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	chosen, err := versionAsked(a.Address.Get("version"))
	if err != nil {
		return page.Content{}, err
	}
	source, id := a.HTTP.PathValue("source"), a.HTTP.PathValue("record")
	p, err := ask.Run(ctx, a.Store, ask.Proof(source, id), a.Question)
	if err != nil {
		return page.Content{}, err
	}
	at := slices.IndexFunc(p.Versions, func(v model.ProofVersion) bool { return v.Version == chosen || chosen == 0 && v.ContentBytes > 0 })
	if at < 0 && (chosen != 0 || len(p.Versions) == 0) {
		return page.Content{}, &page.NotFoundError{Message: a.T("problem.no_record", "Record", id, "Source", source)}
	}
	latest := p.Versions[0]
	body := view{
		Crumbs: a.crumbs(latest), Title: cmp.Or(latest.Title, latest.Item, id), Sentence: a.sentence(p), Tags: a.tags(p),
		Days: a.days(p), Facts: a.facts(latest), Versions: a.versionsFigure(p, max(at, 0)),
	}
	if body.Content, err = a.contentPanel(ctx, p, max(at, 0)); err != nil {
		return page.Content{}, err
	}
	return page.Content{Title: a.T("proof.title", "Title", body.Title), Body: body}, nil
}

// versionAsked reads the parameter version; 0 is the latest with a content.
func versionAsked(text string) (uint64, error) {
	if text == "" {
		return 0, nil
	}
	version, err := strconv.ParseUint(text, 10, 64)
	if err != nil || version == 0 {
		return 0, &model.UserError{Parameter: "version", Value: text, Expected: "the number of a version that the page lists"}
	}
	return version, nil
}

func (a *request) crumbs(v model.ProofVersion) []page.Link {
	return []page.Link{{Text: cmp.Or(v.Unit, v.UnitID), Href: a.Address.At(page.UnitPath(v.UnitID)).String()}}
}

func (a *request) tags(p model.Proof) []page.Cell {
	latest := p.Versions[0]
	tags := []page.Cell{
		{Text: cmp.Or(latest.Item, latest.ItemID)},
		{Text: a.T("proof.source", "Source", p.Source, "Kind", a.CodeLabel("kind", p.Kind)), Href: a.Address.At(page.SourcePath(p.Source)).String()},
	}
	if p.Backdated {
		tags = append(tags, page.Cell{Text: a.T("unit.backdated"), Tag: "rating-fail"})
	}
	if latest.Gone {
		tags = append(tags, page.Cell{Text: a.T("proof.gone"), Tag: "rating-pass"})
	}
	if page.Followable(latest.URL) {
		tags = append(tags, page.Cell{Text: a.T("proof.original"), Href: latest.URL, External: true})
	}
	return tags
}

// sentence says when the record claims to have been published, and what speaks for or against that.
func (a *request) sentence(p model.Proof) string {
	latest := p.Versions[0]
	if latest.PublishedOn == nil {
		return a.T("proof.unpublished")
	}
	published := latest.PublishedOn.Format(page.DayLayout)
	switch {
	case p.Backdated && p.EvidencedOn != nil:
		why := "proof.backdated_unseen"
		if latest.UploadedOn != nil && latest.UploadedOn.Equal(*p.EvidencedOn) {
			why = "proof.backdated_uploaded"
		} else if latest.ShownOn != nil && latest.ShownOn.Equal(*p.EvidencedOn) {
			why = "proof.backdated_shown"
		}
		return a.T(why, "Claimed", published, "Evidenced", p.EvidencedOn.Format(page.DayLayout), "Count", figures.UntilDay(*latest.PublishedOn, *p.EvidencedOn))
	case latest.DatedBySight:
		return a.T("proof.dated_by_sight", "Day", published)
	case !latest.Online:
		return a.T("proof.ledger", "Claimed", published)
	default:
		return a.T("proof.plausible", "Claimed", published, "Seen", latest.FirstSeen.In(a.Zone).Format(page.DayLayout), "Count", p.ToleranceDays)
	}
}

// days puts the days of the record in force into their order.
func (a *request) days(p model.Proof) []moment {
	latest := p.Versions[0]
	var days []moment
	add := func(day *time.Time, label, note, class string) {
		if day != nil {
			days = append(days, moment{day.Format(page.DayLayout), label, note, class})
		}
	}
	counted := func(day *time.Time) string {
		if p.Backdated && day != nil && p.EvidencedOn != nil && day.Equal(*p.EvidencedOn) {
			return "evidence"
		}
		return ""
	}
	add(latest.OccurredOn, a.Label("occurred_on"), "", "")
	add(latest.ProposedOn, a.Label("proposed_on"), "", "")
	add(latest.ReviewedOn, a.Label("reviewed_on"), "", "")
	add(latest.ApprovedOn, a.Label("approved_on"), "", "")
	claim := a.T("proof.claimed_about")
	if latest.DatedBySight {
		claim = a.T("proof.by_sight_about")
	}
	add(latest.PublishedOn, a.T("proof.claimed"), claim, "claimed")
	add(latest.UploadedOn, a.Label("uploaded_on"), a.T("proof.uploaded_about"), counted(latest.UploadedOn))
	add(latest.ShownOn, a.T("proof.shown"), a.T("proof.shown_about"), counted(latest.ShownOn))
	add(latest.UnseenOn, a.T("proof.unseen"), a.T("proof.unseen_about"), counted(latest.UnseenOn))
	seen := model.Today(latest.FirstSeen.In(a.Zone))
	add(&seen, a.T("proof.first_seen"), a.T("proof.first_seen_about", "Instant", a.Instant(latest.FirstSeen)), "")
	add(latest.WithdrawnOn, a.Label("withdrawn_on"), "", "")
	slices.SortStableFunc(days, func(x, y moment) int { return cmp.Compare(x.Day, y.Day) })
	return days
}

// facts are the record's fields as they were read.
func (a *request) facts(v model.ProofVersion) []page.Fact {
	var facts []page.Fact
	for _, field := range versionFields(a) {
		value := field.value(v)
		shown := a.Words(value)
		if value == "" {
			shown = a.None("none.not_given")
		} else if field.key == "url" && page.Followable(v.URL) {
			shown = page.Cell{Text: v.URL, Href: v.URL, External: true}
		}
		facts = append(facts, page.Fact{Label: field.label, Value: shown})
	}
	return append(facts, page.Fact{Label: a.Label("place"), Value: a.Inner(v.Place)})
}
