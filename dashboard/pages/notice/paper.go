package notice

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/notices"
)

const (
	usualDays = 10 // working days to rectify, unless the address says otherwise
	mostDays  = 60
	mostUnits = 60 // of one document
)

// paper is a notice as it is printed and as the document has it.
type paper struct {
	Title, Number, To string
	Opening           []string
	Head              []string
	Rows              [][]string
	Closing, Signing  []string

	draft notices.Event // what issuing it notes; an issued one as it was noted last
	Noted []page.Row    // what was noted of an issued one
	ID    string        // of an issued one
	State string        // in words, of an issued one
	// Outcome is its code.
	Outcome string
}

// papers are what the address asks: notices of the register by their ids (id), or drafts about what has lapsed of units (of); several are joined by |.
// Of drafts there are also the lapses to choose from.
func papers(ctx context.Context, a *page.Request) (all []paper, choices []choice, err error) {
	if ids := listed(a.Address.Get("id")); len(ids) > 0 {
		for _, id := range ids {
			history, err := a.Options.Register.History(ctx, id)
			if err != nil {
				return nil, nil, err
			}
			if len(history) == 0 {
				return nil, nil, &page.NotFoundError{Message: a.T("notice.none")}
			}
			p, err := issuedPaper(ctx, a, history)
			if err != nil {
				return nil, nil, err
			}
			all = append(all, p)
		}
		return all, nil, nil
	}
	return drafted(ctx, a, a.Address.Get)
}

// drafted are the drafts that an address or a form asks for: about findings of the patrol, or about what has lapsed.
func drafted(ctx context.Context, a *page.Request, get func(string) string) (all []paper, choices []choice, err error) {
	if findings := listed(get("finding")); len(findings) > 0 {
		all, err = findingDrafts(ctx, a, get("of"), get("days"), findings)
		return all, nil, err
	}
	return drafts(ctx, a, listed(get("of")), get("days"), listed(get("without")))
}

func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '|' })
}

// drafts are of each unit that has lapses as of today, but for those that are left out; units without any have none.
func drafts(ctx context.Context, a *page.Request, units []string, days string, without []string) (all []paper, choices []choice, err error) {
	count, err := daysAsked(a, days)
	if err != nil {
		return nil, nil, err
	}
	if len(units) == 0 || len(units) > mostUnits {
		return nil, nil, &model.UserError{Parameter: "of", Value: strings.Join(units, "|"), Expected: a.T("notice.expected_units", "Most", mostUnits)}
	}
	today := model.Question{Group: "all", Scope: "own"}.WithDefaults(model.Today(a.Now))
	deadline, err := ask.Run(ctx, a.Store, ask.WorkingDay(count), today)
	if err != nil {
		return nil, nil, err
	}
	for _, unit := range units {
		question := today
		question.Unit = unit
		rows, err := ask.Run(ctx, a.Store, ask.Demands, question)
		if err != nil {
			return nil, nil, err
		}
		if len(rows) > 0 {
			choices = append(choices, choiceOf(a, rows, without))
		}
		if rows = kept(rows, without); len(rows) == 0 {
			continue
		}
		draft := notices.Event{IssuedOn: today.AsOf, UnitID: unit, RectifyBy: deadline}
		bases := map[string]string{}
		var named []string
		for _, row := range rows {
			happened := row.HappenedOn
			if happened.Year() <= 1900 {
				happened = time.Time{}
			}
			draft.Demands = append(draft.Demands, notices.Demand{
				ItemID: row.ItemID, Period: row.Period, PeriodNo: row.PeriodNo, HappenedOn: happened, EventKey: row.EventKey, DueOn: row.DueOn,
			})
			bases[row.ItemID] = row.LegalBasis
			named = append(named, strings.TrimSpace(row.Item+" "+a.PeriodText(row.Cadence, row.Period)))
		}
		draft.Problem = a.T("notice.problem", "Count", len(rows), "Items", strings.Join(named, a.T("list.comma")))
		names, cadences := map[string]string{}, map[string]string{}
		for _, row := range rows {
			names[row.ItemID], cadences[row.ItemID] = row.Item, row.Cadence
		}
		all = append(all, written(a, draft, rows[0].Unit, names, bases, cadences, count))
	}
	return all, choices, nil
}

// daysAsked is how many working days an address or a form gives to rectify.
func daysAsked(a *page.Request, days string) (int, error) {
	if days == "" {
		return usualDays, nil
	}
	count, err := strconv.Atoi(days)
	if err != nil || count < 1 || count > mostDays {
		return 0, &model.UserError{Parameter: "days", Value: days, Expected: a.T("notice.expected_days", "Most", mostDays)}
	}
	return count, nil
}

// issuedPaper is a notice of the register as it was noted last.
func issuedPaper(ctx context.Context, a *page.Request, history []notices.Event) (paper, error) {
	last := history[len(history)-1]
	today := model.Question{}.WithDefaults(model.Today(a.Now))
	unit, err := ask.Run(ctx, a.Store, ask.UnitName(last.UnitID), today)
	if err != nil {
		return paper{}, err
	}
	catalogue, err := ask.Run(ctx, a.Store, ask.Catalogue, ever(today))
	if err != nil {
		return paper{}, err
	}
	names, bases, cadences := map[string]string{}, map[string]string{}, map[string]string{}
	for _, item := range catalogue {
		names[item.ItemID], bases[item.ItemID], cadences[item.ItemID] = item.Item, item.LegalBasis, item.Cadence
	}
	p := written(a, last, unit, names, bases, cadences, 0)
	p.ID = last.NoticeID
	if p.State, p.Outcome, err = state(ctx, a, history); err != nil {
		return paper{}, err
	}
	for _, event := range history {
		done := a.None("notice.no_day").Classed("fit")
		if !event.DoneOn.IsZero() {
			done = a.Day(&event.DoneOn)
		}
		p.Noted = append(p.Noted, page.Row{Cells: []page.Cell{
			a.Words(a.T("notice.what." + event.What)).Classed("title"), done, a.Words(event.Remark).Classed("wide full text"), a.Words(event.NotedBy).Classed("fit"),
			a.Words(a.Instant(event.NotedAt)).Classed("fit full"),
		}})
	}
	return p, nil
}

// ever is the question about the whole catalogue: what a notice demands may have ceased to be owed since.
func ever(today model.Question) model.Question {
	today.From = time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC)
	return today
}

// written is a notice in the words of an official paper. days is 0 where the deadline alone is known.
func written(a *page.Request, n notices.Event, unit string, names, bases, cadences map[string]string, days int) paper {
	day := func(on time.Time) string { return on.Format(a.T("notice.day_layout")) }
	number := n.IssueNo
	if number == "" {
		number = fmt.Sprintf("〔%d〕    号", n.IssuedOn.Year())
	}
	of, dated := "", "due_on" // what a finding demands is not that something is published
	if ofFindings(n) {
		of, dated = "_findings", "found_on"
	}
	p := paper{
		draft: n, Title: a.T("notice.title"), Number: number, To: a.T("notice.to", "Unit", unit),
		Opening: []string{opening(a, n, day(n.IssuedOn))},
		Head:    []string{a.T("notice.place"), a.Label("item"), a.Label("period"), a.Label(dated), a.Label("legal_basis")},
	}
	for i, d := range n.Demands {
		name := names[d.ItemID]
		if name == "" {
			name = d.ItemID
		}
		period, basis := a.PeriodText(cadences[d.ItemID], d.Period), bases[d.ItemID]
		switch {
		case period == "" && of != "": // of a record that names none
			period = "—"
		case period == "":
			period = a.T("notice.standing")
		}
		if basis == "" {
			basis = "—"
		}
		p.Rows = append(p.Rows, []string{strconv.Itoa(i + 1), name, period, d.DueOn.Format(model.DayLayout), basis})
	}
	switch {
	case n.RectifyBy.IsZero():
		p.Closing = append(p.Closing, a.T("notice.deadline_none"+of))
	case days > 0:
		p.Closing = append(p.Closing, a.T("notice.deadline_days"+of, "Days", days, "Day", day(n.RectifyBy)))
	default:
		p.Closing = append(p.Closing, a.T("notice.deadline"+of, "Day", day(n.RectifyBy)))
	}
	if n.YellowCard {
		p.Closing = append(p.Closing, a.T("notice.with_card"))
	}
	p.Closing = append(p.Closing, a.T("notice.closing"+of))
	signed := a.Options.District
	if signed == "" {
		signed = "　　　　　　"
	}
	p.Signing = []string{a.T("notice.signed", "District", signed), day(n.IssuedOn), a.T("notice.approved")}
	return p
}
