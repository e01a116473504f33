package queries

import (
	"context"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// mostAreas is how many areas are listed at most: a province has some ten cities, a city some ten districts.
const mostAreas = 200

// Areas are what a question can be narrowed to: the units just below the one that is asked with its subtree, or below the topmost. Where there is
// only one, those below it.
func (s *Asker) Areas(ctx context.Context, question Question) (areas []AreaRow, err error) {
	root := question.listedWithin()
	for {
		var below []AreaRow
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
