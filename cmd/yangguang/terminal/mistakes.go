package terminal

import (
	"errors"
	"fmt"
)

// ErrUsage marks a mistake of the user: wrong usage or configuration.
var ErrUsage = errors.New("usage")

// Mistake wraps an error that the user can mend in the command line or the configuration.
func Mistake(err error) error { return fmt.Errorf("%w%w", silent{ErrUsage}, err) }

// silent is an error that is found by errors.Is but adds nothing to the message.
type silent struct{ error }

func (silent) Error() string { return "" }

func (s silent) Unwrap() error { return s.error }

// ErrReported is a failure that has been reported already.
var ErrReported = errors.New("reported")
