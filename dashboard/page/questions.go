package page

import (
	"context"
	"io"
	"time"

	"yangguang/dashboard/pack"
	"yangguang/queries/model"
)

// Questions is what the pages ask; *ask.Asker answers.
type Questions interface {
	Ranking(context.Context, model.Question) ([]model.RankingRow, error)
	RankingPart(context.Context, model.Question, model.RankingPart) ([]model.PlacedUnit, error)
	RankingTotals(context.Context, model.Question) (model.RankingTotals, error)
	Areas(context.Context, model.Question) ([]model.AreaRow, error)
	Ticks(ctx context.Context, question model.Question, units []string) ([]model.TickRow, error)
	OtherNames(ctx context.Context, question model.Question, ids []string) (map[string]string, error)
	FindUnits(ctx context.Context, question model.Question, sought string, limit int) ([]model.FoundUnit, error)
	FindItems(ctx context.Context, question model.Question, sought string, limit int) ([]model.FoundItem, error)
	FindRecords(ctx context.Context, question model.Question, sought string, limit int) (records []model.FoundRecord, more bool, err error)
	CountUnits(context.Context, model.Question) (uint64, error)
	UnitName(ctx context.Context, question model.Question, id string) (string, error)
	ParentNames(ctx context.Context, question model.Question, ids []string) (map[string]string, error)
	Obligations(context.Context, model.Question) ([]model.ObligationRow, error)
	Lapsed(context.Context, model.Question) ([]model.ObligationRow, error)
	NewLapses(ctx context.Context, question model.Question, days, limit int) ([]model.NewLapse, error)
	LapseTotals(context.Context, model.Question) ([]model.LapseTotals, error)
	LapsedPart(ctx context.Context, question model.Question, limit, offset int) ([]model.ObligationRow, error)
	LapsedGroups(ctx context.Context, question model.Question, by string, named, limit, offset int) ([]model.LapsedGroup, error)
	Items(context.Context, model.Question) ([]model.ItemRow, error)
	Results(context.Context, model.Question) (model.Results, error)
	Summary(context.Context, model.Question) ([]model.SummaryRow, error)
	Months(context.Context, model.Question) ([]model.MonthRow, error)
	Cells(ctx context.Context, question model.Question, by string, limit int) ([]model.CellRow, error)
	Unverified(ctx context.Context, question model.Question, limit int) ([]model.UnverifiedRow, error)
	Since(ctx context.Context, question, baseline model.Question) ([]model.SinceRow, error)
	Due(ctx context.Context, question model.Question, days int) ([]model.DueRow, error)
	Flow(context.Context, model.Question) ([]model.FlowRow, error)
	StepTimes(context.Context, model.Question) ([]model.StepTimeRow, error)
	Broken(ctx context.Context, question model.Question, limit int) ([]model.BrokenRow, error)
	Evidence(context.Context, model.Question) ([]model.EvidenceRow, error)
	Backdated(ctx context.Context, question model.Question, limit int) ([]model.BackdatedRow, error)
	Channels(context.Context, model.Question) ([]model.ChannelRow, error)
	Overexposed(ctx context.Context, question model.Question, limit int) ([]model.OverexposedRow, error)
	Misplaced(ctx context.Context, question model.Question, limit int) ([]model.MisplacedRow, error)
	Beginning(context.Context, model.Question) (time.Time, error)
	RulesInForce(context.Context, model.Question) (model.Rules, error)
	Catalogue(context.Context, model.Question) ([]model.CatalogueRow, error)
	Calendar(context.Context, model.Question) ([]model.CalendarRow, error)
	Exemptions(context.Context, model.Question) ([]model.ExemptionRow, error)
	Sites(context.Context, model.Question) ([]model.SiteRow, error)
	Inspections(context.Context, model.Question) ([]model.InspectionRow, error)
	Observations(context.Context, model.Question) ([]model.ObservationRow, error)
	Notices(context.Context, model.Question) ([]model.NoticeRow, error)
	FollowedNotices(context.Context, model.Question) ([]model.FollowedNotice, error)
	Institutions(context.Context, model.Question) ([]model.InstitutionsRow, error)
	Lacking(ctx context.Context, question model.Question, limit int) ([]model.LackingRow, error)
	Sources(context.Context, model.Question) ([]model.SourceRow, error)
	Coverage(context.Context, model.Question) ([]model.CoverageRow, error)
	Collections(ctx context.Context, question model.Question, source string, limit int) ([]model.CollectionRow, error)
	Remarks(ctx context.Context, question model.Question, source string, limit int) ([]model.RemarkRow, error)
	Rejects(context.Context, model.Question, model.RejectsAsked) ([]model.RejectRow, error)
	Proof(ctx context.Context, question model.Question, source, recordID string) (model.Proof, error)
	ContentOf(ctx context.Context, source, recordID string, version uint64) (content model.Content, found bool, err error)
}

// Packs makes and hands out meeting packs; *pack.Packs does.
type Packs interface {
	List(ctx context.Context) ([]pack.Manifest, error)
	Baselines(ctx context.Context) ([]pack.Baseline, error)
	Freeze(ctx context.Context, order pack.Order) (pack.Manifest, error)
	WriteFile(ctx context.Context, name, file string, w io.Writer) error
	WriteZip(ctx context.Context, name string, w io.Writer) error
}
