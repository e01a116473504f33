package main

import "yangguang/queries/clickhouse/engine"

// variables are the environment variables that the program reads; help.variable.NAME describes them.
var variables = []string{configVariable, dsnVariable, passwordVariable, engine.LibraryVariable}
