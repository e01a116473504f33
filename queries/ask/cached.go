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

// Cached answers the questions of pages, from memory while the data have not changed: readers of one page ask the same. The answers are
// shared: do not change them. Its methods may be called from many goroutines.
type Cached struct {
	store   *Asker
	answers *lru.Cache[answerKey, *answer]
	results *lru.Cache[answerKey, *answer] // of which each may have thousands of rows
}

// cachedResults is how many Results are stored: windows, programmes and focuses that are read at a time.
const cachedResults = 24

type answerKey struct {
	name, version string
	society       time.Time // the day on which it was answered as society may see it, where that differs
	question      model.Question
}

// answer is computed by whoever holds busy; value is nil until one of them succeeded.
type answer struct {
	busy  chan struct{} // of capacity 1
	value any
}

// NewCached puts a memory of at most so many answers before a store.
func NewCached(store *Asker, answers int) (*Cached, error) {
	cache, err := lru.New[answerKey, *answer](answers)
	if err != nil {
		return nil, fmt.Errorf("remember answers: %w", err)
	}
	results, err := lru.New[answerKey, *answer](cachedResults)
	if err != nil {
		return nil, fmt.Errorf("remember answers: %w", err)
	}
	return &Cached{store, cache, results}, nil
}

// ForSociety answers as Asker.ForSociety does, from the same memory.
func (r *Cached) ForSociety() *Cached { return r.ForSocietyAt(time.Now) }

// ForSocietyAt is ForSociety with a clock of its own.
func (r *Cached) ForSocietyAt(now func() time.Time) *Cached {
	return &Cached{r.store.ForSocietyAt(now), r.answers, r.results}
}

// Ranking is Asker.Ranking.
func (r *Cached) Ranking(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	return cached(ctx, r, "ranking", question, r.store.Ranking)
}

// RankingPart is Asker.RankingPart.
func (r *Cached) RankingPart(ctx context.Context, question model.Question, part model.RankingPart) ([]model.PlacedUnit, error) {
	return cachedOf(ctx, r, "ranking", question, part, r.store.RankingPart)
}

// RankingTotals is Asker.RankingTotals.
func (r *Cached) RankingTotals(ctx context.Context, question model.Question) (model.RankingTotals, error) {
	return cached(ctx, r, "ranking totals", question, r.store.RankingTotals)
}

// Obligations is Asker.Obligations.
func (r *Cached) Obligations(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return cached(ctx, r, "obligations", question, r.store.Obligations)
}

// Lapsed is Asker.Lapsed.
func (r *Cached) Lapsed(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return cached(ctx, r, "lapsed", ofLapses(question), r.store.Lapsed)
}

// Items is Asker.Items.
func (r *Cached) Items(ctx context.Context, question model.Question) ([]model.ItemRow, error) {
	return cached(ctx, r, "items", question, r.store.Items)
}

const resultsName = "results"

// Results is Asker.Results: of a group what is known of all groups.
func (r *Cached) Results(ctx context.Context, question model.Question) (model.Results, error) {
	group := question.Group
	question.Group = "all"
	all, err := cached(ctx, r, resultsName, question, r.store.Results)
	if err != nil || group == "all" {
		return all, err
	}
	return all.OfGroup(group), nil
}

// Summary is Asker.Summary.
func (r *Cached) Summary(ctx context.Context, question model.Question) ([]model.SummaryRow, error) {
	return cached(ctx, r, "summary", question, r.store.Summary)
}

// Sites is Asker.Sites.
func (r *Cached) Sites(ctx context.Context, question model.Question) ([]model.SiteRow, error) {
	return cached(ctx, r, "sites", ofAnyWindow(question), r.store.Sites)
}

// Inspections is Asker.Inspections.
func (r *Cached) Inspections(ctx context.Context, question model.Question) ([]model.InspectionRow, error) {
	return cached(ctx, r, "inspections", ofAnyWindow(question), r.store.Inspections)
}

// Observations is Asker.Observations.
func (r *Cached) Observations(ctx context.Context, question model.Question) ([]model.ObservationRow, error) {
	return cached(ctx, r, "observations", ofAnyWindow(question), r.store.Observations)
}

// RulesInForce is Asker.RulesInForce.
func (r *Cached) RulesInForce(ctx context.Context, question model.Question) (model.Rules, error) {
	return cached(ctx, r, "rules", question, r.store.RulesInForce)
}

// Beginning is Asker.Beginning.
func (r *Cached) Beginning(ctx context.Context, question model.Question) (time.Time, error) {
	return cached(ctx, r, "beginning", model.Question{KnownAt: question.KnownAt}, r.store.Beginning)
}

// Catalogue is Asker.Catalogue.
func (r *Cached) Catalogue(ctx context.Context, question model.Question) ([]model.CatalogueRow, error) {
	return cached(ctx, r, "catalogue", question, r.store.Catalogue)
}

// Calendar is Asker.Calendar.
func (r *Cached) Calendar(ctx context.Context, question model.Question) ([]model.CalendarRow, error) {
	return cached(ctx, r, "calendar", question, r.store.Calendar)
}

// Exemptions is Asker.Exemptions.
func (r *Cached) Exemptions(ctx context.Context, question model.Question) ([]model.ExemptionRow, error) {
	return cached(ctx, r, "exemptions", question, r.store.Exemptions)
}

// Notices is Asker.Notices.
func (r *Cached) Notices(ctx context.Context, question model.Question) ([]model.NoticeRow, error) {
	return cached(ctx, r, "notices", question, r.store.Notices)
}

// Sources is Asker.Sources.
func (r *Cached) Sources(ctx context.Context, question model.Question) ([]model.SourceRow, error) {
	return cached(ctx, r, "sources", ofAnyWindow(question), r.store.Sources)
}

// Collections is Asker.Collections, which changes while a collection runs: it is not remembered.
func (r *Cached) Collections(ctx context.Context, question model.Question, source string, limit int) ([]model.CollectionRow, error) {
	return admitted(ctx, func() ([]model.CollectionRow, error) { return r.store.Collections(ctx, question, source, limit) })
}

// Coverage is Asker.Coverage.
func (r *Cached) Coverage(ctx context.Context, question model.Question) ([]model.CoverageRow, error) {
	return cached(ctx, r, "coverage", question, r.store.Coverage)
}

// Months is Asker.Months.
func (r *Cached) Months(ctx context.Context, question model.Question) ([]model.MonthRow, error) {
	return cached(ctx, r, "months", question, r.store.Months)
}

// Cells is Asker.Cells.
func (r *Cached) Cells(ctx context.Context, question model.Question, by string, limit int) ([]model.CellRow, error) {
	return cached(ctx, r, fmt.Sprintf("cells %s %d", by, limit), question, func(ctx context.Context, question model.Question) ([]model.CellRow, error) {
		return r.store.Cells(ctx, question, by, limit)
	})
}

// Unverified is Asker.Unverified.
func (r *Cached) Unverified(ctx context.Context, question model.Question, limit int) ([]model.UnverifiedRow, error) {
	return cachedOf(ctx, r, "unverified", question, limit, r.store.Unverified)
}

// Due is Asker.Due.
func (r *Cached) Due(ctx context.Context, question model.Question, days int) ([]model.DueRow, error) {
	load, err := facts.LoadInForce(ctx, r.store.Store, question)
	if err != nil {
		return nil, err
	}
	if _, many, err := r.store.Many(ctx, load); err != nil {
		return nil, err
	} else if !many { // of many the sums of the window are stored
		question = ofAnyWindow(question)
	}
	return cachedOf(ctx, r, "due", question, days, r.store.Due)
}

// Flow is Asker.Flow.
func (r *Cached) Flow(ctx context.Context, question model.Question) ([]model.FlowRow, error) {
	return cached(ctx, r, "flow", question, r.store.Flow)
}

// StepTimes is Asker.StepTimes.
func (r *Cached) StepTimes(ctx context.Context, question model.Question) ([]model.StepTimeRow, error) {
	return cached(ctx, r, "step times", question, r.store.StepTimes)
}

// Evidence is Asker.Evidence.
func (r *Cached) Evidence(ctx context.Context, question model.Question) ([]model.EvidenceRow, error) {
	return cached(ctx, r, "evidence", question, r.store.Evidence)
}

// Channels is Asker.Channels.
func (r *Cached) Channels(ctx context.Context, question model.Question) ([]model.ChannelRow, error) {
	return cached(ctx, r, "channels", question, r.store.Channels)
}

// Broken is Asker.Broken.
func (r *Cached) Broken(ctx context.Context, question model.Question, limit int) ([]model.BrokenRow, error) {
	return cachedOf(ctx, r, "broken", question, limit, r.store.Broken)
}

// Backdated is Asker.Backdated.
func (r *Cached) Backdated(ctx context.Context, question model.Question, limit int) ([]model.BackdatedRow, error) {
	return cachedOf(ctx, r, "backdated", question, limit, r.store.Backdated)
}

// Overexposed is Asker.Overexposed.
func (r *Cached) Overexposed(ctx context.Context, question model.Question, limit int) ([]model.OverexposedRow, error) {
	return cachedOf(ctx, r, "overexposed", question, limit, r.store.Overexposed)
}

// Misplaced is Asker.Misplaced.
func (r *Cached) Misplaced(ctx context.Context, question model.Question, limit int) ([]model.MisplacedRow, error) {
	return cachedOf(ctx, r, "misplaced", question, limit, r.store.Misplaced)
}

// FollowedNotices is Asker.FollowedNotices.
func (r *Cached) FollowedNotices(ctx context.Context, question model.Question) ([]model.FollowedNotice, error) {
	return cached(ctx, r, "followed notices", question, r.store.FollowedNotices)
}

// Institutions is Asker.Institutions.
func (r *Cached) Institutions(ctx context.Context, question model.Question) ([]model.InstitutionsRow, error) {
	return cached(ctx, r, "institutions", ofAnyWindow(question), r.store.Institutions)
}

// Lacking is Asker.Lacking.
func (r *Cached) Lacking(ctx context.Context, question model.Question, limit int) ([]model.LackingRow, error) {
	return cachedOf(ctx, r, "lacking", ofAnyWindow(question), limit, r.store.Lacking)
}

// NewLapses is Asker.NewLapses.
func (r *Cached) NewLapses(ctx context.Context, question model.Question, days, limit int) ([]model.NewLapse, error) {
	return cached(ctx, r, fmt.Sprint("new lapses ", days, limit), ofLapses(question), func(ctx context.Context, question model.Question) ([]model.NewLapse, error) {
		return r.store.NewLapses(ctx, question, days, limit)
	})
}

// LapseTotals is Asker.LapseTotals.
func (r *Cached) LapseTotals(ctx context.Context, question model.Question) ([]model.LapseTotals, error) {
	return cached(ctx, r, "lapse totals", question, r.store.LapseTotals)
}

// LapsedPart is Asker.LapsedPart.
func (r *Cached) LapsedPart(ctx context.Context, question model.Question, limit, offset int) ([]model.ObligationRow, error) {
	return cached(ctx, r, fmt.Sprintf("lapsed %d %d", limit, offset), question, func(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
		return r.store.LapsedPart(ctx, question, limit, offset)
	})
}

// LapsedGroups is Asker.LapsedGroups.
func (r *Cached) LapsedGroups(ctx context.Context, question model.Question, by string, named, limit, offset int) ([]model.LapsedGroup, error) {
	return cached(ctx, r, fmt.Sprintf("lapsed by %s %d %d %d", by, named, limit, offset), question,
		func(ctx context.Context, question model.Question) ([]model.LapsedGroup, error) {
			return r.store.LapsedGroups(ctx, question, by, named, limit, offset)
		})
}

// Areas is Asker.Areas.
func (r *Cached) Areas(ctx context.Context, question model.Question) ([]model.AreaRow, error) {
	return cached(ctx, r, "areas", question, r.store.Areas)
}

// CountUnits is Asker.CountUnits.
func (r *Cached) CountUnits(ctx context.Context, question model.Question) (uint64, error) {
	return cached(ctx, r, "count of units", question, r.store.CountUnits)
}

// UnitName is Asker.UnitName, which costs no more than to remember it.
func (r *Cached) UnitName(ctx context.Context, question model.Question, id string) (string, error) {
	return r.store.UnitName(ctx, question, id)
}

// ParentNames is Asker.ParentNames, which costs no more than to remember it.
func (r *Cached) ParentNames(ctx context.Context, question model.Question, ids []string) (map[string]string, error) {
	return r.store.ParentNames(ctx, question, ids)
}

// Rejects is Asker.Rejects; a page of them is not worth being remembered, and neither is a single record's proof.
func (r *Cached) Rejects(ctx context.Context, question model.Question, asked model.RejectsAsked) ([]model.RejectRow, error) {
	return admitted(ctx, func() ([]model.RejectRow, error) { return r.store.Rejects(ctx, question, asked) })
}

// Remarks is Asker.Remarks, which costs no more than to remember it.
func (r *Cached) Remarks(ctx context.Context, question model.Question, source string, limit int) ([]model.RemarkRow, error) {
	return admitted(ctx, func() ([]model.RemarkRow, error) { return r.store.Remarks(ctx, question, source, limit) })
}

// Proof is Asker.Proof.
func (r *Cached) Proof(ctx context.Context, question model.Question, source, recordID string) (model.Proof, error) {
	return admitted(ctx, func() (model.Proof, error) { return r.store.Proof(ctx, question, source, recordID) })
}

// ContentOf is Asker.ContentOf.
func (r *Cached) ContentOf(ctx context.Context, source, recordID string, version uint64) (model.Content, bool, error) {
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

// cached is the answer to a question, from memory while the data have not changed; the first to ask computes it, the others wait for that.
func cached[Answer any](
	ctx context.Context, r *Cached, name string, question model.Question, ask func(context.Context, model.Question) (Answer, error),
) (none Answer, err error) {
	version, err := facts.InSession(ctx, "version of answers", func() (string, error) { return r.store.DataVersion(ctx) })
	if err != nil {
		return none, err
	}
	key := answerKey{name: name, version: version, question: question}
	row := reflect.TypeFor[Answer]()
	if row.Kind() == reflect.Slice {
		row = row.Elem()
	}
	if r.store.society != nil && !wholeForEveryone(row) {
		if _, key.society, err = r.store.societyToday(ctx); err != nil {
			return none, err
		}
	}
	answers := r.answers
	if name == resultsName {
		answers = r.results
	}
	shared := &answer{busy: make(chan struct{}, 1)}
	if known, found, _ := answers.PeekOrAdd(key, shared); found {
		shared = known
		answers.Get(key) // used again
	}
	select {
	case shared.busy <- struct{}{}:
		defer func() { <-shared.busy }()
	case <-ctx.Done():
		return none, fmt.Errorf("wait for %s: %w", name, ctx.Err())
	}
	if known, done := shared.value.(Answer); done {
		return known, nil
	}
	value, err := admitted(ctx, func() (Answer, error) { return ask(ctx, question) })
	if err == nil {
		shared.value = value
	}
	return value, err
}

// cachedOf is cached of a question with one more argument.
func cachedOf[Answer, Argument any](
	ctx context.Context, r *Cached, name string, question model.Question, argument Argument,
	ask func(context.Context, model.Question, Argument) (Answer, error),
) (Answer, error) {
	return cached(ctx, r, fmt.Sprintf("%s %+v", name, argument), question, func(ctx context.Context, question model.Question) (Answer, error) {
		return ask(ctx, question, argument)
	})
}
