package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// page serves one page: it reads the question from the address, has the page built and puts it into the layout. Whole
// pages are rendered before the first byte is sent, so that a fault never leaves half a page. Whatever the database does, the page is answered
// within its time limit: with what was answered by then, or as it was when everything was last answered, and it tries again by itself.
func (s *server) page(one page.Page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := page.New(s.Options, r)
		ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
		defer cancel()
		made, err := s.built(ctx, asked, one)
		if err == nil && asked.Exporting != "" {
			if err = s.exportPanel(ctx, w, asked, one.Name, made.Body); err == nil {
				return
			}
		}
		switch names, reason := asked.Panels.Unanswered(); {
		case r.Context().Err() != nil: // the reader has left; nobody reads an answer
		case err != nil && !isOutage(err, reason != nil):
			s.fail(w, asked, err)
		case err == nil && reason == nil:
			s.show(w, asked, one, made)
		default:
			s.showInstead(w, asked, one, made, outage{names, reason, err})
		}
	})
}

// answered serves what is no page, and shows its error as one.
func (s *server) answered(answer func(http.ResponseWriter, *page.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := page.New(s.Options, r)
		if err := answer(w, asked); err != nil {
			s.fail(w, asked, err)
		}
	})
}

// built asks the page's questions and makes of the answers what it shows.
func (s *server) built(ctx context.Context, asked *page.Request, one page.Page) (made page.Content, err error) {
	asked.Panels = page.NewPanels(ctx, s.Logger)
	values, err := url.ParseQuery(asked.HTTP.URL.RawQuery)
	if err != nil {
		return made, &model.UserError{Parameter: "query", Value: asked.HTTP.URL.RawQuery, Expected: "name=value&name=value"}
	}
	for _, name := range one.Several {
		values.Del(name)
	}
	if asked.Question, err = page.ParseQuestion(values, asked.Now, one.Parameters); err != nil {
		return made, err
	}
	asked.Exporting = values.Get("export")
	ctx = facts.WithSession(ctx)
	asked.Panels.Ctx = ctx
	asked.Sources = page.Ask(asked, asked.Question, ask.Sources)
	asked.Within = page.Load(asked.Panels, "within", asked.Question, asked.WithinName)
	if err = asked.Size(ctx, asked.Question); err == nil {
		if asked.Large { // of which only the previous window is prepared
			asked.Question.Compare = ""
		}
		made, err = one.Build(ctx, asked)
	}
	asked.Panels.Wait()
	if instead := asked.Panels.Instead; instead != nil {
		err = instead
	}
	return made, err
}

// outage is why a page cannot be shown as it should be.
type outage struct {
	panels string // that have no answer
	reason error  // of the first of them
	err    error  // of the whole page
}

// isOutage reports whether an error is the database's or everybody's load, not the reader's or of what is asked. What was not found while
// questions have no answer may well be there.
func isOutage(err error, unanswered bool) bool {
	var user *model.UserError
	var missing *page.NotFoundError
	var refused *page.RefusedError
	switch {
	case errors.As(err, &user):
		return false
	case errors.As(err, &missing):
		return unanswered
	case errors.As(err, &refused):
		return refused.Status == http.StatusServiceUnavailable
	}
	return !page.ConcernsPage(err)
}

// show sends a page whose every question was answered, and keeps it for when one is not.
func (s *server) show(w http.ResponseWriter, a *page.Request, one page.Page, made page.Content) {
	drawn, err := s.draw(a, one.Name, made)
	if err != nil {
		s.broken(w, one.Name, err)
		return
	}
	if made.Again > 0 {
		w.Header().Set("Refresh", fmt.Sprint(made.Again))
	} else {
		s.lastGood.keep(a, one, drawn)
	}
	s.send(w, http.StatusOK, a, drawn)
}

// showInstead sends the page as it was when everything was last answered, or else what of it was answered, or says that there is nothing.
func (s *server) showInstead(w http.ResponseWriter, a *page.Request, one page.Page, made page.Content, why outage) {
	var refused *page.RefusedError
	if !errors.As(why.err, &refused) {
		s.Logger.WarnContext(a.HTTP.Context(), "page incomplete", "path", a.HTTP.URL.Path, "panels", why.panels, "error", errors.Join(why.err, why.reason))
	}
	if !one.Lasting {
		w.Header().Set("Refresh", fmt.Sprint(retryAfter))
	}
	if a.Exporting == "" {
		if kept, found := s.lastGood.of(a); found {
			s.send(w, http.StatusOK, a, kept.page, lastGoodNotice(a, kept.at))
			return
		}
	}
	if refused != nil {
		s.fail(w, a, refused)
		return
	}
	if why.err != nil || a.Exporting != "" {
		w.Header().Set("Refresh", fmt.Sprint(retryAfter)) // without the page there is not its script either
		s.problem(w, a, replyTo(a, nil))                  // whatever was not found may be there
		return
	}
	drawn, err := s.draw(a, one.Name, made)
	if err != nil {
		s.broken(w, one.Name, err)
		return
	}
	s.send(w, http.StatusOK, a, drawn, page.Notice{Message: "notice.incomplete"})
}

// draw puts what a page shows into the layout.
func (s *server) draw(a *page.Request, name string, made page.Content) (htmlPage, error) {
	made.Body = page.EachPanel(made.Body, func(f *page.Figure) {
		f.Unsay()
		if f.Table != nil {
			f.Table.Name = f.ID
			if f.Table.Printed() > 0 {
				f.Table.LeftOut = a.T("table.left_out")
			}
		}
		f.Rules = a.Definitions(f)
		a.OwnExports(f)
	})
	frame := a.Frame(made)
	frame.Foot = a.Foot()
	return s.templates.draw(name, frame)
}
