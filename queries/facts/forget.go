package facts

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// PartTakes is longer than a part is being made: until then it belongs to no snapshot.
const PartTakes = time.Hour

// Forget removes the snapshots that have been followed by others, all but the newest and the one before it, which may still be read, and
// those of days gone by; then the parts begun until an instant, by which all that were begun have been made, that no snapshot has any more, whole or
// begun.
func Forget(ctx context.Context, s *clickhouse.Store, begunUntil time.Time) error {
	orphaned := fmt.Sprintf("layer_id < %d AND layer_id NOT IN (SELECT layer_id FROM edition_layers)", begunUntil.UnixMicro())
	forgotten := []storage.Doomed{
		{Table: "editions", Condition: `live AND (edition_id < toUnixTimestamp64Micro(now64(6)) - 2 * 86400000000
			OR edition_id < ` + fmt.Sprint(begunUntil.UnixMicro()) + ` AND edition_id NOT IN (
				SELECT edition_id FROM editions ORDER BY edition_id DESC LIMIT 2 BY kind, scope, as_of, from_on, to_on, programme, focus, live))`},
		{Table: "editions_begun", Condition: "edition_id < toUnixTimestamp64Micro(now64(6)) - 2 * 86400000000 OR edition_id IN (SELECT edition_id FROM editions)"},
		{Table: "edition_layers", Condition: fmt.Sprintf("edition_id < %d AND edition_id NOT IN (SELECT edition_id FROM editions) AND edition_id NOT IN (SELECT edition_id FROM editions_begun)", begunUntil.UnixMicro())},
	}
	for _, table := range storage.PartTables() {
		forgotten = append(forgotten, storage.Doomed{Table: table, Condition: orphaned})
	}
	forgotten = append(forgotten, storage.Doomed{Table: "holdings", Condition: fmt.Sprintf(storage.OfParts+` AND toUInt64OrZero(holding) < %d
			AND toUInt64OrZero(holding) NOT IN (SELECT layer_id FROM edition_layers)
		OR table_name = 'edition_layers' AND toUInt64OrZero(holding) < %[1]d
			AND toUInt64OrZero(holding) NOT IN (SELECT edition_id FROM editions)
			AND toUInt64OrZero(holding) NOT IN (SELECT edition_id FROM editions_begun)`, begunUntil.UnixMicro())})
	for _, of := range forgotten {
		if err := storage.CountDoomed(ctx, s, &of); err != nil {
			return err
		}
		if of.Rows == 0 { // a DELETE takes its time for nothing too
			continue
		}
		if err := s.Conn().Exec(ctx, "DELETE FROM "+of.Table+" WHERE "+of.Condition); err != nil {
			return fmt.Errorf("delete superseded snapshots: %w", err)
		}
	}
	return nil
}
