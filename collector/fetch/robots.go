package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"yangguang/collector/online"
)

const (
	robotsAge      = 24 * time.Hour // a robots.txt is believed (RFC 9309 §2.4)
	robotsPatience = time.Minute    // before one that could not be read is asked for again
	robotsLimit    = 500 << 10      // bytes that are read of it (RFC 9309 §2.5)
)

// robots is the robots.txt of one origin.
type robots struct {
	asking chan struct{} // of capacity 1: who holds it may read and change the following
	rules  *robotsRules  // nil: not read yet
	failed error         // why it could not be read
	until  time.Time     // rules or failed are believed
}

// permit asks the origin's robots.txt, at most once a day, and returns the rules for the source; nil when the source asks none. A missing
// robots.txt allows everything; one that the server cannot give forbids (RFC 9309 §2.3.1).
func (n *network) permit(ctx context.Context, address *url.URL) (*robotsGroup, error) {
	if n.policy.IgnoreRobots {
		return nil, nil
	}
	rules, err := n.rules(ctx, address)
	if err != nil {
		return nil, err
	}
	group := rules.group(RobotsName(n.policy.UserAgent))
	if !group.allows(address.RequestURI()) {
		return nil, refuse(address, errRobots, "the site's robots.txt does not allow it; ask the site's operator, or set network.robots: false")
	}
	return group, nil
}

func (n *network) rules(ctx context.Context, address *url.URL) (*robotsRules, error) {
	known := n.fetcher.robotsOf(address)
	select {
	case known.asking <- struct{}{}:
		defer func() { <-known.asking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := n.fetcher.options.Now()
	if now.Before(known.until) && (known.failed == nil || !n.policy.Afresh) {
		return known.rules, known.failed
	}
	rules, err := n.askRobots(ctx, address)
	var refused *RefusedError
	var certificate *certificateError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &refused):
		return nil, err // of this source; another may be allowed
	case errors.As(err, &certificate):
		return nil, fmt.Errorf("fetch: %w", certificate) // not robots.txt is what is wrong; another source may trust it
	case err == nil:
		known.rules, known.failed, known.until = rules, nil, now.Add(robotsAge)
	case known.rules != nil: // the one before stands in for one that cannot be read (RFC 9309 §2.4)
		n.fetcher.options.Logger.WarnContext(ctx, "robots.txt cannot be read; the one before counts", "host", address.Host, "error", err)
		known.until = now.Add(robotsPatience)
	default:
		known.failed = refuse(address, fmt.Errorf("%w: %w", errRobots, err), "the site's robots.txt cannot be read, which forbids asking (network.robots: false does not ask it): %v", err)
		known.until = now.Add(robotsPatience)
	}
	return known.rules, known.failed
}

// askRobots asks for a robots.txt and reads it. One that leads to another host, or nowhere, is none.
func (n *network) askRobots(ctx context.Context, address *url.URL) (*robotsRules, error) {
	asking := *n
	asking.policy.IgnoreRobots, asking.policy.MaxBody = true, robotsLimit
	asked := &url.URL{Scheme: address.Scheme, Host: address.Host, Path: "/robots.txt"}
	got, err := asking.patiently(ctx, asked, online.Request{Method: http.MethodGet, URL: asked.String()}, nil)
	status, answered := online.StatusOf(err)
	switch {
	case errors.Is(err, errTooLarge):
		return readRobots(got.Body[:bytes.LastIndexAny(got.Body, "\r\n")+1]), nil // a rule that is cut off forbids too much
	case errors.Is(err, errLeads), answered && status < 500 && status != http.StatusTooManyRequests:
		return readRobots(nil), nil
	case err != nil:
		return nil, fmt.Errorf("ask for robots.txt: %w", err)
	}
	return readRobots(got.Body), nil
}
