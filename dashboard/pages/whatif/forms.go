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

	"github.com/shopspring/decimal"

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

// group is a fieldset of numbers.
type group struct {
	Legend string
	Fields []field
}

type field struct{ Name, Label, Value, Step string }

type item struct{ ID, Label string }

// uploaded are the files that one can try.
func uploaded() []string {
	return []string{"units", "catalogue", "calendar", "exemptions", "assessment", "notices", "institutions", "site_scores", "observations"}
}

// number is a setting of an assessment.
type number struct {
	name string // of the form's field
	of   *model.Number
}

// numbers are the settings that the form offers, by what they are.
func numbers(a *model.Assessment) map[string][]number {
	return map[string][]number{
		"score":   {{"coverage", &a.Score.Coverage}, {"timeliness", &a.Score.Timeliness}, {"procedure", &a.Score.Procedure}, {"placement", &a.Score.Placement}},
		"classes": {{"essential", &a.Classes.Essential}, {"obligatory", &a.Classes.Obligatory}, {"recommended", &a.Classes.Recommended}},
		"ratings": {{"excellent", &a.Ratings.Excellent}, {"good", &a.Ratings.Good}, {"pass", &a.Ratings.Pass}},
		"deductions": {
			{"yellow_card", &a.Deductions.YellowCard}, {"overdue_rectification", &a.Deductions.OverdueRectification}, {"limit", &a.Deductions.Limit},
		},
	}
}

// inForce are the settings in force as people know them: the weights of the score, which are kept in their ratio alone, as parts of 100 where these are exact.
func inForce(a *page.Request) model.Assessment {
	assessment := a.Options.Assessment()
	weights := numbers(&assessment)["score"]
	sum := decimal.Zero
	for _, weight := range weights {
		sum = sum.Add(weight.of.Decimal)
	}
	var parts []decimal.Decimal
	for _, weight := range weights {
		part := weight.of.Shift(2).DivRound(sum, 2)
		if !part.Mul(sum).Equal(weight.of.Shift(2)) {
			return assessment
		}
		parts = append(parts, part)
	}
	for i, weight := range weights {
		weight.of.Decimal = parts[i]
	}
	return assessment
}

// groups are the fieldsets of numbers, in their order.
func groups() []string { return []string{"score", "classes", "ratings", "deductions"} }

func formsOf(ctx context.Context, a *page.Request) (*forms, error) {
	made := &forms{Action: at(a, "/what-if/try")}
	for _, key := range uploaded() {
		made.Files = append(made.Files, page.Link{Text: a.T("what_if.file." + key), Note: key})
	}
	assessment := inForce(a)
	all := numbers(&assessment)
	for _, name := range groups() {
		one := group{Legend: a.T("what_if.group." + name)}
		for _, n := range all[name] {
			one.Fields = append(one.Fields, field{name + "." + n.name, a.T("what_if.number." + n.name), n.of.String(), "any"})
		}
		made.Groups = append(made.Groups, one)
	}
	items, err := a.Options.WhatIf.Items(ctx)
	for _, of := range items {
		made.Items = append(made.Items, item{of.ID, a.T("what_if.item", "ID", of.ID, "Item", of.Name, "Count", int(of.DueDays), "Kind", a.CodeLabel("day_kind", of.DayKind))})
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

// settingsOf are the numbers that differ from those in force.
func settingsOf(a *page.Request, form url.Values) (draft page.WhatIfDraft, err error) {
	assessment := inForce(a)
	var changed []string
	all := numbers(&assessment)
	for _, group := range groups() {
		for _, n := range all[group] {
			text := strings.TrimSpace(form.Get(group + "." + n.name))
			if text == "" {
				continue
			}
			value, err := decimal.NewFromString(text)
			if err != nil || value.IsNegative() {
				return draft, &model.UserError{Parameter: group + "." + n.name, Value: text, Expected: "a number"}
			}
			if !value.Equal(n.of.Decimal) {
				changed = append(changed, a.T("what_if.number."+n.name)+" "+n.of.String()+" → "+value.String())
			}
			n.of.Decimal = value
		}
	}
	if len(changed) > 0 {
		draft.Assessment = &assessment
	}
	if id := form.Get("item"); id != "" {
		days, err := strconv.ParseUint(form.Get("due_days"), 10, 16)
		if err != nil {
			return draft, &model.UserError{Parameter: "due_days", Value: form.Get("due_days"), Expected: "a whole number of days"}
		}
		draft.DueDays = map[string]uint16{id: uint16(days)}
		changed = append(changed, id+" → "+a.T("unit.days", "Count", days))
	}
	draft.Name = strings.Join(changed, a.T("list.comma"))
	if len(changed) == 0 {
		err = &model.UserError{Parameter: "settings", Value: "", Expected: a.T("what_if.expected_change")}
	}
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
