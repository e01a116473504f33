package sources

import (
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// sourceState names the state with since when, how often and what else is going on.
func (a *request) sourceState(source knownSource) page.Cell {
	state := source.state()
	c := page.Cell{Text: a.T("source.state." + state), State: state, Mark: a.T("mark.source." + state), Class: "fit full", Sort: a.T("source.state." + state)}
	switch {
	case state == "failing":
		c.Note = a.T("source.failing_since", "Instant", a.Instant(*source.FailingSince), "Count", source.Failures)
		if source.LastSuccess == nil {
			c.Note += a.T("list.comma") + a.T("source.never_succeeded")
		}
		if source.running() {
			c.Note += a.T("list.comma") + a.T("source.state.running")
		}
	case state == "running":
		c.Note = a.T("source.running_since", "Instant", a.Instant(source.Collections[0].Started))
	case source.LastOutcome == "interrupted":
		c.Note = a.T("source.interrupted")
	}
	return c
}

func (a *request) lastSuccess(source knownSource) page.Cell {
	if source.LastSuccess == nil {
		return a.None("source.never_succeeded").Classed("fit")
	}
	at := a.Instant(*source.LastSuccess)
	return page.Cell{Text: at, Sort: at, Class: "fit full"}
}

// nextRun says when the source is collected next and by which schedule, or why that is not known.
func (a *request) nextRun(source knownSource) page.Cell {
	switch {
	case source.Removed:
		return a.None("source.state.removed").Classed("fit")
	case !source.Scheduled:
		return a.None("source.not_collecting").Classed("fit")
	case source.Run.Next.IsZero() && source.Run.Schedule == "":
		return page.Cell{Text: a.T("source.no_schedule"), Title: a.T("source.no_schedule_about"), Class: "fit"}
	case source.Run.Next.IsZero():
		return page.Cell{Text: a.T("source.next_unknown"), Note: source.Run.Schedule, Class: "fit"}
	}
	at := a.Instant(source.Run.Next)
	c := page.Cell{Text: at, Note: source.Run.Schedule, Sort: at, Class: "fit full"}
	if source.Run.Schedule == "" {
		c.Note = a.T("source.again")
	}
	return c
}

// volumes are the numbers of a collection: read to bytes.
func (a *request) volumes(c *model.CollectionRow) (cells []page.Cell) {
	if c == nil {
		for range 8 {
			cells = append(cells, a.None("source.state.never"))
		}
		return cells
	}
	for _, count := range []uint64{c.Read, c.New, c.Changed, c.Unchanged, c.Rejected, c.NotUnderstood, c.Withdrawn} {
		cells = append(cells, a.Count(int64(count)))
	}
	pages := a.Count(int64(c.Pages))
	pages.Note = a.Bytes(c.Bytes)
	return append(cells, pages)
}

func (a *request) covered(source knownSource) page.Cell {
	if source.Coverage.Duties == 0 {
		return a.None("source.covers_nothing")
	}
	c := a.Count(int64(source.Coverage.Duties))
	c.Note = a.T("source.covers", "Units", source.Coverage.Units, "Items", len(source.Coverage.Items))
	return c
}

// duration writes how long a collection took.
func (a *request) duration(c model.CollectionRow) page.Cell {
	if c.Outcome == "running" || c.Ended.Before(c.Started) {
		return a.None("source.state.running")
	}
	return page.Cell{Text: c.Ended.Sub(c.Started).Round(100 * time.Millisecond).String(), Class: "num"}
}
