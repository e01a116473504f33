package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"

	"yangguang/collector/online"
)

// robotsAge is how long a robots.txt is believed (RFC 9309); longestCrawlDelay the longest delay that is kept to.
const (
	robotsAge         = 24 * time.Hour
	longestCrawlDelay = 30 * time.Second
)

// mayAsk asks the host's robots.txt once a day. A missing one allows everything; one that the server cannot give forbids (RFC 9309).
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
	if host.robots == nil || time.Since(host.robotsRead) > robotsAge {
		robots, err := f.askRobots(ctx, address)
		if err != nil {
			return fmt.Errorf("ask %s for robots.txt: %w", address.Host, err)
		}
		host.robots, host.robotsRead = robots, time.Now()
		if group := robots.FindGroup(f.robotsName()); group != nil && group.CrawlDelay > 0 {
			host.limiter.SetLimit(min(rate.Limit(f.options.RatePerSecond), rate.Every(min(group.CrawlDelay, longestCrawlDelay))))
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
	status, answered := online.StatusOf(err)
	switch {
	case err == nil:
		robots, err := robotstxt.FromBytes(answer.Body)
		if err != nil {
			f.options.Logger.WarnContext(ctx, "a robots.txt that cannot be read forbids nothing", "host", address.Host, "error", err)
			return robotstxt.FromBytes(nil)
		}
		return robots, nil
	case answered && status == http.StatusTooManyRequests:
		return robotstxt.FromStatusAndBytes(http.StatusServiceUnavailable, nil)
	case answered:
		return robotstxt.FromStatusAndBytes(status, nil)
	}
	return nil, err
}
