package queries

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// arguments are the server-side parameters {name:Type} that a query mentions: the load in force, known_at, as_of, from_on,
// to_on, the same three days of the previous window, group_name, within, unit, scope, programme, focus; and what a list of
// single rows is limited to, listed_within and listed_unit: a unit asked with its subtree is a subtree. layers are those of the facts that answer it.
func questionArguments(q Question, text string, load uint64, layers ...uint64) []any {
	previous := q.Previous()
	var arguments []any
	for _, argument := range []struct{ name, value string }{
		{"load", strconv.FormatUint(load, 10)},
		{"layers", numbers(layers)},
		{"known_at", epoch(q.knownAt())},
		{"as_of", q.AsOf.Format(dayLayout)},
		{"from_on", q.From.Format(dayLayout)},
		{"to_on", q.To.Format(dayLayout)},
		{"previous_from", previous.From.Format(dayLayout)},
		{"window", windows(q)},
		{"previous_window", windows(previous)},
		{"windows", windows(q, previous)},
		{"all_days", windows(Question{AsOf: q.AsOf, From: time.Unix(0, 0).UTC(), To: q.AsOf})},
		{"group_name", q.Group},
		{"within", q.Within},
		{"unit", q.Unit},
		{"listed_within", q.listedWithin()},
		{"listed_unit", q.listedUnit()},
		{"sites_within", q.sitesWithin()},
		{"scope", q.Scope},
		{"programme", q.Programme},
		{"focus", q.Focus},
	} {
		if strings.Contains(text, "{"+argument.name+":") {
			arguments = append(arguments, clickhouse.Named(argument.name, argument.value))
		}
	}
	return arguments
}

// windows are the as-of day, the first and the last day of each question's window.
func windows(of ...Question) string {
	var all []string
	for _, q := range of {
		all = append(all, fmt.Sprintf("('%s','%s','%s')", q.AsOf.Format(dayLayout), q.From.Format(dayLayout), q.To.Format(dayLayout)))
	}
	return "[" + strings.Join(all, ",") + "]"
}
