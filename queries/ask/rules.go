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
)

// rulesInForce reads the settings that were in force at the question's time of knowledge.
func (s *Asker) rulesInForce(ctx context.Context, question model.Question, _ []any) (model.Rules, error) {
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
	beginning, err := s.Facts.Beginning(ctx, load)
	if err != nil {
		return model.Rules{}, err
	}
	rules.Beginning = beginning.On
	var examples []model.DueExample
	if err := s.selectPlanned(ctx, "rules/example", &examples, question); err != nil {
		return model.Rules{}, err
	}
	if len(examples) > 0 {
		rules.Example = &examples[0]
	}
	return rules, nil
}

func (s *Asker) beginning(ctx context.Context, question model.Question, _ []any) (time.Time, error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return time.Time{}, err
	}
	beginning, err := s.Facts.Beginning(ctx, load)
	return beginning.On, err
}
