package notice

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
	"yangguang/queries/notices"
)

// clerkOf is who sends a form; whoever is no clerk is refused.
func clerkOf(w http.ResponseWriter, a *page.Request) (string, error) {
	user := a.User()
	if !user.Clerk {
		return "", &page.ProblemError{Status: http.StatusForbidden, Message: "notice.refused", About: "notice.refused_about"}
	}
	a.HTTP.Body = http.MaxBytesReader(w, a.HTTP.Body, 64<<10)
	if err := a.HTTP.ParseForm(); err != nil {
		return "", &model.UserError{Parameter: "form", Value: a.HTTP.Header.Get("Content-Type"), Expected: "application/x-www-form-urlencoded"}
	}
	return user.Name, nil
}

// issue notes a notice for each unit of the form that has lapses, numbered, and shows them.
func issue(w http.ResponseWriter, a *page.Request) error {
	by, err := clerkOf(w, a)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	form := a.HTTP.PostForm
	all, _, err := drafted(ctx, a, form.Get)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return &model.UserError{Parameter: "of", Value: form.Get("of"), Expected: a.T("notice.expected_lapsed")}
	}
	var events []notices.Event
	for _, p := range all {
		p.draft.NotedBy, p.draft.YellowCard = by, form.Get("yellow_card") != ""
		events = append(events, p.draft)
	}
	noted, err := a.Options.Register.Issue(ctx, a.Options.Clock(), events...)
	if err != nil {
		return err
	}
	var ids []string
	for _, event := range noted {
		ids = append(ids, event.NoticeID)
	}
	http.Redirect(w, a.HTTP, shownAt(a, strings.Join(ids, "|")), http.StatusSeeOther)
	return nil
}

// note notes that a notice was receipted or answered, and shows it.
func note(w http.ResponseWriter, a *page.Request) error {
	by, err := clerkOf(w, a)
	if err != nil {
		return err
	}
	form := a.HTTP.PostForm
	what := form.Get("what")
	if what != notices.Receipted && what != notices.Answered {
		return &model.UserError{Parameter: "what", Value: what, Expected: "receipted or answered"}
	}
	day, err := model.ParseDay("done_on", form.Get("done_on"))
	if err != nil {
		return err
	}
	today := model.Today(a.Now)
	if day.IsZero() || day.After(today) {
		return &model.UserError{Parameter: "done_on", Value: form.Get("done_on"), Expected: "a day, not after " + today.Format(model.DayLayout)}
	}
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	history, err := a.Options.Register.History(ctx, form.Get("id"))
	if err != nil {
		return err
	}
	if len(history) == 0 {
		return &page.NotFoundError{Message: a.T("notice.none")}
	}
	if err := a.Options.Register.Follow(ctx, a.Options.Clock(), form.Get("id"), what, by, day, strings.TrimSpace(form.Get("remark"))); err != nil {
		return err
	}
	http.Redirect(w, a.HTTP, shownAt(a, form.Get("id")), http.StatusSeeOther)
	return nil
}

func shownAt(a *page.Request, ids string) string {
	query := url.Values{"id": {ids}}
	if lang := a.HTTP.URL.Query().Get("lang"); lang != "" {
		query.Set("lang", lang)
	}
	return "/notice?" + query.Encode()
}
