// Package channel hands messages to readers, by mail, WeCom, DingTalk and webhooks, and says what a message is.
package channel

import "context"

// Channel takes messages for one reader.
type Channel interface {
	// Send hands a message over. An error that is not a *RefusedError leaves open whether it arrived.
	Send(ctx context.Context, m Message) error
	// Preview is the text that it would send.
	Preview(m Message) string
}

// RefusedError says that a message is known not to have been taken.
type RefusedError struct{ Reason error }

func (e *RefusedError) Error() string { return e.Reason.Error() }

// Unwrap gives the reason.
func (e *RefusedError) Unwrap() error { return e.Reason }
