package querytest

import (
	"context"
	"fmt"
	"sync"

	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// template is the backup of the first database that was migrated: the others are restored from it, which takes a tenth of the time.
type template struct {
	mutex sync.Mutex
	from  string // the first database; empty: there is none yet
}

const templateName = "yangguang-template"

// migrate brings an empty database to this program's schema. On a cluster each is migrated.
func (s *sharedEngine) migrate(ctx context.Context, store *clickhouse.Store) error {
	if store.Cluster() != nil {
		return storage.Migrate(ctx, store)
	}
	t := &s.template
	t.mutex.Lock()
	defer t.mutex.Unlock()
	statement := fmt.Sprintf("RESTORE DATABASE %s AS %s FROM File('%s')", t.from, store.Database(), templateName)
	if t.from == "" {
		if err := storage.Migrate(ctx, store); err != nil {
			return err
		}
		t.from, statement = store.Database(), fmt.Sprintf("BACKUP DATABASE %s TO File('%s')", store.Database(), templateName)
	}
	if err := store.Conn().Exec(ctx, statement); err != nil {
		return fmt.Errorf("querytest: %s: %w", statement, err)
	}
	return nil
}
