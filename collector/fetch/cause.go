package fetch

import (
	"crypto/tls"
	"errors"
	"io"
	"net"

	"yangguang/collector/online"
)

// Cause says why a page was not got.
type Cause int

const (
	Unclear        Cause = iota // anything else
	Answered                    // the server answers a status other than success: online.StatusOf
	Slow                        // it has not come whole in time
	BadCertificate              // the server's certificate is not to be trusted
	Unreachable                 // no connection, or one that ended before the page had come whole
	ByRobots                    // robots.txt forbids to ask, or cannot be read
	LeadsElsewhere              // it redirects to where it is not followed: LeadsTo
	TooLarge                    // more bytes than network.max_body; the answer has the first of them
	Refused                     // not asked for another reason, as a private address
)

// CauseOf says why Fetch gave an error.
func CauseOf(err error) Cause {
	var refused *RefusedError
	if errors.As(err, &refused) {
		switch {
		case errors.Is(refused, errLeads):
			return LeadsElsewhere
		case errors.Is(refused, errTooLarge):
			return TooLarge
		case errors.Is(refused, errRobots):
			if _, answered := online.StatusOf(refused); !answered && isUnreachable(refused) { // nor could the page be
				return Unreachable
			}
			return ByRobots
		}
		return Refused
	}
	var certificate *certificateError
	var slow *slowError
	switch _, answered := online.StatusOf(err); {
	case answered:
		return Answered
	case errors.As(err, &certificate):
		return BadCertificate
	case isUnreachable(err):
		return Unreachable
	case errors.As(err, &slow):
		return Slow
	}
	return Unclear
}

// isUnreachable reports whether a connection could not be made, or broke. One that was made and on which nothing came in time is slow.
func isUnreachable(err error) bool {
	var operation *net.OpError
	var name *net.DNSError
	var handshake tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &operation):
		return operation.Op == "dial" || !operation.Timeout()
	case errors.As(err, &name), errors.As(err, &handshake), errors.As(err, &alert):
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// LeadsTo is the address, without its query, to which a page redirects that is not followed; empty: it does not.
func LeadsTo(err error) string {
	var refused *RefusedError
	if CauseOf(err) != LeadsElsewhere || !errors.As(err, &refused) {
		return ""
	}
	return refused.Address
}
