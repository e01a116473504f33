package main

import (
	"yangguang/dashboard/language"
)

// printer says what collections note in the language of the configuration.
func (c *config) printer() language.Printer { return wording().Printer(c.Language) }

// lines says what commands answer, in the language of the command line.
func (c *config) lines() language.Printer { return wording().Printer(c.spoken) }
