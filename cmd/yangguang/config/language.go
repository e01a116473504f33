package config

import (
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/language"
)

// Printer says what collections note in the language of the configuration.
func (c *Config) Printer() language.Printer { return terminal.Bundle().Printer(c.Language) }

// Lines says what commands answer, in the language of the command line.
func (c *Config) Lines() language.Printer { return terminal.Bundle().Printer(c.Spoken) }
