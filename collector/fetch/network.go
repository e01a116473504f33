package fetch

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"yangguang/collector/online"
	"yangguang/queries/records"
)

// network is the fetcher as one source may use it.
type network struct {
	fetcher *Fetcher
	source  string
	policy  Policy
	jar     *cookiejar.Jar // nil: cookies are not kept
}

// Session keeps the cookies of one collection.
func (n *network) Session() online.Network {
	session := *n
	session.jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it never fails
	return &session
}

// cookies are those that an address is asked with.
func (n *network) cookies(address *url.URL) string {
	if n.jar == nil {
		return ""
	}
	var texts []string
	for _, cookie := range n.jar.Cookies(address) {
		texts = append(texts, cookie.String())
	}
	return strings.Join(texts, "; ")
}

// Fetch gets one page. Errors: *RefusedError where asking is not allowed, online.Answered for a status other than success, and
// what the network says. What passes is tried again, a POST only when it merely asks; cancelling ctx ends it at once.
func (n *network) Fetch(ctx context.Context, request online.Request) (online.Answer, error) {
	address, err := url.Parse(request.URL)
	if err != nil || !isWeb(address) {
		return online.Answer{}, &RefusedError{Address: request.URL, Reason: "it is not an http or https address"}
	}
	if request.Method == "" {
		request.Method = http.MethodGet
	}
	if request.LedFrom != "" {
		if request, err = n.led(request, address); err != nil {
			return online.Answer{}, err
		}
	}
	kept, err := n.remembered(ctx, address.String(), request)
	if err != nil {
		return online.Answer{}, err
	}
	answer, err := n.patiently(ctx, address, request, kept)
	if err != nil || answer.unchanged {
		return answer.Answer, err
	}
	return answer.Answer, n.remember(ctx, address.String(), request, answer.Answer)
}

// led is a request to which a page leads without a redirect; what holds of redirects holds of it.
func (n *network) led(request online.Request, address *url.URL) (online.Request, error) {
	from, err := url.Parse(request.LedFrom)
	if err != nil || !n.mayLead(from, address) {
		return request, refuse(address, errLeads, "%s leads to another host; network.allow_hosts lets it be followed", request.LedFrom)
	}
	return redirected(request, from, &redirect{address, http.StatusSeeOther})
}

func isWeb(address *url.URL) bool {
	return address.Host != "" && (address.Scheme == "http" || address.Scheme == "https")
}

// answer is a page, and whether it is the one that is kept.
type answer struct {
	online.Answer
	unchanged bool
}

// patiently asks until there is an answer, or an error that does not pass.
func (n *network) patiently(ctx context.Context, address *url.URL, request online.Request, kept *records.Page) (answer, error) {
	for attempt := 0; ; attempt++ {
		got, err := n.attempt(ctx, address, request, kept)
		if err == nil {
			return got, nil
		}
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		wait, again := n.waitBefore(attempt, request, err)
		if !again {
			return got, err
		}
		n.fetcher.options.Logger.InfoContext(ctx, "a page is asked for again", "source", n.source, "host", address.Host, "attempt", attempt+1, "wait", wait, "error", err)
		if err := n.fetcher.options.Sleep(ctx, wait); err != nil {
			return answer{}, err
		}
	}
}
