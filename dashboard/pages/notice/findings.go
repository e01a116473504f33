package notice

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/notices"
)

// findingPrefix begins what a notice demands of a finding of the patrol: that it is mended.
const findingPrefix = "finding/"

// ofFindings says that a notice is about what patrol has found, and not about what has lapsed.
func ofFindings(n notices.Event) bool {
	return len(n.Demands) > 0 && strings.HasPrefix(n.Demands[0].EventKey, findingPrefix)
}

func opening(a *page.Request, n notices.Event, day string) string {
	if ofFindings(n) {
		return a.T("notice.opening_findings", "Day", day, "Problem", n.Problem)
	}
	return a.T("notice.opening", "Day", day, "Count", len(n.Demands))
}

// findingDrafts is a draft about findings of one unit, of which only those count that a person has confirmed.
func findingDrafts(ctx context.Context, a *page.Request, unit, days string, findings []string) ([]paper, error) {
	count, err := daysAsked(a, days)
	if err != nil {
		return nil, err
	}
	today := model.Question{Group: "all", Scope: "own", Unit: unit}.WithDefaults(model.Today(a.Now))
	deadline, err := ask.Run(ctx, a.Store, ask.WorkingDay(count), today)
	if err != nil {
		return nil, err
	}
	found, err := ask.Run(ctx, a.Store, ask.FindingsPart(ask.FindingsAsked{State: model.FindingConfirmed, IDs: findings, Private: a.User().Name != "", Limit: mostUnits}), today)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	draft := notices.Event{IssuedOn: today.AsOf, UnitID: found[0].UnitID, RectifyBy: deadline}
	names, bases, named := map[string]string{}, map[string]string{}, []string{}
	for _, one := range found {
		draft.Demands = append(draft.Demands, notices.Demand{ItemID: one.ItemID, Period: one.Period, EventKey: findingPrefix + strconv.FormatUint(one.ID, 10), DueOn: one.FoundOn})
		names[one.ItemID] = one.Item
		named = append(named, strings.TrimSpace(a.CodeLabel("finding", one.Kind)+" "+one.Item+" "+one.Period)+addressOf(a, one))
	}
	catalogue, err := ask.Run(ctx, a.Store, ask.Catalogue, ever(today))
	if err != nil {
		return nil, err
	}
	for _, item := range catalogue {
		bases[item.ItemID] = item.LegalBasis
	}
	draft.Problem = a.T("notice.problem_findings", "Count", len(found), "Items", strings.Join(named, a.T("list.comma")))
	return []paper{written(a, draft, found[0].Unit, names, bases, nil, count)}, nil
}

// addressOf names the page or the file that a finding about an address is about, so that whoever reads the paper can look for himself.
func addressOf(a *page.Request, finding model.FindingRow) string {
	if !slices.Contains(model.LinkFindings(), finding.Kind) {
		return ""
	}
	return a.T("notice.at", "Address", cmp.Or(finding.Place, finding.URL))
}
