package ask

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// CheckUnits reports a unit or within that the registry in force does not have, or a unit outside within, as a *UserError: an empty
// report would look as if there were nothing to say of it. Without a registry it is ErrNoRegistry.
func (s *Asker) CheckUnits(ctx context.Context, question model.Question) error {
	if question.Unit == "" && question.Within == "" {
		return nil
	}
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	for _, parameter := range []struct{ name, id string }{{"within", question.Within}, {"unit", question.Unit}} {
		if parameter.id == "" {
			continue
		}
		var found uint64
		var ancestors []string
		row := s.Conn().QueryRow(ctx, "SELECT count(), any(ancestors) FROM units WHERE load_id = {load:UInt64} AND unit_id = {id:String}",
			clickhouse.Named("load", strconv.FormatUint(load, 10)), clickhouse.Named("id", parameter.id))
		if err := row.Scan(&found, &ancestors); err != nil {
			return fmt.Errorf("look up the unit %s: %w", parameter.id, err)
		}
		if found == 0 {
			return &model.UserError{Parameter: parameter.name, Value: parameter.id, Expected: "the unit_id of a unit in the registry"}
		}
		if parameter.name == "unit" && question.Within != "" && !slices.Contains(ancestors, question.Within) {
			return &model.UserError{Parameter: "unit", Value: parameter.id, Expected: "a unit within " + question.Within}
		}
	}
	return nil
}

func (s *Asker) countUnits(ctx context.Context, question model.Question, _ []any) (uint64, error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return 0, err
	}
	return facts.UnitsBelow(ctx, s.Store, load, cmp.Or(question.Unit, question.Within))
}

func (s *Asker) unitName(ctx context.Context, question model.Question, id []any) (name string, err error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return "", err
	}
	row := s.Conn().QueryRow(ctx, "SELECT any(name) FROM units WHERE load_id = {load:UInt64} AND unit_id = {id:String}", append(id, clickhouse.NamedNumber("load", load))...)
	if err := row.Scan(&name); err != nil {
		return "", fmt.Errorf("look up the name of a unit: %w", err)
	}
	return name, nil
}

func (s *Asker) parentNames(ctx context.Context, question model.Question, ids []any) (map[string]string, error) {
	return s.parentsWhere(ctx, question, "unit_id IN {ids:Array(String)}", ids...)
}

func (s *Asker) allParentNames(ctx context.Context, question model.Question, _ []any) (map[string]string, error) {
	root := cmp.Or(question.Unit, question.Within)
	if root == "" {
		return s.parentsWhere(ctx, question, "true")
	}
	return s.parentsWhere(ctx, question, "unit_id IN (SELECT unit_id FROM subtrees WHERE load_id = {load:UInt64} AND root_id = {root:String})", clickhouse.Named("root", root))
}

func (s *Asker) parentsWhere(ctx context.Context, question model.Question, condition string, arguments ...any) (map[string]string, error) {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		UnitID string `ch:"unit_id"`
		Parent string `ch:"parent"`
	}
	err = s.Conn().Select(ctx, &rows, `WITH u AS (SELECT unit_id, parent_id FROM units WHERE load_id = {load:UInt64} AND `+condition+`)
		SELECT u.unit_id AS unit_id, p.name AS parent
		FROM u
		INNER JOIN (SELECT unit_id, name FROM units WHERE load_id = {load:UInt64} AND unit_id IN (SELECT parent_id FROM u)) AS p ON p.unit_id = u.parent_id`,
		append(arguments, clickhouse.NamedNumber("load", load))...)
	if err != nil {
		return nil, fmt.Errorf("look up the names of parents: %w", err)
	}
	names := map[string]string{}
	for _, row := range rows {
		names[row.UnitID] = row.Parent
	}
	return names, nil
}

// mostAreas is how many areas are listed at most: a province has some ten cities, a city some ten districts.
const mostAreas = 200

func (s *Asker) areas(ctx context.Context, question model.Question, _ []any) (areas []model.AreaRow, err error) {
	root := question.ListedWithin()
	for {
		var below []model.AreaRow
		if err := s.selectPlanned(ctx, "units/areas", &below, question, clickhouse.Named("root", root), clickhouse.Named("limit", strconv.Itoa(mostAreas))); err != nil {
			return nil, err
		}
		if len(below) == 0 {
			return areas, nil
		}
		if areas = below; len(areas) > 1 {
			return areas, nil
		}
		root = areas[0].UnitID
	}
}
