package dashboard

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yangguang/queries"
)

// lapsedBody is what pages/lapsed.html shows.
type lapsedBody struct {
	Sentence, About string
	Numbers         []number
	Ages, Due       figure
	Lapses          figure
	Calendar        figure
	Unverified      figure
}

// lapsed answers: what is overdue, whose is it, since when, and what falls due next?
func lapsed(_ context.Context, a *ask) (content, error) {
	by := a.address.get("by")
	if by != "" && by != "unit" && by != "item" {
		return content{}, &queries.UserError{Parameter: "by", Value: by, Expected: "one of unit, item"}
	}
	question := a.question
	now := load(a.panels, "lapsed", question, a.store.Lapsed)
	before := load(a.panels, "previous lapsed", question.Previous(), a.store.Lapsed)
	unverified := load(a.panels, "unverified", question, func(ctx context.Context, question queries.Question) ([]queries.UnverifiedRow, error) {
		return a.store.Unverified(ctx, question, lapsedApart)
	})
	due := load(a.panels, "due", question, func(ctx context.Context, question queries.Question) ([]queries.DueRow, error) {
		return a.store.Due(ctx, question, dueDays)
	})
	coverage := load(a.panels, "coverage", question, a.store.Coverage)
	a.panels.wait()

	body := lapsedBody{
		Sentence: a.lapsedSentence(now, before), About: a.T("lapsed.about"), Numbers: a.lapsedNumbers(now, before, unverified),
		Unverified: a.unverifiedFigure(unverified), Calendar: a.calendarFigure(due),
	}
	var err error
	if body.Ages, err = a.agesFigure(now); err == nil {
		body.Due, err = a.dueFigure(due)
	}
	if err != nil {
		return content{}, fmt.Errorf("lapsed: %w", err)
	}
	if body.Lapses, err = a.lapsesFigure(now, by); err != nil {
		return content{}, err
	}
	return content{
		Title: a.T("nav.lapsed"), Nav: "lapsed", Alerts: a.failingAlerts(covering{coverage, a.sources.value}), Charts: true,
		Filters: []string{"window", "programme", "focus", "group"}, Body: body,
	}, nil
}

func (a *ask) lapsedSentence(now, before *answer[[]queries.ObligationRow]) string {
	switch {
	case now.failed:
		return a.T("overview.unknown")
	case len(now.value) == 0:
		return a.T("lapsed.sentence_none", "Day", a.longDay(a.question.AsOf, a.now))
	}
	sentence := a.T("lapsed.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Units", unitsOf(now.value), "Count", len(now.value))
	if since := now.value[0].LapsedAfterOn; since != nil {
		sentence += a.T("lapsed.since", "Day", a.longDay(*since, a.question.AsOf))
	}
	if before.failed {
		return sentence + a.T("sentence.end")
	}
	return sentence + a.compared("lapsed.change", len(now.value)-len(before.value))
}

// essentials counts the lapses of essential items.
func essentials(lapses []queries.ObligationRow) (n int64) {
	for _, lapse := range lapses {
		if lapse.Class == "essential" {
			n++
		}
	}
	return n
}

// oldestDays is how long the first of the lapses lasts, which come oldest first; 0 for none.
func oldestDays(lapses []queries.ObligationRow) int64 {
	if len(lapses) == 0 || lapses[0].DelayDays == nil {
		return 0
	}
	return *lapses[0].DelayDays
}

// earlier counts the lapses due before the window.
func earlier(lapses []queries.ObligationRow, from time.Time) (n int) {
	for _, lapse := range lapses {
		if lapse.Cadence != "standing" && lapse.DueOn != nil && lapse.DueOn.Before(from) {
			n++
		}
	}
	return n
}

func (a *ask) lapsedNumbers(now, before *answer[[]queries.ObligationRow], unverified *answer[[]queries.UnverifiedRow]) []number {
	if now.failed {
		return nil
	}
	numbers := []number{
		a.countNumber("lapsed", int64(len(now.value)), int64(len(before.value))),
		a.countNumber("essential_lapsed", essentials(now.value), essentials(before.value)),
		a.countedNumber("oldest_days", "change.days", oldestDays(now.value), oldestDays(before.value)),
		a.countedNumber("lapsing_units", "change.units", int64(unitsOf(now.value)), int64(unitsOf(before.value))),
	}
	numbers[2].Unit, numbers[3].Unit = a.T("unit.day"), a.T("unit.units")
	if carried := earlier(now.value, a.question.From); carried > 0 {
		numbers[0].Note = a.T("lapsed.carried", "Count", carried)
	}
	for i := range numbers {
		numbers[i].Href = a.exports("lapsed", a.question)[0].Href
		if before.failed {
			numbers[i].Change, numbers[i].ChangeClass = a.T("change.none"), ""
		}
	}
	if !unverified.failed {
		numbers = append(numbers, number{
			Label: a.CodeLabel("state", "unverified"), Value: grouped(int64(foundUnverified(unverified.value))), Unit: a.T("unit.items"),
			Note: a.T("lapsed.not_counted"), Href: a.exports("obligations", a.question)[0].Href,
		})
	}
	return numbers
}

func foundUnverified(rows []queries.UnverifiedRow) uint64 {
	if len(rows) == 0 {
		return 0
	}
	return rows[0].Found
}

// lapsedGroups gathers lapses by a key, in the order of each key's oldest.
func lapsedGroups(lapses []queries.ObligationRow, key func(queries.ObligationRow) string) [][]queries.ObligationRow {
	var groups [][]queries.ObligationRow
	place := map[string]int{}
	for _, lapse := range lapses {
		at, known := place[key(lapse)]
		if !known {
			at = len(groups)
			place[key(lapse)] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], lapse)
	}
	slices.SortStableFunc(groups, func(x, y []queries.ObligationRow) int { return len(y) - len(x) })
	return groups
}
