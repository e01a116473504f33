package paper

import (
	"slices"
	"time"

	"yangguang/queries/facts"
)

// printedMoves is how many units are printed as risen and as fallen most.
const printedMoves = 8

// since is the chapter of what changed since the meeting before: the counts, the ranks that changed most, what is new, what was mended. Without a
// baseline it says so, but not in packs of before there was the chapter.
func (s summary) since(on Subject) (tables []printedTable) {
	if on.Earlier == nil && on.Old {
		return nil
	}
	if on.Earlier == nil {
		return []printedTable{{Heading: s.printer.T("pack.since"), Empty: s.printer.T("pack.since.none", "Most", grouped(facts.DefaultManyAbove))}}
	}
	changed := s.papers["since.csv"]
	counts := printedTable{Heading: s.printer.T("pack.since"), Columns: []printedColumn{
		{s.printer.T("pack.since.then"), "number"},
		{s.printer.CodeLabel("change", "mended"), "number"},
		{s.printer.CodeLabel("change", "open"), "number"},
		{s.printer.CodeLabel("change", "left"), "number"},
		{s.printer.CodeLabel("change", "new"), "number"},
		{s.printer.T("pack.since.now"), "number"},
	}}
	of := map[string]int{}
	for _, row := range changed.rows {
		change, _ := changed.value(row, "change").(string)
		of[change]++
	}
	q := on.Earlier.Question
	counts.Notes = []string{s.printer.T("pack.since.about", "Name", on.Earlier.Name, "From", q.From.Format(time.DateOnly), "To", q.To.Format(time.DateOnly),
		"AsOf", q.AsOf.Format(time.DateOnly), "Known", q.KnownAt.In(s.zone).Format("2006-01-02 15:04"))}
	var cells []printedCell
	for _, count := range []int{of["mended"] + of["open"] + of["left"], of["mended"], of["open"], of["left"], of["new"], of["new"] + of["open"]} {
		cells = append(cells, printedCell{Text: grouped(int64(count)), Class: "number"})
	}
	counts.Rows = [][]printedCell{cells}
	tables = append(tables, counts, s.moved())
	for _, change := range []string{"new", "mended"} {
		rows := changed.where(func(row []any) bool { return changed.value(row, "change") == change })
		keys := []string{"unit", "item", "class", "period", "due_on", "delay_days"}
		if change == "mended" {
			keys[5] = "published_on"
		}
		tables = append(tables, s.table(rows, s.printer.T("pack.since."+change), printedLapses, keys...))
	}
	return tables
}

// moved lists the units whose rank in their group changed most, the risen, then the fallen.
func (s summary) moved() printedTable {
	ranks := s.papers["since-ranking.csv"]
	up := func(row []any) int64 {
		now, ranked := ranks.value(row, "rank").(int64)
		then, rankedThen := ranks.value(row, "rank_then").(int64)
		if !ranked || !rankedThen {
			return 0
		}
		return then - now
	}
	few := ranks.where(func(row []any) bool { return up(row) != 0 })
	slices.SortStableFunc(few.rows, func(a, b []any) int { return int(up(b) - up(a)) })
	if len(few.rows) > 2*printedMoves {
		few.rows = slices.Concat(few.rows[:printedMoves], few.rows[len(few.rows)-printedMoves:])
	}
	few.Count = len(few.rows)
	t := s.table(few, s.printer.T("pack.since.moved"), 2*printedMoves, "group", "unit", "rank", "rank_then", "score", "score_then")
	t.Columns = slices.Insert(t.Columns, 4, printedColumn{s.printer.T("pack.since.places"), "number"})
	for i, row := range few.rows {
		t.Rows[i] = slices.Insert(t.Rows[i], 4, printedCell{Text: places(ranks.value(row, "rank"), ranks.value(row, "rank_then")), Class: "number"})
	}
	return t
}
