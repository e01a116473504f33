package clickhouse

import "github.com/ClickHouse/clickhouse-go/v2"

// The parts of the driver that other packages use.
type (
	// Exception is an error that ClickHouse answers.
	Exception = clickhouse.Exception
	// Settings are ClickHouse's, of one statement.
	Settings = clickhouse.Settings
	// ColumnNameAndType is a column of rows that are inserted.
	ColumnNameAndType = clickhouse.ColumnNameAndType
)

// The parts of the driver that other packages call.
var (
	Named                   = clickhouse.Named                   // a parameter of a statement
	Context                 = clickhouse.Context                 // a context of one statement
	WithSettings            = clickhouse.WithSettings            // for Context
	WithColumnNamesAndTypes = clickhouse.WithColumnNamesAndTypes // for Context
)
