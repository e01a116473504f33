package dashboard

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/queries"
)

var errNoSites = errors.New("the demonstration sites could not be asked")

// siteBody is what pages/site.html shows.
type siteBody struct {
	Crumbs              []link
	Name, Sentence      string
	Tags                []cell
	Numbers             []number
	Radar, History      figure
	Inspections, Visits figure
}

// oneSite shows one demonstration site: how it was inspected and whether it gets better, what being named did, who came to see it.
func oneSite(_ context.Context, a *ask) (content, error) {
	id := a.request.PathValue("id")
	own := a.question
	own.Unit, own.Within = id, ""
	all := load(a.panels, "sites", a.question, a.store.Sites)
	inspections := load(a.panels, "inspections", own, a.store.Inspections)
	visits := load(a.panels, "observations", own, a.store.Observations)
	a.panels.wait()
	if all.failed {
		return content{}, errNoSites
	}
	at := slices.IndexFunc(all.value, func(site queries.SiteRow) bool { return site.UnitID == id })
	if at < 0 {
		return content{}, &errNotFound{a.T("problem.no_site", "Unit", id, "Day", a.question.AsOf.Format(dayLayout))}
	}
	site := all.value[at]
	body := siteBody{
		Crumbs: []link{{Text: a.T("nav.sites"), Href: a.address.at("/sites").String()}}, Name: site.Unit,
		Sentence: a.siteSentence(site, inspections.value), Tags: a.siteTags(site), Numbers: a.siteNumbers(site, all.value, inspections, visits, own),
		Inspections: a.inspectionsFigure(inspections, own), Visits: a.visitsFigure(visits, own, false),
	}
	var err error
	if body.Radar, err = a.siteRadar(site, all.value, inspections); err == nil {
		body.History, err = a.siteHistory(inspections, own)
	}
	if err != nil {
		return content{}, fmt.Errorf("site %s: %w", id, err)
	}
	return content{Title: site.Unit, Nav: "sites", Filters: []string{"window", "programme", "focus"}, Charts: true, Body: body}, nil
}

func (a *ask) siteSentence(site queries.SiteRow, inspections []queries.InspectionRow) string {
	if site.Score == nil || site.Rank == nil || site.InspectedOn == nil {
		return a.T("site.sentence_uninspected")
	}
	sentence := a.T("site.sentence", "Rank", *site.Rank, "Day", a.longDay(*site.InspectedOn, a.now), "Score", site.Score.StringFixed(2))
	if before := inspectionBefore(inspections, site.UnitID, *site.InspectedOn); before != nil {
		by := site.Score.Sub(before.Score)
		id := map[int]string{-1: "site.fewer", 0: "site.same", 1: "site.more"}[by.Sign()]
		sentence += a.T(id, "Size", by.Abs().StringFixed(2))
	}
	return sentence + a.T("sentence.end")
}

func (a *ask) siteTags(site queries.SiteRow) []cell {
	tags := []cell{{Text: a.CodeLabel("group", site.Group)}, {Text: a.T("site.since", "Day", a.plain(a.day(site.DemonstrationSince)))}}
	if site.Stars > 0 {
		stars := a.stars(site.Stars)
		tags = append(tags, cell{Text: stars.Text, Title: a.Label("stars")})
	}
	return append(tags, cell{Text: a.T("site.unit"), Href: a.address.at(unitPath(site.UnitID)).String()})
}

func (a *ask) siteNumbers(
	site queries.SiteRow, all []queries.SiteRow, inspections *answer[[]queries.InspectionRow], visits *answer[[]queries.ObservationRow], own queries.Question,
) []number {
	rank := number{Label: a.T("figure.rank"), Rule: a.definition("site_rank"), None: a.T("sites.not_inspected")}
	score := number{Label: a.T("figure.site_score_own"), Rule: a.definition("site_score_own"), None: a.T("sites.not_inspected")}
	if site.Rank != nil && site.Score != nil {
		rank = number{Label: rank.Label, Rule: rank.Rule, Value: grouped(*site.Rank), Unit: a.T("unit.of_units", "Count", len(inspectedOf(all)))}
		score = number{Label: score.Label, Rule: score.Rule, Value: site.Score.StringFixed(2)}
		since := a.sinceInspection(site, inspections)
		score.Change, score.ChangeClass, score.ChangeTitle = since.Change, since.ChangeClass, since.ChangeTitle
		if since.None {
			score.Note = since.Title
		}
	}
	timeliness := a.ratioNumber("site_timeliness", site.TimelinessAfter, site.TimelinessBefore)
	timeliness.ChangeTitle = a.T("sites.timeliness_about")
	timeliness.Note = a.timelinessAfter(site).Note
	if site.TimelinessBefore == nil {
		timeliness.Change = a.T("sites.none_before")
	}
	if site.TimelinessAfter == nil {
		timeliness.None, timeliness.Change = a.T("sites.none_after"), ""
	}
	numbers := []number{rank, score, timeliness}
	for i := range numbers {
		numbers[i].Href = []string{"#radar", "#inspections", "#radar"}[i]
	}
	if visits.failed {
		return numbers
	}
	return append(numbers, a.visitsNumber(visits.value, own))
}

// siteRadar sets the site against the mean of the sites and its own inspection before.
func (a *ask) siteRadar(site queries.SiteRow, all []queries.SiteRow, inspections *answer[[]queries.InspectionRow]) (figure, error) {
	f := figure{ID: "radar", Heading: a.T("site.radar"), Class: "span-6", Failed: inspections.failed, Own: true, Exports: a.exports("sites", a.question)}
	if f.Failed || site.Score == nil || site.InspectedOn == nil {
		return f, nil
	}
	inspected := inspectedOf(all)
	outlines := []outline{{name: a.T("site.latest", "Day", site.InspectedOn.Format(dayLayout)), values: aspectsOf(site)}}
	if before := inspectionBefore(inspections.value, site.UnitID, *site.InspectedOn); before != nil {
		outlines = append(outlines, outline{name: a.T("site.before", "Day", before.InspectedOn.Format(dayLayout)), values: aspectsInspected(*before)})
	}
	outlines = append(outlines, outline{name: a.T("sites.mean", "Count", len(inspected)), values: meanAspects(inspected), mean: true})
	return a.radarFigure(f, "site.radar_about", outlines)
}

// siteHistory draws the score of each inspection, the latest on the right.
func (a *ask) siteHistory(inspections *answer[[]queries.InspectionRow], own queries.Question) (figure, error) {
	f := figure{
		ID: "history", Heading: a.T("site.history"), About: a.T("site.history_about", "Count", len(inspections.value)), Class: "span-6",
		Failed: inspections.failed, Exports: a.exports("inspections", own),
	}
	if len(inspections.value) == 0 {
		return f, nil
	}
	var labels []string
	var points []point
	for _, one := range inspections.value {
		day := one.InspectedOn.Format(dayLayout)
		labels = append(labels, day)
		tip := []string{day, a.Label("score") + "  " + one.Score.StringFixed(2)}
		for i, value := range aspectsInspected(one) {
			tip = append(tip, a.Label(aspects()[i])+"  "+value.StringFixed(2))
		}
		points = append(points, point{
			Value: one.Score.InexactFloat64(), Tip: tip,
			Label: &opts.Label{Show: opts.Bool(true), Position: "top", Formatter: one.Score.StringFixed(2), Color: "var(--ink)"},
		})
	}
	bar := bars(a.T("site.history_aria"),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "8", Top: "24", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}), charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: 100}),
	)
	bar.SetXAxis(labels)
	series(bar, a.Label("score"), points, func(s *charts.SingleSeries) {
		s.BarMaxWidth = "48"
		s.ItemStyle = &opts.ItemStyle{Color: "var(--measure-1)"}
	})
	f.Table = a.inspectionsTable(inspections.value, f.Heading)
	var err error
	f.Chart, err = drawn(bar, 340, nil)
	return f, err
}

// inspectionsFigure lists the inspections with every aspect and who inspected, the latest first.
func (a *ask) inspectionsFigure(inspections *answer[[]queries.InspectionRow], own queries.Question) figure {
	return figure{
		ID: "inspections", Heading: a.T("site.inspections"), About: a.T("site.inspections_about"), Class: "span-12", Open: true,
		Failed: inspections.failed, Exports: a.exports("inspections", own), Table: a.inspectionsTable(inspections.value, a.T("site.inspections")),
	}
}

func (a *ask) inspectionsTable(inspections []queries.InspectionRow, label string) *table {
	t := &table{Label: label, Page: 20, Short: true, Empty: a.T("sites.not_inspected"), Columns: []column{
		{Key: "inspected_on", Label: a.Label("inspected_on"), Class: "title fit"}, {Key: "site_score", Label: a.Label("score"), Class: "num"},
	}}
	for _, aspect := range aspects() {
		t.Columns = append(t.Columns, column{Key: aspect, Label: a.Label(aspect), Class: "num"})
	}
	t.Columns = append(t.Columns, column{Key: "inspector", Label: a.Label("inspector"), Class: "text"})
	for i := len(inspections) - 1; i >= 0; i-- {
		one := inspections[i]
		cells := []cell{a.day(&one.InspectedOn).class("title fit"), a.score(&one.Score)}
		for _, value := range aspectsInspected(one) {
			cells = append(cells, a.score(&value))
		}
		t.Rows = append(t.Rows, row{Cells: append(cells, a.inner(one.Inspector))})
	}
	return t
}
