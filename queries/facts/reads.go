package facts

import (
	"slices"
	"strings"

	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// reads says what a question's text reads beside the registry and the records.
type reads struct {
	Facts     bool // any
	Beginning bool // of the load
	results   bool // what a window adds up of them
	previous  bool // those of the window before too
	sites     bool // those of the demonstration sites since 1970
}

// ReadsOf is what sql/NAME.sql reads.
func ReadsOf(name string) (reads, error) {
	text, err := sql.Text(name)
	if err != nil {
		return reads{}, err
	}
	stored, err := sql.Text(name, sql.FromResults(), sql.FromTotals(), sql.FromStandings(name))
	return reads{
		Facts:     strings.Contains(text, "{layers:"),
		Beginning: strings.Contains(text, "{beginning:"),
		results:   stored != text,
		previous:  strings.Contains(text, "{windows:") || strings.Contains(text, "{previous_window:"),
		sites:     name == "reports/sites",
	}, err
}

// RankedAmong is the question that a question reads: a unit's rank follows from all that are within.
func RankedAmong(name string, question model.Question) model.Question {
	if slices.Contains([]string{"reports/ranking", "ranking/part", "ranking/totals", "ranking/with_summaries", "metrics/units"}, name) {
		question.Unit, question.Scope = "", "own"
	}
	return question
}
