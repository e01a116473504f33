package ask

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/registry"
	"yangguang/queries/sql"
)

// RulesInForce reads the settings that were in force at the question's time of knowledge. Errors: as Asker.Ranking.
func (s *Asker) RulesInForce(ctx context.Context, question model.Question) (model.Rules, error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return model.Rules{}, err
	}
	var rules model.Rules
	err = registry.Read(ctx, s.Store, load, `SELECT loaded_at, program, timezone, since, backdating_tolerance_days FROM loads WHERE load_id = {load_id:UInt64}`,
		func(rows driver.Rows) error {
			var since *time.Time
			err := rows.Scan(&rules.LoadedAt, &rules.Program, &rules.Timezone, &since, &rules.ToleranceDays)
			rules.Since = clickhouse.DayOrZero(since)
			return err
		})
	if err != nil {
		return model.Rules{}, fmt.Errorf("read the settings in force: %w", err)
	}
	if rules.Assessment, err = registry.AssessmentOf(ctx, s.Store, load); err != nil {
		return model.Rules{}, fmt.Errorf("read the assessment in force: %w", err)
	}
	if rules.Beginning, err = s.beginningOf(ctx, load); err != nil {
		return model.Rules{}, err
	}
	var examples []model.DueExample
	if err := s.selectQuestion(ctx, "rules/example", &examples, question, load); err != nil {
		return model.Rules{}, err
	}
	if len(examples) > 0 {
		rules.Example = &examples[0]
	}
	return rules, nil
}

// Catalogue answers the report catalogue: the items in force in the window, by catalogue and id.
func (s *Asker) Catalogue(ctx context.Context, question model.Question) ([]model.CatalogueRow, error) {
	return rowsOf[model.CatalogueRow](ctx, s, "catalogue", question)
}

// Calendar answers the report calendar: the exceptions from the window's first year to the year after its last.
func (s *Asker) Calendar(ctx context.Context, question model.Question) ([]model.CalendarRow, error) {
	return rowsOf[model.CalendarRow](ctx, s, "calendar", question)
}

// Exemptions answers the report exemptions: those that cover a day of the window, those of everybody first.
func (s *Asker) Exemptions(ctx context.Context, question model.Question) ([]model.ExemptionRow, error) {
	return rowsOf[model.ExemptionRow](ctx, s, "exemptions", question)
}

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
