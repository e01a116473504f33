package tests

import (
	"context"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries"
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

func (f flaky) Ranking(ctx context.Context, question queries.Question) ([]queries.RankingRow, error) {
	return tried(ctx, f, "Ranking", func() ([]queries.RankingRow, error) { return f.Questions.Ranking(ctx, question) })
}

func (f flaky) RankingPart(ctx context.Context, question queries.Question, part queries.RankingPart) ([]queries.PlacedUnit, error) {
	return tried(ctx, f, "RankingPart", func() ([]queries.PlacedUnit, error) { return f.Questions.RankingPart(ctx, question, part) })
}

func (f flaky) RankingTotals(ctx context.Context, question queries.Question) (queries.RankingTotals, error) {
	return tried(ctx, f, "RankingTotals", func() (queries.RankingTotals, error) { return f.Questions.RankingTotals(ctx, question) })
}

func (f flaky) Areas(ctx context.Context, question queries.Question) ([]queries.AreaRow, error) {
	return tried(ctx, f, "Areas", func() ([]queries.AreaRow, error) { return f.Questions.Areas(ctx, question) })
}

func (f flaky) CountUnits(ctx context.Context, question queries.Question) (uint64, error) {
	return tried(ctx, f, "CountUnits", func() (uint64, error) { return f.Questions.CountUnits(ctx, question) })
}

func (f flaky) UnitName(ctx context.Context, question queries.Question, c string) (string, error) {
	return tried(ctx, f, "UnitName", func() (string, error) { return f.Questions.UnitName(ctx, question, c) })
}

func (f flaky) ParentNames(ctx context.Context, question queries.Question, c []string) (map[string]string, error) {
	return tried(ctx, f, "ParentNames", func() (map[string]string, error) { return f.Questions.ParentNames(ctx, question, c) })
}

func (f flaky) Obligations(ctx context.Context, question queries.Question) ([]queries.ObligationRow, error) {
	return tried(ctx, f, "Obligations", func() ([]queries.ObligationRow, error) { return f.Questions.Obligations(ctx, question) })
}

func (f flaky) Lapsed(ctx context.Context, question queries.Question) ([]queries.ObligationRow, error) {
	return tried(ctx, f, "Lapsed", func() ([]queries.ObligationRow, error) { return f.Questions.Lapsed(ctx, question) })
}

func (f flaky) LapseTotals(ctx context.Context, question queries.Question) ([]queries.LapseTotals, error) {
	return tried(ctx, f, "LapseTotals", func() ([]queries.LapseTotals, error) { return f.Questions.LapseTotals(ctx, question) })
}

func (f flaky) LapsedPart(ctx context.Context, question queries.Question, c int, d int) ([]queries.ObligationRow, error) {
	return tried(ctx, f, "LapsedPart", func() ([]queries.ObligationRow, error) { return f.Questions.LapsedPart(ctx, question, c, d) })
}

func (f flaky) LapsedGroups(ctx context.Context, question queries.Question, by string, named, limit, offset int) ([]queries.LapsedGroup, error) {
	return tried(ctx, f, "LapsedGroups", func() ([]queries.LapsedGroup, error) {
		return f.Questions.LapsedGroups(ctx, question, by, named, limit, offset)
	})
}

func (f flaky) Items(ctx context.Context, question queries.Question) ([]queries.ItemRow, error) {
	return tried(ctx, f, "Items", func() ([]queries.ItemRow, error) { return f.Questions.Items(ctx, question) })
}

func (f flaky) Summary(ctx context.Context, question queries.Question) ([]queries.SummaryRow, error) {
	return tried(ctx, f, "Summary", func() ([]queries.SummaryRow, error) { return f.Questions.Summary(ctx, question) })
}

func (f flaky) Months(ctx context.Context, question queries.Question) ([]queries.MonthRow, error) {
	return tried(ctx, f, "Months", func() ([]queries.MonthRow, error) { return f.Questions.Months(ctx, question) })
}

func (f flaky) Cells(ctx context.Context, question queries.Question, c string, d int) ([]queries.CellRow, error) {
	return tried(ctx, f, "Cells", func() ([]queries.CellRow, error) { return f.Questions.Cells(ctx, question, c, d) })
}

func (f flaky) Unverified(ctx context.Context, question queries.Question, c int) ([]queries.UnverifiedRow, error) {
	return tried(ctx, f, "Unverified", func() ([]queries.UnverifiedRow, error) { return f.Questions.Unverified(ctx, question, c) })
}

func (f flaky) Due(ctx context.Context, question queries.Question, c int) ([]queries.DueRow, error) {
	return tried(ctx, f, "Due", func() ([]queries.DueRow, error) { return f.Questions.Due(ctx, question, c) })
}

func (f flaky) Flow(ctx context.Context, question queries.Question) ([]queries.FlowRow, error) {
	return tried(ctx, f, "Flow", func() ([]queries.FlowRow, error) { return f.Questions.Flow(ctx, question) })
}

func (f flaky) StepTimes(ctx context.Context, question queries.Question) ([]queries.StepTimeRow, error) {
	return tried(ctx, f, "StepTimes", func() ([]queries.StepTimeRow, error) { return f.Questions.StepTimes(ctx, question) })
}

func (f flaky) Broken(ctx context.Context, question queries.Question, c int) ([]queries.BrokenRow, error) {
	return tried(ctx, f, "Broken", func() ([]queries.BrokenRow, error) { return f.Questions.Broken(ctx, question, c) })
}

func (f flaky) Evidence(ctx context.Context, question queries.Question) ([]queries.EvidenceRow, error) {
	return tried(ctx, f, "Evidence", func() ([]queries.EvidenceRow, error) { return f.Questions.Evidence(ctx, question) })
}

func (f flaky) Backdated(ctx context.Context, question queries.Question, c int) ([]queries.BackdatedRow, error) {
	return tried(ctx, f, "Backdated", func() ([]queries.BackdatedRow, error) { return f.Questions.Backdated(ctx, question, c) })
}

func (f flaky) Channels(ctx context.Context, question queries.Question) ([]queries.ChannelRow, error) {
	return tried(ctx, f, "Channels", func() ([]queries.ChannelRow, error) { return f.Questions.Channels(ctx, question) })
}

func (f flaky) Overexposed(ctx context.Context, question queries.Question, c int) ([]queries.OverexposedRow, error) {
	return tried(ctx, f, "Overexposed", func() ([]queries.OverexposedRow, error) { return f.Questions.Overexposed(ctx, question, c) })
}

func (f flaky) Misplaced(ctx context.Context, question queries.Question, c int) ([]queries.MisplacedRow, error) {
	return tried(ctx, f, "Misplaced", func() ([]queries.MisplacedRow, error) { return f.Questions.Misplaced(ctx, question, c) })
}

func (f flaky) RulesInForce(ctx context.Context, question queries.Question) (queries.Rules, error) {
	return tried(ctx, f, "RulesInForce", func() (queries.Rules, error) { return f.Questions.RulesInForce(ctx, question) })
}

func (f flaky) Catalogue(ctx context.Context, question queries.Question) ([]queries.CatalogueRow, error) {
	return tried(ctx, f, "Catalogue", func() ([]queries.CatalogueRow, error) { return f.Questions.Catalogue(ctx, question) })
}

func (f flaky) Calendar(ctx context.Context, question queries.Question) ([]queries.CalendarRow, error) {
	return tried(ctx, f, "Calendar", func() ([]queries.CalendarRow, error) { return f.Questions.Calendar(ctx, question) })
}

func (f flaky) Exemptions(ctx context.Context, question queries.Question) ([]queries.ExemptionRow, error) {
	return tried(ctx, f, "Exemptions", func() ([]queries.ExemptionRow, error) { return f.Questions.Exemptions(ctx, question) })
}

func (f flaky) Sites(ctx context.Context, question queries.Question) ([]queries.SiteRow, error) {
	return tried(ctx, f, "Sites", func() ([]queries.SiteRow, error) { return f.Questions.Sites(ctx, question) })
}

func (f flaky) Inspections(ctx context.Context, question queries.Question) ([]queries.InspectionRow, error) {
	return tried(ctx, f, "Inspections", func() ([]queries.InspectionRow, error) { return f.Questions.Inspections(ctx, question) })
}

func (f flaky) Observations(ctx context.Context, question queries.Question) ([]queries.ObservationRow, error) {
	return tried(ctx, f, "Observations", func() ([]queries.ObservationRow, error) { return f.Questions.Observations(ctx, question) })
}

func (f flaky) Notices(ctx context.Context, question queries.Question) ([]queries.NoticeRow, error) {
	return tried(ctx, f, "Notices", func() ([]queries.NoticeRow, error) { return f.Questions.Notices(ctx, question) })
}

func (f flaky) FollowedNotices(ctx context.Context, question queries.Question) ([]queries.FollowedNotice, error) {
	return tried(ctx, f, "FollowedNotices", func() ([]queries.FollowedNotice, error) { return f.Questions.FollowedNotices(ctx, question) })
}

func (f flaky) Institutions(ctx context.Context, question queries.Question) ([]queries.InstitutionsRow, error) {
	return tried(ctx, f, "Institutions", func() ([]queries.InstitutionsRow, error) { return f.Questions.Institutions(ctx, question) })
}

func (f flaky) Lacking(ctx context.Context, question queries.Question, c int) ([]queries.LackingRow, error) {
	return tried(ctx, f, "Lacking", func() ([]queries.LackingRow, error) { return f.Questions.Lacking(ctx, question, c) })
}

func (f flaky) Sources(ctx context.Context, question queries.Question) ([]queries.SourceRow, error) {
	return tried(ctx, f, "Sources", func() ([]queries.SourceRow, error) { return f.Questions.Sources(ctx, question) })
}

func (f flaky) Coverage(ctx context.Context, question queries.Question) ([]queries.CoverageRow, error) {
	return tried(ctx, f, "Coverage", func() ([]queries.CoverageRow, error) { return f.Questions.Coverage(ctx, question) })
}

func (f flaky) Collections(ctx context.Context, question queries.Question, c string, d int) ([]queries.CollectionRow, error) {
	return tried(ctx, f, "Collections", func() ([]queries.CollectionRow, error) { return f.Questions.Collections(ctx, question, c, d) })
}

func (f flaky) Remarks(ctx context.Context, question queries.Question, c string, d int) ([]queries.RemarkRow, error) {
	return tried(ctx, f, "Remarks", func() ([]queries.RemarkRow, error) { return f.Questions.Remarks(ctx, question, c, d) })
}

func (f flaky) Rejects(ctx context.Context, question queries.Question, c queries.RejectsAsked) ([]queries.RejectRow, error) {
	return tried(ctx, f, "Rejects", func() ([]queries.RejectRow, error) { return f.Questions.Rejects(ctx, question, c) })
}

func (f flaky) Proof(ctx context.Context, question queries.Question, c string, d string) (queries.Proof, error) {
	return tried(ctx, f, "Proof", func() (queries.Proof, error) { return f.Questions.Proof(ctx, question, c, d) })
}

func (f flaky) ContentOf(ctx context.Context, source string, id string, version uint64) (content queries.Content, found bool, err error) {
	if err := f.down(ctx, "ContentOf"); err != nil {
		return content, found, err
	}
	return f.Questions.ContentOf(ctx, source, id, version)
}

func (f flaky) Beginning(ctx context.Context, question queries.Question) (time.Time, error) {
	return tried(ctx, f, "Beginning", func() (time.Time, error) { return f.Questions.Beginning(ctx, question) })
}
