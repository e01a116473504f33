package web

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"yangguang/collector/online"
)

// Entrance is a page that is asked for before the lists: for the cookies that it sets, or because it says where the list is.
type Entrance struct {
	URL     string            `yaml:"url"`
	Headers map[string]string `yaml:"headers,omitempty"`
	Content `yaml:",inline"`
	List    Field `yaml:"list,omitempty"` // address of the list; empty: url of the source
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
	r.lists = r.config.URL
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
	if len(entrance.List) == 0 {
		return nil
	}
	at, err := open(text, address, "", entrance.Content)
	if err != nil {
		return fmt.Errorf("entrance, %s: %w", request.address, err)
	}
	list := at.value("url", entrance.List, nil)
	if list == "" {
		return fmt.Errorf("entrance, %s: list: no address is found there; correct where it stands", request.address)
	}
	r.lists = []string{strings.ReplaceAll(list, url.PathEscape(placeholder), placeholder)}
	return nil
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
