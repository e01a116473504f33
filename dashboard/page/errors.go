package page

import (
	"fmt"
	"math"
	"net/http"
	"time"
)

// NotFoundError is what a builder returns for something that the address names and the district does not have.
type NotFoundError struct{ Message string }

func (e *NotFoundError) Error() string { return e.Message }

// RefusedError says that something is not computed now.
type RefusedError struct {
	Status int           // 429: this client has asked too much; 503: everybody together has
	After  time.Duration // when to try again
}

func (r *RefusedError) Error() string { return fmt.Sprintf("not computed now, but in %s", r.After) }

// Seconds are whole, as Retry-After has them.
func (r *RefusedError) Seconds() int { return int(math.Ceil(r.After.Seconds())) }

// ProblemError is answered with a status and texts of its own: the keys of a heading and of an explanation, or what is said in its place.
type ProblemError struct {
	Status         int
	Message, About string
	Text           string // in place of About
}

func (p *ProblemError) Error() string { return p.Message }

// OperatorsOnly answers whoever is no operator.
func OperatorsOnly() error {
	return &ProblemError{Status: http.StatusForbidden, Message: "problem.operators", About: "problem.operators_about"}
}
