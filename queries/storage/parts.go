package storage

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/errgroup"

	"yangguang/queries/clickhouse"
)

// storedPart is an active part of a table.
type storedPart struct {
	Table string `ch:"table"`
	Part  string `ch:"name"`
	Bytes uint64 `ch:"bytes"`
}

// checksAtOnce is how many tables are read at a time.
const checksAtOnce = 4

// brokenParts are those that do not read as they were written, among parts of so many bytes in all; below 0: among all.
func brokenParts(ctx context.Context, s *clickhouse.Store, bytes int64) (faults []clickhouse.StorageFault, err error) {
	err = s.EachServer(func(conn driver.Conn) error {
		var parts []storedPart
		err := conn.Select(ctx, &parts, `SELECT table, name, bytes_on_disk AS bytes FROM system.parts WHERE active AND database = {database:String}`,
			clickhouse.Named("database", s.Database()))
		if err != nil {
			return fmt.Errorf("list the parts: %w", err)
		}
		statements := checksOf(parts, bytes)
		found := make([][]clickhouse.StorageFault, len(statements))
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(checksAtOnce)
		for i, statement := range statements {
			group.Go(func() (err error) {
				found[i], err = checkParts(ctx, conn, statement)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		for _, of := range found {
			faults = append(faults, of...)
		}
		return nil
	})
	return faults, err
}

// partsCheck reads a table, or one part of it.
type partsCheck struct{ table, part string }

// checksOf chooses parts of so many bytes: whole tables in any order, and of one that is too large parts in any order.
func checksOf(parts []storedPart, bytes int64) (checks []partsCheck) {
	tables := map[string][]storedPart{}
	for _, part := range parts {
		if !stagingName.MatchString(part.Table) {
			tables[part.Table] = append(tables[part.Table], part)
		}
	}
	var large []storedPart
	for table, of := range tables { // maps are walked in another order each time
		var sum int64
		for _, part := range of {
			sum += int64(part.Bytes)
		}
		if bytes >= 0 && sum > bytes {
			large = append(large, of...)
			continue
		}
		if bytes >= 0 {
			bytes -= sum
		}
		checks = append(checks, partsCheck{table: table})
	}
	rand.Shuffle(len(large), func(i, j int) { large[i], large[j] = large[j], large[i] })
	for _, part := range large {
		if bytes -= int64(part.Bytes); bytes < 0 {
			break
		}
		checks = append(checks, partsCheck{part.Table, part.Part})
	}
	return checks
}

func checkParts(ctx context.Context, conn driver.Conn, check partsCheck) (faults []clickhouse.StorageFault, err error) {
	statement := "CHECK TABLE " + clickhouse.Quoted(check.table)
	if check.part != "" {
		statement += " PART " + clickhouse.SqlText(check.part)
	}
	rows, err := conn.Query(ctx, statement+" SETTINGS check_query_single_value_result = 0")
	if isGone(err) { // merged or dropped meanwhile
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("check the table %s: %w", check.table, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var part, message string
		var passed uint8
		if err := rows.Scan(&part, &passed, &message); err != nil {
			return nil, fmt.Errorf("check the table %s: %w", check.table, err)
		}
		if passed == 0 {
			what, _, _ := strings.Cut(message, "(version")
			faults = append(faults, clickhouse.StorageFault{Table: check.table, Part: part, What: "is not as it was written: " + strings.TrimSpace(what)})
		}
	}
	if err := rows.Err(); err != nil && !isGone(err) {
		return nil, fmt.Errorf("check the table %s: %w", check.table, err)
	}
	return faults, nil
}

// isGone recognises the answers NO_SUCH_DATA_PART, UNKNOWN_TABLE, TABLE_IS_DROPPED.
func isGone(err error) bool {
	var answer *clickhouse.Exception
	return errors.As(err, &answer) && (answer.Code == 232 || answer.Code == 60 || answer.Code == 218)
}

// isNoPart recognises the answer BAD_DATA_PART_NAME, of a part that another server has.
func isNoPart(err error) bool {
	var answer *clickhouse.Exception
	return errors.As(err, &answer) && answer.Code == 233
}
