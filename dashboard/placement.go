package dashboard

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// placementBody is what pages/placement.html shows.
type placementBody struct {
	Sentence, About   string
	Numbers           []number
	Overexposed       figure
	Channels, Groups  figure
	Misplaced, Lowest figure
}

// placement answers: is anything shown to those it is not for, and is the rest where it belongs, for as long as it should be?
func placement(_ context.Context, a *ask) (content, error) {
	question := a.question
	overexposed := loadRecords(a, "overexposed", question, limited(a, a.store.Overexposed))
	misplaced := loadRecords(a, "misplaced", question, limited(a, a.store.Misplaced))
	channels := loadRecords(a, "channels", question, a.store.Channels)
	summary := load(a.panels, "summary", question, a.store.Summary)
	before := loadPrevious(a, "previous summary", question, a.store.Summary)
	lowest := load(a.panels, "lowest", question, a.lowest("placement", func(r queries.RankingRow) *decimal.Decimal { return r.Placement }))
	areas := a.loadAreas()
	a.panels.wait()

	now := groupRow(summary.value, question.Group)
	body := placementBody{
		Sentence: a.placementSentence(now, misplaced), About: a.windowSentence() + a.T("placement.about"),
		Numbers:     a.placementNumbers(now, previousOf(before, question.Group), misplaced),
		Overexposed: a.overexposedFigure(overexposed), Misplaced: a.misplacedFigure(misplaced),
		Lowest: a.lowestFigure(lowest, "placement", func(r queries.RankingRow) *decimal.Decimal { return r.Placement }),
	}
	var err error
	if body.Channels, err = a.channelsFigure(channels); err == nil {
		body.Groups, err = a.groupMeasures("placement", summary, groupMeasure{"placement", "var(--measure-1)", "", func(r queries.SummaryRow) *decimal.Decimal { return r.Placement }})
	}
	if err != nil {
		return content{}, fmt.Errorf("placement: %w", err)
	}
	a.narrow(areas, &body.Overexposed, &body.Misplaced, &body.Channels)
	return content{
		Title: a.T("nav.placement"), Nav: "placement", Filters: analysisFilters(), Charts: true, Body: body,
	}, nil
}

func misplacedFound(misplaced *answer[[]queries.MisplacedRow]) int64 {
	if len(misplaced.value) == 0 {
		return 0
	}
	return int64(misplaced.value[0].Found)
}

func (a *ask) placementSentence(now *queries.SummaryRow, misplaced *answer[[]queries.MisplacedRow]) string {
	switch {
	case a.large && now != nil && now.Placement != nil:
		return a.T("placement.sentence_many", "Day", a.longDay(a.question.AsOf, a.now), "Count", now.Overexposed, "Ratio", percent(*now.Placement))
	case now == nil || misplaced.failed:
		return a.T("overview.unknown")
	case now.Placement == nil && now.Overexposed == 0:
		return a.T("placement.sentence_none")
	}
	return a.T("placement.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Count", now.Overexposed, "Misplaced", misplacedFound(misplaced))
}

func (a *ask) placementNumbers(now *queries.SummaryRow, before previous, misplaced *answer[[]queries.MisplacedRow]) []number {
	if now == nil {
		return nil
	}
	numbers := []number{a.countedNumber("overexposed", "records", now.Overexposed, before.count(before.Overexposed)), a.ratioNumber("placement", now.Placement, before.Placement)}
	if now.Placement == nil {
		numbers[1].None = a.T("none.not_met")
	}
	if !misplaced.failed {
		numbers = append(numbers, a.counted("misplaced", "records", misplacedFound(misplaced)))
	}
	numbers[0].Href, numbers[1].Href = "#overexposed", a.address.at("/ranking/"+a.question.Group).with("sort", "placement").String()+"#units"
	if len(numbers) > 2 {
		numbers[2].Href = "#misplaced"
	}
	return numbers
}

// allowed names the scopes or channels that an item allows.
func (a *ask) allowed(domain string, codes []string) string {
	var names []string
	for _, code := range codes {
		names = append(names, a.CodeLabel(domain, code))
	}
	return a.T("placement.allowed", "Names", strings.Join(names, a.T("list.comma")))
}

// overexposedFigure lists what society was shown though the item does not allow it.
func (a *ask) overexposedFigure(overexposed *answer[[]queries.OverexposedRow]) figure {
	f := a.recordsFigure("overexposed", a.T("placement.overexposed"), overexposed.failed)
	t := recordsTable(f.Heading, a.T("placement.overexposed_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "allowed_scopes", Label: a.T("placement.allowed_scopes"), Class: "full text"},
		{Key: "channel", Label: a.Label("channel"), Class: "fit", Sort: "text"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit", Sort: "text"},
		{Key: "withdrawn_on", Label: a.Label("withdrawn_on"), Class: "fit", Sort: "text"},
		{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
	}
	for _, r := range overexposed.value {
		f.About = a.found(r.Found, len(overexposed.value))
		withdrawn := a.none("placement.still_up").class("fit")
		if r.WithdrawnOn != nil && !r.WithdrawnOn.After(a.question.AsOf) {
			withdrawn = a.day(r.WithdrawnOn)
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(r.UnitID, r.Unit), a.note(a.words(r.Item).class("wide full text"), r.Title, r.ForSociety), a.words(a.allowed("scope", r.Scopes)).class("full text"),
			a.orNone(a.namesOf("channel", r.Channel), "none.not_given").class("fit"), a.day(&r.PublishedOn), withdrawn, a.proofTo(r.Source, r.RecordID, r.Item, ""),
		}})
	}
	f.Table = &t
	return f
}

// misplacedFigure lists what is in a scope or channel that the item does not allow, or was taken down too early.
func (a *ask) misplacedFigure(misplaced *answer[[]queries.MisplacedRow]) figure {
	f := a.recordsFigure("misplaced", a.T("placement.misplaced"), misplaced.failed)
	t := recordsTable(f.Heading, a.T("placement.misplaced_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "period", Label: a.Label("period"), Class: "fit", Sort: "text"},
		{Key: "problem", Label: a.T("placement.problem"), Class: "wide full text"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit", Sort: "text"},
		{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true},
	}
	tags := map[string]bool{}
	for _, r := range misplaced.value {
		f.About = a.found(r.Found, len(misplaced.value))
		problems, kinds := a.misplacement(r)
		for _, kind := range kinds {
			tags[kind] = true
		}
		problem := a.words(strings.Join(problems, a.T("proof.change_separator"))).class("wide full text")
		if r.MetPlaced {
			problem.Note = a.T("placement.met_otherwise")
		}
		t.Rows = append(t.Rows, row{Tags: strings.Join(kinds, " "), Cells: []cell{
			a.unitCell(r.UnitID, r.Unit), a.note(a.words(r.Item).class("wide full text"), r.Title, r.ForSociety), a.orNone(r.Period, "none.no_period").class("fit"), problem,
			a.day(&r.PublishedOn), a.proofTo(r.Source, r.RecordID, r.Item, r.Period),
		}})
	}
	for _, kind := range []string{"scope", "channel", "early"} {
		if tags[kind] {
			t.Chips = append(t.Chips, chip{a.T("placement.chip_" + kind), kind})
		}
	}
	f.Table = &t
	return f
}

// misplacement says what is wrong with where a record was shown, and of which kinds it is.
func (a *ask) misplacement(r queries.MisplacedRow) (problems, kinds []string) {
	name := func(domain, code string) string {
		if code == "" {
			return a.T("placement.not_named")
		}
		return a.namesOf(domain, code)
	}
	if !r.ScopeAllowed {
		problems = append(problems, a.T("placement.wrong_scope", "Name", name("scope", r.Scope), "Allowed", a.allowed("scope", r.Scopes)))
		kinds = append(kinds, "scope")
	}
	if !r.ChannelAllowed {
		problems = append(problems, a.T("placement.wrong_channel", "Name", name("channel", r.Channel), "Allowed", a.allowed("channel", r.Channels)))
		kinds = append(kinds, "channel")
	}
	if !r.Displayed && r.WithdrawnOn != nil {
		problems = append(problems, a.T("placement.early", "Days", untilDay(r.PublishedOn, *r.WithdrawnOn), "Due", r.DisplayDays, "Day", r.WithdrawnOn.Format(dayLayout)))
		kinds = append(kinds, "early")
	}
	return problems, kinds
}
