package digest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/digest/channel"
	"yangguang/queries/digests"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// owed is an obligation that is not met, or several that reports call alike.
type owed struct {
	obligation // due: the day after which it lapsed, if it has
	channel.Named
	due    time.Time
	number uint32
}

// reminding is what one run knows of all that is to be reminded of; its readers share it.
type reminding struct {
	asker    *Asker
	ladder   Ladder
	calendar Calendar
	readers  []Reader
	book     book
	now      channel.State
	open     []owed
	said     map[string][]digests.Reminded // to whom, the earliest first

	come   map[time.Time]map[int][]come // what has come to whom by a day
	onTime map[obligation]owed          // what was called lapsed and had been met in time; nil: not asked yet
}

// remind asks what is owed and what was said of it.
func (s *Sender) remind(ctx context.Context, asker *Asker, g gathered, now channel.State) (*reminding, error) {
	r := &reminding{
		asker: asker, ladder: s.Ladder, calendar: g.calendar, readers: g.readers, book: newBook(g.units, g.readers), now: now, said: map[string][]digests.Reminded{},
		come: map[time.Time]map[int][]come{},
	}
	if err := r.ask(ctx); err != nil {
		return nil, err
	}
	said, err := digests.ListReminded(ctx, s.Store.Store)
	for _, one := range said {
		r.said[one.Reader] = append(r.said[one.Reader], one)
	}
	return r, err
}

// ask asks for what is due within the next days, and for all that is lapsed.
func (r *reminding) ask(ctx context.Context) error {
	soon := r.now.Question("")
	soon.From, soon.To = r.now.AsOf, r.now.AsOf.AddDate(0, 0, ahead)
	found := map[obligation]int{}
	add := func(row []any, due time.Time) {
		key, named, _ := one(row)
		key.due = due.Format(time.DateOnly)
		i, known := found[key]
		if !known {
			i, found[key] = len(r.open), len(r.open)
			r.open = append(r.open, owed{obligation: key, Named: named, due: due})
		}
		r.open[i].number++
	}
	for _, asked := range []struct {
		report   string
		question model.Question
		each     func(row []any)
	}{
		{"obligations", soon, func(row []any) {
			if due, is := row[7].(time.Time); is && row[8] == "pending" {
				add(row, model.Today(due))
			}
		}},
		{"lapsed", r.now.Question(""), func(row []any) {
			if delay, is := row[12].(int64); is {
				add(row, r.now.AsOf.AddDate(0, 0, -int(delay)))
			}
		}},
	} {
		report, _ := model.ReportNamed(asked.report)
		if err := r.asker.Prepare(facts.WithSession(ctx), report, asked.question, nil); err != nil {
			return err
		}
		err := r.asker.Stream(facts.WithSession(ctx), report, asked.question, func(row []any) error { asked.each(row); return nil })
		if err != nil {
			return err
		}
	}
	return nil
}

// sent is what a reader was reminded of, by obligation, since it was last corrected: how many at which rung.
func (r *reminding) sent(reader string) map[obligation]map[int]uint32 {
	sent := map[obligation]map[int]uint32{}
	for _, one := range r.said[reader] {
		key := keyOf(one)
		switch {
		case one.Rung == 0:
			delete(sent, key)
		case sent[key] == nil:
			sent[key] = map[int]uint32{int(one.Rung): one.Obligations}
		default:
			sent[key][int(one.Rung)] += one.Obligations
		}
	}
	return sent
}

func keyOf(r digests.Reminded) obligation {
	return obligation{r.UnitID, r.ItemID, r.Period, r.DueOn.Format(time.DateOnly)}
}

// come is an obligation at a rung.
type come struct {
	owed    *owed
	rung    int
	relayed bool
}

// arrived is what has come to each reader by a day: of each obligation the highest rung that is his.
func (r *reminding) arrived(day time.Time) map[int][]come {
	if all, asked := r.come[day]; asked {
		return all
	}
	all, rungs, byDue := map[int][]come{}, r.ladder.rungs(), map[time.Time][]int{}
	for i := range r.open {
		one := &r.open[i]
		if _, known := byDue[one.due]; !known {
			byDue[one.due] = reached(rungs, one.due, day, r.calendar)
		}
		told := map[int]bool{}
		for _, rung := range slices.Backward(byDue[one.due]) {
			his, relayed := r.book.of(one.unit, r.ladder.rolesAt(rung))
			for _, reader := range slices.Concat(his, relayed) {
				if !told[reader] {
					told[reader] = true
					all[reader] = append(all[reader], come{one, rung, !slices.Contains(his, reader)})
				}
			}
		}
	}
	r.come[day] = all
	return all
}

// stepsOf are the steps that have come to a reader by a day and that he was not reminded of.
func (r *reminding) stepsOf(reader int, day time.Time) (steps []channel.Step) {
	sent := r.sent(r.readers[reader].Name)
	for _, c := range r.arrived(day)[reader] {
		told := uint32(0)
		for rung, number := range sent[c.owed.obligation] {
			if rung >= c.rung {
				told += number
			}
		}
		if told < c.owed.number {
			steps = append(steps, channel.Step{Reminded: digests.Reminded{
				Reader: r.readers[reader].Name, KnownAt: r.now.KnownAt, UnitID: c.owed.unit, ItemID: c.owed.item, Period: c.owed.period, DueOn: c.owed.due,
				Rung: int16(c.rung), Obligations: c.owed.number - told, //nolint:gosec // small
			}, Named: c.owed.Named, Relayed: c.relayed})
		}
	}
	slices.SortStableFunc(steps, func(a, b channel.Step) int { return int(b.Rung) - int(a.Rung) })
	return steps
}

// corrected is for how many days after a reminder what it called lapsed is looked after.
const corrected = 60

// corrections are what a reader was reminded of as lapsed and what had been met in time, as is known now.
func (r *reminding) corrections(ctx context.Context, reader string) (steps []channel.Step, err error) {
	if r.onTime == nil {
		if err := r.askOnTime(ctx); err != nil {
			return nil, err
		}
	}
	for key, rungs := range r.sent(reader) {
		lapsed := uint32(0)
		for rung, number := range rungs {
			if rung > 0 {
				lapsed = max(lapsed, number)
			}
		}
		if met, is := r.onTime[key]; is && lapsed > 0 {
			steps = append(steps, channel.Step{Reminded: digests.Reminded{
				Reader: reader, KnownAt: r.now.KnownAt, UnitID: key.unit, ItemID: key.item, Period: key.period, DueOn: met.due, Obligations: lapsed,
			}, Named: met.Named})
		}
	}
	slices.SortFunc(steps, func(a, b channel.Step) int {
		return cmp.Or(cmp.Compare(a.UnitID, b.UnitID), cmp.Compare(a.ItemID, b.ItemID), a.DueOn.Compare(b.DueOn))
	})
	return steps, nil
}

// askOnTime asks which of what anybody was reminded of as lapsed is known now to have been met in time.
func (r *reminding) askOnTime(ctx context.Context) error {
	r.onTime = map[obligation]owed{}
	told, question := map[obligation]bool{}, r.now.Question("")
	for _, said := range r.said {
		for _, one := range said {
			if one.Rung > 0 && one.KnownAt.After(r.now.KnownAt.AddDate(0, 0, -corrected)) {
				told[keyOf(one)] = true
				if one.DueOn.Before(question.From) {
					question.From = one.DueOn
				}
			}
		}
	}
	for _, one := range r.open {
		delete(told, one.obligation)
	}
	if len(told) == 0 {
		return nil
	}
	report, _ := model.ReportNamed("obligations")
	return r.asker.Stream(facts.WithSession(ctx), report, question, func(row []any) error {
		if key, named, state := one(row); told[key] && state == "on_time" {
			due, _ := row[7].(time.Time)
			r.onTime[key] = owed{obligation: key, Named: named, due: model.Today(due)}
		}
		return nil
	})
}

// fallen are the units of an area that passed before and fail now, since their coverage fell. Nothing is said across a new year, or of a unit that is not
// ranked then and now: too little of it is verified.
func (r *reminding) fallen(ctx context.Context, area string, before channel.State) (fallen []channel.Fall, err error) {
	if before.KnownAt.IsZero() || before.AsOf.Year() != r.now.AsOf.Year() {
		return nil, nil
	}
	earlier, err := r.asker.ranking(ctx, before)
	if err != nil {
		return nil, err
	}
	rows, err := r.asker.ranking(ctx, r.now)
	if err != nil {
		return nil, err
	}
	passed := map[string]model.RankingRow{}
	for _, row := range earlier {
		if row.Unranked == "" && row.Rating != "fail" {
			passed[row.UnitID] = row
		}
	}
	for _, row := range rows {
		was, did := passed[row.UnitID]
		if did && row.Unranked == "" && row.Rating == "fail" && row.Coverage.LessThan(*was.Coverage) && slices.Contains(append(r.book.units.above(row.UnitID), ""), area) {
			fallen = append(fallen, channel.Fall{Unit: row.Unit, Before: percent(*was.Coverage), Now: percent(*row.Coverage)})
		}
	}
	return fallen, nil
}

// percent is a ratio as readers know it.
func percent(ratio decimal.Decimal) string { return ratio.Shift(2).String() + "%" }

// reminder is what a reader is reminded of today. before is what the last one that was sent, perhaps, or had nothing to say was about; zero: there was none.
func (r *reminding) reminder(ctx context.Context, reader int, before channel.State) (m channel.Reminder, said []digests.Reminded, err error) {
	his := r.readers[reader]
	m = channel.Reminder{Now: r.now, First: len(r.said[his.Name]) == 0, Area: r.book.units[his.Within].Name, Steps: r.stepsOf(reader, r.now.AsOf)}
	mended, err := r.corrections(ctx, his.Name)
	if err != nil {
		return m, nil, err
	}
	for _, step := range mended {
		m.Corrected = append(m.Corrected, step.Named)
	}
	for _, step := range append(m.Steps[:len(m.Steps):len(m.Steps)], mended...) {
		said = append(said, step.Reminded)
	}
	if his.Role != RoleOperators {
		if m.Fallen, err = r.fallen(ctx, his.Within, before); err != nil {
			return m, nil, err
		}
	}
	if m.Any() {
		m.Unverified, m.Failing, err = r.unknown(ctx, his.Within)
	}
	return m, said, err
}

// unknown is what the figures of an area lack.
func (r *reminding) unknown(ctx context.Context, area string) (unverified uint64, failing []string, err error) {
	var c channel.Changes
	c.First, c.Now = true, r.now
	err = r.asker.known(ctx, area, &c)
	return c.Unverified, c.Failing, err
}
