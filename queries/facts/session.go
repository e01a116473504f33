package facts

import (
	"context"
	"sync"
)

// sessionKey marks a context that has a session.
type sessionKey struct{}

// session is what one request has found out of the state of the data: everything that it asks is answered from the same state, and a look-up costs once.
type session struct {
	lock  sync.Mutex
	known map[string]*found
}

// found is set by whoever holds busy.
type found struct {
	busy  chan struct{} // of capacity 1
	known bool
	value any
}

// WithSession is a context whose questions are all answered from the same state of the data: registry, collections and facts.
func WithSession(ctx context.Context) context.Context {
	return context.WithValue(ctx, sessionKey{}, &session{known: map[string]*found{}})
}

// InSession is what find finds, once in a session; without a session each time. Failures are not remembered.
func InSession[V any](ctx context.Context, name string, find func() (V, error)) (none V, err error) {
	s, ok := ctx.Value(sessionKey{}).(*session)
	if !ok {
		return find()
	}
	slot := s.slot(name)
	select {
	case slot.busy <- struct{}{}:
		defer func() { <-slot.busy }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if slot.known {
		return slot.value.(V), nil
	}
	value, err := find()
	if err == nil {
		slot.known, slot.value = true, value
	}
	return value, err
}

// pin makes a session go on with what was found in the meantime.
func pin(ctx context.Context, name string, value any) {
	s, ok := ctx.Value(sessionKey{}).(*session)
	if !ok {
		return
	}
	slot := s.slot(name)
	slot.busy <- struct{}{}
	defer func() { <-slot.busy }()
	slot.known, slot.value = true, value
}

func (s *session) slot(name string) *found {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.known[name] == nil {
		s.known[name] = &found{busy: make(chan struct{}, 1)}
	}
	return s.known[name]
}
