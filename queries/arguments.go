package queries

import (
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// sqlText is text as a string of ClickHouse's SQL: places cannot be parameters.
func sqlText(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}

func named(name string, value uint64) any {
	return clickhouse.Named(name, strconv.FormatUint(value, 10))
}

// epoch writes an instant as seconds since 1970 with milliseconds: a wall clock would be read in the server's zone.
func epoch(instant time.Time) string {
	return strconv.FormatFloat(float64(instant.UnixMilli())/1000, 'f', 3, 64)
}

// list is never nil, as arrays are written.
func list(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}

// numbers is a list of numbers as a parameter.
func numbers[Number uint8 | uint64](values []Number) string {
	texts := make([]string, 0, len(values))
	for _, value := range values {
		texts = append(texts, strconv.FormatUint(uint64(value), 10))
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// dayOrNull is a civil day for a Nullable(Date32): the zero time is NULL.
func dayOrNull(day time.Time) *time.Time {
	if day.IsZero() {
		return nil
	}
	return &day
}

// dayOrZero undoes dayOrNull.
func dayOrZero(day *time.Time) time.Time {
	if day == nil {
		return time.Time{}
	}
	return *day
}
