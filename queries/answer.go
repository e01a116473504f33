package queries

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// ErrNoRegistry says that no registry has been loaded yet, or none by the asked time of knowledge.
var ErrNoRegistry = errors.New("no registry has been loaded")

// Stream asks one report (SPEC §7) and hands its rows one by one to each, values in the order of its Columns and of the Go types that
// their Kind names. The row slice is used again for the next row. It stops at the first error of each, which it returns.
func (s *Store) Stream(ctx context.Context, report Report, question Question, each func(row []any) error) error {
	if report.Name == "rejects" {
		if s.society != nil {
			return ErrNotPublic
		}
		if err := s.refuseRemoved(ctx, question, "rejects"); err != nil {
			return err
		}
	}
	return s.ask(ctx, "reports/"+report.Name, report.answered(), question, func(row []any) error { return each(row[:len(report.Columns)]) })
}

// ask runs sql/NAME.sql for a question. Errors: *NotKeptError.
func (s *Store) ask(ctx context.Context, name string, columns []Column, question Question, each func(row []any) error) error {
	asked, err := s.formulate(ctx, name, question)
	if err != nil {
		return err
	}
	flush := func() error { return nil }
	if s.society != nil {
		each, flush = s.withholding(ctx, columns, each)
	}
	if err := stream(ctx, s.Conn(), columns, asked.text, asked.arguments, each); err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	return flush()
}

// loadInForce is the load of the registry that was in force at the question's time of knowledge (SPEC §2); at an instant that was frozen, the
// one that the freeze saw. ErrNoRegistry says that there is none yet, a *UserError that there was none then or that it is not all known any more.
func (s *Store) loadInForce(ctx context.Context, question Question) (uint64, error) {
	return inSession(ctx, "load "+question.KnownAt.String(), func() (uint64, error) { return s.findLoad(ctx, question) })
}

func (s *Store) findLoad(ctx context.Context, question Question) (uint64, error) {
	if err := s.refuseRemoved(ctx, question, "versions", "registry"); err != nil {
		return 0, err
	}
	var load uint64
	var first time.Time
	row := s.Conn().QueryRow(ctx, `SELECT
			(SELECT if(count() > 0, any(load_id), (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)}))
				FROM freezes WHERE known_at = {known_at:DateTime64(3)}),
			(SELECT min(loaded_at) FROM loads)`,
		clickhouse.Named("known_at", epoch(question.knownAt())))
	if err := row.Scan(&load, &first); err != nil {
		return 0, fmt.Errorf("find the registry in force: %w", err)
	}
	switch {
	case load != 0:
		return load, nil
	case question.KnownAt.IsZero() || first.UnixMilli() == 0:
		return 0, ErrNoRegistry
	}
	return 0, &UserError{"known_at", question.KnownAt.Format(time.RFC3339), "an instant not before the first registry was loaded, " + first.In(question.KnownAt.Location()).Format(time.RFC3339)}
}
