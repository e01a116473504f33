package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"time"

	"yangguang/collector/online"
	"yangguang/queries/records"
)

// mostRedirects is how many redirects are followed for one page.
const mostRedirects = 5

// attempt asks one time and goes where redirects lead. Every address on the way gets what the first got: its robots.txt is asked, its host's
// limits are kept, where it resolves to is looked at. With an answer that is too large comes its beginning.
func (n *network) attempt(ctx context.Context, address *url.URL, request online.Request, kept *records.Page) (answer, error) {
	asked := address
	var visited []string
	var took time.Duration
	for {
		stop := request.Method + " " + address.String() + " " + n.cookies(address) // with a new cookie, the same address is another page
		if slices.Contains(visited, stop) {
			return answer{}, refuse(asked, errLeads, "the page redirects in a circle, by way of %s", plain(address))
		}
		if len(visited) > mostRedirects {
			return answer{}, refuse(asked, errLeads, "more than %d redirects, the last to %s", mostRedirects, plain(address))
		}
		visited = append(visited, stop)
		rules, err := n.permit(ctx, address)
		if err != nil {
			return answer{}, err
		}
		got, redirect, err := n.step(ctx, address, request, kept, rules)
		took += got.Took
		if err != nil || redirect == nil {
			got.Took = took
			return got, err
		}
		if !n.mayLead(asked, redirect.to) {
			return answer{}, refuse(redirect.to, errLeads, "%s redirects to another host; network.allow_hosts lets it be followed", plain(asked))
		}
		if request, err = redirected(request, address, redirect); err != nil {
			return answer{}, err
		}
		address = redirect.to
	}
}

// redirect is where a server says that a page is.
type redirect struct {
	to     *url.URL
	status int
}

// mayLead reports whether a page may be redirected: to its own host, and to allowed ones.
func (n *network) mayLead(asked, next *url.URL) bool {
	return nameOf(asked) == nameOf(next) || slices.ContainsFunc(n.policy.AllowHosts, func(allowed string) bool {
		return nameOf(&url.URL{Host: allowed}) == nameOf(next)
	})
}

// redirected is the request for the address that a redirect leads to. Headers and what is posted may hold secrets; they are only for the host
// that the configuration names, and are not sent in the clear if they were not.
func redirected(request online.Request, from *url.URL, next *redirect) (online.Request, error) {
	abroad := hostOf(from) != hostOf(next.to) || from.Scheme == "https" && next.to.Scheme != "https"
	if abroad {
		request.Header = nil
	}
	if request.Method == http.MethodGet {
		return request, nil
	}
	switch {
	case next.status == http.StatusSeeOther:
		request.Method, request.Body = http.MethodGet, nil
		return request, nil
	case abroad:
		return request, refuse(next.to, errLeads, "%s redirects there, but what is posted is not sent to another host; write the right address into the configuration", plain(from))
	case next.status == http.StatusTemporaryRedirect, next.status == http.StatusPermanentRedirect:
		return request, nil
	}
	return request, refuse(next.to, errLeads, "%s redirects there with %d, so that what is posted would be lost; write the right address into the configuration", plain(from), next.status)
}

// step asks one address once, within its host's limits.
func (n *network) step(ctx context.Context, address *url.URL, request online.Request, kept *records.Page, rules *robotsGroup) (got answer, next *redirect, err error) {
	options := n.fetcher.options
	host := n.fetcher.host(address)
	if err := host.isBusy(n.source, options.Now()); err != nil {
		return answer{}, nil, err
	}
	leave, err := host.enter(ctx, options, n.source, limits{
		interval: max(n.policy.interval(), rules.delay()), concurrency: n.policy.Concurrency,
	})
	if err != nil {
		return answer{}, nil, err
	}
	defer leave()
	within, cancel := context.WithTimeout(ctx, n.policy.Timeout)
	defer cancel()
	begun := time.Now()
	got, next, err = n.exchange(within, address, request, kept)
	got.Took = time.Since(begun)
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		err = &slowError{n.policy.Timeout, err}
	}
	host.note(n.source, err, options.Now())
	return got, next, err
}

// exchange sends a request and reads what is answered.
func (n *network) exchange(ctx context.Context, address *url.URL, request online.Request, kept *records.Page) (got answer, next *redirect, err error) {
	if kept != nil && kept.FinalURL != address.String() {
		kept = nil // what marks one page says nothing about another
	}
	asking, err := n.httpRequest(ctx, address, request, kept)
	if err != nil {
		return answer{}, nil, err
	}
	client, err := n.fetcher.client(n.policy)
	if err != nil {
		return answer{}, nil, err
	}
	var connection net.Conn
	asking = asking.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) { connection = got.Conn }}))
	response, err := client.Do(asking)
	if err != nil {
		return answer{}, nil, withoutAddress(err)
	}
	defer response.Body.Close()
	if n.jar != nil {
		n.jar.SetCookies(address, response.Cookies())
	}
	switch location := response.Header.Get("Location"); {
	case response.StatusCode == http.StatusNotModified && kept != nil:
		return answer{Answer: online.Answer{URL: kept.FinalURL, Header: keptHeader(kept), Body: []byte(kept.Body)}, unchanged: true}, nil, nil
	case slices.Contains(redirects(), response.StatusCode) && location != "":
		to, err := address.Parse(strings.TrimSpace(location))
		if err != nil || !isWeb(to) {
			return answer{}, nil, refuse(address, errLeads, "it redirects to what is not an http or https address")
		}
		to.Fragment = ""
		return answer{}, &redirect{to, response.StatusCode}, nil
	case response.StatusCode < 200 || response.StatusCode > 299:
		return answer{}, nil, statusError(response, n.fetcher.options.Now())
	}
	from := io.Reader(response.Body)
	if tallying, ok := connection.(*tallying); ok {
		from = io.MultiReader(from, tallying.behind())
	}
	body, received, err := readBody(from, response.Header, n.policy.MaxBody)
	if errors.Is(err, errTooLarge) {
		err = refuse(address, errTooLarge, "the page has more than %d bytes (network.max_body)", n.policy.MaxBody)
	}
	return answer{Answer: online.Answer{URL: address.String(), Header: response.Header, Body: body, Bytes: received}}, nil, err
}

// redirects are the statuses that lead to another address.
func redirects() []int {
	return []int{
		http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect,
	}
}
