package facts

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
)

// rulesMemory remembers which views questions do without as of a load of the registry: a load never changes. Its methods may be called from many goroutines.
type rulesMemory struct {
	lock  sync.Mutex
	known map[uint64]map[string]string
}

// RulesOf are the views that questions read as of a load in the place of others: they need not look for what no rule of it asks for.
func (s *Facts) RulesOf(ctx context.Context, load uint64) (map[string]string, error) {
	memory := s.rules
	memory.lock.Lock()
	defer memory.lock.Unlock()
	if instead, known := memory.known[load]; known {
		return instead, nil
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
	if LoadOf(ctx) == 0 { // not of a session's own tables
		memory.known[load] = instead
	}
	return instead, nil
}
