package web

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/record"
	"yangguang/queries/model"
)

// answers are what a site answers by address, to any request; what it does not have is not there.
type answers func(request online.Request) ([]byte, bool)

func (a answers) Fetch(_ context.Context, request online.Request) (online.Answer, error) {
	body, there := a(request)
	if !there {
		return online.Answer{}, &online.StatusError{Status: http.StatusNotFound, Cause: fmt.Errorf("404")}
	}
	return online.Answer{URL: request.URL, Header: http.Header{}, Body: body, Bytes: int64(len(body))}, nil
}

// FuzzDetail reads any detail page: it adds what the list does not have, changes nothing, and leads nowhere but to pages.
func FuzzDetail(f *testing.F) {
	for _, seed := range []string{
		`<head><meta name=PubDate content="2026-07-02 09:00"><base href="//x"></head><h1>甲</h1><p class=source>来源：区财政局 时间：2026年7月1日</p>`,
		`{"data":{"publishDate":1782864000000,"html":"<p>x</p>","link":"/a/../b.pdf"}}`, `{"data":{"publishDate":[1]}}`, "\xff", "",
	} {
		f.Add([]byte(seed))
	}
	ways := map[string]map[string]Field{
		"": {
			"published_on": {{Meta: "PubDate"}, {Label: "时间"}}, "title": {{Select: "h1"}}, "unit": {{Select: ".source", Label: "来源", Match: `^\S+`}},
			"attachment": {{Select: "a", Attr: "href"}},
		},
		formatJSON: {"published_on": {{Select: "data.publishDate", Epoch: true}}, "title": {{Select: "data.html"}}, "attachment": {{Select: "data.link"}}},
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for format, fields := range ways {
			detail := &Detail{Fields: fields, Content: Content{Format: format}}
			source, err := New(Config{
				Name: "s", URL: online.Addresses{"https://a.gov.cn/"}, Covered: collector.Coverage{All: true}, Rows: "li", Fields: map[string]Field{"title": {{Select: "a"}}}, Detail: detail,
			}, answers(func(online.Request) ([]byte, bool) { return body, true }))
			if err != nil {
				t.Fatal(err)
			}
			given := map[string]string{"title": "列表的标题", "url": "https://a.gov.cn/1.html"}
			row := &entry{values: maps.Clone(given)}
			if _, err := (&reading{Source: *source}).addDetail(t.Context(), row, given["url"]); err != nil && len(row.values) != len(given) {
				t.Errorf("%v, and yet %v", err, row.values)
			}
			for name, value := range row.values {
				if before, was := given[name]; was && value != before {
					t.Errorf("%s: %q became %q", name, before, value)
				}
				if value == "" || !utf8.ValidString(value) {
					t.Errorf("%s: %q", name, value)
				}
			}
			if address := row.values["attachment"]; address != "" {
				if link, err := url.Parse(address); err != nil || link.Host == "" || !strings.HasPrefix(link.Scheme, "http") {
					t.Errorf("attachment %q is no address: %v", address, err)
				}
			}
		}
	})
}

// FuzzPaging walks any list, in which the number of pages and the link to the next one lie: it ends, no page is asked for
// twice, and by number all rows come until a page is missing, empty or without anything new.
func FuzzPaging(f *testing.F) {
	for _, seed := range []string{"\x43\x4b\x53", "\x43\x4b\x4b", "\x43\x80\x42", "\xc1\xc9\xd1\x40", "\x41\x82\x81", ""} {
		f.Add([]byte(seed), "9")
	}
	f.Add([]byte("\x43\x4b\x53"), "1e9")
	const most = 40
	f.Fuzz(func(t *testing.T, says []byte, count string) {
		says = append([]byte{1}, says[:min(len(says), 2*most)]...)
		titles := func(number int) (titles []string) {
			for i := range int(says[number] & 7) {
				titles = append(titles, fmt.Sprintf("第%d号", int(says[number]>>3&7)*7+i))
			}
			return titles
		}
		var asked []string
		site := answers(func(request online.Request) ([]byte, bool) {
			asked = append(asked, request.URL)
			number := 0
			if _, err := fmt.Sscanf(request.URL, "https://a.gov.cn/%d", &number); err != nil || number < 0 || number >= len(says) {
				return nil, false
			}
			answer := map[string]any{"count": count, "next": []any{nil, number + 1, number / 2, number + 2}[says[number]>>6]}
			rows := []map[string]string{}
			for _, title := range titles(number) {
				rows = append(rows, map[string]string{"title": title})
			}
			answer["rows"] = rows
			body, err := json.Marshal(answer)
			if err != nil {
				t.Fatal(err)
			}
			return body, true
		})
		zero := 0
		for name, paging := range map[string]Paging{
			"number": {Address: "{page}", First: &zero, Max: most}, "count": {Address: "{page}", First: &zero, Max: most, Count: Field{{Select: "count"}}},
			"next": {Next: Field{{Select: "next"}}, Max: most},
		} {
			asked = nil
			source, err := New(Config{
				Name: "s", URL: online.Addresses{"https://a.gov.cn/0"}, Covered: collector.Coverage{All: true}, Rows: "rows", Content: Content{Format: formatJSON},
				Fixed: map[string]string{"unit": "O1", "item": "S", "published_on": "2026-07-01"}, Fields: map[string]Field{"title": {{Select: "title"}}}, Paging: paging,
			}, site)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			_, err = collector.Try(t.Context(), collector.Options{Resolver: record.NewResolver(model.Registry{
				Units: []model.Unit{{ID: "O1", Name: "甲"}}, Items: []model.Item{{ID: "S", Name: "乙", Cadence: "event"}},
			})}, source, func(row collector.Tried) error {
				got = append(got, row.Record.Title)
				return nil
			})
			if repeated := slices.Sorted(slices.Values(asked)); len(asked) > most || len(slices.Compact(repeated)) < len(asked) {
				t.Errorf("%s: asked for %v", name, asked)
			}
			if name != "number" {
				continue
			}
			var want []string
			seen := map[string]bool{}
			for number := range min(len(says), most) {
				fresh := false
				for _, title := range titles(number) {
					fresh, seen[title] = fresh || !seen[title], true
				}
				if !fresh {
					break
				}
				want = append(want, titles(number)...)
			}
			if !slices.Equal(want, got) || err != nil {
				t.Errorf("by number: %v, %v; want %v", got, err, want)
			}
		}
	})
}
