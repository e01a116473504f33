package registry

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/shopspring/decimal"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// AssessmentInForce is the assessment of the load in force, its weights as whole numbers in their ratio; ErrNoRegistry without a load.
func AssessmentInForce(ctx context.Context, s *clickhouse.Store) (model.Assessment, error) {
	loadID, _, err := Latest(ctx, s)
	if err != nil {
		return model.Assessment{}, err
	}
	if loadID == 0 {
		return model.Assessment{}, model.ErrNoRegistry
	}
	return AssessmentOf(ctx, s, loadID)
}

// AssessmentOf is the assessment of a load.
func AssessmentOf(ctx context.Context, s *clickhouse.Store, loadID uint64) (model.Assessment, error) {
	var a model.Assessment
	wholes := []*model.Number{
		&a.Score.Coverage, &a.Score.Timeliness, &a.Score.Procedure, &a.Score.Placement, &a.Classes.Essential, &a.Classes.Obligatory, &a.Classes.Recommended,
		&a.Sites.Venue, &a.Sites.Organisation, &a.Sites.Operation, &a.Sites.Disclosure, &a.Sites.Publicity,
	}
	inHundredths := []*model.Number{
		&a.Deductions.YellowCard, &a.Deductions.OverdueRectification, &a.Deductions.Limit, &a.Ratings.Excellent, &a.Ratings.Good, &a.Ratings.Pass,
	}
	err := Read(ctx, s, loadID, `SELECT
			[coverage_weight, timeliness_weight, procedure_weight, placement_weight, essential_weight, obligatory_weight, recommended_weight,
				venue_weight, organisation_weight, operation_weight, disclosure_weight, publicity_weight],
			[yellow_card_deduction, overdue_deduction, deduction_limit, excellent_from, good_from, pass_from],
			verified_from, min_assessed, [cap_backdated, cap_overdue, cap_failing_links], [cap_backdated_best, cap_overdue_best, cap_failing_links_best]
		FROM loads WHERE load_id = {load_id:UInt64}`, func(rows driver.Rows) error {
		var weights, points []uint32
		var verified uint32
		var from []uint32
		var best []string
		if err := rows.Scan(&weights, &points, &verified, &a.MinAssessed, &from, &best); err != nil {
			return err
		}
		for i, weight := range weights {
			*wholes[i] = model.Whole(int64(weight))
		}
		for i, point := range points {
			*inHundredths[i] = model.Hundredths(int64(point))
		}
		for i, one := range []*model.RatingCap{&a.RatingCaps.Backdated, &a.RatingCaps.OverdueRectifications, &a.RatingCaps.FailingLinks} {
			one.From, one.Best.Code = model.Whole(int64(from[i])), best[i]
		}
		a.Verified.Decimal = decimal.New(int64(verified), -4)
		return nil
	})
	return a, err
}
