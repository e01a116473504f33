package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// placeholder stands for the number of a page, in addresses, forms and bodies.
const placeholder = "{page}"

// ask is one page to ask for.
type ask struct {
	method, address string
	header          http.Header
	body            []byte
}

// list is how the page at a place is asked for.
func (r *reading) list(at place) (ask, error) {
	number := strconv.Itoa(r.config.Paging.number(at.position))
	numbered := func(text string) string { return r.began.Fill(strings.ReplaceAll(text, placeholder, number)) }
	fill := func(text string) string { return r.withGiven(numbered(text), writingOf(text, r.config.Body)) }
	ofAddress := func(text string) string { return r.withGiven(numbered(text), withinAddress) }
	address := ofAddress(r.lists[at.list])
	switch {
	case at.next != "":
		address = at.next
	case at.position > 0 && r.config.Paging.Address != "":
		first, err := url.Parse(address)
		if err != nil {
			return ask{}, err
		}
		following, err := first.Parse(ofAddress(r.config.Paging.Address))
		if err != nil {
			return ask{}, err
		}
		address = following.String()
	}
	return r.config.Request.ask(address, fill), nil
}

// ask makes the request for an address; fill completes what is sent.
func (r Request) ask(address string, fill func(string) string) ask {
	made := ask{method: http.MethodGet, address: address, header: http.Header{}}
	if strings.EqualFold(r.Method, http.MethodPost) {
		made.method = http.MethodPost
	}
	switch {
	case len(r.Form) > 0:
		form := url.Values{}
		for _, name := range slices.Sorted(maps.Keys(r.Form)) {
			form.Set(name, fill(r.Form[name]))
		}
		made.body = []byte(form.Encode())
		made.header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	case r.Body != "":
		made.body = []byte(fill(r.Body))
		made.header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
		if strings.HasPrefix(strings.TrimSpace(r.Body), "{") {
			made.header.Set("Content-Type", "application/json; charset=UTF-8")
		}
	}
	for name, value := range r.Headers {
		made.header.Set(name, fill(value))
	}
	return made
}

// number is the number of the page at a position from 0.
func (p Paging) number(position int) int {
	first := 1
	if p.First != nil {
		first = *p.First
	}
	return first + position*max(1, p.Step)
}

func (p Paging) max() int {
	if p.Max > 0 {
		return p.Max
	}
	return defaultMaxPages
}

// numbered reports whether a page's number is part of the address or of what is sent.
func (s *Source) numbered() bool {
	texts := slices.Concat(s.config.URL, []string{s.config.Paging.Address, s.config.Body, s.config.Entrance.pattern()}, slices.Collect(maps.Values(s.config.Form)))
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, placeholder) })
}

// follows reports whether a page may come after one that was read.
func (s *Source) follows(read *page) bool {
	if len(s.config.Paging.Next) > 0 {
		return read.next != ""
	}
	return s.numbered()
}

// pages is how many pages the list has as this one says, or else as those before said.
func (p *page) pages(before int) int {
	if count, err := strconv.Atoi(strings.TrimSpace(p.count)); err == nil && count > 0 {
		return count
	}
	return before
}
