package clickhouse

import (
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// SqlText is text as a string of ClickHouse's SQL: places cannot be parameters.
func SqlText(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}

func NamedNumber(name string, value uint64) any {
	return clickhouse.Named(name, strconv.FormatUint(value, 10))
}

// Epoch writes an instant as seconds since 1970 with milliseconds: a wall clock would be read in the server's zone.
func Epoch(instant time.Time) string {
	return strconv.FormatFloat(float64(instant.UnixMilli())/1000, 'f', 3, 64)
}

// List is never nil, as arrays are written.
func List(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}

// Numbers is a list of numbers as a parameter.
func Numbers[Number uint8 | uint64](values []Number) string {
	texts := make([]string, 0, len(values))
	for _, value := range values {
		texts = append(texts, strconv.FormatUint(uint64(value), 10))
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// DayOrNull is a civil day for a Nullable(Date32): the zero time is NULL.
func DayOrNull(day time.Time) *time.Time {
	if day.IsZero() {
		return nil
	}
	return &day
}

// DayOrZero undoes dayOrNull.
func DayOrZero(day *time.Time) time.Time {
	if day == nil {
		return time.Time{}
	}
	return *day
}
