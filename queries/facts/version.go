package facts

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"yangguang/queries/clickhouse"
)

// dataVersionAt changes with every load of the registry, every collection that has ended and every notice noted and finding judged by an instant, and every loss of rows, which is its last part.
func (s *Facts) dataVersionAt(ctx context.Context, instant time.Time) (version string, err error) {
	return s.versionText(ctx, dataVersion, instant)
}

// DataVersion changes with every load of the registry, every collection that ends, every notice that is noted, every finding that is judged, what becomes of it and, of very many units, every snapshot that is stored: answers to a question without
// a time of knowledge stay true as long as it is the same. While a shard of a cluster cannot be reached there is none, but a *ShardError: what lies there is unverified.
func (s *Facts) DataVersion(ctx context.Context) (string, error) {
	if err := s.Whole(ctx); err != nil {
		return "", err
	}
	return s.versionText(ctx, "concat(toString((SELECT max(edition_id) FROM editions WHERE layers > 1)), ' ', "+dataVersion+")", time.Now())
}

const dataVersion = `concat(toString((SELECT max(load_id) FROM loads)), ' ', toString(max(ended_at)), ' ', toString(count()),
	' ', (SELECT toString(max(event_id)) FROM notice_events WHERE noted_at <= {instant:DateTime64(3)}),
	' ', (SELECT toString(max(report_id)) FROM findings WHERE finding_id IN (SELECT finding_id FROM finding_verdicts) AND noted_at <= {instant:DateTime64(3)}),
	':', (SELECT toString(max(event_id)) FROM finding_verdicts WHERE noted_at <= {instant:DateTime64(3)}),
	' ', (SELECT concat(toString(count()), ':', toString(countIf(regained)), ':', toString(toUnixTimestamp64Micro(max(lost_at)))) FROM losses FINAL))`

// Noted says whether anything was ever noted in the register of notices; before, questions do without it.
func (s *Facts) Noted(ctx context.Context) (bool, error) {
	ask := func() (last string, err error) {
		if err = s.Conn().QueryRow(ctx, "SELECT toString(max(event_id)) FROM notice_events").Scan(&last); err != nil {
			err = fmt.Errorf("look into the register of notices: %w", err)
		}
		return last, err
	}
	last, err := "", error(nil)
	if changes := s.Changes(); changes == nil { // other processes may write
		last, err = ask()
	} else {
		last, err = s.versions.get("notices", changes, ask)
	}
	return last != "0", err
}

// lossesOf is the part of a version that says which rows have been lost.
func lossesOf(version string) string { return version[strings.LastIndexByte(version, ' ')+1:] }

// versionMemory remembers what follows from the embedded engine's data, as its version does, as long as nothing is written. Its methods may be called from many
// goroutines.
type versionMemory[Value any] struct {
	lock  sync.Mutex
	known map[string]rememberedValue[Value]
}

type rememberedValue[Value any] struct {
	value   Value
	changes uint64
	at      time.Time
}

// versionsRemembered is for how long: a collection that has ended later than a clock says counts when that instant has passed.
const versionsRemembered = time.Minute

// get is what ask finds, unless it is known and nothing was written since.
func (m *versionMemory[Value]) get(name string, changes func() uint64, ask func() (Value, error)) (Value, error) {
	before := changes()
	m.lock.Lock()
	known, found := m.known[name]
	m.lock.Unlock()
	if found && known.changes == before && time.Since(known.at) < versionsRemembered {
		return known.value, nil
	}
	value, err := ask()
	if err == nil {
		m.lock.Lock()
		defer m.lock.Unlock()
		if m.known == nil {
			m.known = map[string]rememberedValue[Value]{}
		}
		m.known[name] = rememberedValue[Value]{value, before, time.Now()}
	}
	return value, err
}

func (s *Facts) versionText(ctx context.Context, expression string, instant time.Time) (version string, err error) {
	changes := s.Changes()
	if changes == nil { // other processes may write
		return s.askVersion(ctx, expression, instant)
	}
	return s.versions.get(expression, changes, func() (string, error) { return s.askVersion(ctx, expression, instant) })
}

func (s *Facts) askVersion(ctx context.Context, expression string, instant time.Time) (version string, err error) {
	row := s.Conn().QueryRow(ctx, "SELECT "+expression+" FROM collections WHERE outcome != 'running' AND ended_at <= {instant:DateTime64(3)}",
		clickhouse.Named("instant", clickhouse.Epoch(instant)))
	if err := row.Scan(&version); err != nil {
		return "", fmt.Errorf("ask the data's version: %w", err)
	}
	return version, nil
}
