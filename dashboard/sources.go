package dashboard

import (
	"context"
	"slices"
	"strings"
	"time"

	"yangguang/queries"
)

// sourcesBody is what pages/sources.html shows.
type sourcesBody struct {
	Sentence, About string
	Numbers         []number
	Sources         figure
	Problems        []sourceProblem
	Rejects         rejectsPanel
}

// sourceProblem is what a failing or suspicious source says, in full.
type sourceProblem struct {
	Source link
	State  cell
	Text   string
}

// sources answers: is everything collected, since when is it not, what was collected and what was refused?
func sources(ctx context.Context, a *ask) (content, error) {
	known, err := a.knownSources(ctx, "", recentCollections)
	if err != nil {
		return content{}, err
	}
	rejects, err := a.rejectsPanel(ctx, "")
	if err != nil {
		return content{}, err
	}
	body := sourcesBody{
		Sentence: a.sourcesSentence(known), About: a.T("sources.about"), Numbers: a.sourcesNumbers(known, rejects),
		Sources: a.sourcesFigure(known), Rejects: rejects,
	}
	for _, source := range known {
		if source.Error != "" {
			body.Problems = append(body.Problems, sourceProblem{a.sourceLink(source.Source), a.sourceState(source), source.Error})
		}
	}
	return content{Title: a.T("nav.sources"), Nav: "sources", Body: body}, nil
}

// recentCollections is how many collections the small chart of a source shows.
const recentCollections = 20

// knownSource is a source with all that is said of it.
type knownSource struct {
	queries.SourceRow
	Coverage    queries.CoverageRow
	Collections []queries.CollectionRow // the newest first
	Run         Run
	Scheduled   bool // it is configured, as far as is known
	Removed     bool // it is configured no more
}

// latest is the last collection that came to an end by itself; nil when there was none lately.
func (k knownSource) latest() *queries.CollectionRow {
	for i, collection := range k.Collections {
		if collection.Outcome == "success" || collection.Outcome == "failed" {
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
	case k.FailingSince != nil:
		return "failing"
	case k.running():
		return "running"
	case k.LastSuccess == nil:
		return "never"
	case k.Error != "":
		return "suspicious"
	default:
		return "ok"
	}
}

// knownSources gathers what the database and the schedule know of one source, or of all by name; those configured that were never collected
// among them.
func (a *ask) knownSources(ctx context.Context, name string, collections int) ([]knownSource, error) {
	ctx, cancel := context.WithTimeout(ctx, a.panels.timeout)
	defer cancel()
	everything := queries.Question{AsOf: a.question.AsOf, KnownAt: a.question.KnownAt}.WithDefaults(a.question.AsOf)
	a.panels.wait()
	if a.sources.failed {
		return nil, errNoSources
	}
	coverage, err := a.store.Coverage(ctx, everything)
	if err != nil {
		return nil, err
	}
	history, err := a.store.Collections(ctx, everything, name, collections)
	if err != nil {
		return nil, err
	}
	var schedule map[string]Run
	if a.options.Schedule != nil {
		schedule = a.options.Schedule()
	}
	rows := slices.Clone(a.sources.value)
	for configured := range schedule {
		if !slices.ContainsFunc(rows, func(row queries.SourceRow) bool { return row.Source == configured }) {
			rows = append(rows, queries.SourceRow{Source: configured})
		}
	}
	slices.SortStableFunc(rows, func(x, y queries.SourceRow) int { return strings.Compare(x.Source, y.Source) })
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

func (a *ask) sourceLink(name string) link {
	return link{Text: name, Href: a.address.at(sourcePath(name)).String()}
}

func (a *ask) sourcesSentence(known []knownSource) string {
	var failing []string
	waiting := 0
	for _, source := range known {
		switch source.state() {
		case "failing":
			failing = append(failing, source.Source)
		case "never", "running":
			if source.LastSuccess == nil {
				waiting++
			}
		}
	}
	switch {
	case len(known) == 0:
		return a.T("sources.sentence_none")
	case len(failing) > 0:
		const named = 3
		names := strings.Join(failing[:min(named, len(failing))], a.T("list.comma"))
		if len(failing) > named {
			names += a.T("list.more")
		}
		return a.T("sources.sentence_failing", "Sources", len(known), "Count", len(failing), "Names", names)
	case waiting > 0:
		return a.T("sources.sentence_waiting", "Sources", len(known), "Count", waiting)
	default:
		return a.T("sources.sentence_ok", "Count", len(known))
	}
}

func (a *ask) sourcesNumbers(known []knownSource, rejects rejectsPanel) []number {
	var failing, read int64
	for _, source := range known {
		if source.state() == "failing" {
			failing++
		}
		if latest := source.latest(); latest != nil {
			read += int64(latest.Read)
		}
	}
	numbers := []number{
		{Label: a.T("figure.sources"), Value: grouped(int64(len(known)))},
		{Label: a.T("figure.failing"), Value: grouped(failing)},
		{Label: a.T("figure.read"), Value: grouped(read), Unit: a.T("unit.rows"), Note: a.T("sources.read_about")},
		{Label: a.T("figure.rejects"), Value: grouped(int64(rejects.All)), Unit: a.T("unit.rows"), Note: a.T("sources.rejects_about")},
	}
	for i, report := range []string{"sources", "sources", "sources", "rejects"} {
		numbers[i].Href = a.exports(report, a.question)[0].Href
	}
	return numbers
}

// sourcesFigure lists every source, the failing ones first.
func (a *ask) sourcesFigure(known []knownSource) figure {
	f := figure{ID: "sources", Heading: a.T("nav.sources"), About: a.T("sources.table_about"), Class: "span-12", Open: true, Exports: a.exports("sources", a.question)}
	t := table{Label: f.Heading, Counter: a.T("table.sources"), Page: 100, Short: true, Empty: a.T("sources.sentence_none"), Columns: []column{
		{Label: a.Label("source"), Class: "title stick", Sort: "text"},
		{Label: a.Label("state"), Class: "fit full", Sort: "text"},
		{Label: a.T("sources.last_success"), Class: "fit", Sort: "text"},
		{Label: a.T("sources.next"), Class: "fit", Sort: "text"},
		{Label: a.Label("read"), Class: "num", Sort: "number"},
		{Label: a.Label("new"), Class: "num", Sort: "number"},
		{Label: a.Label("changed"), Class: "num", Sort: "number"},
		{Label: a.Label("unchanged"), Class: "num", Sort: "number"},
		{Label: a.Label("rejected"), Class: "num", Sort: "number"},
		{Label: a.T("sources.withdrawn"), Class: "num", Sort: "number"},
		{Label: a.T("sources.pages"), Class: "num", Sort: "number"},
		{Label: a.T("sources.coverage"), Class: "num", Sort: "number"},
		{Label: a.T("sources.recent"), Class: "fit full"},
	}}
	if len(known) > 8 {
		t.Search = a.T("table.search_sources")
	}
	order := []string{"failing", "suspicious", "never"}
	sorted := slices.Clone(known)
	slices.SortStableFunc(sorted, func(x, y knownSource) int { return place(order, x.state()) - place(order, y.state()) })
	for _, source := range sorted {
		name := a.sourceLink(source.Source)
		cells := []cell{
			a.words(name.Text).href(name.Href).class("title stick").note(a.CodeLabel("kind", source.Kind)),
			a.sourceState(source), a.lastSuccess(source), a.nextRun(source),
		}
		t.Rows = append(t.Rows, row{Cells: append(append(cells, a.volumes(source.latest())...), a.covered(source), a.history(source))})
	}
	f.Table = &t
	return f
}

// place is where a word stands in a list, or its end.
func place(order []string, word string) int {
	if at := slices.Index(order, word); at >= 0 {
		return at
	}
	return len(order)
}

// sourceState names the state with since when, how often and what else is going on.
func (a *ask) sourceState(source knownSource) cell {
	state := source.state()
	c := cell{Text: a.T("source.state." + state), State: state, Mark: a.T("mark.source." + state), Class: "fit full", Sort: a.T("source.state." + state)}
	switch {
	case state == "failing":
		c.Note = a.T("source.failing_since", "Instant", a.instant(*source.FailingSince), "Count", source.Failures)
		if source.LastSuccess == nil {
			c.Note += a.T("list.comma") + a.T("source.never_succeeded")
		}
		if source.running() {
			c.Note += a.T("list.comma") + a.T("source.state.running")
		}
	case state == "running":
		c.Note = a.T("source.running_since", "Instant", a.instant(source.Collections[0].Started))
	case source.LastOutcome == "interrupted":
		c.Note = a.T("source.interrupted")
	}
	return c
}

func (a *ask) lastSuccess(source knownSource) cell {
	if source.LastSuccess == nil {
		return a.none("source.never_succeeded").class("fit")
	}
	at := a.instant(*source.LastSuccess)
	return cell{Text: at, Sort: at, Class: "fit"}
}

// nextRun says when the source is collected next and by which schedule, or why that is not known.
func (a *ask) nextRun(source knownSource) cell {
	switch {
	case source.Removed:
		return a.none("source.state.removed").class("fit")
	case !source.Scheduled:
		return a.none("source.not_collecting").class("fit")
	case source.Run.Next.IsZero() && source.Run.Schedule == "":
		return cell{Text: a.T("source.no_schedule"), Title: a.T("source.no_schedule_about"), Class: "fit"}
	case source.Run.Next.IsZero():
		return cell{Text: a.T("source.next_unknown"), Note: source.Run.Schedule, Class: "fit"}
	}
	at := a.instant(source.Run.Next)
	c := cell{Text: at, Note: source.Run.Schedule, Sort: at, Class: "fit"}
	if source.Run.Schedule == "" {
		c.Note = a.T("source.again")
	}
	return c
}

// volumes are the numbers of a collection: read to bytes.
func (a *ask) volumes(c *queries.CollectionRow) (cells []cell) {
	if c == nil {
		for range 7 {
			cells = append(cells, a.none("source.state.never"))
		}
		return cells
	}
	for _, count := range []uint64{c.Read, c.New, c.Changed, c.Unchanged, c.Rejected, c.Withdrawn} {
		cells = append(cells, a.count(int64(count)))
	}
	pages := a.count(int64(c.Pages))
	pages.Note = a.bytes(c.Bytes)
	return append(cells, pages)
}

func (a *ask) covered(source knownSource) cell {
	if source.Coverage.Duties == 0 {
		return a.none("source.covers_nothing")
	}
	c := a.count(int64(source.Coverage.Duties))
	c.Note = a.T("source.covers", "Units", source.Coverage.Units, "Items", len(source.Coverage.Items))
	return c
}

// duration writes how long a collection took.
func (a *ask) duration(c queries.CollectionRow) cell {
	if c.Outcome == "running" || c.Ended.Before(c.Started) {
		return a.none("source.state.running")
	}
	return cell{Text: c.Ended.Sub(c.Started).Round(100 * time.Millisecond).String(), Class: "num"}
}
