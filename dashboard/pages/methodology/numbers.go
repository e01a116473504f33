package methodology

import (
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// weighed is something with its weight.
type weighed struct {
	key    string
	weight model.Number
}

func scoreWeights(a model.Assessment) []weighed {
	return []weighed{{"coverage", a.Score.Coverage}, {"timeliness", a.Score.Timeliness}, {"procedure", a.Score.Procedure}, {"placement", a.Score.Placement}}
}

func classWeights(a model.Assessment) []weighed {
	return []weighed{{"essential", a.Classes.Essential}, {"obligatory", a.Classes.Obligatory}, {"recommended", a.Classes.Recommended}}
}

func siteWeights(a model.Assessment) []weighed {
	return []weighed{
		{"venue", a.Sites.Venue},
		{"organisation", a.Sites.Organisation},
		{"operation", a.Sites.Operation},
		{"disclosure", a.Sites.Disclosure},
		{"publicity", a.Sites.Publicity},
	}
}

// sharesOf are weights as shares of their sum in hundredths of a percent, which is how a page shows them.
func sharesOf(all []weighed) []decimal.Decimal {
	sum := decimal.Zero
	for _, one := range all {
		sum = sum.Add(one.weight.Decimal)
	}
	shares := make([]decimal.Decimal, len(all))
	for i, one := range all {
		shares[i] = one.weight.DivRound(sum, 12)
	}
	return shares
}

// shareText writes a share of a weight: 40 %, 33.33 %.
func shareText(share decimal.Decimal) string { return share.Shift(2).Round(2).String() + " %" }

// rulesValues are the numbers of the settings in force by the names under which the texts have them.
func (a *request) rulesValues(rules model.Rules) map[string]any {
	assessment := rules.Assessment
	previous := a.Question.Previous()
	values := map[string]any{
		"YellowCard": assessment.Deductions.YellowCard.String(), "Overdue": assessment.Deductions.OverdueRectification.String(),
		"Limit": assessment.Deductions.Limit.String(), "Excellent": assessment.Ratings.Excellent.String(), "Good": assessment.Ratings.Good.String(),
		"Pass": assessment.Ratings.Pass.String(), "Verified": shareText(assessment.Verified.Decimal), "MinAssessed": assessment.MinAssessed,
		"Tolerance": rules.ToleranceDays, "Since": rules.CarriedSince(a.Question.AsOf).Format(page.DayLayout), "Timezone": rules.Timezone, "LoadedAt": a.Instant(rules.LoadedAt),
		"Day": a.Question.AsOf.Format(page.DayLayout), "From": a.Question.From.Format(page.DayLayout), "To": a.Question.To.Format(page.DayLayout),
		"PreviousFrom": previous.From.Format(page.DayLayout), "PreviousTo": previous.To.Format(page.DayLayout), "PreviousDay": previous.AsOf.Format(page.DayLayout),
		"Beginning": rules.Beginning.Format(page.DayLayout), "NoPrevious": previous.From.Before(rules.Beginning),
	}
	for _, one := range classWeights(assessment) {
		values["Weight_"+one.key] = one.weight.String()
	}
	return values
}

// weightsTable lists weights as shares of 100 %, with the weights themselves where texts speak of them.
func (m methodologist) weightsTable(label string, all []weighed, name func(string) string, themselves bool) *page.Table {
	t := &page.Table{Label: label, Short: true, Columns: []page.Column{{Key: "weighed", Label: m.T("methodology.weighed"), Class: "title"}, {Key: "share", Label: m.T("methodology.share"), Class: "num"}}}
	if themselves {
		t.Columns = append(t.Columns, page.Column{Key: "weight", Label: m.T("methodology.weight"), Class: "num"})
	}
	shares := sharesOf(all)
	for i, one := range all {
		cells := []page.Cell{m.Words(name(one.key)).Classed("title"), {Text: shareText(shares[i]), Class: "num"}}
		if themselves {
			cells = append(cells, page.Cell{Text: one.weight.String(), Class: "num"})
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return t
}

// exampleMeasures are the measures of the unit that examples are about, in the order of scoreWeights; nil has no value.
func exampleMeasures(without string) []*decimal.Decimal {
	ratio := func(hundredths int64) *decimal.Decimal { d := decimal.New(hundredths, -2); return &d }
	measures := []*decimal.Decimal{ratio(90), ratio(80), ratio(100), ratio(75)}
	for i, one := range scoreWeights(model.Assessment{}) {
		if one.key == without {
			measures[i] = nil
		}
	}
	return measures
}

// workedScore is the score of measures by SPEC §5 with what is deducted, and its parts as a page writes them. It has no value when no
// measure that has one weighs anything.
func workedScore(a model.Assessment, measures []*decimal.Decimal, deducted decimal.Decimal) (score *decimal.Decimal, parts []string) {
	weights := scoreWeights(a)
	sum, weighted := decimal.Zero, decimal.Zero
	for i, measure := range measures {
		if measure != nil {
			sum = sum.Add(weights[i].weight.Decimal)
			weighted = weighted.Add(weights[i].weight.Mul(*measure))
		}
	}
	if sum.IsZero() {
		return nil, nil
	}
	for i, measure := range measures {
		if measure != nil {
			parts = append(parts, shareText(weights[i].weight.DivRound(sum, 12))+" × "+measure.StringFixed(2))
		}
	}
	result := decimal.Max(decimal.Zero, weighted.Shift(2).DivRound(sum, 12).Sub(deducted)).Round(2)
	return &result, parts
}

// ratingOf is the rating of a score without essential lapses.
func ratingOf(a model.Assessment, score decimal.Decimal) string {
	switch {
	case score.GreaterThanOrEqual(a.Ratings.Excellent.Decimal):
		return "excellent"
	case score.GreaterThanOrEqual(a.Ratings.Good.Decimal):
		return "good"
	case score.GreaterThanOrEqual(a.Ratings.Pass.Decimal):
		return "pass"
	default:
		return "fail"
	}
}
