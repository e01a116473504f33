package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/record"
	"yangguang/collector/web"
	"yangguang/queries/model"
)

// plain fetches over loopback, without the politeness that real sites need.
type plain struct{}

func (plain) Fetch(ctx context.Context, request online.Request) (online.Answer, error) {
	asked, err := http.NewRequestWithContext(ctx, request.Method, request.URL, bytes.NewReader(request.Body))
	if err != nil {
		return online.Answer{}, err
	}
	asked.Header = request.Header
	response, err := http.DefaultClient.Do(asked)
	if err != nil {
		return online.Answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return online.Answer{}, err
	}
	if response.StatusCode != http.StatusOK {
		return online.Answer{}, &online.StatusError{Status: response.StatusCode, Cause: fmt.Errorf("the site answers %d %s", response.StatusCode, http.StatusText(response.StatusCode))}
	}
	return online.Answer{URL: response.Request.URL.String(), Header: response.Header, Body: body, Bytes: int64(len(body))}, nil
}

// pages is a site: what it answers by path and query. An answer that begins with a digit is a status.
type pages map[string]string

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, ok := p[r.URL.RequestURI()]
	switch {
	case !ok:
		http.NotFound(w, r)
	case body == "500":
		http.Error(w, "out of order", http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, body)
	}
}

func district() model.Registry {
	return model.Registry{
		Units: []model.Unit{
			{ID: "O1", Name: "沙河区公安局", Tier: "organ", Aliases: []string{"区公安局"}},
			{ID: "O2", Name: "沙河区财政局", Tier: "organ", Aliases: []string{"区财政局"}},
		},
		Items: []model.Item{
			{ID: "S1", Name: "三公经费", Cadence: "monthly"},
			{ID: "S2", Name: "抽查情况", Cadence: "quarterly"},
			{ID: "S3", Name: "通知公告", Cadence: "event"},
		},
	}
}

// head is what every configuration of the tests begins with.
const head = "name: 网站\nkind: web\ncovers: all\n"

func Decode(t testing.TB, text string) web.Config {
	t.Helper()
	var config web.Config
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&config); err != nil {
		t.Fatal(err)
	}
	return config
}

// collected is what a collection of a site comes to.
type collected struct {
	records []record.Record
	rejects []collector.Tried
	leftOut []string
	pages   uint64
	err     error
	address string // of the site
}

// collect reads a site as the configuration says; SITE in it is the site's address.
func collect(t testing.TB, configuration string, site http.Handler) (got collected) {
	t.Helper()
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	got.address = server.URL
	source, err := web.New(Decode(t, head+strings.ReplaceAll(configuration, "SITE", server.URL)), plain{})
	if err != nil {
		t.Fatal(err)
	}
	summary, err := collector.Try(t.Context(), collector.Options{
		Resolver: record.NewResolver(district()), Zone: time.FixedZone("CST", 8*3600),
		Clock: func() time.Time { return time.Date(2026, 8, 1, 4, 0, 0, 0, time.UTC) },
	}, source, func(row collector.Tried) error {
		if row.Record == nil && strings.HasPrefix(row.Reason, "left out: ") {
			got.leftOut = append(got.leftOut, row.Reason)
		} else if row.Record == nil {
			got.rejects = append(got.rejects, row)
		} else {
			got.records = append(got.records, *row.Record)
		}
		return nil
	})
	got.pages, got.err = summary.Pages, err
	return got
}

// lines writes the records in short: the day published, the day uploaded, the title and the address within the site.
func (c collected) lines() (lines []string) {
	for _, r := range c.records {
		line := r.PublishedOn.Format(time.DateOnly)
		if r.DatedBySight {
			line += "?"
		}
		if !r.UploadedOn.IsZero() {
			line += " " + r.UploadedOn.Format(time.DateOnly)
		}
		lines = append(lines, line+" "+r.Title+" "+strings.TrimPrefix(r.URL, c.address))
	}
	return lines
}
