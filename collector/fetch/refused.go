package fetch

import (
	"errors"
	"fmt"
	"net/url"
	"time"
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
	errRobots   = errors.New("robots.txt")
)

// plain is an address without what may be secret.
func plain(address *url.URL) string {
	return (&url.URL{Scheme: address.Scheme, Host: address.Host, Path: address.Path}).String()
}

// slowError says that a page has not come in time.
type slowError struct {
	timeout time.Duration
	cause   error
}

func (e *slowError) Error() string {
	return fmt.Sprintf("the page has not come whole within %s (network.timeout)", e.timeout)
}
func (e *slowError) Unwrap() error { return e.cause }

// withoutAddress leaves out the address that net/http puts before every error: callers name it, and it may carry a secret.
func withoutAddress(err error) error {
	var refused *RefusedError
	if errors.As(err, &refused) {
		return refused
	}
	var certificate *certificateError
	if errors.As(err, &certificate) {
		return fmt.Errorf("fetch: %w", certificate)
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		return fmt.Errorf("fetch: %w", failed.Err)
	}
	return err
}
