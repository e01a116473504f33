package fetch

import (
	"fmt"
	"net/http"
	"time"

	"yangguang/collector/online"
)

// RefusedError says that a page is not asked for, or not taken: private addresses, robots.txt, other hosts, too large a body.
type RefusedError struct {
	Address string
	Reason  string
}

func (e *RefusedError) Error() string { return fmt.Sprintf("refused %s: %s", e.Address, e.Reason) }

// busyError is a status with which a server says how long to wait.
type busyError struct {
	status string
	wait   time.Duration
}

func (e *busyError) Error() string {
	if e.wait > 0 {
		return fmt.Sprintf("the server answers %s and asks to wait %s", e.status, e.wait)
	}
	return "the server answers " + e.status
}

func statusError(response *http.Response) error {
	return &online.StatusError{Status: response.StatusCode, Cause: &busyError{response.Status, retryAfter(response.Header, time.Now())}}
}
