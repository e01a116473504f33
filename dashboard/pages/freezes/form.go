package freezes

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"yangguang/dashboard/pack"
	"yangguang/dashboard/page"
	"yangguang/queries/acts"
	"yangguang/queries/model"
)

// freezePatience bounds how long a pack may take, which is made of many answers; a database that does not answer at all is found out before.
const freezePatience = 10 * time.Minute

// freeze answers the form: it freezes what the address asks under the name of the form, and goes back to the list.
func freeze(w http.ResponseWriter, a *page.Request) error {
	r, user := a.HTTP, a.User()
	if !user.Operator {
		return page.OperatorsOnly()
	}
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		return &model.UserError{Parameter: "form", Value: r.Header.Get("Content-Type"), Expected: "application/x-www-form-urlencoded"}
	}
	question, err := page.ParseQuestion(r.URL.Query(), a.Now, nil)
	if err != nil {
		return err
	}
	if question.Unit != "" || !question.KnownAt.IsZero() {
		return &model.UserError{Parameter: "unit, known_at", Value: r.URL.RawQuery, Expected: "neither: a pack is of many units, and of what is known now"}
	}
	question.Compare = "" // the papers say 较上期
	order := pack.Order{
		Name: strings.TrimSpace(r.PostForm.Get("name")), Question: question, Language: a.Language(), District: a.Options.District,
		Baseline: r.URL.Query().Get(page.BaselineParameter),
	}
	ctx, cancel := context.WithTimeout(acts.As(r.Context(), acts.Actor{Name: user.Name, With: acts.Page}), freezePatience)
	defer cancel()
	if err = a.Options.Answers(ctx); err == nil {
		_, err = a.Options.Packs.Freeze(ctx, order)
	}
	if errors.Is(err, pack.ErrBusy) {
		return &page.ProblemError{Status: http.StatusConflict, Message: "freezes.busy", About: "freezes.busy_about"}
	}
	if err == nil {
		http.Redirect(w, r, a.Address.String(), http.StatusSeeOther)
	}
	return err
}
