package web

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"yangguang/collector/online"
)

// Entrance is a page that is asked for before the lists: for the cookies that it sets, because it says where the list is, or for what the list has to be
// asked with (a token in a form, a header or an address).
type Entrance struct {
	URL     string            `yaml:"url"`
	Headers map[string]string `yaml:"headers,omitempty"`
	Content `yaml:",inline"`
	List    Field            `yaml:"list,omitempty"`   // address of the list; empty: url of the source
	Values  map[string]Field `yaml:"values,omitempty"` // by the name that stands in {} in what is asked; a list page that has one too replaces it for the next
}

// pattern are the texts of which the address of the list is made, where {page} may stand.
func (e *Entrance) pattern() string {
	var b strings.Builder
	if e != nil {
		for _, way := range e.List {
			b.WriteString(way.As + way.Value)
		}
	}
	return b.String()
}

// enter asks for the entrance, if there is one, and finds where the lists are.
func (r *reading) enter(ctx context.Context) error {
	r.lists, r.given = r.config.URL, map[string]string{}
	entrance := r.config.Entrance
	if entrance == nil {
		return nil
	}
	request := Request{Headers: entrance.Headers}.ask(r.began.Fill(entrance.URL), r.began.Fill)
	text, address, bytes, err := r.load(ctx, request, entrance.Content)
	r.sink.Advance(bytes)
	if err != nil {
		return fmt.Errorf("entrance, %s: %w", request.address, err)
	}
	if len(entrance.List)+len(entrance.Values) == 0 {
		return nil
	}
	at, err := open(text, address, "", entrance.Content)
	if err != nil {
		return fmt.Errorf("entrance, %s: %w", request.address, err)
	}
	for _, name := range slices.Sorted(maps.Keys(entrance.Values)) {
		if r.given[name] = at.first(entrance.Values[name]); r.given[name] == "" {
			return fmt.Errorf("entrance, %s: values: %s: nothing is found there; correct where it stands", request.address, name)
		}
	}
	if len(entrance.List) == 0 {
		return nil
	}
	list := at.value("url", entrance.List, nil)
	if list == "" {
		return fmt.Errorf("entrance, %s: list: no address is found there; correct where it stands", request.address)
	}
	r.lists = []string{strings.ReplaceAll(list, url.PathEscape(placeholder), placeholder)}
	return nil
}

// given are the values that a list page gives for the next one, as forms of ASP.NET do; of a page in the format of the entrance.
func (e *Entrance) given(at scope) map[string]string {
	given := map[string]string{}
	if e == nil || (at.document == nil) != (e.Format == formatJSON) {
		return given
	}
	for name, field := range e.Values {
		if value := at.first(field); value != "" {
			given[name] = value
		}
	}
	return given
}

// names are those of the values that the entrance gives.
func (e *Entrance) names() []string {
	if e == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(e.Values))
}

// checkValues says what is wrong with the values; asked is all that pages are asked with.
func (e *Entrance) checkValues(asked string) (problems []error) {
	for _, name := range e.names() {
		if err := e.Values[name].prepare(e.Format == formatJSON); err != nil {
			problems = append(problems, fmt.Errorf("entrance: values: %s: %w", name, err))
		}
		if !valueName.MatchString(name) || slices.Contains(append(fieldNames, "today", "page"), name) {
			problems = append(problems, fmt.Errorf("entrance: values: %q cannot be the name of a value; write one in Latin letters that is no field's, nor today or page, such as token", name))
		} else if !strings.Contains(asked, "{"+name+"}") {
			problems = append(problems, fmt.Errorf("entrance: values: %s is used nowhere; write {%s} in url, paging.address, form, body or headers", name, name))
		}
	}
	return problems
}

// check says what is wrong with the entrance.
func (e *Entrance) check(lists []string) (problems []error) {
	if e == nil {
		return nil
	}
	if err := online.CheckAddress(e.URL); err != nil {
		problems = append(problems, fmt.Errorf("entrance: url: %w", err))
	}
	problems = append(problems, e.Content.check("entrance: ")...)
	if e.Format == formatText {
		problems = append(problems, fmt.Errorf("entrance: format: %q has rows; %s or %s", e.Format, formatHTML, formatJSON))
	}
	if err := e.List.prepare(e.Format == formatJSON); err != nil {
		problems = append(problems, fmt.Errorf("entrance: list: %w", err))
	}
	if len(e.List) > 0 && len(lists) > 0 {
		problems = append(problems, fmt.Errorf("entrance: list says where the list is, and so does url; write one of the two"))
	}
	return problems
}
