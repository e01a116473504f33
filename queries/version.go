package queries

import (
	"context"
	"fmt"
)

// DataVersion changes with every load of the registry and every collection that ends and every edition that is kept: answers to a question without a time of knowledge
// stay true as long as it is the same.
func (s *Store) DataVersion(ctx context.Context) (string, error) {
	var version string
	row := s.Conn().QueryRow(ctx, `
		SELECT concat(toString((SELECT max(load_id) FROM loads)), ' ', toString(max(ended_at)), ' ', toString(count()),
			' ', toString((SELECT max(edition_id) FROM editions)))
		FROM collections WHERE outcome != 'running'`)
	if err := row.Scan(&version); err != nil {
		return "", fmt.Errorf("ask the data's version: %w", err)
	}
	return version, nil
}
