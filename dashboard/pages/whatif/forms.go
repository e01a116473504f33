package whatif

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/acts"
	"yangguang/queries/model"
)

// forms are how a draft is made: a file, or other settings.
type forms struct {
	Action string
	Files  []page.Link // what a file can stand for: key and name
	Groups []group
	Items  []item
}

type item struct{ ID, Label, DueDays string }

// uploaded are the files that one can try.
func uploaded() []string {
	return []string{"units", "catalogue", "calendar", "exemptions", "assessment", "notices", "institutions", "site_scores", "observations"}
}

func formsOf(ctx context.Context, a *page.Request) (*forms, error) {
	made := &forms{Action: at(a, "/what-if/try")}
	for _, key := range uploaded() {
		made.Files = append(made.Files, page.Link{Text: a.T("what_if.file." + key), Note: key})
	}
	made.Groups = inForce(a).fieldsets(a)
	items, err := a.Options.WhatIf.Items(ctx)
	for _, of := range items {
		made.Items = append(made.Items, item{of.ID, a.T("what_if.item", "ID", of.ID, "Item", of.Name, "Count", int(of.DueDays), "Kind", a.CodeLabel("day_kind", of.DayKind)), strconv.Itoa(int(of.DueDays))})
	}
	return made, err
}

// mostUploaded bounds a file, in bytes.
const mostUploaded = 64 << 20

// try begins to compare what a form has, and goes to what becomes of it.
func try(w http.ResponseWriter, a *page.Request) error {
	question, err := page.ParseQuestion(a.HTTP.URL.Query(), a.Now, nil)
	if err != nil {
		return err
	}
	if question.Unit != "" || !question.KnownAt.IsZero() || question.Programme != "" || question.Focus != "" || question.Scope == "subtree" {
		return &model.UserError{Parameter: "unit, scope, programme, focus, known_at", Value: a.HTTP.URL.RawQuery, Expected: "none of them"}
	}
	question.Compare = ""
	draft, err := draftOf(w, a)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	name, err := a.Options.WhatIf.Try(ctx, draft, question)
	var wrong *page.WhatIfFileError
	if errors.As(err, &wrong) {
		return &page.ProblemError{Status: http.StatusBadRequest, Message: "what_if.wrong_file", Text: a.SaidOfFile(wrong.Mistakes)}
	}
	if err != nil {
		return err
	}
	query := url.Values{"try": {name}}
	if lang := a.Address.Get("lang"); lang != "" {
		query.Set("lang", lang)
	}
	http.Redirect(w, a.HTTP, "/what-if?"+query.Encode(), http.StatusSeeOther)
	return nil
}

// draftOf reads the form.
func draftOf(w http.ResponseWriter, a *page.Request) (draft page.WhatIfDraft, err error) {
	a.HTTP.Body = http.MaxBytesReader(w, a.HTTP.Body, mostUploaded)
	if err := a.HTTP.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		expected := "multipart/form-data"
		if errors.As(err, &large) {
			expected = fmt.Sprintf("at most %d MB", mostUploaded>>20)
		}
		return draft, &model.UserError{Parameter: "form", Value: a.HTTP.Header.Get("Content-Type"), Expected: expected}
	}
	defer func() { err = errors.Join(err, a.HTTP.MultipartForm.RemoveAll()) }()
	form := url.Values(a.HTTP.MultipartForm.Value)
	switch form.Get("what") {
	case "file":
		return fileOf(a, form.Get("file_of"))
	case "settings":
		return settingsOf(a, form)
	case "held":
		return draft, nil
	}
	return draft, &model.UserError{Parameter: "what", Value: form.Get("what"), Expected: "file, settings or held"}
}

func fileOf(a *page.Request, key string) (draft page.WhatIfDraft, err error) {
	file, header, err := a.HTTP.FormFile("file")
	if err != nil {
		return draft, &model.UserError{Parameter: "file", Value: "", Expected: a.T("what_if.expected_file")}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	draft.File, draft.Name = key, path.Base(strings.ReplaceAll(header.Filename, `\`, "/"))
	draft.Content, err = io.ReadAll(file)
	return draft, err
}

// accept has a registry take force that is held back, and goes back.
func accept(w http.ResponseWriter, a *page.Request) error {
	user := a.User()
	if !user.Clerk && !user.Operator {
		return page.OperatorsOnly()
	}
	a.HTTP.Body = http.MaxBytesReader(w, a.HTTP.Body, 64<<10)
	if err := a.HTTP.ParseForm(); err != nil {
		return &model.UserError{Parameter: "form", Value: a.HTTP.Header.Get("Content-Type"), Expected: "application/x-www-form-urlencoded"}
	}
	ctx := acts.As(context.WithoutCancel(a.HTTP.Context()), acts.Actor{Name: user.Name, With: acts.Page})
	accepted, err := a.Options.WhatIf.Accept(ctx, a.HTTP.PostForm.Get("hash"))
	if err != nil {
		return err
	}
	if !accepted {
		return &page.ProblemError{Status: http.StatusConflict, Message: "what_if.not_held", About: "what_if.not_held_about"}
	}
	http.Redirect(w, a.HTTP, at(a, "/what-if"), http.StatusSeeOther)
	return nil
}
