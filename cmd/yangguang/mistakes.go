package main

import (
	"errors"
	"fmt"
)

// errUsage marks a mistake of the user: wrong usage or configuration.
var errUsage = errors.New("usage")

// userMistake wraps an error that the user can mend in the command line or the configuration.
func userMistake(err error) error { return fmt.Errorf("%w%w", silent{errUsage}, err) }

// silent is an error that is found by errors.Is but adds nothing to the message.
type silent struct{ error }

func (silent) Error() string { return "" }

func (s silent) Unwrap() error { return s.error }

// errReported is a failure that has been reported already.
var errReported = errors.New("reported")
