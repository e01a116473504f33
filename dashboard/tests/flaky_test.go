package tests

import (
	"context"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// flaky is the real store of which some questions have no answer: down gives the error of the question named so, or waits as long as it likes.
type flaky struct {
	page.Questions
	down func(ctx context.Context, question string) error
}

func tried[Answer any](ctx context.Context, f flaky, name string, ask func() (Answer, error)) (Answer, error) {
	if err := f.down(ctx, name); err != nil {
		var none Answer
		return none, err
	}
	return ask()
}

func (f flaky) Ranking(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	return tried(ctx, f, "Ranking", func() ([]model.RankingRow, error) { return f.Questions.Ranking(ctx, question) })
}

func (f flaky) RankingPart(ctx context.Context, question model.Question, part model.RankingPart) ([]model.PlacedUnit, error) {
	return tried(ctx, f, "RankingPart", func() ([]model.PlacedUnit, error) { return f.Questions.RankingPart(ctx, question, part) })
}

func (f flaky) RankingTotals(ctx context.Context, question model.Question) (model.RankingTotals, error) {
	return tried(ctx, f, "RankingTotals", func() (model.RankingTotals, error) { return f.Questions.RankingTotals(ctx, question) })
}

func (f flaky) Areas(ctx context.Context, question model.Question) ([]model.AreaRow, error) {
	return tried(ctx, f, "Areas", func() ([]model.AreaRow, error) { return f.Questions.Areas(ctx, question) })
}

func (f flaky) CountUnits(ctx context.Context, question model.Question) (uint64, error) {
	return tried(ctx, f, "CountUnits", func() (uint64, error) { return f.Questions.CountUnits(ctx, question) })
}

func (f flaky) UnitName(ctx context.Context, question model.Question, c string) (string, error) {
	return tried(ctx, f, "UnitName", func() (string, error) { return f.Questions.UnitName(ctx, question, c) })
}

func (f flaky) ParentNames(ctx context.Context, question model.Question, c []string) (map[string]string, error) {
	return tried(ctx, f, "ParentNames", func() (map[string]string, error) { return f.Questions.ParentNames(ctx, question, c) })
}

func (f flaky) Obligations(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return tried(ctx, f, "Obligations", func() ([]model.ObligationRow, error) { return f.Questions.Obligations(ctx, question) })
}

func (f flaky) Lapsed(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
	return tried(ctx, f, "Lapsed", func() ([]model.ObligationRow, error) { return f.Questions.Lapsed(ctx, question) })
}

func (f flaky) LapseTotals(ctx context.Context, question model.Question) ([]model.LapseTotals, error) {
	return tried(ctx, f, "LapseTotals", func() ([]model.LapseTotals, error) { return f.Questions.LapseTotals(ctx, question) })
}

func (f flaky) LapsedPart(ctx context.Context, question model.Question, c int, d int) ([]model.ObligationRow, error) {
	return tried(ctx, f, "LapsedPart", func() ([]model.ObligationRow, error) { return f.Questions.LapsedPart(ctx, question, c, d) })
}

func (f flaky) LapsedGroups(ctx context.Context, question model.Question, by string, named, limit, offset int) ([]model.LapsedGroup, error) {
	return tried(ctx, f, "LapsedGroups", func() ([]model.LapsedGroup, error) {
		return f.Questions.LapsedGroups(ctx, question, by, named, limit, offset)
	})
}

func (f flaky) Items(ctx context.Context, question model.Question) ([]model.ItemRow, error) {
	return tried(ctx, f, "Items", func() ([]model.ItemRow, error) { return f.Questions.Items(ctx, question) })
}

func (f flaky) Summary(ctx context.Context, question model.Question) ([]model.SummaryRow, error) {
	return tried(ctx, f, "Summary", func() ([]model.SummaryRow, error) { return f.Questions.Summary(ctx, question) })
}

func (f flaky) Months(ctx context.Context, question model.Question) ([]model.MonthRow, error) {
	return tried(ctx, f, "Months", func() ([]model.MonthRow, error) { return f.Questions.Months(ctx, question) })
}

func (f flaky) Cells(ctx context.Context, question model.Question, c string, d int) ([]model.CellRow, error) {
	return tried(ctx, f, "Cells", func() ([]model.CellRow, error) { return f.Questions.Cells(ctx, question, c, d) })
}

func (f flaky) Unverified(ctx context.Context, question model.Question, c int) ([]model.UnverifiedRow, error) {
	return tried(ctx, f, "Unverified", func() ([]model.UnverifiedRow, error) { return f.Questions.Unverified(ctx, question, c) })
}

func (f flaky) Due(ctx context.Context, question model.Question, c int) ([]model.DueRow, error) {
	return tried(ctx, f, "Due", func() ([]model.DueRow, error) { return f.Questions.Due(ctx, question, c) })
}

func (f flaky) Flow(ctx context.Context, question model.Question) ([]model.FlowRow, error) {
	return tried(ctx, f, "Flow", func() ([]model.FlowRow, error) { return f.Questions.Flow(ctx, question) })
}

func (f flaky) StepTimes(ctx context.Context, question model.Question) ([]model.StepTimeRow, error) {
	return tried(ctx, f, "StepTimes", func() ([]model.StepTimeRow, error) { return f.Questions.StepTimes(ctx, question) })
}

func (f flaky) Broken(ctx context.Context, question model.Question, c int) ([]model.BrokenRow, error) {
	return tried(ctx, f, "Broken", func() ([]model.BrokenRow, error) { return f.Questions.Broken(ctx, question, c) })
}

func (f flaky) Evidence(ctx context.Context, question model.Question) ([]model.EvidenceRow, error) {
	return tried(ctx, f, "Evidence", func() ([]model.EvidenceRow, error) { return f.Questions.Evidence(ctx, question) })
}

func (f flaky) Backdated(ctx context.Context, question model.Question, c int) ([]model.BackdatedRow, error) {
	return tried(ctx, f, "Backdated", func() ([]model.BackdatedRow, error) { return f.Questions.Backdated(ctx, question, c) })
}

func (f flaky) Channels(ctx context.Context, question model.Question) ([]model.ChannelRow, error) {
	return tried(ctx, f, "Channels", func() ([]model.ChannelRow, error) { return f.Questions.Channels(ctx, question) })
}

func (f flaky) Overexposed(ctx context.Context, question model.Question, c int) ([]model.OverexposedRow, error) {
	return tried(ctx, f, "Overexposed", func() ([]model.OverexposedRow, error) { return f.Questions.Overexposed(ctx, question, c) })
}

func (f flaky) Misplaced(ctx context.Context, question model.Question, c int) ([]model.MisplacedRow, error) {
	return tried(ctx, f, "Misplaced", func() ([]model.MisplacedRow, error) { return f.Questions.Misplaced(ctx, question, c) })
}

func (f flaky) RulesInForce(ctx context.Context, question model.Question) (model.Rules, error) {
	return tried(ctx, f, "RulesInForce", func() (model.Rules, error) { return f.Questions.RulesInForce(ctx, question) })
}

func (f flaky) Catalogue(ctx context.Context, question model.Question) ([]model.CatalogueRow, error) {
	return tried(ctx, f, "Catalogue", func() ([]model.CatalogueRow, error) { return f.Questions.Catalogue(ctx, question) })
}

func (f flaky) Calendar(ctx context.Context, question model.Question) ([]model.CalendarRow, error) {
	return tried(ctx, f, "Calendar", func() ([]model.CalendarRow, error) { return f.Questions.Calendar(ctx, question) })
}

func (f flaky) Exemptions(ctx context.Context, question model.Question) ([]model.ExemptionRow, error) {
	return tried(ctx, f, "Exemptions", func() ([]model.ExemptionRow, error) { return f.Questions.Exemptions(ctx, question) })
}

func (f flaky) Sites(ctx context.Context, question model.Question) ([]model.SiteRow, error) {
	return tried(ctx, f, "Sites", func() ([]model.SiteRow, error) { return f.Questions.Sites(ctx, question) })
}

func (f flaky) Inspections(ctx context.Context, question model.Question) ([]model.InspectionRow, error) {
	return tried(ctx, f, "Inspections", func() ([]model.InspectionRow, error) { return f.Questions.Inspections(ctx, question) })
}

func (f flaky) Observations(ctx context.Context, question model.Question) ([]model.ObservationRow, error) {
	return tried(ctx, f, "Observations", func() ([]model.ObservationRow, error) { return f.Questions.Observations(ctx, question) })
}

func (f flaky) Notices(ctx context.Context, question model.Question) ([]model.NoticeRow, error) {
	return tried(ctx, f, "Notices", func() ([]model.NoticeRow, error) { return f.Questions.Notices(ctx, question) })
}

func (f flaky) FollowedNotices(ctx context.Context, question model.Question) ([]model.FollowedNotice, error) {
	return tried(ctx, f, "FollowedNotices", func() ([]model.FollowedNotice, error) { return f.Questions.FollowedNotices(ctx, question) })
}

func (f flaky) Institutions(ctx context.Context, question model.Question) ([]model.InstitutionsRow, error) {
	return tried(ctx, f, "Institutions", func() ([]model.InstitutionsRow, error) { return f.Questions.Institutions(ctx, question) })
}

func (f flaky) Lacking(ctx context.Context, question model.Question, c int) ([]model.LackingRow, error) {
	return tried(ctx, f, "Lacking", func() ([]model.LackingRow, error) { return f.Questions.Lacking(ctx, question, c) })
}

func (f flaky) Sources(ctx context.Context, question model.Question) ([]model.SourceRow, error) {
	return tried(ctx, f, "Sources", func() ([]model.SourceRow, error) { return f.Questions.Sources(ctx, question) })
}

func (f flaky) Coverage(ctx context.Context, question model.Question) ([]model.CoverageRow, error) {
	return tried(ctx, f, "Coverage", func() ([]model.CoverageRow, error) { return f.Questions.Coverage(ctx, question) })
}

func (f flaky) Collections(ctx context.Context, question model.Question, c string, d int) ([]model.CollectionRow, error) {
	return tried(ctx, f, "Collections", func() ([]model.CollectionRow, error) { return f.Questions.Collections(ctx, question, c, d) })
}

func (f flaky) Remarks(ctx context.Context, question model.Question, c string, d int) ([]model.RemarkRow, error) {
	return tried(ctx, f, "Remarks", func() ([]model.RemarkRow, error) { return f.Questions.Remarks(ctx, question, c, d) })
}

func (f flaky) Rejects(ctx context.Context, question model.Question, c model.RejectsAsked) ([]model.RejectRow, error) {
	return tried(ctx, f, "Rejects", func() ([]model.RejectRow, error) { return f.Questions.Rejects(ctx, question, c) })
}

func (f flaky) Proof(ctx context.Context, question model.Question, c string, d string) (model.Proof, error) {
	return tried(ctx, f, "Proof", func() (model.Proof, error) { return f.Questions.Proof(ctx, question, c, d) })
}

func (f flaky) ContentOf(ctx context.Context, source string, id string, version uint64) (content model.Content, found bool, err error) {
	if err := f.down(ctx, "ContentOf"); err != nil {
		return content, found, err
	}
	return f.Questions.ContentOf(ctx, source, id, version)
}

func (f flaky) Beginning(ctx context.Context, question model.Question) (time.Time, error) {
	return tried(ctx, f, "Beginning", func() (time.Time, error) { return f.Questions.Beginning(ctx, question) })
}
