package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse"
)

// CheckedBytes is how many bytes of parts a check reads and compares with their checksums: all of a district's, some of a nation's, others each time.
const CheckedBytes = 128 << 20

// Check looks whether the database holds all that was written to it: that its tables are there, that ClickHouse has put no part aside, that as
// many rows are there as were written, and that parts, of so many bytes in all, read as they were written (below 0: all parts). What it finds is an
// *IncompleteError, and until a check finds nothing everything else is refused with it. Prepared answers that are broken are removed: they are
// computed again. Other errors say that the check could not be made.
func Check(ctx context.Context, s *clickhouse.Store, bytes int64) error {
	ctx = clickhouse.PassingGate(ctx)
	if away, err := shardAway(ctx, s); err != nil || away {
		return err // Whole says so
	}
	faults, err := findFaults(ctx, s, bytes)
	select {
	case <-s.Looks(): // this was the look
	default:
	}
	if err != nil {
		return fmt.Errorf("check the storage: %w", err)
	}
	if len(faults) > 0 {
		found := &clickhouse.IncompleteError{Faults: faults}
		s.SetIncomplete(found)
		return found
	}
	s.SetIncomplete(nil)
	return nil
}

// CheckTables is CheckStorage as far as it can be made before Migrate: that tables are there and no part has been put aside.
func CheckTables(ctx context.Context, s *clickhouse.Store) error {
	ctx = clickhouse.PassingGate(ctx)
	if away, err := shardAway(ctx, s); err != nil || away {
		return err
	}
	faults, err := missingTables(ctx, s)
	if err == nil && len(faults) == 0 {
		faults, err = detachedParts(ctx, s)
	}
	if err != nil {
		return fmt.Errorf("check the storage: %w", err)
	}
	if len(faults) > 0 {
		found := &clickhouse.IncompleteError{Faults: faults}
		s.SetIncomplete(found)
		return found
	}
	return nil
}

// shardAway reports whether a shard of a cluster cannot be reached, so that nothing can be said of what it holds.
func shardAway(ctx context.Context, s *clickhouse.Store) (bool, error) {
	shards, err := s.Shards(ctx)
	return len(clickhouse.Unreachable(shards)) > 0, err
}

// storageLooks is how often a running program looks whether the database is whole.
const storageLooks = 30 * time.Second

// Watch checks the storage again and again, and at once when something stored could not be read, until ctx ends. changed is given the
// *IncompleteError when the database becomes incomplete, and nil when it is whole again.
func Watch(ctx context.Context, s *clickhouse.Store, changed func(*clickhouse.IncompleteError)) {
	look := time.NewTicker(storageLooks)
	defer look.Stop()
	var before string
	if found := s.Incomplete(); found != nil {
		before = found.Error()
	}
	for {
		bytes := int64(CheckedBytes / 4)
		select {
		case <-ctx.Done():
			return
		case <-s.Looks():
			bytes = -1
		case <-look.C:
		}
		if s.Complete() != nil {
			bytes = -1 // what was found once is looked for until it is gone
		}
		err := Check(ctx, s, bytes)
		var found *clickhouse.IncompleteError
		if err != nil && !errors.As(err, &found) {
			if ctx.Err() == nil {
				s.Logger().WarnContext(ctx, "the storage could not be checked; it is tried again", "error", err)
			}
			continue
		}
		now := ""
		if found != nil {
			now = found.Error()
		}
		if now != before {
			changed(found)
		}
		before = now
	}
}

func findFaults(ctx context.Context, s *clickhouse.Store, bytes int64) (faults []clickhouse.StorageFault, err error) {
	if faults, err = missingTables(ctx, s); err != nil || len(faults) > 0 {
		return faults, err
	}
	for _, find := range []func(context.Context, *clickhouse.Store) ([]clickhouse.StorageFault, error){
		detachedParts, persistently(missingRows), func(ctx context.Context, s *clickhouse.Store) ([]clickhouse.StorageFault, error) {
			return brokenParts(ctx, s, bytes)
		},
	} {
		more, err := find(ctx, s)
		var unreadable *clickhouse.IncompleteError
		switch {
		case errors.As(err, &unreadable): // the question itself came upon what is broken
			more, bytes = unreadable.Faults, -1
		case err != nil:
			return nil, err
		}
		faults = append(faults, more...)
	}
	return faults, nil
}

// persistently looks again at what is found: rows and what counts them are read one after the other, while others write.
func persistently(find func(context.Context, *clickhouse.Store) ([]clickhouse.StorageFault, error)) func(context.Context, *clickhouse.Store) ([]clickhouse.StorageFault, error) {
	return func(ctx context.Context, s *clickhouse.Store) (faults []clickhouse.StorageFault, err error) {
		for attempt := 0; ; attempt++ {
			if faults, err = find(ctx, s); err != nil || len(faults) == 0 || attempt == 2 {
				return faults, err
			}
			timer := time.NewTimer(200 * time.Millisecond)
			select {
			case <-timer.C:
			case <-ctx.Done():
				timer.Stop()
				return nil, ctx.Err()
			}
		}
	}
}

// tablesThere are the names of those that the database has.
func tablesThere(ctx context.Context, s *clickhouse.Store) (map[string]bool, error) {
	var names []string
	row := s.Conn().QueryRow(ctx, "SELECT groupArray(name) FROM system.tables WHERE database = {database:String}", clickhouse.Named("database", s.Database()))
	if err := row.Scan(&names); err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	there := map[string]bool{}
	for _, name := range names {
		there[name] = true
	}
	return there, nil
}

// holdsRows reports whether any table but schema_migrations holds anything.
func holdsRows(ctx context.Context, s *clickhouse.Store) (written bool, err error) {
	row := s.Conn().QueryRow(ctx, "SELECT ifNull(sum(total_rows), 0) > 0 FROM system.tables WHERE database = {database:String} AND NOT startsWith(name, 'schema_migrations')",
		clickhouse.Named("database", s.Database()))
	if err := row.Scan(&written); err != nil {
		return false, fmt.Errorf("look whether the tables hold anything: %w", err)
	}
	return written, nil
}

// missingTables are those that migrations have made and that are not there any more.
func missingTables(ctx context.Context, s *clickhouse.Store) (faults []clickhouse.StorageFault, err error) {
	there, err := tablesThere(ctx, s)
	if err != nil {
		return nil, err
	}
	if !there["schema_migrations"] {
		for _, table := range []string{"record_versions", "loads", "collections"} {
			if there[table] {
				return []clickhouse.StorageFault{{Table: "schema_migrations", What: "the table is missing"}}, nil
			}
		}
		return nil, nil // a database that nothing was written to
	}
	done, err := migrationsDone(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("read the table schema_migrations: %w", err)
	}
	lost := len(done) == 0 && there["record_versions"]
	if onlyBegun(done) {
		if lost, err = holdsRows(ctx, s); err != nil {
			return nil, err
		}
	}
	if lost {
		return []clickhouse.StorageFault{{Table: "schema_migrations", What: "what was migrated is missing"}}, nil
	}
	made, err := migratedTables(schemaFiles, done)
	if err != nil {
		return nil, err
	}
	for _, table := range made {
		if !there[table] {
			faults = append(faults, clickhouse.StorageFault{Table: table, What: "the table is missing"})
		}
	}
	return faults, nil
}

// detachedParts are those that ClickHouse could not read and has put aside. A replica gets its own from the others.
func detachedParts(ctx context.Context, s *clickhouse.Store) (faults []clickhouse.StorageFault, err error) {
	err = s.EachServer(func(conn driver.Conn) error {
		var parts []struct {
			Table  string `ch:"table"`
			Part   string `ch:"name"`
			Reason string `ch:"why"`
			Bytes  uint64 `ch:"bytes"`
		}
		err := conn.Select(ctx, &parts, `SELECT table, name, ifNull(reason, '') AS why, bytes_on_disk AS bytes FROM system.detached_parts
			WHERE database = {database:String} AND why NOT IN ('clone', 'attaching', 'deleting', 'tmp-fetch', 'covered-by-broken') ORDER BY table, name`,
			clickhouse.Named("database", s.Database()))
		if err != nil {
			return fmt.Errorf("list the parts that were put aside: %w", err)
		}
		for _, part := range parts {
			if stagingName.MatchString(part.Table) {
				continue // of a collection, which is begun again
			}
			why := part.Reason
			if why == "" {
				why = "detached by hand"
			}
			faults = append(faults, clickhouse.StorageFault{Table: part.Table, Part: part.Part, What: fmt.Sprintf("ClickHouse has put it aside (%s)", why), Detached: true})
		}
		return nil
	})
	return faults, err
}

// missingRows are those that were written and are not there, and what has lost its count.
func missingRows(ctx context.Context, s *clickhouse.Store) (faults []clickhouse.StorageFault, err error) {
	if there, err := tablesThere(ctx, s); err != nil || !there["holdings"] {
		return nil, err // of an earlier version of this program, or nothing was written yet
	}
	var rows []struct {
		Table   string    `ch:"table_name"`
		Holding string    `ch:"holding"`
		Missing uint64    `ch:"missing"`
		Noted   time.Time `ch:"noted"`
	}
	text, err := missingRowsQuery(ctx, s)
	if err == nil {
		err = s.Conn().Select(ctx, &rows, text)
	}
	if err != nil {
		return nil, fmt.Errorf("count the rows: %w", err)
	}
	for _, row := range rows {
		fault := clickhouse.StorageFault{Table: row.Table, Holding: row.Holding, Noted: row.Noted, Rows: row.Missing, What: fmt.Sprintf("%d rows of %s are missing", row.Missing, row.Holding)}
		if row.Missing == 0 {
			fault.What = fmt.Sprintf("how many rows there should be of %s is missing", row.Holding)
		}
		faults = append(faults, fault)
	}
	return faults, nil
}

// missingRowsQuery compares with their holdings those tables that have any: to plan how a table is counted takes longer than to count few rows.
func missingRowsQuery(ctx context.Context, s *clickhouse.Store) (string, error) {
	var tables []string
	if err := s.Conn().QueryRow(ctx, "SELECT groupUniqArray(toString(table_name)) FROM holdings").Scan(&tables); err != nil {
		return "", fmt.Errorf("list what has holdings: %w", err)
	}
	counted := func(held []heldTable) string {
		held = slices.DeleteFunc(held, func(one heldTable) bool { return !slices.Contains(tables, one.table) })
		if len(held) == 0 {
			return "SELECT '' AS table_name, '' AS holding, toUInt64(0) AS rows WHERE false"
		}
		return countedAll(held, "", false)
	}
	const noted = "SELECT table_name, holding, argMax(rows, noted_at) AS rows, max(noted_at) AS at FROM holdings WHERE %s GROUP BY table_name, holding"
	compare := func(condition, counted string) string {
		return fmt.Sprintf(`SELECT h.table_name AS table_name, h.holding AS holding, toUInt64(h.rows - there.rows) AS missing, h.at AS noted FROM (%s) AS h
			LEFT JOIN (%s) AS there ON there.table_name = h.table_name AND there.holding = h.holding
			WHERE h.rows > there.rows AND NOT (h.table_name = 'touches' AND h.at < now() - INTERVAL 30 DAY)`, fmt.Sprintf(noted, condition), counted)
	}
	uncounted := func(table, number, ended, from string) string {
		return fmt.Sprintf(`SELECT '%s', toString(%s) AS number, toUInt64(0), toDateTime64(%s, 6, 'UTC') FROM %s
			AND number NOT IN (SELECT holding FROM holdings WHERE table_name = '%s')`, table, number, ended, from, table)
	}
	return `SELECT toString(table_name) AS table_name, holding, toUInt64(missing) AS missing, noted FROM (` +
		compare("NOT "+OfParts+" AND table_name != 'edition_layers'", counted(heldTables())) + " UNION ALL " +
		compare(OfParts+` AND holding IN (
			SELECT toString(layer_id) FROM edition_layers WHERE edition_id IN (SELECT edition_id FROM editions))
			OR table_name = 'edition_layers' AND holding IN (SELECT toString(edition_id) FROM editions)`, counted(heldParts())) + " UNION ALL " +
		uncounted("record_versions", "collection_id", "ended_at", "collections WHERE outcome != 'running'") + " UNION ALL " +
		uncounted("units", "load_id", "loaded_at", "loads WHERE true") + " UNION ALL " +
		uncounted("freeze_files", "toUnixTimestamp64Milli(known_at)", "known_at + INTERVAL 1 HOUR", "freezes WHERE finished = 1") +
		`) ORDER BY table_name, holding`, nil
}
