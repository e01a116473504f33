package dashboard

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"yangguang/queries"
)

// page serves one page: it reads the question from the address, has the page built and puts it into the layout. Whole
// pages are rendered before the first byte is sent, so that a fault never leaves half a page. Whatever the database does, the page is answered
// within its time limit: with what was answered by then, or as it was when everything was last answered, and it tries again by itself.
// Parameters are those that the page's addresses may have beside a question's.
func (s *server) page(name string, build builder, parameters ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := newAsk(s.Options, r)
		ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
		defer cancel()
		made, err := s.built(ctx, asked, build, parameters)
		if err == nil && asked.exporting != "" {
			if err = s.exportPanel(ctx, w, asked, name, made.Body); err == nil {
				return
			}
		}
		switch names, reason := asked.panels.unanswered(); {
		case r.Context().Err() != nil: // the reader has left; nobody reads an answer
		case err != nil && !isOutage(err, reason != nil):
			s.fail(w, asked, err)
		case err == nil && reason == nil:
			s.show(w, asked, name, made)
		default:
			s.showInstead(w, asked, name, made, outage{names, reason, err})
		}
	})
}

// answered serves what is no page, and shows its error as one.
func (s *server) answered(answer func(http.ResponseWriter, *ask) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := newAsk(s.Options, r)
		if err := answer(w, asked); err != nil {
			s.fail(w, asked, err)
		}
	})
}

// built asks the page's questions and makes of the answers what it shows.
func (s *server) built(ctx context.Context, asked *ask, build builder, parameters []string) (made content, err error) {
	asked.panels = newPanels(ctx, s.Logger)
	values, err := url.ParseQuery(asked.request.URL.RawQuery)
	if err != nil {
		return made, &queries.UserError{Parameter: "query", Value: asked.request.URL.RawQuery, Expected: "name=value&name=value"}
	}
	if asked.question, err = parse(values, asked.now, parameters); err != nil {
		return made, err
	}
	asked.exporting = values.Get("export")
	ctx = queries.WithSession(ctx)
	asked.panels.ctx = ctx
	asked.sources = load(asked.panels, "sources", asked.question, s.Store.Sources)
	asked.within = load(asked.panels, "within", asked.question, asked.withinName)
	if asked.large, err = asked.many(ctx, asked.question); err == nil {
		made, err = build(ctx, asked)
	}
	asked.panels.wait()
	if instead := asked.panels.instead; instead != nil {
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

// isOutage tells whether an error is the database's or everybody's load, not the reader's or of what is asked. What was not found while
// questions have no answer may well be there.
func isOutage(err error, unanswered bool) bool {
	var user *queries.UserError
	var missing *errNotFound
	var refused *refusedError
	switch {
	case errors.As(err, &user):
		return false
	case errors.As(err, &missing):
		return unanswered
	case errors.As(err, &refused):
		return refused.status == http.StatusServiceUnavailable
	}
	return !concernsPage(err)
}

// show sends a page whose every question was answered, and keeps it for when one is not.
func (s *server) show(w http.ResponseWriter, a *ask, name string, made content) {
	page, err := s.draw(a, name, made)
	if err != nil {
		s.broken(w, name, err)
		return
	}
	s.lastGood.keep(a, name, page)
	s.send(w, http.StatusOK, a, page)
}

// showInstead sends the page as it was when everything was last answered, or else what of it was answered, or says that there is nothing.
func (s *server) showInstead(w http.ResponseWriter, a *ask, name string, made content, why outage) {
	var refused *refusedError
	if !errors.As(why.err, &refused) {
		s.Logger.WarnContext(a.request.Context(), "page incomplete", "path", a.request.URL.Path, "panels", why.panels, "error", errors.Join(why.err, why.reason))
	}
	w.Header().Set("Refresh", fmt.Sprint(retryAfter))
	if a.exporting == "" {
		if kept, found := s.lastGood.of(a); found {
			s.send(w, http.StatusOK, a, kept.page, lastGoodNotice(a, kept.at))
			return
		}
	}
	if refused != nil {
		s.fail(w, a, refused)
		return
	}
	if why.err != nil || a.exporting != "" {
		s.problem(w, a, replyTo(a, nil)) // whatever was not found may be there
		return
	}
	page, err := s.draw(a, name, made)
	if err != nil {
		s.broken(w, name, err)
		return
	}
	s.send(w, http.StatusOK, a, page, Notice{Message: "notice.incomplete"})
}

// draw puts what a page shows into the layout.
func (s *server) draw(a *ask, name string, made content) (htmlPage, error) {
	made.Body = eachPanel(made.Body, func(f *figure) {
		f.unsay()
		if f.Table != nil {
			f.Table.Name = f.ID
		}
		f.Rules = a.definitions(f)
		a.ownExports(f)
	})
	frame := a.frame(made)
	frame.Foot = a.foot()
	return s.pages.draw(name, frame)
}
