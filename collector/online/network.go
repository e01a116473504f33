package online

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Request asks for one page.
type Request struct {
	Method string // GET, or POST
	URL    string
	Header http.Header
	Body   []byte
	Reads  bool // a POST that only asks, so that it may be repeated
	Keep   bool // the answer is worth being remembered, so that an unchanged one need not be sent again

	LedFrom string // the page that leads here without a redirect, as by meta refresh: the same rules hold as for one
}

// Answer is a page.
type Answer struct {
	URL    string // after redirects
	Header http.Header
	Body   []byte
	Bytes  int64         // received
	Took   time.Duration // from asking until it had come whole, on all addresses that led there, without waiting for its turn
}

// Network fetches pages: politely, safely and with what is to be repeated repeated.
type Network interface {
	Fetch(ctx context.Context, request Request) (Answer, error)
}

// Sessions is a Network that can keep cookies.
type Sessions interface {
	// Session is the same network for one collection: it keeps the cookies that it is given, and forgets them with it.
	Session() Network
}

// Session is a network for one collection.
func Session(network Network) Network {
	if sessions, ok := network.(Sessions); ok {
		return sessions.Session()
	}
	return network
}

// Discreet is err with secrets blotted out of its text.
func Discreet(err error, secrets ...string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	if text == err.Error() {
		return err
	}
	return &discreetError{text: text, cause: err}
}

type discreetError struct {
	text  string
	cause error
}

func (e *discreetError) Error() string { return e.text }
func (e *discreetError) Unwrap() error { return e.cause }

// Answered is an error that says with which status, other than success, a server has answered.
type Answered interface {
	error
	HTTPStatus() int
}

// StatusOf is the status of the answer that err is about.
func StatusOf(err error) (status int, ok bool) {
	var answered Answered
	if errors.As(err, &answered) {
		return answered.HTTPStatus(), true
	}
	return 0, false
}

// StatusError is a plain Answered.
type StatusError struct {
	Status int
	Cause  error
}

func (e *StatusError) Error() string { return e.Cause.Error() }
func (e *StatusError) Unwrap() error { return e.Cause }

// HTTPStatus is the status of the answer.
func (e *StatusError) HTTPStatus() int { return e.Status }
