package dashboard

import (
	"fmt"
	"math"
	"time"
)

// errNotFound is what a builder returns for something that the address names and the district does not have.
type errNotFound struct{ message string }

func (e *errNotFound) Error() string { return e.message }

// refusedError says that something is not computed now.
type refusedError struct {
	status int           // 429: this client has asked too much; 503: everybody together has
	after  time.Duration // when to try again
}

func (r *refusedError) Error() string { return fmt.Sprintf("not computed now, but in %s", r.after) }

// seconds are whole, as Retry-After has them.
func (r *refusedError) seconds() int { return int(math.Ceil(r.after.Seconds())) }

// problemError is answered with a status and texts of its own: the keys of a heading and of an explanation.
type problemError struct {
	status         int
	message, about string
}

func (p *problemError) Error() string { return p.message }
