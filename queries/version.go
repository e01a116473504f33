package queries

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// dataVersionAt changes with every load of the registry, every collection that has ended by an instant and every loss of rows, which is its last part.
func (s *Store) dataVersionAt(ctx context.Context, instant time.Time) (version string, err error) {
	return s.versionText(ctx, dataVersion, instant)
}

// DataVersion changes with every load of the registry, every collection that ends and, of very many units, every edition that is stored: answers to a question without
// a time of knowledge stay true as long as it is the same. While a shard of a cluster cannot be reached there is none, but a *ShardError: what lies there is unverified.
func (s *Store) DataVersion(ctx context.Context) (string, error) {
	if err := s.Whole(ctx); err != nil {
		return "", err
	}
	return s.versionText(ctx, "concat(toString((SELECT max(edition_id) FROM editions WHERE layers > 1)), ' ', "+dataVersion+")", time.Now())
}

const dataVersion = `concat(toString((SELECT max(load_id) FROM loads)), ' ', toString(max(ended_at)), ' ', toString(count()),
	' ', (SELECT concat(toString(count()), ':', toString(countIf(regained)), ':', toString(toUnixTimestamp64Micro(max(lost_at)))) FROM losses FINAL))`

// lossesOf is the part of a version that says which rows have been lost.
func lossesOf(version string) string { return version[strings.LastIndexByte(version, ' ')+1:] }

func (s *Store) versionText(ctx context.Context, expression string, instant time.Time) (version string, err error) {
	row := s.Conn().QueryRow(ctx, "SELECT "+expression+" FROM collections WHERE outcome != 'running' AND ended_at <= {instant:DateTime64(3)}",
		clickhouse.Named("instant", epoch(instant)))
	if err := row.Scan(&version); err != nil {
		return "", fmt.Errorf("ask the data's version: %w", err)
	}
	return version, nil
}
