package signin

import (
	"crypto/rand"
	"sync"
	"time"

	"yangguang/dashboard/access"
)

// mostSessions bounds how many are signed in at a time, and mostOfOne of them of one name, the oldest of which then ends.
const (
	mostSessions = 10_000
	mostOfOne    = 10
)

// sessions are those who are signed in. They end with the program.
type sessions struct {
	lasts time.Duration
	now   func() time.Time

	mutex sync.Mutex
	byID  map[string]*session
	used  map[string]time.Time // states of sign-ins that have come back, until they would be refused for their age
}

type session struct {
	user          access.User
	begun, lately time.Time
}

func newSessions(lasts time.Duration, now func() time.Time) *sessions {
	return &sessions{lasts: lasts, now: now, byID: map[string]*session{}, used: map[string]time.Time{}}
}

// open begins a session and returns its id.
func (s *sessions) open(user access.User) (id string, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now, oldest, own := s.now(), "", 0
	for id, one := range s.byID {
		if s.over(one, now) {
			delete(s.byID, id)
			continue
		}
		if one.user.Name == user.Name {
			if own++; oldest == "" || one.begun.Before(s.byID[oldest].begun) {
				oldest = id
			}
		}
	}
	if own >= mostOfOne {
		delete(s.byID, oldest)
	}
	if len(s.byID) >= mostSessions {
		return "", errFull
	}
	id = rand.Text()
	s.byID[id] = &session{user, now, now}
	return id, nil
}

// user is whose session it is, which goes on by being asked for.
func (s *sessions) user(id string) (access.User, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	one, known := s.byID[id]
	if !known {
		return access.User{}, false
	}
	now := s.now()
	if s.over(one, now) {
		delete(s.byID, id)
		return access.User{}, false
	}
	one.lately = now
	return one.user, true
}

func (s *sessions) over(one *session, now time.Time) bool {
	return now.Sub(one.begun) >= s.lasts || now.Sub(one.lately) >= idleLasts
}

func (s *sessions) end(id string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	delete(s.byID, id)
}

// first tells whether a state comes back for the first time. Only those that were sealed here come so far.
func (s *sessions) first(state string, until time.Time) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now := s.now()
	for one, ends := range s.used {
		if now.After(ends) {
			delete(s.used, one)
		}
	}
	if _, before := s.used[state]; before || len(s.used) >= mostSessions {
		return false
	}
	s.used[state] = until
	return true
}
