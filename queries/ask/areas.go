package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// mostAreas is how many areas are listed at most: a province has some ten cities, a city some ten districts.
const mostAreas = 200

// Areas are what a question can be narrowed to: the units just below the one that is asked with its subtree, or below the topmost. Where there is
// only one, those below it.
func (s *Asker) Areas(ctx context.Context, question model.Question) (areas []model.AreaRow, err error) {
	root := question.ListedWithin()
	for {
		var below []model.AreaRow
		if err := s.selectInForce(ctx, "units/areas", &below, question, clickhouse.Named("root", root), clickhouse.Named("limit", strconv.Itoa(mostAreas))); err != nil {
			return nil, err
		}
		if len(below) == 0 {
			return areas, nil
		}
		if areas = below; len(areas) > 1 {
			return areas, nil
		}
		root = areas[0].UnitID
	}
}
