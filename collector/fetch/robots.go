package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"

	"yangguang/collector/online"
)

// mayAsk asks the host's robots.txt once. A missing one allows everything; one that the server cannot give forbids (RFC 9309).
func (f *Fetcher) mayAsk(ctx context.Context, address *url.URL) error {
	if f.options.IgnoreRobots {
		return nil
	}
	host := f.hosts.of(address.Host)
	select {
	case host.asking <- struct{}{}:
		defer func() { <-host.asking }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if host.robots == nil {
		robots, err := f.askRobots(ctx, address)
		if err != nil {
			return fmt.Errorf("ask %s for robots.txt: %w", address.Host, err)
		}
		host.robots = robots
		if group := robots.FindGroup(f.robotsName()); group != nil && group.CrawlDelay > 0 {
			host.limiter.SetLimit(min(host.limiter.Limit(), rate.Every(group.CrawlDelay)))
		}
	}
	if !host.robots.TestAgent(address.RequestURI(), f.robotsName()) {
		return &RefusedError{address.Redacted(), "the site's robots.txt does not allow it; ask the site's operator, or set network.robots: false"}
	}
	return nil
}

// robotsName is the first word of the user agent, as robots.txt names programs.
func (f *Fetcher) robotsName() string {
	name, _, _ := strings.Cut(f.options.UserAgent, "/")
	return name
}

func (f *Fetcher) askRobots(ctx context.Context, address *url.URL) (*robotstxt.RobotsData, error) {
	asked := url.URL{Scheme: address.Scheme, Host: address.Host, Path: "/robots.txt"}
	answer, err := f.patiently(ctx, &asked, online.Request{URL: asked.String()}, nil)
	if err == nil {
		return robotstxt.FromStatusAndBytes(http.StatusOK, answer.Body)
	}
	if status, answered := online.StatusOf(err); answered {
		return robotstxt.FromStatusAndBytes(status, nil)
	}
	return nil, err
}
