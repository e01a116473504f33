package notice

import (
	"context"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/notices"
)

// state says in a sentence or two what has become of an issued notice by today: whether it is rectified, and what was noted last. It is empty where the
// report notices has none of the id.
func state(ctx context.Context, a *page.Request, history []notices.Event) (said, outcome string, err error) {
	last := history[len(history)-1]
	followed, err := ask.Run(ctx, a.Store, ask.FollowedNotices, model.Question{Unit: last.UnitID}.WithDefaults(model.Today(a.Now)))
	if err != nil {
		return "", "", err
	}
	at := slices.IndexFunc(followed, func(n model.FollowedNotice) bool { return n.NoticeID == last.NoticeID })
	if at < 0 {
		return "", "", nil
	}
	n, layout := followed[at], a.T("notice.day_layout")
	of := []any{"Issued", n.IssuedOn.Format(layout), "By", "", "On", "", "Count", 0}
	if n.RectifyBy != nil {
		of[3] = n.RectifyBy.Format(layout)
	}
	if n.RectifiedOn != nil {
		of[5] = n.RectifiedOn.Format(layout)
	}
	if n.DaysOver != nil {
		of[7] = int(*n.DaysOver)
	}
	said, noted := a.T("notice.state."+n.Outcome, of...), a.T("notice.state.not_receipted")
	if last.What != "issued" {
		noted = a.T("notice.state."+last.What, "Day", last.DoneOn.Format(layout))
	}
	return said + noted, n.Outcome, nil
}

// counted says how many of several notices are in each state, those first that want attention.
func counted(a *page.Request, papers []paper) string {
	var said []string
	for _, outcome := range []string{"overdue", "open", "late", "on_time"} {
		count := 0
		for _, p := range papers {
			if p.Outcome == outcome {
				count++
			}
		}
		if count > 0 {
			said = append(said, a.T("notice.counted."+outcome, "Count", count))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return a.T("notice.counted", "States", strings.Join(said, a.T("list.comma")))
}
