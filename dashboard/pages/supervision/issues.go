package supervision

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// issuesDrawn is how many issues the chart has room for; the table behind it has all.
const issuesDrawn = 12

// issue is one issue (期) of the notices with what became of them.
type issue struct {
	number   string
	issuedOn string // the first day
	units    map[string]bool
	outcomes map[string]int64
	cards    int64
}

// outcomes are what becomes of a notice, in the order of the chart.
func outcomes() []string { return []string{"on_time", "late", "open", "overdue"} }

// issuesOf gathers notices by their issue, the latest first.
func issuesOf(notices []model.FollowedNotice) []*issue {
	byNumber := map[string]*issue{}
	var issues []*issue
	for _, n := range notices {
		one := byNumber[n.IssueNo]
		day := n.IssuedOn.Format(page.DayLayout)
		if one == nil {
			one = &issue{number: n.IssueNo, issuedOn: day, units: map[string]bool{}, outcomes: map[string]int64{}}
			byNumber[n.IssueNo] = one
			issues = append(issues, one)
		}
		one.issuedOn = min(one.issuedOn, day)
		one.units[n.UnitID] = true
		one.outcomes[n.Outcome]++
		if n.YellowCard {
			one.cards++
		}
	}
	slices.SortFunc(issues, func(x, y *issue) int {
		return cmp.Or(cmp.Compare(y.issuedOn, x.issuedOn), cmp.Compare(y.number, x.number))
	})
	return issues
}

// issuesFigure shows how far the notices of each issue are put right.
func (a *request) issuesFigure(notices *page.Answer[[]model.FollowedNotice], question model.Question) (page.Figure, error) {
	issues := issuesOf(notices.Value)
	f := page.Figure{
		ID: "issues", Heading: a.T("supervision.issues"), Class: "span-7", Failed: notices.Failed, Own: true, Exports: a.Exports("notices", question),
		About: a.T("supervision.issues_about", "Count", len(issues), "Shown", min(issuesDrawn, len(issues))),
	}
	if len(issues) == 0 {
		return f, nil
	}
	f.Table = a.issuesTable(issues)
	a.First(&f)
	issues = issues[:min(issuesDrawn, len(issues))]
	var labels []string
	for _, one := range issues {
		labels = append(labels, one.number)
	}
	bar := chart.Bars(a.T("supervision.issues_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "24", Top: "40", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", MinInterval: 1}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 13}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	fills := map[string]string{"on_time": "var(--state-on-time)", "late": "var(--state-late)", "open": "var(--state-exempt)", "overdue": "var(--state-lapsed)"}
	decals := map[string]string{"late": "late", "overdue": "lapsed"}
	for _, outcome := range outcomes() {
		var points []chart.Point
		for _, one := range issues {
			p := chart.Point{Value: "-"}
			if n := one.outcomes[outcome]; n > 0 {
				p = chart.Point{
					Value: n, Link: a.Address.With("page", "").Sought("notices", one.number), Style: &chart.PointStyle{Decal: decals[outcome]},
					Tip: []string{one.number, fmt.Sprintf("%s  %s", a.T("outcome."+outcome), a.T("supervision.notices_count", "Count", n))},
				}
			}
			points = append(points, p)
		}
		chart.Series(bar, a.T("outcome."+outcome), points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "outcomes", "28"
			s.ItemStyle = &opts.ItemStyle{Color: fills[outcome], BorderColor: "var(--line-strong)", BorderWidth: 1}
		})
	}
	var err error
	f.Chart, err = chart.Draw(bar, 80+36*len(issues), nil)
	return f, err
}

func (a *request) issuesTable(issues []*issue) *page.Table {
	t := &page.Table{Label: a.T("supervision.issues"), Page: 30, Short: true, Columns: []page.Column{
		{Key: "issue_no", Label: a.Label("issue_no"), Class: "title"}, {Key: "issued_on", Label: a.Label("issued_on"), Class: "fit"}, {Key: "units", Label: a.Label("units"), Class: "num"},
	}}
	for _, outcome := range outcomes() {
		t.Columns = append(t.Columns, page.Column{Key: outcome, Label: a.T("outcome." + outcome), Class: "num"})
	}
	t.Columns = append(t.Columns, page.Column{Key: "yellow_card", Label: a.Label("yellow_card"), Class: "num"})
	for _, one := range issues {
		cells := []page.Cell{a.Words(one.number).Classed("title"), a.Words(one.issuedOn).Classed("fit"), a.Count(int64(len(one.units)))}
		for _, outcome := range outcomes() {
			cells = append(cells, a.Count(one.outcomes[outcome]))
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, a.Count(one.cards))})
	}
	return t
}
