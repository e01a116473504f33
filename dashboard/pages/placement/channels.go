package placement

import (
	"cmp"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// channelItems is how many items the chart of channels shows; the table behind it has all.
const channelItems = 20

// channelFills are the channels' colours in the order of their codes, some with a pattern; the last is for no channel named.
func channelFills() []chart.PointStyle {
	return []chart.PointStyle{
		{Color: "var(--state-exempt-line)"},
		{Color: "var(--measure-2)", Decal: "second"},
		{Color: "var(--measure-3)"},
		{Color: "var(--accent-ink)", Decal: "fail"},
		{Color: "var(--measure-1)"},
		{Color: "var(--state-unverified-line)", Decal: "third"},
		{Color: "var(--state-unverified)", Decal: "unverified"},
	}
}

// channelsFigure shows through which channels each item was published: records as stacked bars.
func (a *request) channelsFigure(channels *page.Answer[[]model.ChannelRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "channels", Heading: a.T("placement.channels"), About: a.T("placement.channels_about"), Class: "span-12",
		Failed: channels.Failed, Own: true, Exports: a.Exports("records", a.Question),
	}
	if len(channels.Value) == 0 {
		return f, nil
	}
	codes := append(model.Codes("channel"), "")
	t := &page.Table{Label: f.Heading, Columns: []page.Column{{Key: "item", Label: a.Label("item"), Class: "title stick", Sort: "text"}}}
	for _, code := range codes {
		t.Columns = append(t.Columns, page.Column{Key: cmp.Or(code, "no_channel"), Label: a.channelName(code), Class: "num", Sort: "number"})
	}
	var labels []string
	counts := map[string]map[string]model.ChannelRow{}
	var order []string
	for _, r := range channels.Value {
		if counts[r.ItemID] == nil {
			counts[r.ItemID] = map[string]model.ChannelRow{}
			order = append(order, r.ItemID)
			labels = append(labels, r.Item)
		}
		counts[r.ItemID][r.Channel] = r
	}
	for i, item := range order {
		cells := []page.Cell{a.Words(labels[i]).Classed("title stick")}
		for _, code := range codes {
			r := counts[item][code]
			one := a.Count(int64(r.Records))
			if r.Records > 0 && !r.Allowed {
				one.Note = a.T("placement.not_allowed")
			}
			cells = append(cells, one)
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	f.Table = t
	shown := order[:min(channelItems, len(order))]
	var all []chart.RowSeries
	for i, code := range codes {
		one := chart.RowSeries{Name: a.channelName(code), Fill: channelFills()[i].Color, Stack: "channels"}
		used := false
		for at, item := range shown {
			r := counts[item][code]
			p := chart.Point{Value: "-"}
			if r.Records > 0 {
				used = true
				text := a.channelName(code) + "  " + page.Grouped(int64(r.Records)) + " " + a.Noun("records", int64(r.Records))
				link := ""
				if !r.Allowed {
					text += "  " + a.T("placement.not_allowed")
					link = a.Address.Sought("misplaced", labels[at])
				}
				p = chart.Point{Value: r.Records, Link: link, Tip: []string{labels[at], text}, Style: &chart.PointStyle{Decal: channelFills()[i].Decal}}
			}
			one.Points = append(one.Points, p)
		}
		if used {
			all = append(all, one)
		}
	}
	var err error
	f.Chart, err = chart.Rows(a.T("placement.channels_aria"), labels[:len(shown)], false, all...)
	return f, err
}

func (a *request) channelName(code string) string {
	if code == "" {
		return a.T("placement.not_named")
	}
	return a.CodeLabel("channel", code)
}
