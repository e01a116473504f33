// Package stream hands over the answer to a statement as it comes: row by row or in blocks, as the Go types that the kinds of its columns name.
package stream

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/model"
)

// Querier is what this package needs of a connection.
type Querier interface {
	Query(ctx context.Context, query string, args ...any) (driver.Rows, error)
}

// Rows asks one query and hands over its rows, which have just the columns; the slice is used again for each row.
func Rows(ctx context.Context, conn Querier, columns []model.Column, text string, arguments []any, each func(row []any) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	rows, err := conn.Query(ctx, text, arguments...)
	if err != nil {
		return err
	}
	return readRows(rows, cancel, columns, each)
}

// readRows reads an answer row by row and closes it; cancel ends the query.
func readRows(rows driver.Rows, cancel context.CancelFunc, columns []model.Column, each func(row []any) error) (err error) {
	defer func() {
		if err != nil {
			cancel() // before Close, which would read an abandoned answer to its end
			_ = rows.Close()
			return
		}
		err = rows.Close()
	}()
	if len(rows.ColumnTypes()) == 0 && !rows.Next() { // over HTTP an answer without rows has no columns either
		return rows.Err()
	}
	scanned, err := destinations(columns, rows)
	if err != nil {
		return err
	}
	row := make([]any, len(scanned))
	values := make([]columnValues, len(scanned))
	for i, column := range columns {
		values[i] = columnValues{kind: column.Kind, scanned: scanned[i]}
	}
	for rows.Next() {
		if err := rows.Scan(scanned...); err != nil {
			return err
		}
		for i := range values {
			if row[i], err = values[i].value(); err != nil {
				return fmt.Errorf("column %s: %w", columns[i].Key, err)
			}
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// destinations makes one pointer a column to scan into, after checking that the answer has the columns.
func destinations(columns []model.Column, rows driver.Rows) ([]any, error) {
	types := rows.ColumnTypes()
	if len(types) != len(columns) {
		return nil, fmt.Errorf("the query gives %d columns %v, the report has %d", len(types), rows.Columns(), len(columns))
	}
	scanned := make([]any, len(types))
	var problems []error
	for i, column := range columns {
		if types[i].Name() != column.Key {
			problems = append(problems, fmt.Errorf("column %d of the query is %s, of the report %s", i+1, types[i].Name(), column.Key))
		}
		scanned[i] = reflect.New(types[i].ScanType()).Interface()
	}
	return scanned, errors.Join(problems...)
}
