package dashboard

import (
	"errors"
	"fmt"
	"net/http"

	"yangguang/queries"
)

// errNotFound is what a builder returns for something that the address names and the district does not have.
type errNotFound struct{ message string }

func (e *errNotFound) Error() string { return e.message }

// fail shows what went wrong: the reader's mistake with what would be right, a fault of ours without its inside.
func (s *server) fail(w http.ResponseWriter, asked *ask, err error) {
	var user *queries.UserError
	var missing *errNotFound
	var preparing *queries.NotKeptError
	var refused *refusedError
	var shard *queries.ShardError
	var incomplete *queries.IncompleteError
	switch {
	case errors.As(err, &user):
		s.problem(w, asked, http.StatusBadRequest, asked.T("problem.wrong"), asked.mistake(user))
	case errors.As(err, &missing):
		s.problem(w, asked, http.StatusNotFound, asked.T("problem.missing"), missing.message)
	case errors.As(err, &preparing):
		w.Header().Set("Refresh", "10")
		w.Header().Set("Retry-After", "10")
		s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.preparing"), asked.T("problem.preparing_about", "Units", preparing.Units))
	case errors.As(err, &refused):
		s.refuse(w, asked, refused)
	case asked.request.Context().Err() != nil:
		// the reader has left; nobody reads an answer
	case errors.As(err, &incomplete): // the log says what is missing, once, when it is found
		w.Header().Set("Retry-After", "60")
		s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.incomplete"), asked.T("problem.incomplete_about"))
	case errors.As(err, &shard):
		s.Logger.Warn("page failed", "path", asked.request.URL.Path, "error", err)
		w.Header().Set("Retry-After", "60")
		s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.shard"), asked.T("problem.shard_about"))
	default:
		s.Logger.Warn("page failed", "path", asked.request.URL.Path, "error", err)
		s.unavailable(w, asked)
	}
}

// unavailable says that the database does not answer.
func (s *server) unavailable(w http.ResponseWriter, asked *ask) {
	w.Header().Set("Retry-After", fmt.Sprint(retryAfter))
	s.problem(w, asked, http.StatusServiceUnavailable, asked.T("problem.unavailable"), asked.T("problem.unavailable_about"))
}

func (s *server) missing(w http.ResponseWriter, r *http.Request) {
	asked := s.ask(r)
	s.problem(w, asked, http.StatusNotFound, asked.T("problem.missing"), asked.T("problem.no_page"))
}

// problem is the body of problem.html.
type problem struct{ Heading, About, Back string }

func (s *server) problem(w http.ResponseWriter, asked *ask, status int, heading, about string) {
	back := address{path: "/"}.with("lang", asked.address.get("lang"))
	asked.address = address{path: "/"}.with("lang", asked.Language())
	page, err := s.pages.draw("problem", s.frame(asked, content{Title: heading, Body: problem{heading, about, back.String()}}))
	if err != nil {
		s.broken(w, "problem", err)
		return
	}
	s.send(w, status, asked, page)
}

// mistake says what is wrong with an address, and what would be right, in the reader's language.
func (a *ask) mistake(wrong *queries.UserError) string {
	expected := wrong.Expected
	switch wrong.Parameter {
	case "as_of", "from", "to":
		if expected != "it once" {
			expected = a.T("problem.expected_day")
		}
	case "version", "page", "name", "by", "site", "export":
		expected = a.T("problem.expected_" + wrong.Parameter)
	case "group", "programme", "focus", "scope", "lang", "only", "sort":
		expected = a.T("problem.expected_choice")
	}
	return a.T("problem.parameter", "Parameter", wrong.Parameter, "Value", wrong.Value, "Expected", expected)
}
