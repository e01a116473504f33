package methodology

import (
	"strconv"
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// catalogueChapter lists the items in force, each with who owes it, when it is due, and where it may be shown to whom.
func (a *request) catalogueChapter(catalogue *page.Answer[[]model.CatalogueRow]) chapter {
	t := &page.Table{
		Label: a.Report("catalogue"), Short: true, Page: 60, Empty: a.T("panel.empty"), Search: a.T("table.search_items"), Counter: a.T("table.items"),
		Columns: []page.Column{
			{Key: "item", Label: a.Label("item"), Class: "title wide", Sort: "text"},
			{Key: "class", Label: a.Label("class"), Class: "fit", Sort: "text"},
			{Key: "tier", Label: a.ReportLabel("catalogue", "tier"), Class: "text"},
			{Key: "cadence", Label: a.Label("cadence"), Class: "fit", Sort: "text"},
			{Key: "limit", Label: a.T("methodology.limit"), Class: "text"},
			{Key: "scope", Label: a.Label("scope"), Class: "text"},
			{Key: "channel", Label: a.Label("channel"), Class: "text"},
			{Key: "display_days", Label: a.Label("display_days"), Class: "num"},
			{Key: "legal_basis", Label: a.Label("legal_basis"), Class: "wide full text"},
		},
	}
	for _, item := range catalogue.Value {
		display := a.None("methodology.no_display")
		if item.DisplayDays > 0 {
			display = a.Days(&item.DisplayDays)
		}
		basis := a.None("methodology.no_basis").Classed("wide full text")
		if item.LegalBasis != "" {
			basis = a.Words(item.LegalBasis).Classed("wide full text")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(item.Item).Classed("title wide").Noted(a.itemAbout(item)), a.Words(a.CodeLabel("class", item.Class)).Classed("fit"), a.Words(a.listed("tier", item.Tier)),
			a.Words(a.CodeLabel("cadence", item.Cadence)).Classed("fit"), a.Words(a.dueRule(item)), a.Words(a.listed("scope", item.Scope)),
			a.Words(a.listed("channel", item.Channel)), display, basis,
		}})
	}
	return a.listChapter("catalogue", catalogue.Failed, t, len(catalogue.Value))
}

// itemAbout is an item's id, catalogue, programme and focus, and until when it is valid.
func (a *request) itemAbout(item model.CatalogueRow) string {
	about := []string{item.ItemID}
	for _, part := range []string{a.CodeLabel("catalogue", item.Catalogue), a.CodeLabel("programme", item.Programme), a.CodeLabel("focus", item.Focus)} {
		if part != "" {
			about = append(about, part)
		}
	}
	if item.ValidTo != nil {
		about = append(about, a.T("methodology.valid_to", "Day", item.ValidTo.Format(page.DayLayout)))
	}
	return strings.Join(about, " · ")
}

// dueRule says from when the days to the due day count, how many, and from when on a record counts.
func (a *request) dueRule(item model.CatalogueRow) string {
	from := "period"
	if item.Cadence == "standing" || item.Cadence == "event" {
		from = item.Cadence
	}
	rule := a.T("methodology.due."+from, "Days", item.DueDays, "Kind", a.CodeLabel("day_kind", item.DayKind))
	if from == "period" && item.NotBefore != "start" {
		rule += a.T("methodology.not_before." + item.NotBefore)
	}
	if item.NilReturn != "" {
		rule += a.T("methodology.nil_return." + item.NilReturn)
	}
	return rule
}

// calendarDays is a run of days of one kind.
type calendarDays struct {
	first, last time.Time
	kind        string
	days        int64
}

// calendarChapter lists the exceptions to Monday–Friday, neighbouring days of a kind as one line.
func (a *request) calendarChapter(calendar *page.Answer[[]model.CalendarRow]) chapter {
	var runs []calendarDays
	for _, day := range calendar.Value {
		if last := len(runs) - 1; last >= 0 && runs[last].kind == day.Kind && day.Day.Equal(runs[last].last.AddDate(0, 0, 1)) {
			runs[last].last = day.Day
			runs[last].days++
			continue
		}
		runs = append(runs, calendarDays{day.Day, day.Day, day.Kind, 1})
	}
	t := &page.Table{Label: a.Report("calendar"), Short: true, Page: 40, Empty: a.T("methodology.no_calendar"), Columns: []page.Column{
		{Key: "year", Label: a.T("methodology.year"), Class: "fit", Sort: "text"},
		{Key: "day", Label: a.Label("day"), Class: "title fit", Sort: "text"},
		{Key: "calendar_kind", Label: a.Label("calendar_kind"), Class: "fit", Sort: "text"},
		{Key: "length", Label: a.T("methodology.length"), Class: "num", Sort: "number"},
	}}
	for _, run := range runs {
		days := a.DayAhead(run.first)
		if run.days > 1 {
			days += " – " + a.DayAhead(run.last)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(run.first.Format("2006")).Classed("fit"), a.Words(days).Classed("title fit"), a.Words(a.CodeLabel("calendar_kind", run.kind)).Classed("fit"), a.Days(&run.days),
		}})
	}
	made := a.listChapter("calendar", calendar.Failed, t, len(calendar.Value))
	if missing := a.yearsWithout(calendar.Value); missing != "" && len(runs) > 0 {
		made.Pieces = append([]piece{{Text: a.T("methodology.calendar.missing", map[string]any{"Years": missing})}}, made.Pieces...)
	}
	return made
}

// yearsWithout are the years of the calendar's chapter for which nothing is registered.
func (a *request) yearsWithout(calendar []model.CalendarRow) string {
	registered := map[int]bool{}
	for _, day := range calendar {
		registered[day.Day.Year()] = true
	}
	var missing []string
	for year := a.Question.From.Year(); year <= max(a.Question.To.Year(), a.Question.AsOf.Year())+1; year++ {
		if !registered[year] {
			missing = append(missing, strconv.Itoa(year))
		}
	}
	return strings.Join(missing, a.T("list.comma"))
}

// exemptionsListed is how many exemptions the page lists; the export has all.
const exemptionsListed = 500

// exemptionsChapter lists the exemptions that cover a day of the window.
func (a *request) exemptionsChapter(exemptions *page.Answer[[]model.ExemptionRow]) chapter {
	t := &page.Table{
		Label: a.Report("exemptions"), Short: true, Page: 20, Empty: a.T("methodology.no_exemptions"), Search: a.T("table.search_units"), Counter: a.T("methodology.rows"),
		Columns: []page.Column{
			{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
			{Key: "item", Label: a.Label("item"), Class: "text", Sort: "text"},
			{Key: "from_on", Label: a.Label("from_on"), Class: "fit", Sort: "text"},
			{Key: "to_on", Label: a.Label("to_on"), Class: "fit", Sort: "text"},
			{Key: "reason", Label: a.ReportLabel("exemptions", "reason"), Class: "wide full text"},
			{Key: "approved_by", Label: a.Label("approved_by"), Class: "text"},
		},
	}
	for _, one := range exemptions.Value[:min(exemptionsListed, len(exemptions.Value))] {
		unit, item := a.UnitCell(one.UnitID, one.Unit), a.Words(one.Item)
		if one.UnitID == "*" {
			unit = a.Words(a.T("methodology.every_unit")).Classed("title")
		}
		if one.ItemID == "*" {
			item = a.Words(a.T("methodology.every_item"))
		}
		from, to := a.Day(one.FromOn).Classed("fit"), a.Day(one.ToOn).Classed("fit")
		from.Title, to.Title = a.T("methodology.open_end"), a.T("methodology.open_end")
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{unit, item, from, to, a.Inner(one.Reason).Classed("wide full text"), a.Inner(one.ApprovedBy)}})
	}
	return a.listChapter("exemptions", exemptions.Failed, t, len(exemptions.Value))
}

// listChapter is a chapter that is one list of the registry in force, with its export.
func (a *request) listChapter(report string, failed bool, t *page.Table, found int) chapter {
	return chapter{page.Figure{
		ID: report, Heading: a.T("methodology." + report), About: a.T("methodology."+report+".about", map[string]any{"Found": found, "Shown": len(t.Rows)}),
		Class: "span-12", Failed: failed, Exports: a.Exports(report, a.Question),
	}, []piece{{Table: t}}}
}
