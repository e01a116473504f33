package ask

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// Beginning is the day before which nobody is accused (SPEC §5), at midnight UTC: since of the configuration in force at the question's time of
// knowledge, else 1 January of the year of the first look of any source that the database holds, whatever the question's as-of day and time of
// knowledge. Without any look it is long before any window.
func (s *Asker) Beginning(ctx context.Context, question model.Question) (time.Time, error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return time.Time{}, err
	}
	return s.beginningOf(ctx, load)
}

func (s *Asker) beginningOf(ctx context.Context, load uint64) (day time.Time, err error) {
	text, err := sql.Text("rules/beginning")
	if err != nil {
		return day, err
	}
	if err := s.Conn().QueryRow(ctx, text, clickhouse.NamedNumber("load", load)).Scan(&day); err != nil {
		return day, fmt.Errorf("ask when the system began: %w", err)
	}
	return day, nil
}
