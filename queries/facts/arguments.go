package facts

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Arguments are the server-side parameters {name:Type} that a query mentions: the load in force, known_at, as_of, from_on,
// to_on, the same three days of the previous window, group_name, within, unit, scope, programme, focus; and what a list of
// single rows is limited to, listed_within and listed_unit: a unit asked with its subtree is a subtree; and of the facts that answer it their parts (layers), beginning and configured.
func Arguments(q model.Question, text string, load uint64, found Chosen) []any {
	previous := q.Previous()
	var arguments []any
	for _, argument := range []struct{ name, value string }{
		{"load", strconv.FormatUint(load, 10)},
		{"layers", clickhouse.Numbers(found.Parts)},
		{"beginning", found.Beginning.day()},
		{"configured", strconv.FormatBool(found.Beginning.Configured)},
		{"known_at", clickhouse.Epoch(q.Instant())},
		{"as_of", q.AsOf.Format(model.DayLayout)},
		{"from_on", q.From.Format(model.DayLayout)},
		{"to_on", q.To.Format(model.DayLayout)},
		{"previous_from", previous.From.Format(model.DayLayout)},
		{"window", Windows(q)},
		{"previous_window", Windows(previous)},
		{"windows", Windows(q, previous)},
		{"all_days", Windows(model.Question{AsOf: q.AsOf, From: time.Unix(0, 0).UTC(), To: q.AsOf})},
		{"group_name", q.Group},
		{"within", q.Within},
		{"unit", q.Unit},
		{"listed_within", q.ListedWithin()},
		{"listed_unit", q.ListedUnit()},
		{"sites_within", q.SitesWithin()},
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

// Windows are the as-of day, the first and the last day of each question's window.
func Windows(of ...model.Question) string {
	var all []string
	for _, q := range of {
		all = append(all, fmt.Sprintf("('%s','%s','%s')", q.AsOf.Format(model.DayLayout), q.From.Format(model.DayLayout), q.To.Format(model.DayLayout)))
	}
	return "[" + strings.Join(all, ",") + "]"
}
