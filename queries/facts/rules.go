package facts

import (
	"context"
	"fmt"
	"maps"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
)

// Instead are the views that questions as of loads of the registry read in the place of others: they need not look for what no rule of any of them asks
// for, nor for notices of the register where none was ever noted.
func (s *Facts) Instead(ctx context.Context, loads ...uint64) (instead map[string]string, err error) {
	for i, load := range loads {
		rules, err := s.rulesOf(ctx, load)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			instead = maps.Clone(rules)
		}
		maps.DeleteFunc(instead, func(view, _ string) bool { return rules[view] == "" })
	}
	noted, err := s.Noted(ctx)
	if err != nil {
		return nil, err
	}
	if !noted {
		maps.Copy(instead, sql.NoticesOfFile())
	}
	return instead, nil
}

// rulesOf is the part of Instead that follows from the load alone, which never changes and is remembered.
func (s *Facts) rulesOf(ctx context.Context, load uint64) (map[string]string, error) {
	if known, found := s.rules.Load(load); found {
		return known.(map[string]string), nil
	}
	var nilReturns, caps bool
	row := s.Conn().QueryRow(ctx, `SELECT
			(SELECT count() > 0 FROM items WHERE load_id = {load:UInt64} AND nil_return != ''),
			(SELECT max(cap_backdated + cap_overdue + cap_failing_links) > 0 FROM loads WHERE load_id = {load:UInt64})`, clickhouse.NamedNumber("load", load))
	if err := row.Scan(&nilReturns, &caps); err != nil {
		return nil, fmt.Errorf("ask which rules the registry has: %w", err)
	}
	instead := map[string]string{}
	if !nilReturns {
		maps.Copy(instead, sql.WithoutNilReturns())
	}
	if !caps {
		maps.Copy(instead, sql.WithoutCaps())
	}
	s.rules.Store(load, instead)
	return instead, nil
}
