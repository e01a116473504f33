package patrol

import (
	"strconv"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/verdicts"
)

// shown is a finding with its proof and what may be said of it.
type shown struct {
	ID, Kind, Means      string
	State, StateClass    string
	Private              bool
	Unit, Item           page.Link
	Facts                []page.Fact
	Excerpt              string
	Ours, Theirs         []piece
	OursName, TheirsName page.Link
	Said                 string
	Choices              []choice // what a clerk may say
	Notice               string   // where a notice is drafted
	Next                 string   // the finding that one comes to when this one is decided
}

// choice is what may be said of a finding; Reason says that it needs one.
type choice struct {
	What, Text string
	Reason     bool
}

// listFigure is the head of the list with its pages and exports; the findings stand below it.
func (a *request) listFigure(list *page.Answer[[]model.FindingRow], visited *page.Answer[model.Patrolled], asked ask.FindingsAsked, number int) (page.Figure, []shown, error) {
	f := page.Figure{ID: "findings", Heading: a.T("patrol.list"), Class: "span-12", Failed: list.Failed, Exports: a.Exports("findings", a.Question)}
	if list.Failed {
		return f, nil, nil
	}
	if len(list.Value) == 0 {
		if number > 1 {
			return f, nil, &page.NotFoundError{Message: a.T("problem.no_page_number", "Page", number)}
		}
		f.Failed, f.Notice = visited.Failed, a.T("patrol.none_listed")
		if never(visited) {
			f.Notice = a.T("patrol.never")
		}
		return f, nil, nil
	}
	found := int(list.Value[0].Found)
	f.About = a.T("patrol.list_about", "Count", found)
	f.Pages = a.Pages(number, (found+findingsPage-1)/findingsPage, f.ID)
	var all []shown
	for _, row := range list.Value {
		all = append(all, a.shown(row))
	}
	explained := map[string]bool{} // a kind is explained where it stands first
	for i := range all {
		if explained[all[i].Kind] {
			all[i].Means = ""
		}
		explained[all[i].Kind] = true
		all[i].Next = all[min(i+1, len(all)-1)].ID
	}
	return f, all, nil
}

func (a *request) shown(row model.FindingRow) shown {
	p := readProof(row.Proof)
	s := shown{
		ID: strconv.FormatUint(row.ID, 10), Kind: a.CodeLabel("finding", row.Kind), Means: a.T("patrol.means." + row.Kind), Private: row.Private,
		State: a.CodeLabel("finding_state", row.State), StateClass: row.State, Excerpt: string(cut(p.Excerpt)),
		Unit: page.Link{Text: row.Unit, Href: a.Address.At(page.UnitPath(row.UnitID)).String()},
		Item: page.Link{Text: strings.TrimSpace(row.Item + " " + row.Period), Href: a.list("item", row.ItemID)},
	}
	s.Facts = append(s.Facts, page.Fact{Label: a.Label("found_on"), Value: a.Day(&row.FoundOn)})
	if row.RecordID != "" {
		title := row.Title
		if title == "" {
			title = row.RecordID
		}
		s.Facts = append(s.Facts, page.Fact{Label: a.T("patrol.record"), Value: a.Words(title).Linked(a.Address.At(page.ProofPath(row.Source, row.RecordID)).String())})
	}
	for _, at := range []struct{ name, address string }{{"url", row.URL}, {"place", row.Place}} {
		if at.address != "" && (at.name == "url" || at.address != row.URL) {
			cell := a.Words(at.address)
			cell.Href, cell.External = at.address, true
			s.Facts = append(s.Facts, page.Fact{Label: a.Label(at.name), Value: cell})
		}
	}
	s.Facts = append(s.Facts, a.facts(p)...)
	if p.Ours != "" && p.Theirs != "" {
		s.Ours, s.Theirs = marked(p.Ours, p.Theirs), marked(p.Theirs, p.Ours)
		s.OursName = page.Link{Text: row.Unit + " · " + row.Title, Href: a.Address.At(page.ProofPath(row.Source, row.RecordID)).String()}
		s.TheirsName = page.Link{Text: row.OtherUnit + " · " + row.OtherTitle, Href: a.Address.At(page.ProofPath(row.OtherSource, row.OtherRecordID)).String()}
	}
	if row.SaidAt != nil {
		s.Said = a.T("patrol.said", "What", a.T("patrol.what."+row.Said), "By", row.SaidBy, "Instant", a.Instant(*row.SaidAt), "Reason", row.Reason)
	} else if row.MendedAt != nil {
		s.Said = a.T("patrol.seen_mended", "Instant", a.Instant(*row.MendedAt))
	}
	if a.User().Clerk && a.Options.Inspection != nil && a.Question.KnownAt.IsZero() {
		for _, what := range verdicts.Follows(row.State) {
			s.Choices = append(s.Choices, choice{what, a.T("patrol.do." + what), what == model.FindingDismissed})
		}
		if row.State == model.FindingConfirmed && a.Options.Register != nil {
			s.Notice = a.Address.Only("/notice", "lang").With("of", row.UnitID).With("finding", s.ID).String()
		}
	}
	return s
}
