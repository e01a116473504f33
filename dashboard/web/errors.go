package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// retryAfter is after how many seconds a page that is not whole tries again.
const retryAfter = 15

// reply is how an error is shown.
type reply struct {
	status  int
	message string // key of its heading; its explanation is message_about
	values  []any  // of the explanation
	about   string // in place of the explanation
	after   int    // Retry-After in seconds; 0: trying again changes nothing
	refresh bool   // the page tries again by itself
	fault   bool   // the log says it
}

// replyTo is the table of all kinds of errors: the reader's mistake with what would be right, a fault of ours without its inside.
func replyTo(a *page.Request, err error) reply {
	var user *model.UserError
	var missing *page.NotFoundError
	var own *page.ProblemError
	var preparing *facts.NotStoredError
	var refused *page.RefusedError
	var shard *clickhouse.ShardError
	var incomplete *clickhouse.IncompleteError
	const unavailable = http.StatusServiceUnavailable
	switch {
	case errors.As(err, &user):
		return reply{status: http.StatusBadRequest, message: "problem.wrong", about: mistake(a, user)}
	case errors.As(err, &missing):
		return reply{status: http.StatusNotFound, message: "problem.missing", about: missing.Message}
	case errors.As(err, &own) && own.Text != "":
		return reply{status: own.Status, message: own.Message, about: own.Text}
	case errors.As(err, &own):
		return reply{status: own.Status, message: own.Message, about: a.T(own.About)}
	case errors.As(err, &preparing):
		return reply{status: unavailable, message: "problem.preparing", values: []any{"Units", preparing.Units}, after: 10, refresh: true}
	case errors.As(err, &refused) && refused.Status == http.StatusTooManyRequests:
		return reply{status: refused.Status, message: "problem.too_many", values: []any{"Seconds", refused.Seconds()}, after: refused.Seconds()}
	case errors.As(err, &refused):
		return reply{status: refused.Status, message: "problem.busy", values: []any{"Seconds", refused.Seconds()}, after: refused.Seconds()}
	case errors.As(err, &incomplete): // the log says what is missing, once, when it is found
		return reply{status: unavailable, message: "problem.incomplete", after: 60}
	case errors.As(err, &shard):
		return reply{status: unavailable, message: "problem.shard", after: 60, fault: true}
	default:
		return reply{status: unavailable, message: "problem.unavailable", after: retryAfter, fault: true}
	}
}

// fail shows what went wrong to a reader who has not left.
func (s *server) fail(w http.ResponseWriter, asked *page.Request, err error) {
	if asked.HTTP.Context().Err() != nil {
		return
	}
	what := replyTo(asked, err)
	if what.fault {
		s.Logger.Warn("page failed", "path", asked.HTTP.URL.Path, "error", err)
	}
	s.problem(w, asked, what)
}

func (s *server) missing(w http.ResponseWriter, r *http.Request) {
	asked := page.New(s.Options, r)
	s.fail(w, asked, &page.NotFoundError{Message: asked.T("problem.no_page")})
}

// problemView is the body of problem.html.
type problemView struct{ Heading, About, Back string }

func (s *server) problem(w http.ResponseWriter, asked *page.Request, what reply) {
	if what.after > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(what.after))
	}
	if what.refresh {
		w.Header().Set("Refresh", fmt.Sprint(what.after))
	}
	heading, about := asked.T(what.message), what.about
	if about == "" {
		about = asked.T(what.message+"_about", what.values...)
	}
	back := page.Address{Path: "/"}.With("lang", asked.Address.Get("lang"))
	asked.Address = page.Address{Path: "/"}.With("lang", asked.Language())
	drawn, err := s.templates.draw("problem", asked.Frame(page.Content{Title: heading, Body: problemView{heading, about, back.String()}}))
	if err != nil {
		s.broken(w, "problem", err)
		return
	}
	s.send(w, what.status, asked, drawn)
}

// mistake says what is wrong with an address, and what would be right, in the reader's language.
func mistake(a *page.Request, wrong *model.UserError) string {
	expected := a.Said("expected " + wrong.Expected)
	if line, found := strings.CutPrefix(wrong.Parameter, "line "); found { // of a file that was sent
		return a.T("problem.line", "Line", line, "Value", wrong.Value, "Expected", expected)
	}
	return a.T("problem.parameter", "Parameter", wrong.Parameter, "Value", wrong.Value, "Expected", expected)
}
