package page

import (
	"context"
	"io"
	"time"

	"yangguang/dashboard/pack"
	"yangguang/queries"
)

// Questions is what the pages ask; *queries.Asker answers.
type Questions interface {
	Ranking(context.Context, queries.Question) ([]queries.RankingRow, error)
	RankingPart(context.Context, queries.Question, queries.RankingPart) ([]queries.PlacedUnit, error)
	RankingTotals(context.Context, queries.Question) (queries.RankingTotals, error)
	Areas(context.Context, queries.Question) ([]queries.AreaRow, error)
	CountUnits(context.Context, queries.Question) (uint64, error)
	UnitName(ctx context.Context, question queries.Question, id string) (string, error)
	ParentNames(ctx context.Context, question queries.Question, ids []string) (map[string]string, error)
	Obligations(context.Context, queries.Question) ([]queries.ObligationRow, error)
	Lapsed(context.Context, queries.Question) ([]queries.ObligationRow, error)
	LapseTotals(context.Context, queries.Question) ([]queries.LapseTotals, error)
	LapsedPart(ctx context.Context, question queries.Question, limit, offset int) ([]queries.ObligationRow, error)
	LapsedGroups(ctx context.Context, question queries.Question, by string, named, limit, offset int) ([]queries.LapsedGroup, error)
	Items(context.Context, queries.Question) ([]queries.ItemRow, error)
	Results(context.Context, queries.Question) (queries.Results, error)
	Summary(context.Context, queries.Question) ([]queries.SummaryRow, error)
	Months(context.Context, queries.Question) ([]queries.MonthRow, error)
	Cells(ctx context.Context, question queries.Question, by string, limit int) ([]queries.CellRow, error)
	Unverified(ctx context.Context, question queries.Question, limit int) ([]queries.UnverifiedRow, error)
	Due(ctx context.Context, question queries.Question, days int) ([]queries.DueRow, error)
	Flow(context.Context, queries.Question) ([]queries.FlowRow, error)
	StepTimes(context.Context, queries.Question) ([]queries.StepTimeRow, error)
	Broken(ctx context.Context, question queries.Question, limit int) ([]queries.BrokenRow, error)
	Evidence(context.Context, queries.Question) ([]queries.EvidenceRow, error)
	Backdated(ctx context.Context, question queries.Question, limit int) ([]queries.BackdatedRow, error)
	Channels(context.Context, queries.Question) ([]queries.ChannelRow, error)
	Overexposed(ctx context.Context, question queries.Question, limit int) ([]queries.OverexposedRow, error)
	Misplaced(ctx context.Context, question queries.Question, limit int) ([]queries.MisplacedRow, error)
	Beginning(context.Context, queries.Question) (time.Time, error)
	RulesInForce(context.Context, queries.Question) (queries.Rules, error)
	Catalogue(context.Context, queries.Question) ([]queries.CatalogueRow, error)
	Calendar(context.Context, queries.Question) ([]queries.CalendarRow, error)
	Exemptions(context.Context, queries.Question) ([]queries.ExemptionRow, error)
	Sites(context.Context, queries.Question) ([]queries.SiteRow, error)
	Inspections(context.Context, queries.Question) ([]queries.InspectionRow, error)
	Observations(context.Context, queries.Question) ([]queries.ObservationRow, error)
	Notices(context.Context, queries.Question) ([]queries.NoticeRow, error)
	FollowedNotices(context.Context, queries.Question) ([]queries.FollowedNotice, error)
	Institutions(context.Context, queries.Question) ([]queries.InstitutionsRow, error)
	Lacking(ctx context.Context, question queries.Question, limit int) ([]queries.LackingRow, error)
	Sources(context.Context, queries.Question) ([]queries.SourceRow, error)
	Coverage(context.Context, queries.Question) ([]queries.CoverageRow, error)
	Collections(ctx context.Context, question queries.Question, source string, limit int) ([]queries.CollectionRow, error)
	Remarks(ctx context.Context, question queries.Question, source string, limit int) ([]queries.RemarkRow, error)
	Rejects(context.Context, queries.Question, queries.RejectsAsked) ([]queries.RejectRow, error)
	Proof(ctx context.Context, question queries.Question, source, recordID string) (queries.Proof, error)
	ContentOf(ctx context.Context, source, recordID string, version uint64) (content queries.Content, found bool, err error)
}

// Packs makes and hands out meeting packs; *pack.Packs does.
type Packs interface {
	List(ctx context.Context) ([]pack.Manifest, error)
	Freeze(ctx context.Context, order pack.Order) (pack.Manifest, error)
	WriteFile(ctx context.Context, name, file string, w io.Writer) error
	WriteZip(ctx context.Context, name string, w io.Writer) error
}
