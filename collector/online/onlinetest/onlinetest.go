// Package onlinetest tries online sources against loopback servers.
package onlinetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/record"
	"yangguang/queries/model"
)

// Network asks plainly, once.
type Network struct{ Client *http.Client }

// Fetch is one request.
func (n Network) Fetch(ctx context.Context, request online.Request) (online.Answer, error) {
	made, err := http.NewRequestWithContext(ctx, request.Method, request.URL, bytes.NewReader(request.Body))
	if err != nil {
		return online.Answer{}, err
	}
	made.Header = request.Header.Clone()
	answer, err := n.Client.Do(made)
	if err != nil {
		return online.Answer{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = &online.StatusError{Status: answer.StatusCode, Cause: fmt.Errorf("%s: answered %s", request.URL, answer.Status)}
	}
	return online.Answer{URL: answer.Request.URL.String(), Header: answer.Header, Body: body, Bytes: int64(len(body))}, err
}

// District is a small registry.
func District() model.Registry {
	return model.Registry{
		Units: []model.Unit{
			{ID: "C1", Name: "区委", Tier: "committee"},
			{ID: "T1", Name: "龙城镇", Tier: "town", ParentID: "C1"},
			{ID: "T2", Name: "新店镇", Tier: "town", ParentID: "C1"},
		},
		Items: []model.Item{
			{ID: "G1", Name: "党费收缴", Cadence: "quarterly", Tiers: []string{"town"}},
			{ID: "G2", Name: "发展党员", Cadence: "event", Tiers: []string{"town"}},
		},
	}
}

// Options collect on 1 August 2026 in Shanghai.
func Options() collector.Options {
	return collector.Options{
		Resolver: record.NewResolver(District()), Zone: time.FixedZone("CST", 8*3600),
		Clock: func() time.Time { return time.Date(2026, 8, 1, 1, 0, 0, 0, time.UTC) },
	}
}

// Rows tries a source: "record_id unit item published_on title" of every record, "! reason" of every reject, with "sight" for
// the day of a record that brought none; and the collection's error.
func Rows(t testing.TB, source collector.Source) ([]string, error) {
	t.Helper()
	tried, err := Tried(t, source)
	var rows []string
	for _, row := range tried {
		if row.Record == nil {
			rows = append(rows, "! "+row.Reason)
			continue
		}
		day := row.Record.PublishedOn.Format(time.DateOnly)
		if row.Record.DatedBySight {
			day = "sight"
		}
		id := row.Record.RecordID
		if row.Record.Derived {
			id = "auto"
		}
		rows = append(rows, strings.Join([]string{id, row.Record.UnitID, row.Record.ItemID, day, row.Record.Title}, " "))
	}
	return rows, err
}

// Tried is what the rows of a source would become.
func Tried(t testing.TB, source collector.Source) (rows []collector.Tried, err error) {
	t.Helper()
	_, err = collector.Try(t.Context(), Options(), source, func(row collector.Tried) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// Problem checks that err speaks of all parts.
func Problem(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		err = errors.New("no error")
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not speak of %q", err, part)
		}
	}
}
