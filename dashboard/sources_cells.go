package dashboard

import (
	"time"

	"yangguang/queries"
)

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
		for range 8 {
			cells = append(cells, a.none("source.state.never"))
		}
		return cells
	}
	for _, count := range []uint64{c.Read, c.New, c.Changed, c.Unchanged, c.Rejected, c.NotUnderstood, c.Withdrawn} {
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
