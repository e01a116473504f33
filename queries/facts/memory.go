package facts

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"sync"
	"time"
)

// storedFacts is a snapshot of facts with the numbers of its parts.
type storedFacts struct {
	snapshot
	parts []uint64
}

// snapshotRenewed is the age at which a snapshot is followed by another even when nothing has changed, long before it is removed (Forget).
const snapshotRenewed = 24 * time.Hour

func (e snapshot) old() bool { return time.Since(time.UnixMicro(int64(e.ID))) > snapshotRenewed }

// factsMemory remembers for a short while which facts are stored, so that a question about them needs no look-up. Its methods may be called from many
// goroutines.
type factsMemory struct {
	lock  sync.Mutex
	known map[string]rememberedFacts
}

type rememberedFacts struct {
	storedFacts
	until time.Time
}

const factsRemembered = time.Minute

func (m *factsMemory) get(name string) (storedFacts, bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	found, ok := m.known[name]
	return found.storedFacts, ok && time.Now().Before(found.until)
}

func (m *factsMemory) put(name string, stored storedFacts) {
	m.lock.Lock()
	defer m.lock.Unlock()
	now := time.Now()
	maps.DeleteFunc(m.known, func(_ string, r rememberedFacts) bool { return now.After(r.until) })
	if m.known == nil {
		m.known = map[string]rememberedFacts{}
	}
	m.known[name] = rememberedFacts{stored, now.Add(factsRemembered)}
}

// forget forgets everything.
func (m *factsMemory) forget() {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.known = nil
}

func factsName(load uint64, key snapshotKey, live bool) string {
	q := key.question
	known := int64(0)
	if !live {
		known = q.KnownAt.UnixMilli()
	}
	return fmt.Sprint(load, " ", key.scope, " ", q.AsOf.Unix(), " ", q.From.Unix(), " ", q.To.Unix(), " ", known)
}

func idsOf(parts iter.Seq[part]) (ids []uint64) {
	for part := range parts {
		ids = append(ids, part.ID)
	}
	return ids
}

func mapValues(parts map[string]part) iter.Seq[part] { return maps.Values(parts) }

// turns lets one after another do what has one name. Its methods may be called from many goroutines.
type turns struct {
	lock   sync.Mutex
	taken  map[string]chan struct{}
	queued map[string]int
}

// enter waits until nobody else does what has this name, or for ctx; done ends it.
func (t *turns) enter(ctx context.Context, name string) (done func(), err error) {
	t.lock.Lock()
	if t.taken == nil {
		t.taken, t.queued = map[string]chan struct{}{}, map[string]int{}
	}
	if t.taken[name] == nil {
		t.taken[name] = make(chan struct{}, 1)
	}
	turn := t.taken[name]
	t.queued[name]++
	t.lock.Unlock()
	leave := func() {
		t.lock.Lock()
		defer t.lock.Unlock()
		if t.queued[name]--; t.queued[name] == 0 {
			delete(t.taken, name)
			delete(t.queued, name)
		}
	}
	select {
	case turn <- struct{}{}:
		return func() { <-turn; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

// ForgetAnswers makes them look again which facts are stored.
func (s *Facts) ForgetAnswers() { s.memory.forget() }
