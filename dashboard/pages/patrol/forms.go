package patrol

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// largestForm bounds what a form may send; a filled-in sheet of the largest sample is far smaller.
const largestForm = 1 << 20

// clerkOf is who sends a form; whoever is no clerk is refused, and everybody where nothing is noted.
func clerkOf(w http.ResponseWriter, a *page.Request) (string, error) {
	user := a.User()
	if !user.Clerk || a.Options.Inspection == nil {
		return "", &page.ProblemError{Status: http.StatusForbidden, Message: "patrol.refused", About: "patrol.refused_about"}
	}
	a.HTTP.Body = http.MaxBytesReader(w, a.HTTP.Body, largestForm)
	err := a.HTTP.ParseForm()
	if strings.HasPrefix(a.HTTP.Header.Get("Content-Type"), "multipart/form-data") {
		err = a.HTTP.ParseMultipartForm(largestForm)
	}
	if err != nil {
		return "", &model.UserError{Parameter: "form", Value: a.HTTP.Header.Get("Content-Type"), Expected: "a form of at most 1 MB"}
	}
	return user.Name, nil
}

// say notes what a clerk says of a finding, and comes back to the next one of the list.
func say(w http.ResponseWriter, a *page.Request) error {
	by, err := clerkOf(w, a)
	if err != nil {
		return err
	}
	id, err := strconv.ParseUint(a.HTTP.PostForm.Get("id"), 10, 64)
	if err != nil {
		return &model.UserError{Parameter: "id", Value: a.HTTP.PostForm.Get("id"), Expected: "the number of a finding"}
	}
	ctx, cancel := context.WithTimeout(a.HTTP.Context(), a.Options.Timeout)
	defer cancel()
	form := a.HTTP.PostForm
	if err := a.Options.Inspection.Say(ctx, a.Options.Clock(), by, form.Get("what"), form.Get("reason"), id); err != nil {
		return err
	}
	place := "#findings"
	if _, err := strconv.ParseUint(form.Get("next"), 10, 64); err == nil {
		place = "#f" + form.Get("next")
	}
	http.Redirect(w, a.HTTP, back(form.Get("back"))+place, http.StatusSeeOther)
	return nil
}

// back is an address of the page, whatever a form says.
func back(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host != "" || parsed.Path != "/patrol" {
		return "/patrol"
	}
	return (&url.URL{Path: "/patrol", RawQuery: parsed.RawQuery}).String()
}
