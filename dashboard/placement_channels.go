package dashboard

import (
	"cmp"

	"yangguang/queries"
)

// channelItems is how many items the chart of channels shows; the table behind it has all.
const channelItems = 20

// channelFills are the channels' colours in the order of their codes, some with a pattern; the last is for no channel named.
func channelFills() []pointStyle {
	return []pointStyle{
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
func (a *ask) channelsFigure(channels *answer[[]queries.ChannelRow]) (figure, error) {
	f := figure{
		ID: "channels", Heading: a.T("placement.channels"), About: a.T("placement.channels_about"), Class: "span-12",
		Failed: channels.failed, Own: true, Exports: a.exports("records", a.question),
	}
	if len(channels.value) == 0 {
		return f, nil
	}
	codes := append(queries.Codes("channel"), "")
	t := &table{Label: f.Heading, Columns: []column{{Key: "item", Label: a.Label("item"), Class: "title stick", Sort: "text"}}}
	for _, code := range codes {
		t.Columns = append(t.Columns, column{Key: cmp.Or(code, "no_channel"), Label: a.channelName(code), Class: "num", Sort: "number"})
	}
	var labels []string
	counts := map[string]map[string]queries.ChannelRow{}
	var order []string
	for _, r := range channels.value {
		if counts[r.ItemID] == nil {
			counts[r.ItemID] = map[string]queries.ChannelRow{}
			order = append(order, r.ItemID)
			labels = append(labels, r.Item)
		}
		counts[r.ItemID][r.Channel] = r
	}
	for i, item := range order {
		cells := []cell{a.words(labels[i]).class("title stick")}
		for _, code := range codes {
			r := counts[item][code]
			one := a.count(int64(r.Records))
			if r.Records > 0 && !r.Allowed {
				one.Note = a.T("placement.not_allowed")
			}
			cells = append(cells, one)
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	f.Table = t
	shown := order[:min(channelItems, len(order))]
	var all []rowSeries
	for i, code := range codes {
		one := rowSeries{Name: a.channelName(code), Fill: channelFills()[i].Color, Stack: "channels"}
		used := false
		for at, item := range shown {
			r := counts[item][code]
			p := point{Value: "-"}
			if r.Records > 0 {
				used = true
				text := a.channelName(code) + "  " + grouped(int64(r.Records)) + " " + a.noun("records", int64(r.Records))
				if !r.Allowed {
					text += "  " + a.T("placement.not_allowed")
				}
				p = point{Value: r.Records, Tip: []string{labels[at], text}, Style: &pointStyle{Decal: channelFills()[i].Decal}}
			}
			one.Points = append(one.Points, p)
		}
		if used {
			all = append(all, one)
		}
	}
	var err error
	f.Chart, err = rowsChart(a.T("placement.channels_aria"), labels[:len(shown)], false, all...)
	return f, err
}

func (a *ask) channelName(code string) string {
	if code == "" {
		return a.T("placement.not_named")
	}
	return a.CodeLabel("channel", code)
}
