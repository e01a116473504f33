package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"yangguang/collector/online"
)

// RefusedError says that a page is not asked for, or not taken: private addresses, robots.txt, other hosts, too large a body.
type RefusedError struct {
	Address string // without its query, which may hold secrets
	Reason  string
	cause   error
}

func (e *RefusedError) Error() string { return fmt.Sprintf("refused %s: %s", e.Address, e.Reason) }
func (e *RefusedError) Unwrap() error { return e.cause }

func refuse(address *url.URL, cause error, reason string, values ...any) error {
	return &RefusedError{plain(address), fmt.Sprintf(reason, values...), cause}
}

// What is refused for a robots.txt is no reason not to ask for pages.
var (
	errTooLarge = errors.New("too large")
	errLeads    = errors.New("leads elsewhere")
)

// plain is an address without what may be secret.
func plain(address *url.URL) string {
	return (&url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}).String()
}

// withoutAddress leaves out the address that net/http puts before every error: callers name it, and it may carry a secret.
func withoutAddress(err error) error {
	var refused *RefusedError
	if errors.As(err, &refused) {
		return refused
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		return fmt.Errorf("fetch: %w", failed.Err)
	}
	return err
}

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

func statusError(response *http.Response, now time.Time) error {
	return &online.StatusError{Status: response.StatusCode, Cause: &busyError{response.Status, retryAfter(response.Header, now)}}
}
