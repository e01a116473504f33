// Package unit shows one unit: what it owes, what became of it and why, and how its score comes about.
package unit

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Pages: []page.Page{{Name: "unit", Pattern: "/unit/{id}", Build: build}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what unit.html shows.
type view struct {
	Crumbs         []page.Link
	ID             string
	Name, Sentence string
	Tags           []page.Cell
	Numbers        []page.Number
	Score          scorePanel
	Since          *page.Figure
	Losses         page.Figure
	Chances        page.Figure
	History        page.Figure
	Windows        page.Figure
	Times          page.Figure
	Five           page.Figure
	Strip          stripPanel
	Obligations    page.Figure
	Notices        page.Figure
	Draft          string // where a rectification notice is drafted; empty: nowhere
}

// build shows one unit: what it owes, what became of it and why, and how its score comes about.
func build(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	id := a.HTTP.PathValue("id")
	question := a.Question
	question.Within = ""
	var err error
	if err = a.Size(ctx, question); err != nil { // the unit is ranked among all
		return page.Content{}, err
	}
	a.rankAhead(question)
	question.Unit = id
	notices := page.Ask(a.Request, question, ask.Notices)
	coverage := page.Ask(a.Request, question, ask.Coverage)
	obligations := page.Ask(a.Request, question, ask.Obligations)
	since := a.LoadSince(question)
	times := page.Ask(a.Request, question, ask.StepTimes)
	lacking := page.Ask(a.Request, question, ask.Lacking(1))
	found := a.findings(question)
	a.Panels.Wait()
	place, units, err := a.findUnit(ctx, question, obligations.Value)
	if err != nil {
		return page.Content{}, err
	}
	question.Group = place.Group // its exports say the rank that the page says
	covering := page.Covering{Coverage: coverage, Sources: a.Sources}
	why := reasons{request: a, covering: covering, exemptions: a.exemptions(question, obligations.Value)}
	apart := a.takeApart(place, obligations)
	body := view{
		Chances: a.chancesFigure(apart, place, question), Windows: a.standingsFigure(a.standings(ctx, question, place), question),
		Five: a.fiveFigure(lacking, place, question), Since: a.sinceFigure(since, place),
		Crumbs: a.crumbs(place), ID: id, Name: place.Unit, Sentence: a.sentence(place, obligations), Tags: append(a.tags(place), a.findingsTag(place, found)...),
		Numbers: a.numbers(question, place, units), Score: a.scorePanel(place, question),
		Strip: a.stripPanel(obligations, question), Obligations: a.obligationsFigure(obligations, question, why), Notices: a.noticesFigure(notices, question),
	}
	if a.Options.Register != nil {
		body.Draft = a.Address.At("/notice").With("of", id).String()
	}
	if err := a.charts(&body, apart, place, obligations, times, question); err != nil {
		return page.Content{}, fmt.Errorf("unit: %w", err)
	}
	return page.Content{
		Title: place.Unit, Nav: place.Group, Alerts: a.FailingAlerts(covering), Filters: []string{"window", "programme", "focus"},
		Further: a.BaselineFilter(a.SinceFilter(since), figures.MeetingName(since)), Charts: true, Body: body,
		Feeds: []page.Feed{a.CalendarFeed(place.Unit, id), a.LapsedFeed(place.Unit, id)},
	}, nil
}

// rankAhead has the rankings that the page reads computed while the other panels are, of units that are not very many: which group's they are follows from
// what the unit owes, but all groups are ranked at once.
func (a *request) rankAhead(question model.Question) {
	if a.RankedByPart {
		return
	}
	question.Group = "all"
	page.Load(a.Panels, "ranking", question, a.Units)
	page.Load(a.Panels, "earlier windows", question, a.rankedEarlier)
}

// charts draws where points were lost, the months and the time that steps take.
func (a *request) charts(
	body *view, apart parted, unit model.RankingRow, obligations *page.Answer[[]model.ObligationRow], times *page.Answer[[]model.StepTimeRow], question model.Question,
) (err error) {
	if body.Losses, err = a.lossesFigure(apart, unit, question); err != nil {
		return err
	}
	if body.History, err = a.historyFigure(obligations, question); err != nil {
		return err
	}
	body.Times, err = a.TimesFigure(times, question)
	body.Times.Class = "span-7"
	return err
}

// findUnit ranks the unit among its group, the very question of the group's ranking page, and counts the group's units.
// Nobody of that id, or not active on the as-of day, is not found.
func (a *request) findUnit(ctx context.Context, question model.Question, obligations []model.ObligationRow) (unit model.RankingRow, units int, err error) {
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
		if a.RankedByPart {
			return a.findAmongMany(ctx, ranked, question.Unit)
		}
		rows, err := a.Units(ctx, ranked)
		if err != nil {
			return unit, 0, err
		}
		for _, row := range rows {
			if row.UnitID == question.Unit {
				return row, len(rows), nil
			}
		}
	}
	return unit, 0, &page.NotFoundError{Message: a.T("problem.no_unit", "Unit", question.Unit, "Day", question.AsOf.Format(page.DayLayout))}
}

// findAmongMany is findUnit in a group of which not all units are asked for.
func (a *request) findAmongMany(ctx context.Context, ranked model.Question, id string) (model.RankingRow, int, error) {
	totals, err := ask.Run(ctx, a.Store, ask.RankingTotals, ranked)
	if err != nil {
		return model.RankingRow{}, 0, err
	}
	ranked.Unit = id
	units, err := a.ranked(ctx, ranked)
	if err != nil {
		return model.RankingRow{}, 0, err
	}
	if len(units) == 0 {
		return model.RankingRow{}, 0, &page.NotFoundError{Message: a.T("problem.no_unit", "Unit", id, "Day", ranked.AsOf.Format(page.DayLayout))}
	}
	return units[0], int(totals.Units), nil
}

// ranked is the row of one unit in the ranking of a group, or none.
func (a *request) ranked(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	if !a.RankedByPart {
		return ask.Run(ctx, a.Store, ask.Ranking, question)
	}
	units, err := ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Limit: 1}), question)
	return figures.RankedRows(units), err
}

// exemptions are those that cover the unit, asked only when there is something to explain.
func (a *request) exemptions(question model.Question, obligations []model.ObligationRow) *page.Answer[[]model.ExemptionRow] {
	if !slices.ContainsFunc(obligations, func(o model.ObligationRow) bool { return o.State == "exempt" }) {
		return &page.Answer[[]model.ExemptionRow]{}
	}
	exemptions := page.Ask(a.Request, question, ask.Exemptions)
	a.Panels.Wait()
	return exemptions
}

func (a *request) crumbs(unit model.RankingRow) []page.Link {
	crumbs := []page.Link{{Text: a.CodeLabel("group", unit.Group), Href: a.Address.At("/ranking/" + unit.Group).String()}}
	if unit.ParentID != "" {
		crumbs = append(crumbs, page.Link{Text: unit.Parent, Href: a.Address.At(page.UnitPath(unit.ParentID)).String()})
	}
	return crumbs
}

func (a *request) tags(unit model.RankingRow) []page.Cell {
	tags := []page.Cell{{Text: a.CodeLabel("tier", unit.Tier)}}
	if unit.Rating != "" {
		tags = append(tags, page.Cell{Text: a.CodeLabel("rating", unit.Rating), Tag: "rating-" + unit.Rating})
	}
	if held := a.Held(unit); held != "" {
		tags = append(tags, page.Cell{Text: held})
	}
	if unit.Unranked != "" {
		tags = append(tags, page.Cell{Text: a.T("unit.unranked", "Why", a.UnrankedWhy(unit))})
	}
	if unit.Stars > 0 {
		tags = append(tags, page.Cell{Text: strings.Repeat("★", int(unit.Stars)), Title: a.Label("stars")})
	}
	if unit.Group == "towns" {
		below := a.Address.At("/ranking/villages").With("within", unit.UnitID)
		tags = append(tags, page.Cell{Text: a.T("unit.villages"), Href: below.String()})
	}
	tags = append(tags, page.Cell{Text: a.T("compare.with"), Href: a.Address.At(page.ComparePath).With("unit", unit.UnitID).String()})
	tags = append(tags, page.Cell{Text: a.T("unit.institutions", "Count", unit.Institutions)})
	if unit.YellowCards > 0 {
		tags = append(tags, page.Cell{Text: a.T("unit.yellow_cards", "Count", unit.YellowCards), Tag: "rating-pass"})
	}
	return tags
}

// sentence says in a line where the unit stands: how many lapsed, the oldest of them by name and since when.
func (a *request) sentence(unit model.RankingRow, obligations *page.Answer[[]model.ObligationRow]) string {
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
	var oldest *model.ObligationRow
	for i, row := range obligations.Value {
		if row.State == "lapsed" && row.DelayDays != nil && (oldest == nil || *row.DelayDays > *oldest.DelayDays) {
			oldest = &obligations.Value[i]
		}
	}
	if oldest == nil || oldest.LapsedAfterOn == nil {
		return a.T("unit.sentence_lapsed", "Count", lapsed)
	}
	return a.T("unit.sentence_oldest", "Count", lapsed, "Item", oldest.Item, "Day", a.LongDay(*oldest.LapsedAfterOn, a.Now), "Days", *oldest.DelayDays)
}

func (a *request) numbers(question model.Question, unit model.RankingRow, units int) []page.Number {
	rank := page.Number{Label: a.T("figure.rank"), Rule: a.Definition("rank"), None: a.UnrankedWhy(unit)}
	if unit.Rank != nil {
		rank = page.Number{Label: a.T("figure.rank"), Rule: a.Definition("rank"), Value: page.Grouped(*unit.Rank), Unit: a.T("unit.of_units", "Count", units)}
		if moved := a.Places(unit); moved.Change != "" {
			rank.Change, rank.ChangeClass, rank.ChangeTitle = moved.Change, moved.ChangeClass, moved.ChangeTitle
			rank.Note = moved.ChangeTitle
			if rank.Change == "=" {
				rank.Change, rank.Note = a.T("change.same"), ""
			}
		}
	}
	numbers := []page.Number{
		rank,
		a.ScoreNumber("score", unit.Score, unit.PreviousScore),
		a.RatioNumber("coverage", unit.Coverage, nil),
		a.RatioNumber("timeliness", unit.Timeliness, nil),
		a.Counted("lapsed", "items", unit.Lapsed),
	}
	numbers[2].Change, numbers[3].Change = "", ""
	numbers[4].Rule = a.Definition("lapsed")
	numbers[2].Note = a.T("unit.met_of", "Met", unit.OnTime+unit.Late, "Assessed", unit.Assessed)
	evidenced := a.Ratio(unit.EvidencedTimeliness)
	numbers[3].Note = a.T("overview.evidenced", "Ratio", a.Plain(evidenced))
	if unit.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", unit.CarriedLapsed)
	}
	group := a.Address.At("/ranking/"+unit.Group).String() + "#units"
	for i := range numbers {
		numbers[i].Href = []string{group, "#score", "#obligations", "#obligations", a.Address.Sought("obligations", a.CodeLabel("state", "lapsed"))}[i]
	}
	return numbers
}
