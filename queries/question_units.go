package queries

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// CheckUnits reports a unit or within that the registry in force does not have as a *UserError: an empty report would look as if
// there were nothing to say of it. Without a registry it is ErrNoRegistry.
func (s *Store) CheckUnits(ctx context.Context, question Question) error {
	for _, parameter := range []struct{ name, id string }{{"unit", question.Unit}, {"within", question.Within}} {
		if parameter.id == "" {
			continue
		}
		load, err := s.loadInForce(ctx, question.knownAt())
		if err != nil {
			return err
		}
		var found bool
		row := s.Conn().QueryRow(ctx, "SELECT count() > 0 FROM units WHERE load_id = {load:UInt64} AND unit_id = {id:String}",
			clickhouse.Named("load", fmt.Sprint(load)), clickhouse.Named("id", parameter.id))
		if err := row.Scan(&found); err != nil {
			return fmt.Errorf("look up the unit %s: %w", parameter.id, err)
		}
		if !found {
			return &UserError{parameter.name, parameter.id, "the unit_id of a unit in the registry"}
		}
	}
	return nil
}
