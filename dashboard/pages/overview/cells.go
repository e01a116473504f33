package overview

import (
	"cmp"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// cellRows is how many units the heat map shows: those furthest behind.
const cellRows = 40

// heatPanel is units × items by state: in each field the worst that any of its obligations came to, and how many did.
type heatPanel struct {
	page.Figure
	Items []page.Cell
	Rows  []heatRow
	Field string // the address of a field's list, with {row} and {item} for what they are in it: a thousand whole ones would be most of the page
}

type heatRow struct {
	Unit   page.Cell
	Fields []page.Cell // as Items; without a state where the unit does not owe the item
}

// cellsBy is how the heat map's rows are made: by unit, or by town with its villages, as whenever the units are very many.
func (a *request) cellsBy(many bool) (string, error) {
	switch by := a.Address.Get("by"); {
	case by != "" && by != "town":
		return "", &model.UserError{Parameter: "by", Value: by, Expected: "one of town"}
	case by == "town" || many:
		return "town", nil
	default:
		return "unit", nil
	}
}

// cells asks what became of each item of the units furthest behind.
func (a *request) cells(by string) *page.Answer[[]model.CellRow] {
	return page.Ask(a.Request, a.Question, ask.Cells(by, a.Most(cellRows)))
}

// heatPanel draws units × items, worst unit on top and worst item first.
func (a *request) heatPanel(cells *page.Answer[[]model.CellRow], by string, many bool) heatPanel {
	p := heatPanel{Figure: page.Figure{
		ID: "heat", Heading: a.T("heat.heading"), Class: "span-12", Failed: cells.Failed, Own: true, Listed: true, Exports: a.Exports("obligations", a.Question),
	}}
	if !many {
		for _, way := range []string{"", "town"} {
			p.Choices = append(p.Choices, page.Link{
				Text: a.T("heat.by" + way), Href: a.Address.With("by", way).String() + "#" + p.ID, Current: way == "town" == (by == "town"),
			})
		}
	}
	if len(cells.Value) == 0 {
		return p
	}
	items := worstItemsOf(cells.Value)
	place := map[string]int{}
	for i, item := range items {
		place[item.ItemID] = i
		p.Items = append(p.Items, page.Cell{Text: item.Item, ID: strings.ReplaceAll(item.Item, ",", " ")})
		if by == "town" {
			p.Items[i].ID = item.ItemID
		}
	}
	p.Field = a.Address.At(page.UnitPath("{row}")).Sought("obligations", "{item}")
	if by == "town" { // with its villages, which the town's own page leaves out
		p.Field = a.Address.At("/lapsed").With("within", "{row}").With("item", "{item}").String() + "#lapses"
	}
	seen := map[string]bool{}
	towns := a.Towns(villagesAmong(cells.Value), &p.Figure)
	last := ""
	for _, c := range cells.Value {
		if c.RowID != last {
			last = c.RowID
			name := a.UnitCell(c.RowID, c.Name).Noted(towns[c.RowID])
			p.Rows = append(p.Rows, heatRow{Unit: name, Fields: make([]page.Cell, len(items))})
		}
		p.Rows[len(p.Rows)-1].Fields[place[c.ItemID]] = a.heatField(c, seen)
	}
	for _, state := range model.ObligationStates() {
		if seen[state] {
			p.Key = append(p.Key, a.State(state, nil))
		}
	}
	p.Held = a.cellsTable(cells.Value, towns)
	p.About = a.T("heat.about."+by, "Count", int(cells.Value[0].Found), "Shown", len(p.Rows))
	return p
}

// cellsTable is the heat map as its export has it: how many obligations of each unit and item are in each state.
func (a *request) cellsTable(cells []model.CellRow, towns map[string]string) *page.Table {
	states := []string{"lapsed", "late", "unverified", "on_time", "pending", "undated", "exempt"}
	t := &page.Table{Columns: []page.Column{{Key: "unit", Label: a.Label("unit")}, {Key: "item", Label: a.Label("item")}, {Key: "class", Label: a.Label("class")}}}
	for _, state := range states {
		t.Columns = append(t.Columns, page.Column{Key: state, Label: a.CodeLabel("state", state)})
	}
	t.Columns = append(t.Columns, page.Column{Key: "oldest_lapse_days", Label: a.Label("oldest_lapse_days")})
	for _, c := range cells {
		item := a.Words(c.Item)
		item.ID = c.ItemID
		one := []page.Cell{a.UnitCell(c.RowID, c.Name).Noted(towns[c.RowID]), item, a.Words(a.CodeLabel("class", c.Class))}
		for _, n := range []uint64{c.Lapsed, c.Late, c.Unverified, c.OnTime, c.Pending, c.Undated, c.Exempt} {
			one = append(one, a.Count(int64(n)))
		}
		oldest := a.None("none.no_days")
		if c.Lapsed > 0 {
			oldest = a.Days(&c.OldestLapseDays)
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(one, oldest)})
	}
	return t
}

// villagesAmong are the ids of the villages among the rows of cells.
func villagesAmong(cells []model.CellRow) (ids []string) {
	for _, c := range cells {
		if c.Tier == "village" || c.Tier == "community" {
			ids = append(ids, c.RowID)
		}
	}
	return ids
}

// worstItemsOf are the items of cells, each summed, most lapsed first, then most late.
func worstItemsOf(cells []model.CellRow) []model.CellRow {
	var items []model.CellRow
	for _, c := range cells {
		at := slices.IndexFunc(items, func(item model.CellRow) bool { return item.ItemID == c.ItemID })
		if at < 0 {
			items = append(items, model.CellRow{ItemID: c.ItemID, Item: c.Item, Class: c.Class})
			at = len(items) - 1
		}
		items[at].Lapsed += c.Lapsed
		items[at].Late += c.Late
	}
	slices.SortStableFunc(items, func(x, y model.CellRow) int {
		return cmp.Or(cmp.Compare(y.Lapsed, x.Lapsed), cmp.Compare(y.Late, x.Late), cmp.Compare(x.ItemID, y.ItemID))
	})
	return items
}

// heatField is the worst state of a field's obligations, and how many are in it; all of them are told on pointing at it.
func (a *request) heatField(c model.CellRow, seen map[string]bool) page.Cell {
	var field page.Cell
	var title []string
	for _, one := range []struct {
		state string
		n     uint64
	}{
		{"lapsed", c.Lapsed}, {"late", c.Late}, {"unverified", c.Unverified}, {"on_time", c.OnTime}, {"pending", c.Pending}, {"undated", c.Undated}, {"exempt", c.Exempt},
	} {
		if one.n == 0 {
			continue
		}
		title = append(title, a.CodeLabel("state", one.state)+" "+a.T("unit.obligations", "Count", int(one.n)))
		if field.State != "" {
			continue
		}
		seen[one.state] = true
		field = a.State(one.state, nil)
		field.Age = page.Age(one.state, &c.OldestLapseDays)
		if one.n > 1 && (one.state == "lapsed" || one.state == "late" || one.state == "unverified") {
			field.Note = page.Grouped(int64(one.n))
		}
	}
	field.Title = strings.Join(title, " · ")
	return field
}
