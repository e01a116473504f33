package digest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yangguang/dashboard/digest/channel"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// dueDays is how far ahead a digest looks, in days.
const dueDays = 7

// mostNamed is how many lapses are named at most; all are counted.
const mostNamed = 5

// Asker answers what changed; one is made for each run, whose readers share what was asked.
type Asker struct {
	*ask.Asker
	rankings map[channel.State][]model.RankingRow
}

// NewAsker asks a database.
func NewAsker(store *ask.Asker) *Asker {
	return &Asker{Asker: store, rankings: map[channel.State][]model.RankingRow{}}
}

// Changes compares what was known before with what is known now of an area; the zero state before: a first digest. An area that the registry does not
// have is a *model.UserError.
func (a *Asker) Changes(ctx context.Context, within string, before, now channel.State) (c channel.Changes, err error) {
	ctx = facts.WithSession(ctx)
	question := now.Question(within)
	if err := a.CheckUnits(ctx, question); err != nil {
		return c, err
	}
	c.Before, c.Now, c.First = before, now, before.KnownAt.IsZero()
	steps := []func(context.Context, string, *channel.Changes) error{a.name, a.prepare, a.lapses, a.due, a.ranks, a.notices, a.findings, a.known}
	for _, step := range steps {
		if err := step(ctx, within, &c); err != nil {
			return c, fmt.Errorf("what has changed of %q: %w", within, err)
		}
	}
	return c, nil
}

func (a *Asker) name(ctx context.Context, within string, c *channel.Changes) (err error) {
	if within != "" {
		c.Area, err = ask.Run(ctx, a, ask.UnitName(within), c.Now.Question(within))
	}
	return err
}

// states are those that are compared.
func states(c *channel.Changes) []channel.State {
	if c.First {
		return []channel.State{c.Now}
	}
	return []channel.State{c.Before, c.Now}
}

// prepare computes what is known of very many units at the two instants; of fewer it is computed when it is asked for.
func (a *Asker) prepare(ctx context.Context, within string, c *channel.Changes) error {
	for _, name := range []string{"lapsed", "summary"} {
		report, _ := model.ReportNamed(name)
		for _, state := range states(c) {
			if err := a.Prepare(facts.WithSession(ctx), report, state.Question(within), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// obligation identifies an obligation, as far as a report does; there may be several of one, of events on a day.
type obligation struct{ unit, item, period, due string }

// one is a row of a report of obligations: its names, and what it is.
func one(row []any) (obligation, channel.Named, string) {
	text := func(i int) string { value, _ := row[i].(string); return value }
	due := ""
	if day, is := row[7].(time.Time); is {
		due = day.Format(time.DateOnly)
	}
	return obligation{text(0), text(2), text(6), due}, channel.Named{Unit: text(1), Item: text(3), Period: text(6)}, text(8)
}

// lapses compares the report lapsed then and now. Only what lapsed then is held in memory.
func (a *Asker) lapses(ctx context.Context, within string, c *channel.Changes) error {
	report, _ := model.ReportNamed("lapsed")
	before := map[obligation]int{}
	if !c.First {
		err := a.Stream(facts.WithSession(ctx), report, c.Before.Question(within), func(row []any) error {
			key, _, _ := one(row)
			before[key]++
			return nil
		})
		if err != nil {
			return err
		}
	}
	err := a.Stream(ctx, report, c.Now.Question(within), func(row []any) error {
		key, named, _ := one(row)
		c.Lapsed++
		if before[key] > 0 {
			if before[key]--; before[key] == 0 {
				delete(before, key)
			}
			return nil
		}
		c.New++
		if c.NewNamed = append(c.NewNamed, named); len(c.NewNamed) > mostNamed {
			c.NewNamed = c.NewNamed[1:] // the oldest stand first
		}
		return nil
	})
	slices.Reverse(c.NewNamed)
	if err != nil || len(before) == 0 {
		return err
	}
	return a.gone(ctx, within, c, before)
}

// gone says what became of lapses that are none any more.
func (a *Asker) gone(ctx context.Context, within string, c *channel.Changes, before map[obligation]int) error {
	question := c.Now.Question(within)
	for key, count := range before {
		c.Otherwise += uint64(count) //nolint:gosec // above 0
		if due, err := time.Parse(time.DateOnly, key.due); err == nil && due.Before(question.From) {
			question.From = due
		}
	}
	report, _ := model.ReportNamed("obligations")
	return a.Stream(ctx, report, question, func(row []any) error {
		key, named, state := one(row)
		if before[key] == 0 || state != "on_time" && state != "late" {
			return nil
		}
		before[key]--
		c.Otherwise--
		c.Mended++
		if len(c.MendedOnes) < mostNamed {
			c.MendedOnes = append(c.MendedOnes, named)
		}
		return nil
	})
}

// due counts what falls due, and what of it the digest before did not see yet.
func (a *Asker) due(ctx context.Context, within string, c *channel.Changes) error {
	rows, err := ask.Run(ctx, a, ask.Due(dueDays), c.Now.Question(within))
	for _, row := range rows {
		c.Due += row.Obligations
		if c.First || model.Today(row.DueOn).After(c.Before.AsOf.AddDate(0, 0, dueDays)) {
			c.DueNew += row.Obligations
		}
	}
	return err
}

// ranking is everybody's ranking; of very many units none.
func (a *Asker) ranking(ctx context.Context, state channel.State) ([]model.RankingRow, error) {
	if rows, asked := a.rankings[state]; asked {
		return rows, nil
	}
	ctx = facts.WithSession(ctx)
	question := state.Question("")
	load, err := facts.LoadInForce(ctx, a.Store, question)
	if err != nil {
		return nil, err
	}
	var rows []model.RankingRow
	if _, many, err := a.Many(ctx, load); err != nil {
		return nil, err
	} else if !many {
		if rows, err = ask.Run(ctx, a, ask.Ranking, question); err != nil {
			return nil, err
		}
	}
	a.rankings[state] = rows
	return rows, nil
}

// ranks compares the ranks of the area's units within their groups.
func (a *Asker) ranks(ctx context.Context, within string, c *channel.Changes) error {
	rows, err := a.ranking(ctx, c.Now)
	if err != nil || rows == nil {
		return err
	}
	before := map[string]int64{}
	if !c.First {
		earlier, err := a.ranking(ctx, c.Before)
		if err != nil {
			return err
		}
		for _, row := range earlier {
			if row.GroupRank != nil {
				before[row.UnitID] = *row.GroupRank
			}
		}
	}
	parents, sizes := map[string]string{}, map[string]int64{}
	for _, row := range rows {
		parents[row.UnitID] = row.ParentID
		if row.GroupRank != nil {
			sizes[row.Group]++
		}
	}
	for _, row := range rows {
		if row.GroupRank == nil || !inArea(row.UnitID, within, parents) {
			continue
		}
		was, known := before[row.UnitID]
		switch {
		case row.UnitID == within:
			c.Own = &channel.Standing{Rank: *row.GroupRank, Before: was, Of: sizes[row.Group]}
			if !known {
				c.Own.Before = *row.GroupRank
			}
		case known && *row.GroupRank < was:
			c.Up++
		case known && *row.GroupRank > was:
			c.Down++
		}
	}
	return nil
}

// inArea reports whether a unit is the area's or below it.
func inArea(unit, within string, parents map[string]string) bool {
	for range len(parents) + 1 { // a registry has no cycles
		if within == "" || unit == within {
			return true
		}
		if unit = parents[unit]; unit == "" {
			return false
		}
	}
	return false
}

// notices counts those that are open.
func (a *Asker) notices(ctx context.Context, within string, c *channel.Changes) error {
	var counted [][2]uint64
	for _, state := range states(c) {
		rows, err := ask.Run(facts.WithSession(ctx), a, ask.Notices, state.Question(within))
		if err != nil {
			return err
		}
		var count [2]uint64
		for _, row := range rows {
			if row.State == "open" || row.State == "overdue" {
				count[0]++
			}
			if row.State == "overdue" {
				count[1]++
			}
		}
		counted = append(counted, count)
	}
	last := counted[len(counted)-1]
	c.Open, c.Overdue, c.NoticesMoved = last[0], last[1], last != counted[0]
	return nil
}

// findings counts what patrol has found since the digest before and nobody has checked yet.
func (a *Asker) findings(ctx context.Context, within string, c *channel.Changes) error {
	found, err := ask.Run(ctx, a, ask.FindingsPart(ask.FindingsAsked{State: model.FindingOpen, Private: true, After: c.Before.KnownAt, Limit: 1}), c.Now.Question(within))
	if len(found) > 0 {
		c.Findings = found[0].Found
	}
	return err
}

// known says what the figures lack: what nobody has looked at since it was due, and which sources are not current.
func (a *Asker) known(ctx context.Context, within string, c *channel.Changes) error {
	for i, state := range states(c) {
		rows, err := ask.Run(facts.WithSession(ctx), a, ask.Summary, state.Question(within))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.Group != "all" {
				continue
			}
			if c.Unverified = uint64(row.Unverified); i == 0 { //nolint:gosec // a count
				c.UnverifiedBefore = c.Unverified
			}
		}
	}
	var failing [][]string
	for _, state := range states(c) {
		names, err := a.failing(facts.WithSession(ctx), state)
		if err != nil {
			return err
		}
		failing = append(failing, names)
	}
	c.Failing = failing[len(failing)-1]
	c.FailingMoved = !slices.Equal(failing[0], c.Failing)
	return nil
}

// silent is how long a source may be without a look before figures are called old.
const silent = 48 * time.Hour

// failing are the sources that fail, or that have had no look for two days.
func (a *Asker) failing(ctx context.Context, state channel.State) (names []string, err error) {
	sources, err := ask.Run(ctx, a, ask.Sources, state.Question(""))
	for _, source := range sources {
		if source.FailingSince != nil || source.LastSuccess == nil || state.KnownAt.Sub(*source.LastSuccess) > silent {
			names = append(names, source.Source)
		}
	}
	return names, err
}
