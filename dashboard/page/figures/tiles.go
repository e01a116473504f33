package figures

import (
	"cmp"
	"context"
	"slices"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

const (
	tilesWhole = 600 // units that are a square each; of more a place is one
	tilesDense = 350 // units whose squares are small on a wall
	mostPlaces = 400 // places that are shown
	mostAreas  = 40  // areas that are asked for, where units are not ranked at once
)

// Tiles is the district at a glance: units as squares under their town, or places instead of them where units are very many.
type Tiles struct {
	page.Figure
	Legend []page.Cell // what the marks mean; Note: how many units, or areas, have it
	Places []Place
	Dense  bool // squares are so many that a wall has room for small ones only
}

// Place is a town with its villages, or the units of a group. Without tiles it is a tile itself.
type Place struct {
	Name  page.Cell
	About string
	Tiles []page.Cell
	Mark  page.Cell

	rows    []model.RankingRow
	group   string
	lapsing int
}

// tiled is what Tiles is made of.
type tiled struct {
	units []model.RankingRow
	areas []areaSummary // of units that are not ranked at once
}

type areaSummary struct {
	model.AreaRow
	Summary model.SummaryRow
}

// LoadTiles asks in the background for what Tiles shows.
func (a *Ask) LoadTiles(question model.Question) *page.Answer[tiled] {
	return page.Load(a.Panels, "tiles", question, func(ctx context.Context, question model.Question) (t tiled, err error) {
		if a.RankedByPart {
			t.areas, err = a.areaSummaries(ctx, question)
			return t, err
		}
		t.units, err = a.Units(ctx, question)
		return t, err
	})
}

// areaSummaries are the summaries of the areas to which the question can be narrowed, one after another: together they cost what one of all costs.
func (a *Ask) areaSummaries(ctx context.Context, question model.Question) ([]areaSummary, error) {
	areas, err := ask.Run(ctx, a.Store, ask.Areas, question)
	var all []areaSummary
	for _, area := range areas[:min(mostAreas, len(areas))] {
		question.Within = area.UnitID
		summary, err := ask.Run(ctx, a.Store, ask.Summary, question)
		if err != nil {
			return nil, err
		}
		one := areaSummary{AreaRow: area}
		if row := GroupRow(summary, question.Group); row != nil {
			one.Summary = *row
		}
		all = append(all, one)
	}
	return all, err
}

// Tiles shows what was asked.
func (a *Ask) Tiles(told *page.Answer[tiled]) Tiles {
	t := Tiles{Figure: page.Figure{ID: "tiles", Heading: a.T("tiles.heading"), Class: "span-12", Failed: told.Failed, Own: true, Listed: true, Exports: a.Exports("ranking", a.Question)}}
	counts := map[string]int{}
	switch units := told.Value.units; {
	case told.Failed:
	case a.RankedByPart:
		t.About = a.T("tiles.about_areas", "Count", len(told.Value.areas))
		for _, area := range told.Value.areas {
			t.Places = append(t.Places, a.areaPlace(area, counts))
		}
	default:
		whole := len(units) <= tilesWhole
		t.About = a.T("tiles.about_places")
		if whole {
			t.About = a.T("tiles.about_units")
		}
		t.Held, t.Dense = a.tilesTable(units), len(units) > tilesDense
		places := a.placesOf(units)
		for _, unit := range units {
			counts[unit.Condition()]++
		}
		if shown := min(mostPlaces, len(places)); shown < len(places) {
			t.About += a.T("table.first", "Shown", shown, "All", page.Grouped(int64(len(places))))
			places = places[:shown]
		}
		for _, place := range places {
			t.Places = append(t.Places, a.filled(place, whole))
		}
	}
	for _, state := range model.Conditions() {
		if n := counts[state]; n > 0 {
			mark := a.tileMark(state).Noted(page.Grouped(int64(n)))
			if !a.RankedByPart { // else areas are counted, which no ranking lists
				mark.Href = a.Address.At("/ranking/all").With("only", state).String() + "#units"
			}
			t.Legend = append(t.Legend, mark)
		}
	}
	return t
}

// tileMark is a unit's condition as a sign on the colour of the obligation's state that it resembles.
func (a *Ask) tileMark(state string) page.Cell {
	look := map[string]string{"essential": "lapsed older", "others_lapsed": "lapsed", "unverified": "unverified", "clear": "on_time", "idle": "exempt"}
	return page.Cell{State: look[state], Mark: a.T("tiles.mark." + state), Text: a.T("tiles." + state)}
}

// placesOf puts units under their towns, the others under their groups, these first, then the towns with the most units behind.
func (a *Ask) placesOf(units []model.RankingRow) []*Place {
	towns := map[string]*Place{}
	var groups, ofTowns []*Place
	for _, unit := range units {
		if unit.Group != "villages" || unit.ParentID == "" {
			continue
		}
		if towns[unit.ParentID] == nil {
			towns[unit.ParentID] = &Place{Name: page.Cell{ID: unit.ParentID, Text: unit.Parent}, group: "villages"}
			ofTowns = append(ofTowns, towns[unit.ParentID])
		}
		towns[unit.ParentID].add(unit)
	}
	several := severalParents(units)
	byGroup := map[[2]string]*Place{}
	for _, unit := range units {
		key := [2]string{unit.Group, ""}
		switch {
		case unit.Group == "villages" && unit.ParentID != "":
			continue
		case towns[unit.UnitID] != nil:
			towns[unit.UnitID].add(unit)
			if several["towns"] {
				towns[unit.UnitID].Name.Note = unit.Parent
			}
			continue
		case several[unit.Group]:
			key[1] = unit.ParentID
		}
		if byGroup[key] == nil {
			byGroup[key] = &Place{Name: page.Cell{ID: key[1], Text: a.CodeLabel("group", unit.Group)}, group: unit.Group}
			if key[1] != "" {
				byGroup[key].Name.Note = unit.Parent
			}
			groups = append(groups, byGroup[key])
		}
		byGroup[key].add(unit)
	}
	order := []string{"district", "organs", "towns", "villages"}
	slices.SortStableFunc(groups, func(x, y *Place) int {
		return cmp.Or(cmp.Compare(slices.Index(order, x.group), slices.Index(order, y.group)), cmp.Compare(y.lapsing, x.lapsing), cmp.Compare(x.Name.ID, y.Name.ID))
	})
	slices.SortStableFunc(ofTowns, func(x, y *Place) int {
		return cmp.Or(cmp.Compare(y.lapsing, x.lapsing), cmp.Compare(x.Name.ID, y.Name.ID))
	})
	return append(groups, ofTowns...)
}

// severalParents are the groups whose units belong to several others: they stand apart then.
func severalParents(units []model.RankingRow) map[string]bool {
	first, several := map[string]string{}, map[string]bool{}
	for _, unit := range units {
		if parent, known := first[unit.Group]; known && parent != unit.ParentID && unit.Group != "district" {
			several[unit.Group] = true
		} else if !known {
			first[unit.Group] = unit.ParentID
		}
	}
	return several
}

func (p *Place) add(unit model.RankingRow) {
	p.rows = append(p.rows, unit)
	if unit.Lapsed+unit.CarriedLapsed > 0 {
		p.lapsing++
	}
}

// filled gives a place its link, its counts and its tiles, the worst first; the town itself leads them.
func (a *Ask) filled(place *Place, whole bool) Place {
	p := *place
	there := a.Address.At("/ranking/" + p.group)
	if !whole && p.Name.ID != "" { // its own tiles
		there = a.Address.At("/")
	}
	if p.Name.ID != "" {
		there = there.With("within", p.Name.ID)
	}
	p.Name.Href = there.String()
	slices.SortStableFunc(p.rows, func(x, y model.RankingRow) int {
		if first := cmp.Compare(boolean(y.UnitID == p.Name.ID), boolean(x.UnitID == p.Name.ID)); first != 0 {
			return first
		}
		return cmp.Or(cmp.Compare(slices.Index(model.Conditions(), x.Condition()), slices.Index(model.Conditions(), y.Condition())),
			cmp.Compare(y.Lapsed+y.CarriedLapsed, x.Lapsed+x.CarriedLapsed), cmp.Compare(x.UnitID, y.UnitID))
	})
	unverified, worst := 0, len(model.Conditions())-1
	for _, unit := range p.rows {
		state := unit.Condition()
		worst = min(worst, slices.Index(model.Conditions(), state))
		if state == "unverified" {
			unverified++
		}
		if whole {
			p.Tiles = append(p.Tiles, a.tile(unit, unit.UnitID == p.Name.ID))
		}
	}
	p.About = a.T("tiles.of", "Lapsing", page.Grouped(int64(p.lapsing)), "Units", page.Grouped(int64(len(p.rows))))
	if unverified > 0 {
		p.About += a.T("list.comma") + a.T("tiles.unverified_units", "Count", unverified)
	}
	if !whole {
		p.Mark = a.tileMark(model.Conditions()[worst])
	}
	return p
}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// tile is a unit's square: its name and what there is to say of it.
func (a *Ask) tile(unit model.RankingRow, town bool) page.Cell {
	state := unit.Condition()
	c := a.tileMark(state)
	c.Href, c.Text = a.Address.At(page.UnitPath(unit.UnitID)).String(), unit.Unit+a.T("unit.colon")+a.tileWords(unit, state)
	if town {
		c.Class = "town"
	}
	return c
}

func (a *Ask) tileWords(unit model.RankingRow, state string) string {
	if state == "clear" || state == "idle" {
		return a.T("tiles." + state)
	}
	var words string
	if lapsed := unit.Lapsed + unit.CarriedLapsed; lapsed > 0 {
		words = a.CodeLabel("state", "lapsed") + " " + a.T("unit.obligations", "Count", lapsed)
		if essential := unit.EssentialLapsed + unit.EssentialCarried; essential > 0 {
			words += a.T("tiles.of_essential", "Count", essential)
		}
		if unit.Unverified > 0 {
			words += a.T("list.comma")
		}
	}
	if unit.Unverified > 0 {
		words += a.CodeLabel("state", "unverified") + " " + a.T("unit.obligations", "Count", unit.Unverified)
	}
	return words
}

// areaPlace is an area whose units are not ranked at once.
func (a *Ask) areaPlace(area areaSummary, counts map[string]int) Place {
	sum := area.Summary
	whole := model.RankingRow{Lapsed: sum.Lapsed, CarriedLapsed: sum.CarriedLapsed, Unverified: sum.Unverified, Assessed: sum.Assessed}
	state := whole.Condition()
	counts[state]++
	return Place{
		Name: page.Cell{Text: area.Unit, Href: a.Address.With("within", area.UnitID).String() + "#tiles"}, Mark: a.tileMark(state),
		About: a.tileWords(whole, state),
	}
}

// tilesTable is what the tiles say, as their export has it.
func (a *Ask) tilesTable(units []model.RankingRow) *page.Table {
	t := &page.Table{Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit")},
		{Key: "parent", Label: a.Label("parent")},
		{Key: "state", Label: a.Label("state")},
		{Key: "lapsed", Label: a.Label("lapsed")},
		{Key: "carried_lapsed", Label: a.Label("carried_lapsed")},
		{Key: "essential", Label: a.T("tiles.essential_lapses")},
		{Key: "unverified", Label: a.Label("unverified")},
		{Key: "assessed", Label: a.Label("assessed")},
	}}
	for _, unit := range units {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(unit.UnitID, unit.Unit), a.Words(unit.Parent), a.Words(a.T("tiles." + unit.Condition())), a.Count(unit.Lapsed), a.Count(unit.CarriedLapsed),
			a.Count(unit.EssentialLapsed + unit.EssentialCarried), a.Count(unit.Unverified), a.Count(unit.Assessed),
		}})
	}
	return t
}
