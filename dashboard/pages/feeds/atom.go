package feeds

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// newDays is for how many days a lapse counts as new, and mostNew how many entries there are at most.
const (
	newDays = 60
	mostNew = 200
)

// feedOf is a feed by RFC 4287.
type feedOf struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string   `xml:"xml:lang,attr"`
	ID       string   `xml:"id"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle,omitempty"`
	Updated  string   `xml:"updated"`
	Author   string   `xml:"author>name"`
	Links    []link   `xml:"link"`
	Entries  []entry  `xml:"entry"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type entry struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Link    link   `xml:"link"`
	Summary string `xml:"summary"`
}

// atom answers: what has newly lapsed, and when did that become known? A lapse that is published meanwhile, or known not to have been one, is not there.
func atom(ctx context.Context, a *request) (string, error) {
	if a.Question.Unit == "" {
		if err := a.Size(ctx, a.Question); err != nil {
			return "", err
		}
		if a.Large {
			return "", &page.NotFoundError{Message: a.T("narrow.choose")}
		}
	}
	unread, err := a.unread(ctx)
	if err != nil {
		return "", err
	}
	rows, err := ask.Run(ctx, a.Store, ask.NewLapses(newDays, mostNew), a.Question)
	if err != nil {
		return "", err
	}
	unverified, err := ask.Run(ctx, a.Store, ask.Unverified(1), a.Question)
	if err != nil {
		return "", err
	}
	if len(unverified) > 0 {
		unread += a.T("feed.some_unverified", "Count", unverified[0].Found)
	}
	lang := "zh-CN"
	if a.Language() == "en" {
		lang = "en"
	}
	query := url.Values{}
	for _, name := range page.FeedParameters() {
		if value := a.Address.Get(name); value != "" {
			query.Set(name, value)
		}
	}
	self := a.address("/lapsed.atom", query)
	feed := feedOf{
		Lang: lang, ID: a.tag("feed", query.Encode()), Title: a.T("feed.lapsed", "Name", a.name), Subtitle: unread, Updated: a.Now.UTC().Format(time.RFC3339),
		Author: a.T("site.name"), Links: []link{{"self", "application/atom+xml", self}, {"alternate", "text/html", a.address("/lapsed", nil)}},
	}
	if len(rows) > 0 {
		feed.Updated = rows[0].Seen.UTC().Format(time.RFC3339)
	}
	for _, row := range rows {
		name := row.Item
		if row.Period != "" {
			name += " " + a.PeriodText(row.Cadence, row.Period)
		}
		after := row.LapsedAfterOn.Format(time.DateOnly)
		feed.Entries = append(feed.Entries, entry{
			ID: a.tag("lapse", row.UnitID, row.ItemID, row.Period, after), Title: a.T("feed.entry", "Unit", row.Unit, "Name", name),
			Updated: row.Seen.UTC().Format(time.RFC3339), Link: link{"alternate", "text/html", a.address(page.UnitPath(row.UnitID), nil)},
			Summary: a.T("feed.entry_about", "Day", after, "Seen", a.Instant(row.Seen), "Count", row.Obligations),
		})
	}
	text, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return "", fmt.Errorf("write the feed of lapses: %w", err)
	}
	return xml.Header + string(text) + "\n", nil
}

// tag is an id by RFC 4151 that stays whatever the pages' addresses become.
func (a *request) tag(kind string, parts ...string) string {
	return fmt.Sprintf("tag:%s,2026:%s/%s", a.host(), kind, idOf(parts...))
}
