package sites

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

var errNoSites = errors.New("the demonstration sites could not be asked")

// siteView is what site.html shows.
type siteView struct {
	Crumbs              []page.Link
	Name, Sentence      string
	Tags                []page.Cell
	Numbers             []page.Number
	Radar, History      page.Figure
	Inspections, Visits page.Figure
}

// oneSite shows one demonstration site: how it was inspected and whether it gets better, what being named did, who came to see it.
func oneSite(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	id := a.HTTP.PathValue("id")
	own := a.Question
	own.Unit, own.Within = id, ""
	all := page.Ask(a.Request, a.Question, ask.Sites)
	inspections := page.Ask(a.Request, own, ask.Inspections)
	visits := page.Ask(a.Request, own, ask.Observations)
	a.Panels.Wait()
	if all.Failed {
		return page.Content{}, errNoSites
	}
	at := slices.IndexFunc(all.Value, func(site model.SiteRow) bool { return site.UnitID == id })
	if at < 0 {
		return page.Content{}, &page.NotFoundError{Message: a.T("problem.no_site", "Unit", id, "Day", a.Question.AsOf.Format(page.DayLayout))}
	}
	site := all.Value[at]
	body := siteView{
		Crumbs: []page.Link{{Text: a.T("nav.sites"), Href: a.Address.At("/sites").String()}}, Name: site.Unit,
		Sentence: a.siteSentence(site, inspections.Value), Tags: a.siteTags(site), Numbers: a.siteNumbers(site, all.Value, inspections, visits, own),
		Inspections: a.inspectionsFigure(inspections, own), Visits: a.visitsFigure(visits, own, false),
	}
	var err error
	if body.Radar, err = a.siteRadar(site, all.Value, inspections); err == nil {
		body.History, err = a.siteHistory(inspections, own)
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("site %s: %w", id, err)
	}
	return page.Content{Title: site.Unit, Nav: "sites", Filters: []string{"window", "programme", "focus"}, Charts: true, Body: body}, nil
}

func (a *request) siteSentence(site model.SiteRow, inspections []model.InspectionRow) string {
	if site.Score == nil || site.Rank == nil || site.InspectedOn == nil {
		return a.T("site.sentence_uninspected")
	}
	sentence := a.T("site.sentence", "Rank", *site.Rank, "Day", a.LongDay(*site.InspectedOn, a.Now), "Score", site.Score.StringFixed(2))
	if before := inspectionBefore(inspections, site.UnitID, *site.InspectedOn); before != nil {
		by := site.Score.Sub(before.Score)
		id := map[int]string{-1: "site.fewer", 0: "site.same", 1: "site.more"}[by.Sign()]
		sentence += a.T(id, "Size", by.Abs().StringFixed(2))
	}
	return sentence + a.T("sentence.end")
}

func (a *request) siteTags(site model.SiteRow) []page.Cell {
	tags := []page.Cell{{Text: a.CodeLabel("group", site.Group)}, {Text: a.T("site.since", "Day", a.Plain(a.Day(site.DemonstrationSince)))}}
	if site.Stars > 0 {
		stars := a.stars(site.Stars)
		tags = append(tags, page.Cell{Text: stars.Text, Title: a.Label("stars")})
	}
	return append(tags, page.Cell{Text: a.T("site.unit"), Href: a.Address.At(page.UnitPath(site.UnitID)).String()})
}

func (a *request) siteNumbers(
	site model.SiteRow, all []model.SiteRow, inspections *page.Answer[[]model.InspectionRow], visits *page.Answer[[]model.ObservationRow], own model.Question,
) []page.Number {
	rank := page.Number{Label: a.T("figure.rank"), Rule: a.Definition("site_rank"), None: a.T("sites.not_inspected")}
	score := page.Number{Label: a.T("figure.site_score_own"), Rule: a.Definition("site_score_own"), None: a.T("sites.not_inspected")}
	if site.Rank != nil && site.Score != nil {
		rank = page.Number{Label: rank.Label, Rule: rank.Rule, Value: page.Grouped(*site.Rank), Unit: a.T("unit.of_units", "Count", len(inspectedOf(all)))}
		score = page.Number{Label: score.Label, Rule: score.Rule, Value: site.Score.StringFixed(2)}
		since := a.sinceInspection(site, inspections)
		score.Change, score.ChangeClass, score.ChangeTitle = since.Change, since.ChangeClass, since.ChangeTitle
		if since.None {
			score.Note = since.Title
		}
	}
	timeliness := a.RatioNumber("site_timeliness", site.TimelinessAfter, site.TimelinessBefore)
	timeliness.ChangeTitle = a.T("sites.timeliness_about")
	timeliness.Note = a.timelinessAfter(site).Note
	if site.TimelinessBefore == nil {
		timeliness.Change = a.T("sites.none_before")
	}
	if site.TimelinessAfter == nil {
		timeliness.None, timeliness.Change = a.T("sites.none_after"), ""
	}
	numbers := []page.Number{rank, score, timeliness}
	for i := range numbers {
		numbers[i].Href = []string{"#radar", "#inspections", "#radar"}[i]
	}
	if visits.Failed {
		return numbers
	}
	return append(numbers, a.visitsNumber(visits.Value, own))
}

// siteRadar sets the site against the mean of the sites and its own inspection before.
func (a *request) siteRadar(site model.SiteRow, all []model.SiteRow, inspections *page.Answer[[]model.InspectionRow]) (page.Figure, error) {
	f := page.Figure{ID: "radar", Heading: a.T("site.radar"), Class: "span-6", Failed: inspections.Failed, Own: true, Exports: a.Exports("sites", a.Question)}
	if f.Failed || site.Score == nil || site.InspectedOn == nil {
		return f, nil
	}
	inspected := inspectedOf(all)
	outlines := []chart.Outline{{Name: a.T("site.latest", "Day", site.InspectedOn.Format(page.DayLayout)), Values: aspectsOf(site)}}
	if before := inspectionBefore(inspections.Value, site.UnitID, *site.InspectedOn); before != nil {
		outlines = append(outlines, chart.Outline{Name: a.T("site.before", "Day", before.InspectedOn.Format(page.DayLayout)), Values: aspectsInspected(*before)})
	}
	outlines = append(outlines, chart.Outline{Name: a.T("sites.mean", "Count", len(inspected)), Values: meanAspects(inspected), Mean: true})
	return a.radarFigure(f, "site.radar_about", outlines)
}

// siteHistory draws the score of each inspection, the latest on the right.
func (a *request) siteHistory(inspections *page.Answer[[]model.InspectionRow], own model.Question) (page.Figure, error) {
	f := page.Figure{
		ID: "history", Heading: a.T("site.history"), About: a.T("site.history_about", "Count", len(inspections.Value)), Class: "span-6",
		Failed: inspections.Failed, Exports: a.Exports("inspections", own),
	}
	if len(inspections.Value) == 0 {
		return f, nil
	}
	var labels []string
	var points []chart.Point
	for _, one := range inspections.Value {
		day := one.InspectedOn.Format(page.DayLayout)
		labels = append(labels, day)
		tip := []string{day, a.Label("score") + "  " + one.Score.StringFixed(2)}
		for i, value := range aspectsInspected(one) {
			tip = append(tip, a.Label(aspects()[i])+"  "+value.StringFixed(2))
		}
		points = append(points, chart.Point{
			Value: one.Score.InexactFloat64(), Tip: tip, Link: "#inspections",
			Label: &opts.Label{Show: opts.Bool(true), Position: "top", Formatter: one.Score.StringFixed(2), Color: "var(--ink)"},
		})
	}
	bar := chart.Bars(a.T("site.history_aria"),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "8", Top: "24", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}), charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: 100}),
	)
	bar.SetXAxis(labels)
	chart.Series(bar, a.Label("score"), points, func(s *charts.SingleSeries) {
		s.BarMaxWidth = "48"
		s.ItemStyle = &opts.ItemStyle{Color: "var(--measure-1)"}
	})
	f.Table = a.inspectionsTable(inspections.Value, f.Heading)
	var err error
	f.Chart, err = chart.Draw(bar, 340, nil)
	return f, err
}

// inspectionsFigure lists the inspections with every aspect and who inspected, the latest first.
func (a *request) inspectionsFigure(inspections *page.Answer[[]model.InspectionRow], own model.Question) page.Figure {
	return page.Figure{
		ID: "inspections", Heading: a.T("site.inspections"), About: a.T("site.inspections_about"), Class: "span-12", Open: true,
		Failed: inspections.Failed, Exports: a.Exports("inspections", own), Table: a.inspectionsTable(inspections.Value, a.T("site.inspections")),
	}
}

func (a *request) inspectionsTable(inspections []model.InspectionRow, label string) *page.Table {
	t := &page.Table{Label: label, Page: 20, Short: true, Empty: a.T("sites.not_inspected"), Columns: []page.Column{
		{Key: "inspected_on", Label: a.Label("inspected_on"), Class: "title fit"}, {Key: "site_score", Label: a.Label("score"), Class: "num"},
	}}
	for _, aspect := range aspects() {
		t.Columns = append(t.Columns, page.Column{Key: aspect, Label: a.Label(aspect), Class: "num"})
	}
	t.Columns = append(t.Columns, page.Column{Key: "inspector", Label: a.Label("inspector"), Class: "text"})
	for i := len(inspections) - 1; i >= 0; i-- {
		one := inspections[i]
		cells := []page.Cell{a.Day(&one.InspectedOn).Classed("title fit"), a.Score(&one.Score)}
		for _, value := range aspectsInspected(one) {
			cells = append(cells, a.Score(&value))
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, a.Inner(one.Inspector))})
	}
	return t
}
