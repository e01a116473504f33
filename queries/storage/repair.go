package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse"
)

// Repaired is what Repair has done.
type Repaired struct {
	Faults  []clickhouse.StorageFault // what was broken or missing; none: the database was whole
	Sources []string                  // that have lost versions of records or collections, by name: they must be collected again
	Freezes []string                  // meeting packs that have lost files and are gone
	Loads   uint64                    // loads of the registry that have lost rows and are gone
}

// Repair drops what is broken and writes off what is missing, so that the database is whole again without it: until a source that has lost records
// gives as many again (SettleLosses), nothing is said to have lapsed that it covers. It may be interrupted anywhere and run again.
func Repair(ctx context.Context, s *clickhouse.Store) (done Repaired, err error) {
	ctx = clickhouse.PassingGate(ctx)
	fail := func(err error) (Repaired, error) { return done, fmt.Errorf("repair the database: %w", err) }
	missing, err := missingTables(ctx, s)
	if err != nil {
		return fail(err)
	}
	done.Faults = missing
	if err := forgetMissing(ctx, s, missing); err != nil {
		return fail(err)
	}
	if err := Migrate(ctx, s); err != nil {
		return fail(err)
	}
	faults, err := findFaults(ctx, s, -1)
	if err != nil {
		return fail(err)
	}
	done.Faults = append(done.Faults, faults...)
	if len(done.Faults) == 0 {
		return done, Check(ctx, s, -1)
	}
	if err := dropBroken(ctx, s, faults); err != nil {
		return fail(err)
	}
	if err := clearDerived(ctx, s); err != nil {
		return fail(err)
	}
	lost, err := missingRows(ctx, s)
	if err != nil {
		return fail(err)
	}
	for _, settle := range []func(context.Context, *clickhouse.Store, []clickhouse.StorageFault, *Repaired) error{noteLosses, forgetLooks, dropLoads, dropFreezes} {
		if err := settle(ctx, s, lost, &done); err != nil {
			return fail(err)
		}
	}
	if err := writeOff(ctx, s, "true"); err != nil {
		return fail(err)
	}
	return done, Check(ctx, s, -1)
}

// forgetMissing lets Migrate make tables again that are missing.
func forgetMissing(ctx context.Context, s *clickhouse.Store, missing []clickhouse.StorageFault) error {
	if len(missing) == 0 || missing[0].Table == "schema_migrations" {
		return nil // then Migrate makes all of them that are missing
	}
	done, err := migrationsDone(ctx, s)
	if err != nil {
		return err
	}
	for _, fault := range missing {
		steps, err := stepsOf(schemaFiles, fault.Table, done)
		if err != nil {
			return err
		}
		for _, step := range steps {
			err := s.Repeat(ctx, "DELETE FROM schema_migrations WHERE file = {file:String} AND statement = {statement:UInt32}",
				clickhouse.Named("file", step.File), clickhouse.Named("statement", fmt.Sprint(step.Statement)))
			if err != nil {
				return fmt.Errorf("forget the migration of %s: %w", fault.Table, err)
			}
		}
	}
	return nil
}

// dropBroken drops parts that cannot be read and those that were put aside.
func dropBroken(ctx context.Context, s *clickhouse.Store, faults []clickhouse.StorageFault) error {
	return s.EachServer(func(conn driver.Conn) error {
		for _, fault := range faults {
			statement := "DROP PART "
			switch {
			case fault.Part == "":
				continue
			case fault.Detached:
				statement = "DROP DETACHED PART "
			}
			statement = "ALTER TABLE " + clickhouse.Quoted(fault.Table) + " " + statement + clickhouse.SqlText(fault.Part) + " SETTINGS allow_drop_detached = 1"
			if err := conn.Exec(ctx, statement); err != nil && !isGone(err) && !isNoPart(err) {
				return fmt.Errorf("drop what is broken of %s: %w", fault.Table, err)
			}
		}
		return nil
	})
}

// clearDerived removes what is computed, or fetched, again.
func clearDerived(ctx context.Context, s *clickhouse.Store) error {
	for _, table := range derivedTables() {
		if err := s.Repeat(ctx, "TRUNCATE TABLE IF EXISTS "+table); err != nil {
			return fmt.Errorf("remove prepared answers: %w", err)
		}
	}
	err := s.Repeat(ctx, "DELETE FROM holdings WHERE "+OfParts+" OR table_name = 'edition_layers'")
	if err != nil {
		return fmt.Errorf("remove prepared answers: %w", err)
	}
	return nil
}

// noteLosses notes which sources have lost what.
func noteLosses(ctx context.Context, s *clickhouse.Store, lost []clickhouse.StorageFault, done *Repaired) error {
	rows := map[string]uint64{} // by collection
	for _, fault := range lost {
		switch fault.Table {
		case "record_versions":
			rows[fault.Holding] += fault.Rows
		case "collections":
			rows[fault.Holding] += 0
		}
	}
	if len(rows) == 0 {
		return nil
	}
	var known []struct {
		Source     string `ch:"source"`
		Collection string `ch:"collection"`
		Greatest   uint64 `ch:"greatest"`
	}
	if err := s.Conn().Select(ctx, &known, `SELECT toString(source) AS source, toString(collection_id) AS collection, max(collection_id) OVER (PARTITION BY source) AS greatest
		FROM (SELECT source, collection_id FROM collections UNION DISTINCT SELECT source, collection_id FROM record_versions
			UNION DISTINCT SELECT source, collection_id FROM touches UNION DISTINCT SELECT source, collection_id FROM rejected_rows)`); err != nil {
		return fmt.Errorf("find the sources of what is lost: %w", err)
	}
	bySource, greatest, found := map[string]uint64{}, map[string]uint64{}, map[string]bool{}
	for _, row := range known {
		greatest[row.Source] = row.Greatest
		if missing, lost := rows[row.Collection]; lost {
			bySource[row.Source] += missing
			found[row.Collection] = true
		}
	}
	for collection, missing := range rows {
		if !found[collection] { // nothing says whose it was: any source's
			for source := range greatest {
				bySource[source] += missing
			}
		}
	}
	at := time.Now().UTC()
	for source, missing := range bySource {
		done.Sources = append(done.Sources, source)
		if err := writeLoss(ctx, s, loss{source, at, greatest[source], missing, false}); err != nil {
			return err
		}
	}
	slices.Sort(done.Sources)
	return nil
}

// forgetLooks lets the next collections of sources whose rows were looked at, but are not known any more, be compared with none of them, and takes
// those that have lost which units they had to leave out for no looks.
func forgetLooks(ctx context.Context, s *clickhouse.Store, lost []clickhouse.StorageFault, done *Repaired) error {
	var looked, disputed []string
	for _, fault := range lost {
		switch fault.Table {
		case "disputed_units":
			disputed = append(disputed, fault.Holding)
			fallthrough
		case "looked_rows":
			looked = append(looked, fault.Holding)
		}
	}
	if len(looked) == 0 {
		return nil
	}
	var sources []string
	row := s.Conn().QueryRow(ctx, "SELECT groupUniqArray(toString(source)) FROM collections WHERE collection_id IN ("+strings.Join(looked, ", ")+")")
	if err := row.Scan(&sources); err != nil {
		return fmt.Errorf("find the sources of rows that are lost: %w", err)
	}
	changes := []string{"slot = 0 WHERE slot > 0 AND toString(source) IN {sources:Array(String)}"}
	if len(disputed) > 0 {
		changes = append(changes, "outcome = 'suspicious', error = 'which units it left out was lost' WHERE outcome = 'success' AND collection_id IN ("+
			strings.Join(disputed, ", ")+")")
	}
	whole := clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2}))
	for _, change := range changes {
		var arguments []any
		if strings.Contains(change, "{sources:") {
			arguments = append(arguments, clickhouse.Named("sources", clickhouse.List(sources)))
		}
		if err := s.Repeat(whole, "ALTER TABLE collections UPDATE "+change, arguments...); err != nil {
			return fmt.Errorf("forget looks whose rows are lost: %w", err)
		}
	}
	for _, source := range sources {
		if !slices.Contains(done.Sources, source) {
			done.Sources = append(done.Sources, source)
		}
	}
	slices.Sort(done.Sources)
	return nil
}

// dropLoads removes loads of the registry that are not whole.
func dropLoads(ctx context.Context, s *clickhouse.Store, lost []clickhouse.StorageFault, done *Repaired) error {
	var loads []string
	for _, fault := range lost {
		if fault.Rows == 0 {
			continue // only its count is lost
		}
		if (fault.Table == "loads" || slices.Contains(LoadTables(), fault.Table)) && !slices.Contains(loads, fault.Holding) {
			loads = append(loads, fault.Holding)
		}
	}
	if len(loads) == 0 {
		return nil
	}
	for _, table := range append(LoadTables(), "loads") {
		if err := RemoveRows(ctx, s, Doomed{Table: table, Condition: "load_id IN (" + strings.Join(loads, ", ") + ")"}); err != nil {
			return err
		}
	}
	done.Loads = uint64(len(loads))
	return nil
}

// dropFreezes removes meeting packs that are not whole: half of one must not be handed out.
func dropFreezes(ctx context.Context, s *clickhouse.Store, lost []clickhouse.StorageFault, done *Repaired) error {
	for _, fault := range lost {
		if fault.Rows == 0 || fault.Table != "freezes" && fault.Table != "freeze_files" {
			continue
		}
		var name string
		condition := "known_at = fromUnixTimestamp64Milli(" + fault.Holding + ", 'UTC')"
		if err := s.Conn().QueryRow(ctx, "SELECT any(name) FROM freezes WHERE "+condition).Scan(&name); err != nil {
			return fmt.Errorf("find the meeting pack that is not whole: %w", err)
		}
		for _, table := range []string{"freeze_files", "freezes"} {
			if err := RemoveRows(ctx, s, Doomed{Table: table, Condition: condition}); err != nil {
				return err
			}
		}
		if name == "" {
			name = fault.Holding
		}
		if !slices.Contains(done.Freezes, name) {
			done.Freezes = append(done.Freezes, name)
		}
	}
	return nil
}

// writeOff makes what is there all that must be there, as far as a condition for what is missing holds.
func writeOff(ctx context.Context, s *clickhouse.Store, which string) error {
	missing, err := missingRowsQuery(ctx, s)
	if err != nil {
		return fmt.Errorf("write off what is lost: %w", err)
	}
	err = s.Repeat(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), `INSERT INTO holdings (table_name, holding, rows, noted_at)
		SELECT lost.table_name, lost.holding, max(there.rows), greatest(now64(6, 'UTC'), max(h.at) + toIntervalMicrosecond(1))
		FROM (SELECT * FROM (`+missing+`) WHERE `+which+`) AS lost
		LEFT JOIN (`+countedAll(heldTables(), "", true)+`) AS there ON there.table_name = lost.table_name AND there.holding = lost.holding
		LEFT JOIN (SELECT table_name, holding, max(noted_at) AS at FROM holdings GROUP BY table_name, holding) AS h
			ON h.table_name = lost.table_name AND h.holding = lost.holding
		GROUP BY lost.table_name, lost.holding`)
	if err != nil {
		return fmt.Errorf("write off what is lost: %w", err)
	}
	return nil
}
