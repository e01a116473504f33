package ranking

import (
	"context"
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// tickMonths is how many months a row of ticks has.
const tickMonths = 12

// tickWindow is the window whose months are shown: the last twelve up to the window's end, never from before the beginning. Of so many units that they are
// ranked by parts only the window's own, whose results are stored.
func (a *request) tickWindow(ctx context.Context, question model.Question) (model.Question, error) {
	last := time.Date(question.To.Year(), question.To.Month(), 1, 0, 0, 0, 0, time.UTC)
	from := last.AddDate(0, 1-tickMonths, 0)
	if a.RankedByPart {
		return question, nil
	}
	beginning, err := ask.Run(ctx, a.Store, ask.Beginning, question)
	if from.Before(beginning) {
		from = beginning
	}
	if from.Before(question.To) {
		question.From = from
	}
	question.Group, question.Scope = "all", "own"
	return question, err
}

// complete adds what is asked of the units that a page shows: what else finds them, and below each name what became of the unit from month to month.
func (a *request) complete(f *page.Figure, rows []model.RankingRow, question model.Question) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.UnitID
	}
	var window model.Question
	ticks := page.Load(a.Panels, "ticks", question, func(ctx context.Context, question model.Question) (found []model.TickRow, err error) {
		if question.Scope == "subtree" { // of which only a mean is known
			return nil, nil
		}
		if window, err = a.tickWindow(ctx, question); err != nil {
			return nil, err
		}
		return ask.Run(ctx, a.Store, ask.Ticks(ids), window)
	})
	names := page.Ask(a.Request, question, ask.OtherNames(ids))
	a.Panels.Wait()
	for i := range rows {
		f.Table.Rows[i].Sought = names.Value[rows[i].UnitID]
	}
	if ticks.Failed && f.Lacks == "" {
		f.Lacks = a.T("lacks.ticks")
	}
	if ticks.Failed || len(ticks.Value) == 0 {
		return
	}
	months := a.MonthsOf(window)
	months = months[max(0, len(months)-tickMonths):]
	of, seen := map[string]map[time.Time]model.TickRow{}, map[string]bool{}
	for _, tick := range ticks.Value {
		if of[tick.UnitID] == nil {
			of[tick.UnitID] = map[time.Time]model.TickRow{}
		}
		of[tick.UnitID][tick.Month()] = tick
	}
	name := 0
	for f.Table.Columns[name].Key != "unit" {
		name++
	}
	for i, row := range rows {
		if of[row.UnitID] != nil {
			f.Table.Rows[i].Cells[name].Ticks = a.ticks(months, of[row.UnitID], seen)
		}
	}
	f.KeyAbout = a.T("ranking.ticks", "From", months[0].Format("2006-01"), "To", months[len(months)-1].Format("2006-01"))
	for _, state := range model.ObligationStates() {
		if seen[state] {
			f.Key = append(f.Key, a.State(state, nil))
		}
	}
}

// ticks is a unit's row: in each month the worst that any obligation came to.
func (a *request) ticks(months []time.Time, of map[time.Time]model.TickRow, seen map[string]bool) *page.Ticks {
	row := &page.Ticks{}
	in := map[string][]string{} // months by state
	for _, month := range months {
		state := worstOf(of[month])
		mark := page.Cell{}
		if state != "" {
			oldest := of[month].OldestLapseDays
			mark, seen[state] = a.State(state, &oldest), true
			in[state] = append(in[state], month.Format("2006-01"))
		}
		row.Marks = append(row.Marks, mark)
	}
	var words []string
	for _, state := range worstFirst() {
		switch n := len(in[state]); {
		case n == 0:
		case state == "lapsed" || state == "late" || state == "unverified":
			words = append(words, a.CodeLabel("state", state)+a.T("unit.colon")+strings.Join(in[state], a.T("list.comma")))
		default:
			words = append(words, a.CodeLabel("state", state)+" "+a.T("ranking.months", "Count", n))
		}
	}
	row.Label = strings.Join(words, a.T("list.semicolon"))
	return row
}

// worstFirst are the states of months, the worst first.
func worstFirst() []string {
	return []string{"lapsed", "late", "unverified", "on_time", "pending", "exempt"}
}

// worstOf is the worst state that any obligation of a month is in; empty: nothing was owed.
func worstOf(tick model.TickRow) string {
	for i, n := range []uint64{tick.Lapsed, tick.Late, tick.Unverified, tick.OnTime, tick.Pending, tick.Exempt} {
		if n > 0 {
			return worstFirst()[i]
		}
	}
	return ""
}
