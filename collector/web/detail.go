package web

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"yangguang/collector"
	"yangguang/collector/record"
)

// detailsAtOnce bounds how many detail pages of a source are under way; the fetcher bounds them by host as well.
const detailsAtOnce = 4

// complete reads the detail pages of the entries in which a field is missing. An entry whose page could not be read is left
// out: what it says is not known, and without its date it would be taken for one of today. problems names these pages. One
// whose page the site says is gone is rejected.
func (r *reading) complete(ctx context.Context, entries []entry, sink collector.Sink) (completed []entry, problems []error) {
	if r.config.Detail == nil {
		return entries, nil
	}
	resolver := sink.Rules().Resolver
	var lock sync.Mutex // guards problems, sent, failed
	sent := int64(0)
	failed := make([]bool, len(entries))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(detailsAtOnce)
	for i := range entries {
		address, needed := r.detailOf(entries[i], resolver)
		if !needed {
			continue
		}
		group.Go(func() error {
			bytes, err := r.addDetail(ctx, &entries[i], address)
			lock.Lock()
			defer lock.Unlock()
			sent += bytes
			switch {
			case isGone(err):
				entries[i].problem = fmt.Sprintf("detail: %s: %s; a missing field stands there", address, err)
			case err != nil:
				failed[i] = true
				problems = append(problems, fmt.Errorf("%s: detail %s: %w", entries[i].place, address, err))
			}
			return ctx.Err()
		})
	}
	_ = group.Wait() // the caller's context says it again
	sink.Advance(sent)
	for i, entry := range entries {
		if !failed[i] {
			completed = append(completed, entry)
		}
	}
	slices.SortFunc(problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	const most = 5
	if len(problems) > most {
		problems = append(problems[:most], fmt.Errorf("and %d more detail pages", len(problems)-most))
	}
	return completed, problems
}

// detailOf is the page behind an entry, if a field is missing that stands there. Links that leave for other hosts and
// attachments are not followed: they are not pages that the configuration describes. What the row's title says is not missing.
func (r *reading) detailOf(e entry, resolver *record.Resolver) (address string, needed bool) {
	told, _, _ := r.titles.Apply(e.values["title"], resolver)
	byTitle := map[string]string{
		"unit": told.Unit, "parent": told.Parent, "item": told.Item, "period": told.Period, "event_id": told.EventID,
		"occurred_on": told.OccurredOn, "scope": told.Scope, "channel": told.Channel,
	}
	missing := false
	for name := range r.config.Detail.Fields {
		missing = missing || e.values[name] == "" && byTitle[name] == ""
	}
	address = e.values["url"]
	if e.detail != "" {
		address = e.detail
	}
	if !missing || address == "" {
		return "", false
	}
	link, err := url.Parse(address)
	if err != nil || isAttachment(link.Path) {
		return "", false
	}
	ofList := func(list string) bool {
		address, err := url.Parse(list)
		return err == nil && address.Hostname() == link.Hostname()
	}
	return address, slices.ContainsFunc(r.lists, ofList) || slices.Contains(r.config.Detail.Hosts, link.Hostname()) || e.detail != ""
}

// attachmentForms are the ends of addresses that lead to a file and not to a page.
var attachmentForms = []string{
	".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".ofd", ".ceb", ".zip", ".rar", ".7z", ".txt", ".csv",
	".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".mp3", ".mp4", ".avi",
}

func isAttachment(file string) bool {
	return slices.Contains(attachmentForms, strings.ToLower(path.Ext(file)))
}

// addDetail reads a detail page and adds the fields that the entry does not have.
func (r *reading) addDetail(ctx context.Context, e *entry, address string) (bytes int64, err error) {
	detail := r.config.Detail
	request := detail.ask(address, func(text string) string {
		return r.began.Fill(fillNamed(text, writingOf(text, detail.Body), func(name string) (string, bool) {
			value, known := e.values[name]
			if !known {
				value, known = r.given[name]
			}
			return value, known || name != "today" && name != "page"
		}))
	})
	for name, value := range r.config.Headers {
		if request.header.Get(name) == "" {
			request.header.Set(name, r.began.Fill(r.withGiven(strings.ReplaceAll(value, placeholder, ""), asWritten)))
		}
	}
	text, address, bytes, err := r.load(ctx, request, detail.Content)
	if err != nil {
		return bytes, err
	}
	at, err := open(text, address, "", detail.Content)
	if err != nil {
		return bytes, err
	}
	at.began = r.began.Local()
	at.addValues(e.values, fieldNames, detail.Fields)
	return bytes, nil
}
