package config

import (
	"fmt"
	"runtime"

	"yangguang/dashboard/page"
)

// Limits bounds what readers make the database compute (key limits); 0 stands for no limit, nothing for the values of ReaderLimits.
type Limits struct {
	PerMinute *int `yaml:"per_minute"` // requests of a client that have something computed
	AtOnce    *int `yaml:"at_once"`    // questions that are computed at the same time
}

func (l Limits) check(file string) []error {
	var problems []error
	for key, value := range map[string]*int{"per_minute": l.PerMinute, "at_once": l.AtOnce} {
		if value != nil && *value < 0 {
			problems = append(problems, fmt.Errorf("%s: limits.%s: %d; expected a number, 0 for no limit", file, key, *value))
		}
	}
	return problems
}

// ReaderLimits are the limits in force: two new views a second are more than a reader looks at, and a page asks some ten questions.
func (c *Config) ReaderLimits() page.Limits {
	limits := page.Limits{PerMinute: 120, AtOnce: max(16, 4*runtime.GOMAXPROCS(0)), Forwarded: c.Guarded}
	if c.Limits.PerMinute != nil {
		limits.PerMinute = *c.Limits.PerMinute
	}
	if c.Limits.AtOnce != nil {
		limits.AtOnce = *c.Limits.AtOnce
	}
	return limits
}
