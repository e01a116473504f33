package sources

import (
	"context"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// recentCollections is how many collections the small chart of a source shows.
const recentCollections = 20

// knownSource is a source with all that is said of it.
type knownSource struct {
	model.SourceRow
	Coverage    model.CoverageRow
	Collections []model.CollectionRow // the newest first
	Run         page.Run
	Scheduled   bool // it is configured, as far as is known
	Removed     bool // it is configured no more
}

// latest is the last collection that came to an end by itself; nil when there was none lately.
func (k knownSource) latest() *model.CollectionRow {
	for i, collection := range k.Collections {
		if slices.Contains([]string{model.Look, model.Suspicious, model.Failed}, collection.Outcome) {
			return &k.Collections[i]
		}
	}
	return nil
}

func (k knownSource) running() bool {
	return len(k.Collections) > 0 && k.Collections[0].Outcome == "running"
}

// state is ok, failing, suspicious, running, never or removed.
func (k knownSource) state() string {
	switch {
	case k.Removed:
		return "removed"
	case k.FailingSince != nil && k.LastOutcome == model.Suspicious:
		return "suspicious"
	case k.FailingSince != nil:
		return "failing"
	case k.running():
		return "running"
	case k.LastSuccess == nil:
		return "never"
	default:
		return "ok"
	}
}

// knownSources gathers what the database and the schedule know of one source, or of all by name; those configured that were never collected
// among them.
func (a *request) knownSources(ctx context.Context, name string, collections int) ([]knownSource, error) {
	everything := model.Question{AsOf: a.Question.AsOf, KnownAt: a.Question.KnownAt}.WithDefaults(a.Question.AsOf)
	a.Panels.Wait()
	if a.Sources.Failed {
		return nil, errNoSources
	}
	coverage, err := ask.Run(ctx, a.Store, ask.Coverage, everything)
	if err != nil {
		return nil, err
	}
	history, err := ask.Run(ctx, a.Store, ask.Collections(name, collections), everything)
	if err != nil {
		return nil, err
	}
	var schedule map[string]page.Run
	if a.Options.Schedule != nil {
		schedule = a.Options.Schedule()
	}
	rows := slices.Clone(a.Sources.Value)
	for configured := range schedule {
		if !slices.ContainsFunc(rows, func(row model.SourceRow) bool { return row.Source == configured }) {
			rows = append(rows, model.SourceRow{Source: configured})
		}
	}
	slices.SortStableFunc(rows, func(x, y model.SourceRow) int { return strings.Compare(x.Source, y.Source) })
	var known []knownSource
	for _, row := range rows {
		if name != "" && row.Source != name {
			continue
		}
		k := knownSource{SourceRow: row}
		k.Run, k.Scheduled = schedule[row.Source]
		k.Removed = len(schedule) > 0 && !k.Scheduled
		for _, c := range coverage {
			if c.Source == row.Source {
				k.Coverage = c
			}
		}
		for _, c := range history {
			if c.Source == row.Source {
				k.Collections = append(k.Collections, c)
			}
		}
		known = append(known, k)
	}
	return known, nil
}
