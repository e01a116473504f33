package facts

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// Beginning is the day before which nobody is accused (SPEC §5), at midnight UTC, and whether the configuration says it. Without any look it is long before
// any window.
type Beginning struct {
	On         time.Time
	Configured bool
}

// Beginning is that of a load: since of its configuration, else 1 January of the year of the first look of any source that the database holds, whatever the
// as-of day or time of knowledge. It is remembered as long as nothing is written, or for a session.
func (s *Facts) Beginning(ctx context.Context, load uint64) (Beginning, error) {
	name := fmt.Sprint("beginning ", load)
	return InSession(ctx, name, func() (Beginning, error) {
		ask := func() (Beginning, error) { return s.askBeginning(ctx, load) }
		changes := s.Changes()
		if changes == nil { // other processes may write
			return ask()
		}
		return s.beginnings.get(name, changes, ask)
	})
}

func (s *Facts) askBeginning(ctx context.Context, load uint64) (is Beginning, err error) {
	text, err := sql.Text("rules/beginning")
	if err != nil {
		return is, err
	}
	if err := s.Conn().QueryRow(ctx, text, clickhouse.NamedNumber("load", load)).Scan(&is.On, &is.Configured); err != nil {
		return is, fmt.Errorf("ask when the system began: %w", err)
	}
	return is, nil
}

// Then are the parameters then_beginning and then_configured of a text that reads another load's beside the question's.
func (b Beginning) Then() []any {
	return []any{clickhouse.Named("then_beginning", b.day()), clickhouse.Named("then_configured", strconv.FormatBool(b.Configured))}
}

func (b Beginning) day() string { return b.On.Format(model.DayLayout) }
