package proof

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// versionField is one field of a record, as a page writes it.
type versionField struct {
	key, label string
	value      func(model.ProofVersion) string
}

// versionFields are the fields that a correction may change, in the order of SPEC §3.
func versionFields(a *request) []versionField {
	code := func(domain string, of func(model.ProofVersion) string) func(model.ProofVersion) string {
		return func(v model.ProofVersion) string { return a.NamesOf(domain, of(v)) }
	}
	day := func(of func(model.ProofVersion) *time.Time) func(model.ProofVersion) string {
		return func(v model.ProofVersion) string {
			if day := of(v); day != nil {
				return day.Format(page.DayLayout)
			}
			return ""
		}
	}
	fields := []versionField{
		{key: "unit", value: func(v model.ProofVersion) string { return cmp.Or(v.Unit, v.UnitID) }},
		{key: "item", value: func(v model.ProofVersion) string { return cmp.Or(v.Item, v.ItemID) }},
		{key: "title", value: func(v model.ProofVersion) string { return v.Title }},
		{key: "event_id", value: func(v model.ProofVersion) string { return v.EventID }},
		{key: "period", value: func(v model.ProofVersion) string { return v.Period }},
		{key: "occurred_on", value: day(func(v model.ProofVersion) *time.Time { return v.OccurredOn })},
		{key: "proposed_on", value: day(func(v model.ProofVersion) *time.Time { return v.ProposedOn })},
		{key: "reviewed_on", value: day(func(v model.ProofVersion) *time.Time { return v.ReviewedOn })},
		{key: "approved_on", value: day(func(v model.ProofVersion) *time.Time { return v.ApprovedOn })},
		{key: "published_on", value: day(func(v model.ProofVersion) *time.Time { return v.PublishedOn })},
		{key: "uploaded_on", value: day(func(v model.ProofVersion) *time.Time { return v.UploadedOn })},
		{key: "withdrawn_on", value: day(func(v model.ProofVersion) *time.Time { return v.WithdrawnOn })},
		{key: "scope", value: code("scope", func(v model.ProofVersion) string { return v.Scope })},
		{key: "channel", value: code("channel", func(v model.ProofVersion) string { return v.Channel })},
		{key: "url", value: func(v model.ProofVersion) string { return v.URL }},
	}
	for i := range fields {
		fields[i].label = a.Label(fields[i].key)
	}
	return fields
}

// versionsFigure lists the versions, the newest first, with what each changed and the way to its content.
func (a *request) versionsFigure(p model.Proof, shown int) page.Figure {
	f := page.Figure{
		ID: "versions", Heading: a.T("proof.versions"), About: a.T("proof.versions_about", "Count", len(p.Versions)), Class: "span-12", Open: true,
	}
	if latest := p.Versions[0]; latest.SupersededRemoved > 0 {
		f.About += a.T("proof.change_separator") + a.T("proof.superseded_removed", "Count", int(latest.SupersededRemoved),
			"Policy", a.retention(latest.SupersededPolicy), "Day", latest.SupersededRemovedAt.In(a.Zone).Format(page.DayLayout))
	}
	t := page.Table{Label: f.Heading, Page: 50, Columns: []page.Column{
		{Key: "version", Label: a.T("proof.version"), Class: "title"},
		{Key: "seen", Label: a.T("proof.seen"), Class: "fit full"},
		{Key: "changes", Label: a.T("proof.changes"), Class: "wide full text"},
		{Key: "content", Label: a.T("proof.content"), Class: "fit"},
		{Key: "place", Label: a.Label("place"), Class: "wide full text minor"},
	}}
	for i, v := range p.Versions {
		number := a.Words(a.T("proof.version_number", "Number", len(p.Versions)-i)).Classed("title")
		if i == 0 {
			number.Note = a.T("proof.in_force")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			number, a.Words(a.Instant(v.Seen)).Classed("fit full"), a.Words(a.changes(p.Versions, i)).Classed("wide full text"),
			a.versionContent(v, i == shown), a.Inner(v.Place).Classed("wide full text minor"),
		}})
	}
	f.Table = &t
	return f
}

// changes says what a version says other than the one before it.
func (a *request) changes(versions []model.ProofVersion, at int) string {
	now := versions[at]
	if at == len(versions)-1 {
		return a.T("proof.first")
	}
	before := versions[at+1]
	var changes []string
	if now.Gone {
		changes = append(changes, a.T("proof.change_gone"))
	} else if before.Gone {
		changes = append(changes, a.T("proof.change_back"))
	}
	for _, field := range versionFields(a) {
		if was, is := field.value(before), field.value(now); was != is && a.Options.Society && slices.Contains([]string{"title", "event_id", "url"}, field.key) {
			changes = append(changes, a.T("proof.change_withheld", "Field", field.label)) // what the version in force does not say
		} else if was != is {
			changes = append(changes, a.T("proof.change", "Field", field.label, "Before", cmp.Or(was, "—"), "After", cmp.Or(is, "—")))
		}
	}
	if len(changes) == 0 {
		return a.T("proof.change_other")
	}
	return strings.Join(changes, a.T("proof.change_separator"))
}

func (a *request) versionContent(v model.ProofVersion, shown bool) page.Cell {
	switch {
	case a.Options.Society:
		return a.Inner("")
	case v.ContentBytes == 0 && v.RemovedBytes > 0:
		c := a.Words(a.T("proof.content_removed_short", "Day", v.RemovedAt.In(a.Zone).Format(page.DayLayout))).Classed("fit")
		c.Href = a.Address.With("version", strconv.FormatUint(v.Version, 10)).String() + "#content"
		return c
	case !v.Online:
		return a.None("proof.content_ledger").Classed("fit")
	case v.ContentBytes == 0 && v.Gone:
		return a.None("proof.content_gone").Classed("fit")
	case v.ContentBytes == 0:
		return a.None("proof.content_none").Classed("fit")
	}
	text := a.T("proof.content_show")
	if shown {
		text = a.T("proof.content_shown")
	}
	c := a.Words(text).Classed("fit").Noted(a.Bytes(v.ContentBytes))
	c.Href = a.Address.With("version", strconv.FormatUint(v.Version, 10)).String() + "#content"
	return c
}
