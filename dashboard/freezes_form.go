package dashboard

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"yangguang/dashboard/pack"
	"yangguang/queries"
)

// freezePatience bounds how long a pack may take, which is made of many answers; a database that does not answer at all is found out before.
const freezePatience = 10 * time.Minute

// freeze answers the form: it freezes what the address asks under the name of the form, and goes back to the list.
func (s *server) freeze(w http.ResponseWriter, r *http.Request) {
	asked := s.ask(r)
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		s.fail(w, asked, &queries.UserError{Parameter: "form", Value: r.Header.Get("Content-Type"), Expected: "application/x-www-form-urlencoded"})
		return
	}
	var err error
	if asked.question, err = parse(r.URL.Query(), asked.now, nil); err != nil {
		s.fail(w, asked, err)
		return
	}
	if asked.question.Unit != "" || !asked.question.KnownAt.IsZero() {
		s.fail(w, asked, &queries.UserError{Parameter: "unit, known_at", Value: r.URL.RawQuery, Expected: "neither: a pack is of many units, and of what is known now"})
		return
	}
	order := pack.Order{Name: strings.TrimSpace(r.PostForm.Get("name")), Question: asked.question, Language: asked.Language(), District: s.District}
	ctx, cancel := context.WithTimeout(r.Context(), freezePatience)
	defer cancel()
	if err = s.answers(ctx); err == nil {
		_, err = s.Packs.Freeze(ctx, order)
	}
	switch {
	case errors.Is(err, pack.ErrBusy):
		s.problem(w, asked, http.StatusConflict, asked.T("freezes.busy"), asked.T("freezes.busy_about"))
	case err != nil:
		s.fail(w, asked, err)
	default:
		http.Redirect(w, r, newAddress(r.URL).String(), http.StatusSeeOther)
	}
}

// sameSite refuses what a page of another site makes a reader's browser send, also one that has its name point here.
func (s *server) sameSite(next http.Handler) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if external, err := url.Parse(s.ExternalURL); err == nil && external.Scheme != "" && external.Host != "" {
		if err := protection.AddTrustedOrigin(external.Scheme + "://" + external.Host); err != nil {
			return nil, fmt.Errorf("external_url: %w", err)
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := s.ask(r)
		s.problem(w, asked, http.StatusForbidden, asked.T("freezes.foreign"), asked.T("freezes.foreign_about"))
	}))
	protected := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.isOwnHost(r) {
			asked := s.ask(r)
			s.problem(w, asked, http.StatusForbidden, asked.T("freezes.foreign"), asked.T("freezes.foreign_host"))
			return
		}
		protected.ServeHTTP(w, r)
	}), nil
}

// withForm lets a page send a form to this host.
func withForm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strings.Replace(policy, "form-action 'none'", "form-action 'self'", 1))
		next.ServeHTTP(w, r)
	})
}
