package dashboard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yangguang/queries"
)

// unitBody is what pages/unit.html shows.
type unitBody struct {
	Crumbs         []link
	Name, Sentence string
	Tags           []cell
	Numbers        []number
	Score          scorePanel
	Losses         figure
	Chances        figure
	History        figure
	Windows        figure
	Times          figure
	Five           figure
	Strip          stripPanel
	Obligations    figure
	Notices        figure
}

// unit shows one unit: what it owes, what became of it and why, and how its score comes about.
func unit(ctx context.Context, a *ask) (content, error) {
	id := a.request.PathValue("id")
	question := a.question
	question.Within = ""
	var err error
	if a.large, err = a.many(ctx, question); err != nil { // the unit is ranked among all
		return content{}, err
	}
	question.Unit = id
	notices := load(a.panels, "notices", question, a.store.Notices)
	coverage := load(a.panels, "coverage", question, a.store.Coverage)
	obligations := load(a.panels, "obligations", question, a.store.Obligations)
	times := load(a.panels, "step times", question, a.store.StepTimes)
	lacking := load(a.panels, "institutions", question, func(ctx context.Context, question queries.Question) ([]queries.LackingRow, error) {
		return a.store.Lacking(ctx, question, 1)
	})
	a.panels.wait()
	place, units, err := a.findUnit(ctx, question, obligations.value)
	if err != nil {
		return content{}, err
	}
	question.Group = place.Group // its exports say the rank that the page says
	covering := covering{coverage, a.sources}
	why := reasons{ask: a, covering: covering, exemptions: a.exemptions(question, obligations.value)}
	apart := a.takeApart(place, obligations)
	body := unitBody{
		Chances: a.chancesFigure(apart, place, question), Windows: a.standingsFigure(a.standings(ctx, question, place), question),
		Five:   a.fiveFigure(lacking, place, question),
		Crumbs: a.unitCrumbs(place), Name: place.Unit, Sentence: a.unitSentence(place, obligations), Tags: a.unitTags(place),
		Numbers: a.unitNumbers(question, place, units), Score: a.scorePanel(place, question),
		Strip: a.stripPanel(obligations, question), Obligations: a.obligationsFigure(obligations, question, why), Notices: a.noticesFigure(notices, question),
	}
	if err := a.unitCharts(&body, apart, place, obligations, times, question); err != nil {
		return content{}, fmt.Errorf("unit: %w", err)
	}
	return content{
		Title: place.Unit, Nav: place.Group, Alerts: a.failingAlerts(covering), Filters: []string{"window", "programme", "focus"}, Charts: true, Body: body,
	}, nil
}

// unitCharts draws where points were lost, the months and the time that steps take.
func (a *ask) unitCharts(
	body *unitBody, apart parted, unit queries.RankingRow, obligations *answer[[]queries.ObligationRow], times *answer[[]queries.StepTimeRow], question queries.Question,
) (err error) {
	if body.Losses, err = a.lossesFigure(apart, unit, question); err != nil {
		return err
	}
	if body.History, err = a.historyFigure(obligations, question); err != nil {
		return err
	}
	body.Times, err = a.timesFigure(times, question)
	body.Times.Class = "span-7"
	return err
}

// findUnit ranks the unit among its group, the very question of the group's ranking page, and counts the group's units.
// Nobody of that id, or not active on the as-of day, is not found.
func (a *ask) findUnit(ctx context.Context, question queries.Question, obligations []queries.ObligationRow) (unit queries.RankingRow, units int, err error) {
	group := ""
	if len(obligations) > 0 {
		group = obligations[0].Group
	} else { // it owes nothing in this window: only the ranking of all knows its group
		alone, err := a.ranked(ctx, question)
		if err != nil {
			return unit, 0, err
		}
		if len(alone) > 0 {
			group = alone[0].Group
		}
	}
	if group != "" {
		ranked := question
		ranked.Unit, ranked.Group = "", group
		if a.large {
			return a.findAmongMany(ctx, ranked, question.Unit)
		}
		rows, err := a.store.Ranking(ctx, ranked)
		if err != nil {
			return unit, 0, err
		}
		for _, row := range rows {
			if row.UnitID == question.Unit {
				return row, len(rows), nil
			}
		}
	}
	return unit, 0, &errNotFound{a.T("problem.no_unit", "Unit", question.Unit, "Day", question.AsOf.Format(dayLayout))}
}

// findAmongMany is findUnit in a group of which not all units are asked for.
func (a *ask) findAmongMany(ctx context.Context, ranked queries.Question, id string) (queries.RankingRow, int, error) {
	totals, err := a.store.RankingTotals(ctx, ranked)
	if err != nil {
		return queries.RankingRow{}, 0, err
	}
	ranked.Unit = id
	units, err := a.ranked(ctx, ranked)
	if err != nil {
		return queries.RankingRow{}, 0, err
	}
	if len(units) == 0 {
		return queries.RankingRow{}, 0, &errNotFound{a.T("problem.no_unit", "Unit", id, "Day", ranked.AsOf.Format(dayLayout))}
	}
	return units[0], int(totals.Units), nil
}

// ranked is the row of one unit in the ranking of a group, or none.
func (a *ask) ranked(ctx context.Context, question queries.Question) ([]queries.RankingRow, error) {
	if !a.large {
		return a.store.Ranking(ctx, question)
	}
	units, err := a.store.RankingPart(ctx, question, queries.RankingPart{Limit: 1})
	return rankedRows(units), err
}

// exemptions are those that cover the unit, asked only when there is something to explain.
func (a *ask) exemptions(question queries.Question, obligations []queries.ObligationRow) *answer[[]queries.ExemptionRow] {
	if !slices.ContainsFunc(obligations, func(o queries.ObligationRow) bool { return o.State == "exempt" }) {
		return &answer[[]queries.ExemptionRow]{}
	}
	exemptions := load(a.panels, "exemptions", question, a.store.Exemptions)
	a.panels.wait()
	return exemptions
}

func (a *ask) unitCrumbs(unit queries.RankingRow) []link {
	crumbs := []link{{Text: a.CodeLabel("group", unit.Group), Href: a.address.at("/ranking/" + unit.Group).String()}}
	if unit.ParentID != "" {
		crumbs = append(crumbs, link{Text: unit.Parent, Href: a.address.at(unitPath(unit.ParentID)).String()})
	}
	return crumbs
}

func (a *ask) unitTags(unit queries.RankingRow) []cell {
	tags := []cell{{Text: a.CodeLabel("tier", unit.Tier)}}
	if unit.Rating != "" {
		tags = append(tags, cell{Text: a.CodeLabel("rating", unit.Rating), Tag: "rating-" + unit.Rating})
	}
	if unit.Unranked != "" {
		tags = append(tags, cell{Text: a.T("unit.unranked", "Why", a.unrankedWhy(unit))})
	}
	if unit.Stars > 0 {
		tags = append(tags, cell{Text: strings.Repeat("★", int(unit.Stars)), Title: a.Label("stars")})
	}
	if unit.Group == "towns" {
		below := a.address.at("/ranking/villages").with("within", unit.UnitID)
		tags = append(tags, cell{Text: a.T("unit.villages"), Href: below.String()})
	}
	tags = append(tags, cell{Text: a.T("unit.institutions", "Count", unit.Institutions)})
	if unit.YellowCards > 0 {
		tags = append(tags, cell{Text: a.T("unit.yellow_cards", "Count", unit.YellowCards), Tag: "rating-pass"})
	}
	return tags
}

// unitSentence says in a line where the unit stands: how many lapsed, the oldest of them by name and since when.
func (a *ask) unitSentence(unit queries.RankingRow, obligations *answer[[]queries.ObligationRow]) string {
	lapsed := unit.Lapsed
	if lapsed == 0 {
		switch {
		case unit.Assessed == 0:
			return a.T("unit.sentence_nothing")
		case unit.CarriedLapsed > 0:
			return a.T("unit.sentence_carried", "Count", unit.CarriedLapsed, "Assessed", unit.Assessed)
		default:
			return a.T("unit.sentence_clear", "Count", unit.Assessed)
		}
	}
	var oldest *queries.ObligationRow
	for i, row := range obligations.value {
		if row.State == "lapsed" && row.DelayDays != nil && (oldest == nil || *row.DelayDays > *oldest.DelayDays) {
			oldest = &obligations.value[i]
		}
	}
	if oldest == nil || oldest.LapsedAfterOn == nil {
		return a.T("unit.sentence_lapsed", "Count", lapsed)
	}
	return a.T("unit.sentence_oldest", "Count", lapsed, "Item", oldest.Item, "Day", a.longDay(*oldest.LapsedAfterOn, a.now), "Days", *oldest.DelayDays)
}

func (a *ask) unitNumbers(question queries.Question, unit queries.RankingRow, units int) []number {
	rank := number{Label: a.T("figure.rank"), Rule: a.definition("rank"), None: a.unrankedWhy(unit)}
	if unit.Rank != nil {
		rank = number{Label: a.T("figure.rank"), Rule: a.definition("rank"), Value: grouped(*unit.Rank), Unit: a.T("unit.of_units", "Count", units)}
		if moved := a.places(unit); moved.Change != "" {
			rank.Change, rank.ChangeClass, rank.ChangeTitle = moved.Change, moved.ChangeClass, moved.ChangeTitle
			rank.Note = moved.ChangeTitle
			if rank.Change == "=" {
				rank.Change, rank.Note = a.T("change.same"), ""
			}
		}
	}
	numbers := []number{
		rank,
		a.scoreNumber("score", unit.Score, unit.PreviousScore),
		a.ratioNumber("coverage", unit.Coverage, nil),
		a.ratioNumber("timeliness", unit.Timeliness, nil),
		a.counted("lapsed", "items", unit.Lapsed),
	}
	numbers[2].Change, numbers[3].Change = "", ""
	numbers[4].Rule = a.definition("lapsed")
	numbers[2].Note = a.T("unit.met_of", "Met", unit.OnTime+unit.Late, "Assessed", unit.Assessed)
	evidenced := a.ratio(unit.EvidencedTimeliness)
	numbers[3].Note = a.T("overview.evidenced", "Ratio", a.plain(evidenced))
	if unit.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", unit.CarriedLapsed)
	}
	group := a.address.at("/ranking/"+unit.Group).String() + "#units"
	for i := range numbers {
		numbers[i].Href = []string{group, "#score", "#obligations", "#obligations", a.address.sought("obligations", a.CodeLabel("state", "lapsed"))}[i]
	}
	return numbers
}
