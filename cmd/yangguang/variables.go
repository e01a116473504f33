package main

import "yangguang/queries/clickhouse/engine"

// configVariable stands in for --config.
const configVariable = "YANGGUANG_CONFIG"

// variables are the environment variables that the program reads.
var variables = []struct{ name, help string }{
	{configVariable, "The configuration file, where --config is not given."},
	{dsnVariable, "The address of a ClickHouse of your own, in place of clickhouse.dsn."},
	{passwordVariable, "Its password, unless clickhouse.password_file names a file."},
	{engine.LibraryVariable, "The file libchdb.so of the embedded ClickHouse."},
}
