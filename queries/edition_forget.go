package queries

import (
	"context"
	"fmt"
	"time"
)

// layerMakes is longer than a layer is being made: until then it belongs to no edition.
const layerMakes = time.Hour

// forgetEditions removes the editions that have been followed by others, all but the newest and the one before it, which may still be read, and
// those of days gone by; then the layers begun until an instant, by which all that were begun have been made, that no edition has any more, whole or
// begun.
func (s *Store) forgetEditions(ctx context.Context, begunUntil time.Time) error {
	statements := []string{
		`DELETE FROM editions WHERE live AND (edition_id < toUnixTimestamp64Micro(now64(6)) - 2 * 86400000000 OR edition_id NOT IN (
			SELECT edition_id FROM editions ORDER BY edition_id DESC LIMIT 2 BY as_of, from_on, to_on, programme, focus, live))`,
		`DELETE FROM editions_begun WHERE edition_id < toUnixTimestamp64Micro(now64(6)) - 2 * 86400000000 OR edition_id IN (SELECT edition_id FROM editions)`,
		`DELETE FROM edition_layers WHERE edition_id NOT IN (SELECT edition_id FROM editions UNION ALL SELECT edition_id FROM editions_begun)`,
	}
	for _, table := range layerTables() {
		statements = append(statements, fmt.Sprintf("DELETE FROM %s WHERE layer_id < %d AND layer_id NOT IN (SELECT layer_id FROM edition_layers)", table, begunUntil.UnixMicro()))
	}
	for _, statement := range statements {
		if err := s.Conn().Exec(ctx, statement); err != nil {
			return fmt.Errorf("remove old editions: %w", err)
		}
	}
	return nil
}
