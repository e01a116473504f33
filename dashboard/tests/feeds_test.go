package tests

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
)

// reportRows is a report in English by its columns.
func reportRows(t *testing.T, handler http.Handler, address string) (rows []map[string]string) {
	t.Helper()
	status, _, body := get(t, handler, address)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d: %s", address, status, body)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, key := range lines[0] {
			row[key] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// property is a line of a calendar.
var property = regexp.MustCompile(`^[A-Z-]+(;[A-Z]+=[A-Z]+)*:`)

// eventsOf reads a calendar as a program would, and holds it to RFC 5545.
func eventsOf(t *testing.T, handler http.Handler, address string) (events []map[string]string, about string) {
	t.Helper()
	status, header, body := get(t, handler, address)
	if status != http.StatusOK || header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%s: status %d, %s: %s", address, status, header.Get("Content-Type"), body)
	}
	if strings.Count(body, "\n") != strings.Count(body, "\r\n") || !strings.HasSuffix(body, "END:VCALENDAR\r\n") {
		t.Errorf("%s: lines do not end with CRLF", address)
	}
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%s: %d octets: %q", address, len(line), line)
		}
	}
	var event map[string]string
	alarm := false
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(body, "\r\n ", ""), "\r\n"), "\r\n") {
		if !property.MatchString(line) {
			t.Errorf("%s: no property: %q", address, line)
		}
		name, value, _ := strings.Cut(line, ":")
		switch line {
		case "BEGIN:VEVENT":
			event = map[string]string{}
		case "END:VEVENT":
			events, event = append(events, event), nil
		case "BEGIN:VALARM":
			alarm = true
		case "END:VALARM":
			alarm = false
		}
		switch {
		case name == "X-WR-CALDESC":
			about = value
		case alarm && name == "TRIGGER":
			event["alarms"] += value + " "
		case event != nil && !alarm:
			event[name] = value
		}
	}
	seen := map[string]bool{}
	for _, event := range events {
		for _, needed := range []string{"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY"} {
			if event[needed] == "" {
				t.Errorf("%s: an event lacks %s: %v", address, needed, event)
			}
		}
		if seen[event["UID"]] {
			t.Errorf("%s: UID %s comes twice", address, event["UID"])
		}
		seen[event["UID"]] = true
	}
	return events, about
}

// testFeeds holds calendars and the feed of new lapses against what is exported.
func testFeeds(t *testing.T, handler http.Handler) {
	states := map[string]int{}
	units := []string{"O01", "V11"}
	for _, row := range reportRows(t, handler, "/export/obligations.csv?lang=en&from=2026-09-20&to=2026-11-19") {
		if row["state"] == "unverified" && row["due_on"] >= "2026-09-20" {
			units = append(units, row["unit_id"])
			break
		}
	}
	for _, unit := range units {
		events, about := eventsOf(t, handler, "/calendar.ics?lang=en&unit="+unit)
		if !strings.Contains(about, "读不到的台账") {
			t.Errorf("%s: the calendar does not say what was not read: %q", unit, about)
		}
		var want, got []string
		for _, row := range reportRows(t, handler, "/export/obligations.csv?lang=en&from=2026-09-20&to=2026-11-19&unit="+unit) {
			if words := map[string]string{"pending": "Due: ", "lapsed": "Lapsed: ", "unverified": "Due, unverified: "}[row["state"]]; words != "" && row["due_on"] >= "2026-09-20" {
				want = append(want, strings.ReplaceAll(row["due_on"], "-", "")+" "+words+strings.TrimSpace(row["item"]+" "+row["period"]))
				states[row["state"]]++
			}
		}
		for _, event := range events {
			got = append(got, event["DTSTART;VALUE=DATE"]+" "+strings.NewReplacer(`\,`, ",", `\;`, ";", `\\`, `\`).Replace(event["SUMMARY"]))
			if pending := strings.HasPrefix(event["SUMMARY"], "Due: "); pending != (event["alarms"] == "-P4DT15H -P1DT15H ") {
				t.Errorf("%s: %s has the alarms %q", unit, event["SUMMARY"], event["alarms"])
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the calendar has\n%q, want\n%q", unit, got, want)
		}
		again, _ := eventsOf(t, handler, "/calendar.ics?unit="+unit)
		for i := range again {
			if again[i]["UID"] != events[i]["UID"] {
				t.Errorf("%s: UID %s in Chinese, %s in English", unit, again[i]["UID"], events[i]["UID"])
			}
		}
	}
	if states["pending"] == 0 || states["lapsed"] == 0 || states["unverified"] == 0 {
		t.Errorf("the calendars had only %v", states)
	}
	all, _ := eventsOf(t, handler, "/calendar.ics?lang=en")
	if len(all) < 2 || !strings.HasPrefix(all[len(all)-1]["SUMMARY"], "Due and unverified\\, not called lapsed: ") {
		t.Errorf("the calendar of all: %v", all)
	}
	if within, _ := eventsOf(t, handler, "/calendar.ics?within=T1"); len(within) == 0 || within[0]["UID"] == all[0]["UID"] {
		t.Errorf("the calendar of a town: %v", within)
	}

	status, header, body := get(t, handler, "/lapsed.atom?lang=en&within=T1")
	feed, err := gofeed.NewParser().ParseString(body)
	if err != nil || status != http.StatusOK || header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("status %d, %s: %v\n%s", status, header.Get("Content-Type"), err, body)
	}
	want := 0
	for _, row := range reportRows(t, handler, "/export/lapsed.csv?lang=en&within=T1") {
		if delay, err := time.ParseDuration(row["delay_days"] + "h"); err == nil && delay <= 60*time.Hour {
			want++
		}
	}
	if len(feed.Items) == 0 || len(feed.Items) > want || want > 0 && feed.UpdatedParsed == nil {
		t.Errorf("%d entries, %d lapses", len(feed.Items), want)
	}
	ids := map[string]bool{}
	for _, item := range feed.Items {
		if ids[item.GUID] || !strings.HasPrefix(item.GUID, "tag:") || item.UpdatedParsed == nil || item.UpdatedParsed.Before(day(2026, 8, 21)) || item.UpdatedParsed.After(feed.UpdatedParsed.Add(0)) {
			t.Errorf("entry %+v", item)
		}
		ids[item.GUID] = true
	}
	for address, want := range map[string]int{
		"/calendar.ics?unit=nobody": 404, "/lapsed.atom?within=nobody": 404, "/calendar.ics?as_of=2026-01-01": 400, "/lapsed.atom?lang=fr": 400, "/lapsed.atom?unit=O01": 200,
	} {
		if status, _, body := get(t, handler, address); status != want {
			t.Errorf("%s: status %d, want %d: %s", address, status, want, body)
		}
	}
	_, _, page := get(t, handler, "/unit/O01?lang=en")
	for _, want := range []string{`<link rel="alternate" type="text/calendar" href="/calendar.ics?lang=en&amp;unit=O01"`, `<link rel="alternate" type="application/atom&#43;xml" href="/lapsed.atom?lang=en&amp;unit=O01"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the unit's page has no %s", want)
		}
	}
}
