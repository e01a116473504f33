package wechat

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"yangguang/collector"
	"yangguang/collector/online"
)

// Source is an official account.
type Source struct {
	online.Source
	config  Config
	base    string
	network online.Network
	wait    time.Duration // before a busy platform is asked again
}

var _ collector.Source = (*Source)(nil)

// New makes the source that config describes; base is the directory of the configuration file, for the file of the secret. The
// error lists everything that is wrong with config.
func New(config Config, base string, network online.Network) (*Source, error) {
	config = config.complete()
	whole := config
	whole.Schedule, whole.Covers = "", collector.Coverage{}
	shared, err := online.New(config.Config, Kind, *config.Complete, whole, config.problems())
	if err != nil {
		return nil, err
	}
	return &Source{Source: shared, config: config, base: base, network: network, wait: 2 * time.Second}, nil
}

const (
	perPage  = 20   // the most that the platform gives at a time
	mostWalk = 5000 // pages; no account has published so much
)

// MayBeEmpty says that the account may have published nothing.
func (s *Source) MayBeEmpty() bool { return s.config.MayBeEmpty }

// WhenEmpty says what there is not.
func (s *Source) WhenEmpty([]string) string { return "the account has published nothing" }

// Collect reads the publications, newest first, until a page is empty: total_count is not relied on. When a page fails, what
// was read before it has been handed over.
func (s *Source) Collect(ctx context.Context, sink collector.Sink) error {
	if err := s.Begin(sink); err != nil {
		return err
	}
	secret, err := s.config.Secret.Read("secret", s.base)
	if err != nil {
		return err
	}
	session := &session{source: s, secret: secret}
	seen := map[string]bool{}
	err = s.through(ctx, sink, session, seen, nil)
	if err == nil && s.Complete() && len(seen) >= perPage && sink.Walk().Missed() {
		// A publication may have slipped to a page before, while the pages were read.
		return s.through(ctx, sink, session, map[string]bool{}, seen)
	}
	return err
}

// through reads all pages. handed are the publications that a reading before this one has handed over; seen notes those of this one.
func (s *Source) through(ctx context.Context, sink collector.Sink, session *session, seen, handed map[string]bool) error {
	for number, offset := 1, 0; number <= mostWalk; number++ {
		count, err := s.page(ctx, sink, session, offset, seen, handed)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return online.Discreet(fmt.Errorf("freepublish/batchget, offset %d: %w", offset, err),
				session.secret, url.QueryEscape(session.secret), session.token, url.QueryEscape(session.token))
		}
		if count == 0 {
			return nil
		}
		offset += count
	}
	return fmt.Errorf("the list has not ended after %d pages", mostWalk)
}

// page reads one page and returns by how much to go on; 0 when the list is at its end.
func (s *Source) page(ctx context.Context, sink collector.Sink, session *session, offset int, seen, handed map[string]bool) (int, error) {
	omit := 1
	if s.config.Content {
		omit = 0
	}
	body, err := json.Marshal(map[string]int{"offset": offset, "count": perPage, "no_content": omit})
	if err != nil {
		return 0, err
	}
	read, bytes, err := session.ask(ctx, "/cgi-bin/freepublish/batchget", body)
	sink.Advance(bytes)
	if err != nil {
		return 0, err
	}
	sink.Page()
	fresh := false
	var entries []online.Entry
	for _, published := range read.Items {
		if published.ArticleID != "" && seen[published.ArticleID] {
			continue // moved down by a publication that was made meanwhile
		}
		fresh, seen[published.ArticleID] = true, true
		if published.ArticleID == "" || !handed[published.ArticleID] {
			entries = append(entries, s.entries(published, sink)...)
			noteRows(sink.Walk(), published)
		}
	}
	if !fresh {
		return 0, nil
	}
	return len(read.Items), s.Hand(ctx, sink, entries)
}

// noteRows tells the walk which rows a publication has, deleted ones among them, which a look has had as well.
func noteRows(walk *collector.Walk, published publication) {
	var rows []collector.Seen
	for _, content := range published.Content.Articles {
		rows = append(rows, collector.Seen{Content: string(content), ShownOn: online.Epoch(float64(published.published()))})
	}
	walk.Known(rows)
}
