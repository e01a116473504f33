package records

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
)

// Collected reports whether a source has been collected whole under a configuration, at any time.
func Collected(ctx context.Context, s *clickhouse.Store, source, configHash string) (collected bool, err error) {
	probe := &Collection{store: s, start: Start{Source: source, ConfigHash: configHash}}
	var answer uint8
	if err := probe.scan(ctx, "collected", &answer); err != nil {
		return false, fmt.Errorf("find collections of %s: %w", source, err)
	}
	return answer == 1, nil
}
