package ranking

import (
	"slices"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// partTable is the table of a part, which the server searches, sorts and turns the pages of.
func (a *request) partTable(shown *selection) *page.Table {
	const anchor = "units"
	totals := shown.totals
	t := a.table(shown.rows, shown.since)
	t.Search, t.Counter, t.Page, t.Chips, t.Empty = "", "", 0, nil, a.T("ranking.none_found")
	for i := range t.Columns {
		if isSince(t.Columns[i].Key) { // known of the rows shown only
			t.Columns[i].Sort = ""
		}
		a.sortedOn(&t.Columns[i], shown.part, anchor)
	}
	kind := func(text, only string, n uint64) page.Link {
		return page.Link{
			Text: text + " " + page.Grouped(int64(n)), Href: a.Address.With("only", only).With("page", "").String() + "#" + anchor, Current: shown.part.Only == only,
		}
	}
	s := &page.Sought{
		Words: shown.words, Label: a.T("ranking.search"), Anchor: anchor, Found: a.T("ranking.found", "Count", shown.found, "Units", page.Grouped(shown.found)),
		Kinds: []page.Link{kind(a.T("ranking.every"), "", totals.Units)},
	}
	for _, rating := range model.Codes("rating") {
		if n := totals.Ratings[rating]; n > 0 {
			s.Kinds = append(s.Kinds, kind(a.CodeLabel("rating", rating), rating, n))
		}
	}
	for _, other := range []struct {
		text, only string
		n          uint64
	}{{a.T("ranking.chip_lapsing"), "lapsing", totals.Lapsing}, {a.T("ranking.chip_unranked"), "unranked", totals.Units - totals.Ranked}} {
		if other.n > 0 {
			s.Kinds = append(s.Kinds, kind(other.text, other.only, other.n))
		}
	}
	if only := shown.part.Only; slices.Contains(model.Conditions(), only) {
		s.Kinds = append(s.Kinds, kind(a.T("tiles."+only), only, uint64(shown.found)))
	}
	if shown.words != "" {
		s.Found = a.T("ranking.found_words", "Search", shown.words, "Count", shown.found, "Units", page.Grouped(shown.found))
		s.Clear = a.Address.With("search", "").With("page", "").String() + "#" + anchor
	}
	t.Sought = s
	return t
}

// sortedOn makes a column's head lead to the table sorted by it: numbers the largest first, then the other way round, then as it was.
func (a *request) sortedOn(c *page.Column, part model.RankingPart, anchor string) {
	if c.Sort == "" {
		return
	}
	kind := c.Sort
	c.Sort = ""
	usual, other := "-"+c.Key, c.Key
	if kind == "text" || c.Key == "rank" {
		usual, other = other, usual
	}
	next := usual
	if part.Sort == c.Key {
		c.Order = "ascending"
		now := c.Key
		if part.Descending {
			c.Order, now = "descending", "-"+c.Key
		}
		if next = other; now == other {
			next = ""
		}
	}
	c.Href = a.Address.With("sort", next).With("page", "").String() + "#" + anchor
}
