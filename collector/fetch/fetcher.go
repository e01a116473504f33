package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"yangguang/collector/online"
	"yangguang/queries"
)

// Fetcher fetches pages for all sources, so that its limits hold for each host however many sources ask it. It is an online.Network and may be
// used by many goroutines.
type Fetcher struct {
	options Options
	client  *http.Client
	hosts   hosts
}

// New makes a fetcher.
func New(options Options) *Fetcher {
	options = options.withDefaults()
	f := &Fetcher{options: options, hosts: hosts{rate: options.RatePerSecond, concurrency: options.Concurrency, known: map[string]*host{}}}
	f.client = &http.Client{Transport: transport(options), CheckRedirect: f.mayRedirect}
	return f
}

// Fetch gets one page. Errors: *RefusedError where asking is not allowed, online.Answered for a status other than success, and
// what the network says. What passes is tried again, a POST only when it merely asks; cancelling ctx ends it at once.
func (f *Fetcher) Fetch(ctx context.Context, request online.Request) (online.Answer, error) {
	address, err := url.Parse(request.URL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return online.Answer{}, &RefusedError{request.URL, "it is not an http or https address"}
	}
	if err := f.mayAsk(ctx, address); err != nil {
		return online.Answer{}, err
	}
	kept, err := f.remembered(ctx, request)
	if err != nil {
		return online.Answer{}, err
	}
	return f.patiently(ctx, address, request, kept)
}

// patiently asks until there is an answer, or an error that does not pass.
func (f *Fetcher) patiently(ctx context.Context, address *url.URL, request online.Request, kept *queries.Page) (online.Answer, error) {
	for attempt := 0; ; attempt++ {
		answer, err := f.once(ctx, address, request, kept)
		if err == nil {
			return answer, nil
		}
		wait, again := f.waitBefore(attempt, request, err)
		if !again || ctx.Err() != nil {
			return online.Answer{}, err
		}
		f.options.Logger.InfoContext(ctx, "a page is asked for again", "host", address.Host, "attempt", attempt+1, "wait", wait, "error", err)
		if err := f.options.Sleep(ctx, wait); err != nil {
			return online.Answer{}, err
		}
	}
}

// once asks one time, within the host's limits.
func (f *Fetcher) once(ctx context.Context, address *url.URL, request online.Request, kept *queries.Page) (online.Answer, error) {
	leave, err := f.hosts.enter(ctx, address.Host)
	if err != nil {
		return online.Answer{}, err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, f.options.Timeout)
	defer cancel()
	asking, err := f.httpRequest(ctx, request, kept)
	if err != nil {
		return online.Answer{}, err
	}
	response, err := f.client.Do(asking)
	if err != nil {
		return online.Answer{}, plain(err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && kept != nil {
		return online.Answer{URL: kept.FinalURL, Header: http.Header{"Content-Type": {kept.ContentType}}, Body: []byte(kept.Body)}, nil
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return online.Answer{}, statusError(response)
	}
	body, err := f.read(response)
	if err != nil {
		return online.Answer{}, err
	}
	answer := online.Answer{URL: response.Request.URL.String(), Header: response.Header, Body: body, Bytes: int64(len(body))}
	return answer, f.remember(ctx, request, answer)
}

// plain leaves out the address that net/http puts before every error: callers name it, and it may carry a secret.
func plain(err error) error {
	var refused *RefusedError
	if errors.As(err, &refused) {
		return refused
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		return fmt.Errorf("fetch: %w", failed.Err)
	}
	return err
}

// longestWait is the longest time that is waited before asking again.
const longestWait = 2 * time.Minute
