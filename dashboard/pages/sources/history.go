package sources

import (
	"strconv"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

const (
	historyHeight   = 28
	historyBarWidth = 5
	historyStep     = 7
)

func (a *request) history(source knownSource) page.Cell {
	if len(source.Collections) == 0 {
		return a.None("source.state.never").Classed("fit full")
	}
	var most uint64 = 1
	good, failed := 0, 0
	for _, c := range source.Collections {
		most = max(most, c.Read)
		switch c.Outcome {
		case model.Look:
			good++
		case model.Suspicious, model.Failed:
			failed++
		}
	}
	h := &page.History{
		Label: a.T("source.history", "Count", len(source.Collections), "Good", good, "Failed", failed),
		Width: recentCollections * historyStep, Height: historyHeight,
	}
	for i, c := range source.Collections[:min(recentCollections, len(source.Collections))] {
		height := max(1, int(float64(c.Read)/float64(most)*historyHeight))
		bar := page.HistoryBar{
			X: h.Width - (i+1)*historyStep, Y: historyHeight - height, Width: historyBarWidth, Height: height, Outcome: "other",
			Title: a.Instant(c.Started) + " " + a.CodeLabel("last_outcome", c.Outcome) + " " + a.Label("read") + " " + strconv.FormatUint(c.Read, 10),
		}
		switch {
		case c.Outcome == model.Look || c.Outcome == model.Suspicious || c.Outcome == model.Failed:
			bar.Outcome = c.Outcome
		}
		bar.Right = bar.X + bar.Width
		h.Bars = append(h.Bars, bar)
	}
	return page.Cell{History: h, Class: "fit full"}
}
