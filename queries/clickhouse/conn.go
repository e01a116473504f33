package clickhouse

import (
	"context"
	"fmt"
	"reflect"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// PatientConn waits while ClickHouse is away: what only reads is asked again, what writes fails with ErrInterrupted unless nothing was sent.
type PatientConn struct {
	driver.Conn
	wait waiting
}

func (c *PatientConn) Ping(ctx context.Context) error {
	return c.wait.retry(ctx, true, func() error { return c.Conn.Ping(ctx) })
}

func (c *PatientConn) Exec(ctx context.Context, query string, args ...any) error {
	if !OnlyReads(query) {
		defer c.wait.wrote()
	}
	return c.wait.retry(ctx, OnlyReads(query), func() error { return c.Conn.Exec(reading(ctx, query), query, args...) })
}

// Select appends to the slice that dest points to, as the library does; what a broken answer had appended is taken back.
func (c *PatientConn) Select(ctx context.Context, dest any, query string, args ...any) error {
	slice := reflect.ValueOf(dest)
	if slice.Kind() != reflect.Pointer || slice.Elem().Kind() != reflect.Slice {
		return c.Conn.Select(ctx, dest, query, args...) // which says what is wrong
	}
	before := slice.Elem().Len()
	return c.wait.retry(ctx, OnlyReads(query), func() error {
		slice.Elem().SetLen(before)
		return c.Conn.Select(reading(ctx, query), dest, query, args...)
	})
}

// Query asks again until the answer begins; an answer that breaks off later fails with ErrInterrupted from Rows.Err.
func (c *PatientConn) Query(ctx context.Context, query string, args ...any) (driver.Rows, error) {
	var rows driver.Rows
	err := c.wait.retry(ctx, OnlyReads(query), func() (err error) {
		rows, err = c.Conn.Query(reading(ctx, query), query, args...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &breakableRows{rows, c.wait.gate}, nil
}

func (c *PatientConn) QueryRow(ctx context.Context, query string, args ...any) driver.Row {
	var row driver.Row
	err := c.wait.retry(ctx, OnlyReads(query), func() error {
		row = c.Conn.QueryRow(reading(ctx, query), query, args...)
		return row.Err()
	})
	if row == nil || err != nil {
		return failedRow{err}
	}
	return judgedRow{row, c.wait.gate}
}

func (c *PatientConn) PrepareBatch(ctx context.Context, query string, options ...driver.PrepareBatchOption) (driver.Batch, error) {
	var batch driver.Batch
	err := c.wait.retry(ctx, true, func() (err error) {
		batch, err = c.Conn.PrepareBatch(ctx, query, options...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &breakableBatch{batch, c.wait}, nil
}

// breakableRows tell an answer that broke off from an error of ClickHouse.
type breakableRows struct {
	driver.Rows
	gate *storageGate
}

func (r *breakableRows) Err() error   { return r.gate.judge(Interrupted(r.Rows.Err())) }
func (r *breakableRows) Close() error { return r.gate.judge(Interrupted(r.Rows.Close())) }

// judgedRow says that what is stored cannot be read.
type judgedRow struct {
	driver.Row
	gate *storageGate
}

func (r judgedRow) Err() error                 { return r.gate.judge(r.Row.Err()) }
func (r judgedRow) Scan(values ...any) error   { return r.gate.judge(r.Row.Scan(values...)) }
func (r judgedRow) ScanStruct(value any) error { return r.gate.judge(r.Row.ScanStruct(value)) }

// breakableBatch does the same for a batch.
type breakableBatch struct {
	driver.Batch
	wait waiting
}

func (b *breakableBatch) Send() error {
	defer b.wait.wrote()
	return b.wait.gate.judge(Interrupted(b.Batch.Send()))
}

func (b *breakableBatch) Flush() error { return b.wait.gate.judge(Interrupted(b.Batch.Flush())) }

func Interrupted(err error) error {
	if err == nil || !isBroken(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrInterrupted, err)
}

// failedRow is the answer to a query that could not be asked.
type failedRow struct{ err error }

func (r failedRow) Err() error           { return r.err }
func (r failedRow) Scan(...any) error    { return r.err }
func (r failedRow) ScanStruct(any) error { return r.err }
