package export

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"yangguang/queries/model"
)

// parameters are the names that a question has in an address, in their usual order (SPEC §6, §7).
func parameters() []string {
	return []string{"from", "to", "as_of", "known_at", "group", "within", "unit", "scope", "programme", "focus", "compare"}
}

// ParseQuestion reads a question from an address and fills its defaults. now is the present in the configured time
// zone, which gives today; extra names the parameters that the caller reads itself. A parameter that is unknown,
// repeated or wrong is a *model.UserError; an empty one counts as not given.
func ParseQuestion(values url.Values, now time.Time, extra ...string) (model.Question, error) {
	known := append(parameters(), extra...)
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names) // the first mistake reported is always the same
	for _, name := range names {
		if !slices.Contains(known, name) {
			return model.Question{}, &model.UserError{Parameter: name, Value: values.Get(name), Expected: "one of the parameters " + strings.Join(known, ", ")}
		}
		if len(values[name]) > 1 {
			return model.Question{}, &model.UserError{Parameter: name, Value: strings.Join(values[name], ", "), Expected: "it once"}
		}
	}
	question := model.Question{
		Group: values.Get("group"), Within: values.Get("within"), Unit: values.Get("unit"), Scope: values.Get("scope"),
		Programme: values.Get("programme"), Focus: values.Get("focus"), Compare: values.Get("compare"),
	}
	for _, day := range []struct {
		name  string
		value *time.Time
	}{{"from", &question.From}, {"to", &question.To}, {"as_of", &question.AsOf}} {
		var err error
		if *day.value, err = model.ParseDay(day.name, values.Get(day.name)); err != nil {
			return model.Question{}, err
		}
	}
	var err error
	if question.KnownAt, err = model.ParseKnownAt(values.Get("known_at"), now.Location()); err != nil {
		return model.Question{}, err
	}
	question = question.WithDefaults(model.Today(now))
	return question, question.Check()
}

// QuestionValues writes a question as the parameters of an address that asks the same on any later day.
func QuestionValues(question model.Question) url.Values {
	values := url.Values{}
	for name, day := range map[string]time.Time{"from": question.From, "to": question.To, "as_of": question.AsOf} {
		if !day.IsZero() {
			values.Set(name, day.Format(dayLayout))
		}
	}
	if !question.KnownAt.IsZero() {
		values.Set("known_at", question.KnownAt.Format(time.RFC3339Nano))
	}
	for name, text := range map[string]string{
		"within": question.Within, "unit": question.Unit, "programme": question.Programme, "focus": question.Focus, "compare": question.Compare,
	} {
		if text != "" {
			values.Set(name, text)
		}
	}
	if question.Group != "" && question.Group != "all" {
		values.Set("group", question.Group)
	}
	if question.Scope != "" && question.Scope != "own" {
		values.Set("scope", question.Scope)
	}
	return values
}
