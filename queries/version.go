package queries

import (
	"context"
	"fmt"
)

// dataChanged changes with every load of the registry and every collection that ends.
func (s *Store) dataChanged(ctx context.Context) (version string, err error) {
	return s.versionText(ctx, "concat("+dataVersion+")")
}

// DataVersion changes with every load of the registry, every collection that ends and every edition that is kept: answers to a question without
// a time of knowledge stay true as long as it is the same. While a shard of a cluster cannot be reached there is none, but a *ShardError: what lies there is unverified.
func (s *Store) DataVersion(ctx context.Context) (string, error) {
	if err := s.Whole(ctx); err != nil {
		return "", err
	}
	return s.versionText(ctx, "concat("+dataVersion+", ' ', toString((SELECT max(edition_id) FROM editions)))")
}

const dataVersion = "toString((SELECT max(load_id) FROM loads)), ' ', toString(max(ended_at)), ' ', toString(count())"

func (s *Store) versionText(ctx context.Context, expression string) (version string, err error) {
	row := s.Conn().QueryRow(ctx, "SELECT "+expression+" FROM collections WHERE outcome != 'running'")
	if err := row.Scan(&version); err != nil {
		return "", fmt.Errorf("ask the data's version: %w", err)
	}
	return version, nil
}
