package ranking

import (
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

// The chart shows up to drawnWhole units at once; of more it shows drawnAtOnce, and the rest are a drag or a button away.
const (
	drawnWhole  = 30
	drawnAtOnce = 20
)

// chart draws the points that the ranked units lost, by measure, in the order of their ranks: full bars that all end near 100 would show no
// difference. Units at the end of a long ranking stand apart.
func (a *request) chart(rows, end []model.RankingRow) (*chart.Chart, error) {
	beginning := len(rows)
	rows = slices.Concat(rows, end)
	severalParents := slices.ContainsFunc(rows, func(unit model.RankingRow) bool { return unit.ParentID != rows[0].ParentID })
	parts := a.lossParts()
	all := make([]chart.RowSeries, len(parts))
	for i, part := range parts {
		all[i] = chart.RowSeries{Name: part.name, Fill: part.fill, Decal: part.decal, Stack: "lost"}
	}
	var labels, links []string // a name on the axis leads where its bar leads
	var tips [][]any           // of a whole bar
	for i, unit := range rows {
		if i == beginning {
			labels, links, tips = append(labels, "⋮"), append(links, ""), append(tips, nil)
			for at := range all {
				all[at].Points = append(all[at].Points, chart.Point{Value: "-"})
			}
		}
		if unit.Rank == nil || unit.Score == nil {
			continue
		}
		labels, links = append(labels, a.named(unit, severalParents)), append(links, page.UnitPath(unit.UnitID))
		tips = append(tips, a.points(all, unit))
	}
	if len(labels) == 0 {
		return nil, nil
	}
	shown := len(labels)
	extra := map[string]any{"links": links, "query": strings.TrimPrefix(a.Address.At("/").String(), "/"), "tips": tips}
	if shown > drawnWhole {
		shown = drawnAtOnce
		// No zoom inside the plot: it would take the wheel and the finger that turn the page.
		extra["dataZoom"] = []map[string]any{
			{"type": "slider", "orient": "vertical", "yAxisIndex": 0, "startValue": 0, "endValue": drawnAtOnce - 1, "width": 16, "right": 0, "zoomLock": true, "brushSelect": false, "showDetail": false, "showDataShadow": false, "handleSize": 0},
		}
	}
	all[0].Lines = a.bands()
	made, err := chart.RowsOf(chart.RowsLayout{Description: a.T("ranking.aria"), Right: "128", Top: "56", Bar: "18", Height: 92 + 26*shown}, labels, all, extra)
	if err == nil && shown < len(labels) {
		made.Zoomed = shown
	}
	return made, err
}

// lossPart is one of the parts of what a unit lacks of 100 points.
type lossPart struct{ name, fill, decal string }

// lossParts are the four measures and the deductions; of units together with all below them, whose scores are means, only the whole is known.
func (a *request) lossParts() []lossPart {
	if a.Question.Scope == "subtree" {
		return []lossPart{{a.T("unit.lost"), "var(--state-lapsed)", ""}}
	}
	var parts []lossPart
	for m, measure := range score.Measures() {
		parts = append(parts, lossPart{a.Label(measure), figures.LossFills()[m], figures.LossDecals()[m]})
	}
	return append(parts, lossPart{a.Label("deductions"), "var(--state-unverified-line)", ""})
}

// lostBy is what a unit lost in each of lossParts, from its measures as shown: each weighs what its weight is of those that have a value (SPEC §5).
func (a *request) lostBy(unit model.RankingRow) []decimal.Decimal {
	hundred := decimal.New(100, 0)
	if a.Question.Scope == "subtree" {
		return []decimal.Decimal{hundred.Sub(*unit.Score)}
	}
	weights := a.Options.Assessment().Score
	measures := []*decimal.Decimal{unit.Coverage, unit.Timeliness, unit.Procedure, unit.Placement}
	sum := decimal.Zero
	lost := make([]decimal.Decimal, len(measures), len(measures)+1)
	for m, weight := range []model.Number{weights.Coverage, weights.Timeliness, weights.Procedure, weights.Placement} {
		if measures[m] != nil {
			sum = sum.Add(weight.Decimal)
			lost[m] = page.Whole().Sub(*measures[m]).Mul(weight.Decimal)
		}
	}
	for m := range lost {
		if sum.IsPositive() {
			lost[m] = lost[m].Mul(hundred).DivRound(sum, 4)
		}
	}
	deducted := decimal.Zero
	if unit.Deductions != nil {
		deducted = *unit.Deductions
	}
	return append(lost, deducted)
}

// points adds a unit's bar, a part for each of lossParts, the score and its change of rank at the end; and says what pointing at it shows.
func (a *request) points(all []chart.RowSeries, unit model.RankingRow) []any {
	label := unit.Score.StringFixed(2)
	if moved := a.Places(unit); moved.Change != "" && moved.Change != "=" {
		label += "  " + moved.Change
	}
	tip := []any{chart.NameInTip, a.Label("score") + "  " + unit.Score.StringFixed(2) + "  " + a.CodeLabel("rating", unit.Rating), chart.PartsInTip}
	if unit.Lapsed > 0 {
		tip = append(tip, a.CodeLabel("state", "lapsed")+"  "+a.T("unit.obligations", "Count", unit.Lapsed))
	}
	lost := a.lostBy(unit)
	if note := a.rated(unit).Note; note != "" {
		tip = append(tip, note)
	}
	for i, points := range lost {
		p := chart.Point{Value: points.Round(2).InexactFloat64()}
		if i == len(lost)-1 {
			p.End = label
		}
		all[i].Points = append(all[i].Points, p)
	}
	return tip
}

// bands are the rating's thresholds in force as thin lines with their name, at the points that may be lost at most.
func (a *request) bands() *opts.MarkLines {
	lines := &opts.MarkLines{MarkLineStyle: opts.MarkLineStyle{
		Symbol: []string{"none", "none"}, LineStyle: &opts.LineStyle{Color: "var(--line-strong)", Type: "dashed", Width: 1},
		Label: &opts.Label{Show: opts.Bool(true), Position: "start", Formatter: "{b}", Color: "var(--muted)", FontSize: 11},
	}}
	ratings := a.Options.Assessment().Ratings
	for _, band := range []struct {
		rating string
		from   model.Number
	}{{"excellent", ratings.Excellent}, {"good", ratings.Good}, {"pass", ratings.Pass}} {
		name := a.T("ranking.band", "Rating", a.CodeLabel("rating", band.rating), "From", band.from.String())
		lines.Data = append(lines.Data, opts.MarkLineNameXAxisItem{Name: name, XAxis: decimal.New(100, 0).Sub(band.from.Decimal).InexactFloat64()})
	}
	return lines
}
