package freeze

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
)

// Baselines lists what is frozen, the latest first, without the manifests: what later figures may be compared with.
func Baselines(ctx context.Context, s *clickhouse.Store) (frozen []Freeze, err error) {
	err = s.Conn().Select(ctx, &frozen, `SELECT name, known_at, load_id, question FROM freezes FINAL WHERE finished = 1 ORDER BY known_at DESC`)
	if err != nil {
		return nil, fmt.Errorf("list what is frozen: %w", err)
	}
	return frozen, nil
}
