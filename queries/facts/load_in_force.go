package facts

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

type loadKey struct{}

// WithLoad is a context whose questions are answered as if a load of the registry were in force at any time of knowledge.
func WithLoad(ctx context.Context, load uint64) context.Context {
	return context.WithValue(ctx, loadKey{}, load)
}

// LoadOf is the load of WithLoad; 0: whichever is in force.
func LoadOf(ctx context.Context) uint64 {
	load, _ := ctx.Value(loadKey{}).(uint64)
	return load
}

// LoadInForce is the load of the registry that was in force at the question's time of knowledge (SPEC §2), or that of WithLoad; at an instant that was
// frozen, the one that the freeze saw. ErrNoRegistry says that there is none yet, a *UserError that there was none then or that it is not all known any more.
func LoadInForce(ctx context.Context, s *clickhouse.Store, question model.Question) (uint64, error) {
	if load := LoadOf(ctx); load != 0 {
		return load, nil
	}
	return InSession(ctx, "load "+question.KnownAt.String(), func() (uint64, error) { return findLoad(ctx, s, question) })
}

func findLoad(ctx context.Context, s *clickhouse.Store, question model.Question) (uint64, error) {
	if err := RefuseRemoved(ctx, s, question, "versions", "registry"); err != nil {
		return 0, err
	}
	var load uint64
	var first time.Time
	row := s.Conn().QueryRow(ctx, `SELECT
			(SELECT if(count() > 0, any(load_id), (SELECT max(load_id) FROM loads WHERE loaded_at <= {known_at:DateTime64(3)}))
				FROM freezes WHERE known_at = {known_at:DateTime64(3)}),
			(SELECT min(loaded_at) FROM loads)`,
		clickhouse.Named("known_at", clickhouse.Epoch(question.Instant())))
	if err := row.Scan(&load, &first); err != nil {
		return 0, fmt.Errorf("find the registry in force: %w", err)
	}
	switch {
	case load != 0:
		return load, nil
	case question.KnownAt.IsZero() || first.UnixMilli() == 0:
		return 0, model.ErrNoRegistry
	}
	return 0, &model.UserError{Parameter: "known_at", Value: question.KnownAt.Format(time.RFC3339), Expected: "an instant not before the first registry was loaded, " + first.In(question.KnownAt.Location()).Format(time.RFC3339)}
}

// RefuseRemoved refuses a question about a time of which not everything is known any more; of a frozen time all is.
func RefuseRemoved(ctx context.Context, s *clickhouse.Store, question model.Question, kinds ...string) error {
	if question.KnownAt.IsZero() {
		return nil
	}
	var removed, frozen bool
	var before time.Time
	var kind, policy string
	row := s.Conn().QueryRow(ctx, `
		SELECT count() > 0, max(before), toString(argMax(kind, before)), argMax(policy, before),
			(SELECT count() > 0 FROM freezes WHERE known_at = {known_at:DateTime64(3)})
		FROM removals
		WHERE rows > 0 AND kind IN {kinds:Array(String)} AND before > {known_at:DateTime64(3)}`,
		clickhouse.Named("kinds", kinds), clickhouse.Named("known_at", clickhouse.Epoch(question.KnownAt)))
	if err := row.Scan(&removed, &before, &kind, &policy, &frozen); err != nil {
		return fmt.Errorf("look for what has been removed: %w", err)
	}
	if !removed || frozen {
		return nil
	}
	zone := question.KnownAt.Location()
	return &model.UserError{Parameter: "known_at", Value: question.KnownAt.Format(time.RFC3339), Expected: fmt.Sprintf(
		"an instant not before %s, or one at which a pack was frozen: what was superseded earlier has been removed by the retention policy (%s: %s)",
		before.In(zone).Format(time.RFC3339), kind, policy)}
}
