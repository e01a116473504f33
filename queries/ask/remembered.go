package ask

import (
	"context"
	"fmt"
	"reflect"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Remembered answers the questions of pages, from memory while the data have not changed: readers of one page ask the same. The answers are
// shared: do not change them. Its methods may be called from many goroutines.
type Remembered struct {
	store   *Asker
	answers *lru.Cache[answerKey, *answer]
}

type answerKey struct {
	name, version string
	society       time.Time // the day on which it was answered as society may see it, where that differs
	question      model.Question
}

// answer is computed by whoever holds busy; rows is nil until one of them succeeded.
type answer struct {
	busy chan struct{} // of capacity 1
	rows any
}

// Remember puts a memory of at most so many answers before a store.
func Remember(store *Asker, answers int) (*Remembered, error) {
	cache, err := lru.New[answerKey, *answer](answers)
	if err != nil {
		return nil, fmt.Errorf("remember answers: %w", err)
	}
	return &Remembered{store, cache}, nil
}

// ForSociety answers as Store.ForSociety does, from the same memory.
func (r *Remembered) ForSociety() *Remembered { return r.ForSocietyAt(time.Now) }

// ForSocietyAt is ForSociety with a clock of its own.
func (r *Remembered) ForSocietyAt(now func() time.Time) *Remembered {
	return &Remembered{r.store.ForSocietyAt(now), r.answers}
}

// Ranking is Store.Ranking.
func (r *Remembered) Ranking(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	return remembered(ctx, r, "ranking", question, r.store.Ranking)
}

// RankingPart is Store.RankingPart.
func (r *Remembered) RankingPart(ctx context.Context, question model.Question, part model.RankingPart) ([]model.PlacedUnit, error) {
	return remembered(ctx, r, fmt.Sprintf("ranking %+v", part), question, func(ctx context.Context, question model.Question) ([]model.PlacedUnit, error) {
		return r.store.RankingPart(ctx, question, part)
	})
}

// RankingTotals is Store.RankingTotals.
func (r *Remembered) RankingTotals(ctx context.Context, question model.Question) (model.RankingTotals, error) {
	rows, err := remembered(ctx, r, "ranking totals", question, func(ctx context.Context, question model.Question) ([]model.RankingTotals, error) {
		totals, err := r.store.RankingTotals(ctx, question)
		return []model.RankingTotals{totals}, err
	})
	if err != nil {
		return model.RankingTotals{}, err
	}
	return rows[0], nil
}

// Obligations is Store.Obligations.
func (r *Remembered) Obligations(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return remembered(ctx, r, "obligations", question, r.store.Obligations)
}

// Lapsed is Store.Lapsed.
func (r *Remembered) Lapsed(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return remembered(ctx, r, "lapsed", ofLapses(question), r.store.Lapsed)
}

// Items is Store.Items.
func (r *Remembered) Items(ctx context.Context, question model.Question) ([]model.ItemRow, error) {
	return remembered(ctx, r, "items", question, r.store.Items)
}

// Results is Store.Results: of a group what is known of all groups.
func (r *Remembered) Results(ctx context.Context, question model.Question) (model.Results, error) {
	group := question.Group
	question.Group = "all"
	all, err := remembered(ctx, r, "results", question, func(ctx context.Context, question model.Question) ([]model.Results, error) {
		results, err := r.store.Results(ctx, question)
		return []model.Results{results}, err
	})
	if err != nil || group == "all" {
		return append(all, model.Results{})[0], err
	}
	return all[0].OfGroup(group), nil
}

// Summary is Store.Summary.
func (r *Remembered) Summary(ctx context.Context, question model.Question) ([]model.SummaryRow, error) {
	return remembered(ctx, r, "summary", question, r.store.Summary)
}

// Sites is Store.Sites.
func (r *Remembered) Sites(ctx context.Context, question model.Question) ([]model.SiteRow, error) {
	return remembered(ctx, r, "sites", ofAnyWindow(question), r.store.Sites)
}

// Inspections is Store.Inspections.
func (r *Remembered) Inspections(ctx context.Context, question model.Question) ([]model.InspectionRow, error) {
	return remembered(ctx, r, "inspections", ofAnyWindow(question), r.store.Inspections)
}

// Observations is Store.Observations.
func (r *Remembered) Observations(ctx context.Context, question model.Question) ([]model.ObservationRow, error) {
	return remembered(ctx, r, "observations", ofAnyWindow(question), r.store.Observations)
}

// RulesInForce is Store.RulesInForce.
func (r *Remembered) RulesInForce(ctx context.Context, question model.Question) (model.Rules, error) {
	rules, err := remembered(ctx, r, "rules", question, func(ctx context.Context, question model.Question) ([]model.Rules, error) {
		rules, err := r.store.RulesInForce(ctx, question)
		return []model.Rules{rules}, err
	})
	if err != nil {
		return model.Rules{}, err
	}
	return rules[0], nil
}

// Beginning is Store.Beginning.
func (r *Remembered) Beginning(ctx context.Context, question model.Question) (time.Time, error) {
	days, err := remembered(ctx, r, "beginning", model.Question{KnownAt: question.KnownAt}, func(ctx context.Context, question model.Question) ([]time.Time, error) {
		day, err := r.store.Beginning(ctx, question)
		return []time.Time{day}, err
	})
	if err != nil {
		return time.Time{}, err
	}
	return days[0], nil
}

// Catalogue is Store.Catalogue.
func (r *Remembered) Catalogue(ctx context.Context, question model.Question) ([]model.CatalogueRow, error) {
	return remembered(ctx, r, "catalogue", question, r.store.Catalogue)
}

// Calendar is Store.Calendar.
func (r *Remembered) Calendar(ctx context.Context, question model.Question) ([]model.CalendarRow, error) {
	return remembered(ctx, r, "calendar", question, r.store.Calendar)
}

// Exemptions is Store.Exemptions.
func (r *Remembered) Exemptions(ctx context.Context, question model.Question) ([]model.ExemptionRow, error) {
	return remembered(ctx, r, "exemptions", question, r.store.Exemptions)
}

// Notices is Store.Notices.
func (r *Remembered) Notices(ctx context.Context, question model.Question) ([]model.NoticeRow, error) {
	return remembered(ctx, r, "notices", question, r.store.Notices)
}

// Sources is Store.Sources.
func (r *Remembered) Sources(ctx context.Context, question model.Question) ([]model.SourceRow, error) {
	return remembered(ctx, r, "sources", ofAnyWindow(question), r.store.Sources)
}

// Collections is Store.Collections, which changes while a collection runs: it is not remembered.
func (r *Remembered) Collections(ctx context.Context, question model.Question, source string, limit int) ([]model.CollectionRow, error) {
	return admitted(ctx, func() ([]model.CollectionRow, error) { return r.store.Collections(ctx, question, source, limit) })
}

// Coverage is Store.Coverage.
func (r *Remembered) Coverage(ctx context.Context, question model.Question) ([]model.CoverageRow, error) {
	return remembered(ctx, r, "coverage", question, r.store.Coverage)
}

// Months is Store.Months.
func (r *Remembered) Months(ctx context.Context, question model.Question) ([]model.MonthRow, error) {
	return remembered(ctx, r, "months", question, r.store.Months)
}

// Cells is Store.Cells.
func (r *Remembered) Cells(ctx context.Context, question model.Question, by string, limit int) ([]model.CellRow, error) {
	return remembered(ctx, r, fmt.Sprintf("cells %s %d", by, limit), question, func(ctx context.Context, question model.Question) ([]model.CellRow, error) {
		return r.store.Cells(ctx, question, by, limit)
	})
}

// Unverified is Store.Unverified.
func (r *Remembered) Unverified(ctx context.Context, question model.Question, limit int) ([]model.UnverifiedRow, error) {
	return remembered(ctx, r, fmt.Sprintf("unverified %d", limit), question, func(ctx context.Context, question model.Question) ([]model.UnverifiedRow, error) {
		return r.store.Unverified(ctx, question, limit)
	})
}

// Due is Store.Due.
func (r *Remembered) Due(ctx context.Context, question model.Question, days int) ([]model.DueRow, error) {
	load, err := facts.LoadInForce(ctx, r.store.Store, question)
	if err != nil {
		return nil, err
	}
	if _, many, err := r.store.Many(ctx, load); err != nil {
		return nil, err
	} else if !many { // of many the sums of the window are stored
		question = ofAnyWindow(question)
	}
	return remembered(ctx, r, fmt.Sprintf("due %d", days), question, func(ctx context.Context, question model.Question) ([]model.DueRow, error) {
		return r.store.Due(ctx, question, days)
	})
}

// Flow is Store.Flow.
func (r *Remembered) Flow(ctx context.Context, question model.Question) ([]model.FlowRow, error) {
	return remembered(ctx, r, "flow", question, r.store.Flow)
}

// StepTimes is Store.StepTimes.
func (r *Remembered) StepTimes(ctx context.Context, question model.Question) ([]model.StepTimeRow, error) {
	return remembered(ctx, r, "step times", question, r.store.StepTimes)
}

// Evidence is Store.Evidence.
func (r *Remembered) Evidence(ctx context.Context, question model.Question) ([]model.EvidenceRow, error) {
	return remembered(ctx, r, "evidence", question, r.store.Evidence)
}

// Channels is Store.Channels.
func (r *Remembered) Channels(ctx context.Context, question model.Question) ([]model.ChannelRow, error) {
	return remembered(ctx, r, "channels", question, r.store.Channels)
}

// Broken is Store.Broken.
func (r *Remembered) Broken(ctx context.Context, question model.Question, limit int) ([]model.BrokenRow, error) {
	return remembered(ctx, r, fmt.Sprintf("broken %d", limit), question, func(ctx context.Context, question model.Question) ([]model.BrokenRow, error) {
		return r.store.Broken(ctx, question, limit)
	})
}

// Backdated is Store.Backdated.
func (r *Remembered) Backdated(ctx context.Context, question model.Question, limit int) ([]model.BackdatedRow, error) {
	return remembered(ctx, r, fmt.Sprintf("backdated %d", limit), question, func(ctx context.Context, question model.Question) ([]model.BackdatedRow, error) {
		return r.store.Backdated(ctx, question, limit)
	})
}

// Overexposed is Store.Overexposed.
func (r *Remembered) Overexposed(ctx context.Context, question model.Question, limit int) ([]model.OverexposedRow, error) {
	return remembered(ctx, r, fmt.Sprintf("overexposed %d", limit), question, func(ctx context.Context, question model.Question) ([]model.OverexposedRow, error) {
		return r.store.Overexposed(ctx, question, limit)
	})
}

// Misplaced is Store.Misplaced.
func (r *Remembered) Misplaced(ctx context.Context, question model.Question, limit int) ([]model.MisplacedRow, error) {
	return remembered(ctx, r, fmt.Sprintf("misplaced %d", limit), question, func(ctx context.Context, question model.Question) ([]model.MisplacedRow, error) {
		return r.store.Misplaced(ctx, question, limit)
	})
}

// FollowedNotices is Store.FollowedNotices.
func (r *Remembered) FollowedNotices(ctx context.Context, question model.Question) ([]model.FollowedNotice, error) {
	return remembered(ctx, r, "followed notices", question, r.store.FollowedNotices)
}

// Institutions is Store.Institutions.
func (r *Remembered) Institutions(ctx context.Context, question model.Question) ([]model.InstitutionsRow, error) {
	return remembered(ctx, r, "institutions", ofAnyWindow(question), r.store.Institutions)
}

// Lacking is Store.Lacking.
func (r *Remembered) Lacking(ctx context.Context, question model.Question, limit int) ([]model.LackingRow, error) {
	return remembered(ctx, r, fmt.Sprintf("lacking %d", limit), ofAnyWindow(question), func(ctx context.Context, question model.Question) ([]model.LackingRow, error) {
		return r.store.Lacking(ctx, question, limit)
	})
}

// LapseTotals is Store.LapseTotals.
func (r *Remembered) LapseTotals(ctx context.Context, question model.Question) ([]model.LapseTotals, error) {
	return remembered(ctx, r, "lapse totals", question, r.store.LapseTotals)
}

// LapsedPart is Store.LapsedPart.
func (r *Remembered) LapsedPart(ctx context.Context, question model.Question, limit, offset int) ([]model.ObligationRow, error) {
	return remembered(ctx, r, fmt.Sprintf("lapsed %d %d", limit, offset), question, func(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
		return r.store.LapsedPart(ctx, question, limit, offset)
	})
}

// LapsedGroups is Store.LapsedGroups.
func (r *Remembered) LapsedGroups(ctx context.Context, question model.Question, by string, named, limit, offset int) ([]model.LapsedGroup, error) {
	return remembered(ctx, r, fmt.Sprintf("lapsed by %s %d %d %d", by, named, limit, offset), question,
		func(ctx context.Context, question model.Question) ([]model.LapsedGroup, error) {
			return r.store.LapsedGroups(ctx, question, by, named, limit, offset)
		})
}

// Areas is Store.Areas.
func (r *Remembered) Areas(ctx context.Context, question model.Question) ([]model.AreaRow, error) {
	return remembered(ctx, r, "areas", question, r.store.Areas)
}

// CountUnits is Store.CountUnits.
func (r *Remembered) CountUnits(ctx context.Context, question model.Question) (uint64, error) {
	counted, err := remembered(ctx, r, "count of units", question, func(ctx context.Context, question model.Question) ([]uint64, error) {
		units, err := r.store.CountUnits(ctx, question)
		return []uint64{units}, err
	})
	if err != nil {
		return 0, err
	}
	return counted[0], nil
}

// UnitName is Store.UnitName, which costs no more than to remember it.
func (r *Remembered) UnitName(ctx context.Context, question model.Question, id string) (string, error) {
	return r.store.UnitName(ctx, question, id)
}

// ParentNames is Store.ParentNames, which costs no more than to remember it.
func (r *Remembered) ParentNames(ctx context.Context, question model.Question, ids []string) (map[string]string, error) {
	return r.store.ParentNames(ctx, question, ids)
}

// Rejects is Store.Rejects; a page of them is not worth being remembered, and neither is a single record's proof.
func (r *Remembered) Rejects(ctx context.Context, question model.Question, asked model.RejectsAsked) ([]model.RejectRow, error) {
	return admitted(ctx, func() ([]model.RejectRow, error) { return r.store.Rejects(ctx, question, asked) })
}

// Remarks is Store.Remarks, which costs no more than to remember it.
func (r *Remembered) Remarks(ctx context.Context, question model.Question, source string, limit int) ([]model.RemarkRow, error) {
	return admitted(ctx, func() ([]model.RemarkRow, error) { return r.store.Remarks(ctx, question, source, limit) })
}

// Proof is Store.Proof.
func (r *Remembered) Proof(ctx context.Context, question model.Question, source, recordID string) (model.Proof, error) {
	return admitted(ctx, func() (model.Proof, error) { return r.store.Proof(ctx, question, source, recordID) })
}

// ContentOf is Store.ContentOf.
func (r *Remembered) ContentOf(ctx context.Context, source, recordID string, version uint64) (model.Content, bool, error) {
	return r.store.ContentOf(ctx, source, recordID, version)
}

// ofAnyWindow is a question of whose window its answer does not depend.
func ofAnyWindow(question model.Question) model.Question {
	question.From, question.To = question.AsOf, question.AsOf
	return question
}

// ofLapses is a question for lapses: those due before the window count too, and after the as-of day there are none.
func ofLapses(question model.Question) model.Question {
	question.From = time.Date(question.AsOf.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC)
	if question.To.After(question.AsOf) {
		question.To = question.AsOf
	}
	return question
}

func remembered[Row any](
	ctx context.Context, r *Remembered, name string, question model.Question, ask func(context.Context, model.Question) ([]Row, error),
) ([]Row, error) {
	version, err := facts.InSession(ctx, "version of answers", func() (string, error) { return r.store.DataVersion(ctx) })
	if err != nil {
		return nil, err
	}
	key := answerKey{name: name, version: version, question: question}
	if r.store.society != nil && !wholeForEveryone(reflect.TypeFor[Row]()) {
		if _, key.society, err = r.store.societyToday(ctx); err != nil {
			return nil, err
		}
	}
	shared := &answer{busy: make(chan struct{}, 1)}
	if known, found, _ := r.answers.PeekOrAdd(key, shared); found {
		shared = known
		r.answers.Get(key) // used again
	}
	select {
	case shared.busy <- struct{}{}:
		defer func() { <-shared.busy }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for %s: %w", name, ctx.Err())
	}
	if rows, done := shared.rows.([]Row); done {
		return rows, nil
	}
	rows, err := admitted(ctx, func() ([]Row, error) { return ask(ctx, question) })
	if err == nil {
		shared.rows = rows
	}
	return rows, err
}
