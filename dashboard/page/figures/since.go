package figures

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"

	"yangguang/dashboard/pack"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Since is what changed since the meeting of a frozen pack. Where Meeting is nil, Why says what there is instead of a comparison.
type Since struct {
	Packs   []pack.Baseline // that may be compared with
	Meeting *pack.Baseline
	Why     string           // message without since.why.: none_yet, none_chosen, unknown, later, removed, preparing, large
	Rows    []model.SinceRow // what lapsed since, is still open, was mended, or is not counted any more
	Then    map[string]model.RankingRow
	Groups  []model.SummaryRow // of then
	Ruled   *model.RankingRow  // of a unit that is asked: what it would be now by the registry and the assessment of then; nil: they are those of now
}

// LoadSince asks in the background what changed since the meeting that the address names, or the last one. nil: the pages know of no packs.
func (a *Ask) LoadSince(question model.Question) *page.Answer[Since] {
	if a.Options.Packs == nil || a.Options.Society {
		return nil
	}
	return page.Load(a.Panels, "since the last meeting", question, func(ctx context.Context, question model.Question) (since Since, err error) {
		if since.Packs, err = a.Options.Packs.Baselines(ctx); err != nil {
			return since, err
		}
		meeting, why := a.meeting(since.Packs, question)
		if why != "" {
			since.Why = why
			return since, nil
		}
		err = a.askSince(ctx, question, meeting.Question, &since)
		var preparing *facts.NotStoredError
		var unknown *model.UserError
		switch {
		case errors.As(err, &preparing): // of the time then: all else of the page is there
			return Since{Packs: since.Packs, Why: "preparing"}, nil
		case errors.As(err, &unknown): // not all of what was known then is known any more
			return Since{Packs: since.Packs, Why: "removed"}, nil
		}
		since.Meeting = &meeting
		return since, err
	})
}

// meeting is the pack that is compared with, or why none is.
func (a *Ask) meeting(packs []pack.Baseline, question model.Question) (meeting pack.Baseline, why string) {
	name := a.Address.Get(page.BaselineParameter)
	switch {
	case name == page.NoBaseline:
		return meeting, "none_chosen"
	case a.Large:
		return meeting, "large"
	}
	if name == "" {
		meeting, found := pack.LastBaseline(packs, question)
		if !found {
			return meeting, "none_yet"
		}
		return meeting, ""
	}
	at := slices.IndexFunc(packs, func(one pack.Baseline) bool { return one.Name == name })
	switch {
	case at < 0:
		return meeting, "unknown"
	case !packs[at].Before(question):
		return meeting, "later"
	}
	return packs[at], ""
}

func (a *Ask) askSince(ctx context.Context, question, baseline model.Question, since *Since) (err error) {
	if since.Rows, err = ask.Run(ctx, a.Store, ask.Since(baseline), question); err != nil {
		return err
	}
	then := question.At(baseline)
	then.Unit = "" // a unit is ranked among all
	results, err := ask.Results(ctx, a.Store, then)
	since.Groups, since.Then = results.Groups, map[string]model.RankingRow{}
	for _, unit := range results.Units {
		since.Then[unit.UnitID] = unit
	}
	if err == nil && question.Unit != "" {
		since.Ruled, err = a.ruled(ctx, question, then)
	}
	return err
}

// ruled is what the question's unit would be now by the rules of then: apart from what it did since. nil: the rules are those of then.
func (a *Ask) ruled(ctx context.Context, question, then model.Question) (*model.RankingRow, error) {
	before, err := ask.Run(ctx, a.Store, ask.Load, then)
	if err != nil {
		return nil, err
	}
	if now, err := ask.Run(ctx, a.Store, ask.Load, question); err != nil || now == before {
		return nil, err
	}
	id := question.Unit
	question.Unit = ""
	results, err := ask.Results(facts.WithLoad(ctx, before), a.Store, question)
	for _, unit := range results.Units {
		if unit.UnitID == id {
			return &unit, err
		}
	}
	return nil, err
}

// Of counts the rows of a change, and the units that they belong to.
func (s Since) Of(change string) (rows, units int64) {
	seen := map[string]bool{}
	for _, row := range s.Rows {
		if row.Change == change {
			rows++
			seen[row.UnitID] = true
		}
	}
	return rows, int64(len(seen))
}

// LapsedThen is how many were lapsed at the meeting.
func (s Since) LapsedThen() int64 { return int64(len(s.Rows)) - s.newly() }

// LapsedNow is how many are lapsed.
func (s Since) LapsedNow() int64 {
	open, _ := s.Of("open")
	return open + s.newly()
}

func (s Since) newly() int64 { rows, _ := s.Of("new"); return rows }

// MeetingWords name the meeting: 9月30日会议.
func (a *Ask) MeetingWords(meeting *pack.Baseline) string {
	return a.T("since.meeting", "Day", a.LongDay(meeting.Question.AsOf, a.Question.AsOf))
}

// MeetingAbout says what is compared with what.
func (a *Ask) MeetingAbout(meeting *pack.Baseline) string {
	q := meeting.Question
	return a.T("since.about", "Name", meeting.Name, "From", q.From.Format(page.DayLayout), "To", q.To.Format(page.DayLayout),
		"AsOf", q.AsOf.Format(page.DayLayout), "Known", a.Instant(q.KnownAt))
}

// SinceFilter offers the meetings to compare with.
func (a *Ask) SinceFilter(since *page.Answer[Since]) []pack.Baseline {
	if since == nil {
		return nil
	}
	return since.Value.Packs
}

// MeetingName is the pack that is compared with; empty: none.
func MeetingName(since *page.Answer[Since]) string {
	if since == nil || since.Value.Meeting == nil {
		return ""
	}
	return since.Value.Meeting.Name
}

// WhyNotCompared says why nothing is compared with the meeting that the address names; a page whose address names none says nothing.
func (a *Ask) WhyNotCompared(since Since) string {
	name := a.Address.Get(page.BaselineParameter)
	if name == "" || since.Why == "none_chosen" {
		return ""
	}
	return a.T("since.why."+since.Why, "Name", name)
}

// Head is the panel with its heading, and what it says in place of a comparison.
func (a *Ask) SincePanel(since *page.Answer[Since]) page.Figure {
	f := page.Figure{ID: "since", Heading: a.T("since.heading"), Class: "span-12", Failed: since.Failed, Open: true}
	if since.Failed {
		return f
	}
	if meeting := since.Value.Meeting; meeting != nil {
		f.Heading, f.About = a.T("since.heading_of", "Meeting", a.MeetingWords(meeting)), a.MeetingAbout(meeting)
		return f
	}
	f.Notice = a.T("since.why."+since.Value.Why, "Name", a.Address.Get(page.BaselineParameter))
	if since.Value.Why == "none_yet" {
		f.More = &page.Link{Text: a.T("since.make"), Href: a.Address.At("/freezes").String()}
	}
	return f
}

// SinceNumbers are the counts of what changed, each leading to the list that it counts.
func (a *Ask) SinceNumbers(since Since) []page.Number {
	then := since.LapsedThen()
	list := a.Address.At("/lapsed").With("group", a.Address.Get("group"))
	all := a.Counted("lapsed", "items", since.LapsedNow())
	all.Note, all.Href = a.T("since.then", "Count", then), list.String()+"#lapses"
	numbers := []page.Number{all}
	for _, change := range SinceChanges() {
		rows, units := since.Of(change)
		if change == "left" && rows == 0 {
			continue
		}
		n := a.Counted("since_"+change, "items", rows)
		n.Note = a.T("since.note_"+change, "Count", units, "Then", then)
		n.Href = list.With("since", change).String() + "#lapses"
		numbers = append(numbers, n)
	}
	return numbers
}

// SinceChanges are the ways in which a lapse may have changed, in the order in which pages name them.
func SinceChanges() []string { return []string{"new", "mended", "open", "left"} }

// moved is a unit whose rank in its group changed since the meeting.
type Moved struct{ Now, Then model.RankingRow }

// Up is by how many places a unit rose.
func (m Moved) Up() int64 { return *m.Then.Rank - *m.Now.Rank }

// SinceMoved are the units whose rank in their group changed since the meeting, the risen most first, the fallen most last.
func SinceMoved(units []model.RankingRow, since Since) (moved []Moved) {
	for _, unit := range units {
		then, known := since.Then[unit.UnitID]
		if !known || unit.GroupRank == nil || then.GroupRank == nil || then.Group != unit.Group || *unit.GroupRank == *then.GroupRank {
			continue
		}
		unit.Rank, then.Rank = unit.GroupRank, then.GroupRank
		moved = append(moved, Moved{unit, then})
	}
	slices.SortStableFunc(moved, func(x, y Moved) int {
		return cmp.Or(cmp.Compare(y.Up(), x.Up()), cmp.Compare(x.Now.UnitID, y.Now.UnitID))
	})
	return moved
}

// SinceEnds are at most so many of the risen and of the fallen.
func SinceEnds(moved []Moved, most int) []Moved {
	risen := 0
	for risen < min(most, len(moved)) && moved[risen].Up() > 0 {
		risen++
	}
	fallen := len(moved)
	for fallen > max(risen, len(moved)-most) && moved[fallen-1].Up() < 0 {
		fallen--
	}
	return append(moved[:risen:risen], moved[fallen:]...)
}

// SinceRankColumn is which column of a ranking, from 1, says how ranks changed since the meeting: an address sorts by it.
const SinceRankColumn = 3

// SinceRanked is the ranking of a group by how ranks changed since the meeting: those fallen most first, or those risen most.
func (a *Ask) SinceRanked(group string, risen bool) string {
	column := strconv.Itoa(SinceRankColumn)
	if risen {
		column = "-" + column
	}
	return a.Address.At("/ranking/"+group).With(page.ViewParameter, "units.sort="+column).String() + "#units"
}

// SincePlaces is a change of rank since the meeting; nothing where the unit was not ranked then or is not now.
func (a *Ask) SincePlaces(now, then *int64) page.Cell {
	if now == nil || then == nil {
		return a.None("since.not_ranked")
	}
	c := a.Places(model.RankingRow{Rank: now, PreviousRank: then})
	if c.ChangeTitle != "" {
		c.ChangeTitle = a.T("since.rank_then", "Rank", *then)
	}
	return c
}

// SinceScore is a change of score since the meeting, with what it was.
func (a *Ask) SinceScore(now, then model.RankingRow) page.Cell {
	if now.Score == nil || then.Score == nil {
		return a.None("since.not_scored")
	}
	difference := now.Score.Sub(*then.Score)
	c := page.Cell{Class: "num", Sort: difference.String(), Kind: model.Score, Change: "=", ChangeTitle: a.T("since.score_then", "Score", then.Score.StringFixed(2))}
	switch difference.Sign() {
	case 1:
		c.Change, c.ChangeClass = "+"+difference.StringFixed(2), "better"
	case -1:
		c.Change, c.ChangeClass = "−"+difference.Abs().StringFixed(2), "worse"
	default:
		c.ChangeTitle = ""
	}
	return c
}

// SinceState is what a lapse of then is now; what is not owed any more has no state.
func (a *Ask) SinceState(row model.SinceRow) page.Cell {
	if row.State == "" {
		return a.None("since.not_owed").Classed("fit")
	}
	return a.State(row.State, row.DelayDays)
}
