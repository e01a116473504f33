package methodology

import (
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

func (m methodologist) obligation() chapter {
	pieces := m.text("obligation", "principle", "periodic", "event", "standing", "working", "assigned", "collided", "files", "window")
	if e := m.rules.Example; e != nil {
		pieces = append(pieces, piece{Example: m.dueExample(*e)})
	}
	return m.chapter("obligation", pieces...)
}

// dueExample follows one obligation of the catalogue in force from its period to its states.
func (m methodologist) dueExample(e model.DueExample) []string {
	var rest uint64
	if e.RestDays != nil {
		rest = *e.RestDays
	}
	values := map[string]any{
		"Item": e.Item, "Cadence": m.CodeLabel("cadence", e.Cadence), "Period": e.Period, "End": e.EndOn.Format(page.DayLayout), "Days": e.DueDays,
		"Kind": m.CodeLabel("day_kind", e.DayKind), "Rest": rest, "Due": e.DueOn.Format(page.DayLayout), "Next": e.DueOn.AddDate(0, 0, 1).Format(page.DayLayout),
		"Late": e.DueOn.AddDate(0, 0, 3).Format(page.DayLayout), "Lapsed": figures.UntilDay(e.DueOn, m.Question.AsOf), "Day": m.Question.AsOf.Format(page.DayLayout),
	}
	var lines []string
	for _, part := range []string{"due", "met", "late", "lapsed"} {
		lines = append(lines, m.T("methodology.example."+part, values))
	}
	return lines
}

func (m methodologist) states() chapter {
	t := &page.Table{Label: m.T("methodology.states"), Short: true, Columns: []page.Column{
		{Key: "state", Label: m.ReportLabel("obligations", "state"), Class: "title fit"},
		{Key: "when", Label: m.T("methodology.when"), Class: "wide full text"},
		{Key: "counted", Label: m.T("methodology.counted"), Class: "wide full text"},
	}}
	for _, state := range []string{"on_time", "exempt", "undated", "late", "pending", "lapsed", "unverified"} {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			m.State(state, nil).Classed("title fit"), m.Words(m.say("methodology.state." + state)).Classed("wide full text"),
			m.Words(m.say("methodology.counts." + state)).Classed("wide full text"),
		}})
	}
	pieces := append(m.text("states", "order"), piece{Table: t})
	pieces = append(pieces, m.text("states", "looked", "standing")...)
	return m.chapter("states", append(pieces, m.terms("delay_days", "mean_delay_days", "oldest_lapse_days", "carried_lapsed"))...)
}

func (m methodologist) measures() chapter {
	pieces := append(m.text("measures", "per_item"), m.terms("coverage", "timeliness", "evidenced_timeliness", "procedure", "placement"))
	pieces = append(pieces, m.text("measures", "mean")...)
	pieces = append(pieces, piece{Table: m.weightsTable(m.T("methodology.measures"), classWeights(m.rules.Assessment), func(key string) string { return m.CodeLabel("class", key) }, true)})
	pieces = append(pieces, m.text("measures", "none")...)
	pieces = append(pieces, piece{Example: []string{m.say("methodology.measures.example")}})
	return m.chapter("measures", append(pieces, m.terms("assessed", "verified", "evidence_share", "overexposed", "essential_lapsed"))...)
}

func (m methodologist) score() chapter {
	pieces := append(m.text("score", "about"), piece{Formula: m.say("methodology.score.formula")},
		piece{Table: m.weightsTable(m.T("methodology.score"), scoreWeights(m.rules.Assessment), m.Label, false)})
	pieces = append(pieces, m.text("score", "deductions", "missing")...)
	return m.chapter("score", append(pieces, piece{Example: m.scoreExample()})...)
}

// scoreExample works out one score twice: with every measure, and without one whose weight the others then share.
func (m methodologist) scoreExample() (lines []string) {
	deductions := m.rules.Assessment.Deductions
	taken := decimal.Min(deductions.YellowCard.Add(deductions.OverdueRectification.Decimal), deductions.Limit.Decimal)
	for _, example := range []struct {
		id, without string
		deducted    decimal.Decimal
	}{{"full", "", taken}, {"missing", "procedure", decimal.Zero}} {
		score, parts := workedScore(m.rules.Assessment, exampleMeasures(example.without), example.deducted)
		if score == nil {
			continue
		}
		lines = append(lines, m.T("methodology.example."+example.id, map[string]any{
			"Parts": strings.Join(parts, " + "), "Deducted": example.deducted.String(), "Score": score.StringFixed(2),
			"Rating": m.CodeLabel("rating", ratingOf(m.rules.Assessment, *score)),
		}))
	}
	return lines
}

func (m methodologist) rank() chapter {
	t := &page.Table{Label: m.Label("rating"), Short: true, Columns: []page.Column{{Key: "rating", Label: m.Label("rating"), Class: "title"}, {Key: "score", Label: m.Label("score"), Class: "text"}}}
	for _, rating := range model.Codes("rating") {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: m.CodeLabel("rating", rating), Tag: "rating-" + rating, Class: "title"}, m.Words(m.say("methodology.rating." + rating))}})
	}
	pieces := append(m.text("rank", "rating"), piece{Table: t})
	pieces = append(pieces, m.text("rank", "capped")...)
	if caps := m.caps(); len(caps) > 0 {
		pieces = append(pieces, m.text("rank", "caps")...)
		pieces = append(pieces, caps...)
	}
	return m.chapter("rank", append(pieces, m.text("rank", "order", "unranked", "previous")...)...)
}

// caps are those of the rating that the assessment sets, a paragraph each.
func (m methodologist) caps() (pieces []piece) {
	for _, one := range m.rules.Assessment.RatingCaps.Named() {
		if !one.IsZero() {
			pieces = append(pieces, piece{Text: m.T("methodology.cap."+one.Name, "From", one.From.String(), "Best", m.CodeLabel("rating", one.Best.Code))})
		}
	}
	return pieces
}

func (m methodologist) groups() chapter {
	t := &page.Table{Label: m.Label("group"), Short: true, Columns: []page.Column{{Key: "group", Label: m.Label("group"), Class: "title"}, {Key: "tier", Label: m.Label("tier"), Class: "text"}}}
	for _, group := range []struct{ code, tiers string }{
		{"organs", "organ"}, {"towns", "town|subdistrict"}, {"villages", "village|community"}, {"district", "committee|discipline"},
	} {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{m.Words(m.CodeLabel("group", group.code)).Classed("title"), m.Words(m.listed("tier", group.tiers))}})
	}
	pieces := append([]piece{{Table: t}}, m.text("groups", "mean", "active")...)
	return m.chapter("groups", append(pieces, m.terms("organisation_coverage", "member_coverage", "clear_units"))...)
}

func (m methodologist) evidence() chapter {
	return m.chapter("evidence", append(m.text("evidence", "about"), m.terms("evidenced_on", "backdated"), piece{Example: []string{m.say("methodology.evidence.example")}})...)
}

func (m methodologist) supervised() chapter {
	return m.chapter("supervised", m.terms("yellow_cards", "open_rectifications", "overdue_rectifications", "institutions"))
}

func (m methodologist) sites() chapter {
	pieces := append(m.text("sites", "score"), piece{Table: m.weightsTable(m.T("methodology.sites"), siteWeights(m.rules.Assessment), m.Label, false)})
	return m.chapter("sites", append(pieces, m.terms("timeliness_before", "timeliness_after", "observations"))...)
}

// patrol says what each check of the patrol means and where it may err.
func (m methodologist) patrol() chapter {
	kinds := piece{}
	for _, kind := range model.FindingKinds() {
		kinds.Terms = append(kinds.Terms, term{"finding-" + kind, m.CodeLabel("finding", kind), m.T("patrol.means." + kind)})
	}
	pieces := append(m.text("patrol", "advice", "visits", "states"), kinds)
	return m.chapter("patrol", append(pieces, m.text("patrol", "ratio", "sample")...)...)
}

func (m methodologist) rounding() chapter {
	return m.chapter("rounding", m.text("rounding", "exact", "none", "days", "known", "edges")...)
}

// listed are codes joined by | as a reader lists their names; none means any.
func (a *request) listed(column, codes string) string {
	if codes == "" {
		return a.T("methodology.any")
	}
	return a.NamesOf(column, codes)
}
