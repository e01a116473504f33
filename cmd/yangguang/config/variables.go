package config

import (
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/clickhouse/engine"
)

// Variables are the environment variables that the program reads; help.variable.NAME describes them.
var Variables = []string{terminal.ConfigVariable, DSNVariable, passwordVariable, engine.LibraryVariable}
