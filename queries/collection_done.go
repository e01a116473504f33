package queries

import (
	"context"
	"fmt"
)

// Collected tells whether a source has been collected whole under a configuration, at any time.
func Collected(ctx context.Context, s *Store, source, configHash string) (collected bool, err error) {
	probe := &Collection{store: s, start: CollectionStart{Source: source, ConfigHash: configHash}}
	var answer uint8
	if err := probe.scan(ctx, "collected", &answer); err != nil {
		return false, fmt.Errorf("find collections of %s: %w", source, err)
	}
	return answer == 1, nil
}
