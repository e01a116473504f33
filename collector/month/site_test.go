package month_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"yangguang/queries/civil"
)

// mood is how a site shows itself on a day.
type mood string

const (
	clean  mood = "clean"
	down   mood = "down"   // 503
	menu   mood = "menu"   // an error page with 200 whose menu looks like rows
	empty  mood = "empty"  // the list without rows
	short  mood = "short"  // fewer than half of the rows
	titled mood = "titled" // a redesign puts something before every title
	cut    mood = "cut"    // the connection ends in the midst of the page
)

// simulatedSite is the site of a truth at an instant. What it has once done to its addresses it does not undo.
type simulatedSite struct {
	*truth
	kind string // web, walk, feed, api

	mutex  sync.Mutex // guards the following: the test sets them, the server reads them
	now    time.Time
	mood   mood
	moves  int  // how often all addresses have changed
	pinned bool // old rows stand above
	asked  int  // requests, for session ids
}

const pageRows = 20

func (s *simulatedSite) set(now time.Time, mood mood, moved, pinned bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.now, s.mood, s.pinned = now, mood, pinned
	if moved {
		s.moves++
	}
}

// rows are those that have appeared by now, as the site orders them: the latest day shown first, or, where only the first pages are read, the
// latest uploaded.
func (s *simulatedSite) rows() (rows []publication) {
	for _, each := range s.publications {
		if !each.at.After(s.now) {
			rows = append(rows, each)
		}
	}
	slices.SortFunc(rows, func(a, b publication) int {
		if s.kind == "walk" || a.shown == b.shown {
			return b.at.Compare(a.at)
		}
		return b.shown.Compare(a.shown)
	})
	if s.pinned && len(rows) > 8 {
		old := rows[len(rows)-2:]
		rows = append(slices.Clone(old), rows[:len(rows)-2]...)
	}
	switch s.mood {
	case empty:
		rows = nil
	case short:
		rows = rows[:len(rows)/3]
	case titled:
		for i := range rows {
			rows[i].title = "【公开】" + rows[i].title
		}
	case menu:
		rows = nil
		for i, name := range []string{"首页", "政务公开", "办事服务", "互动交流", "沙河概况"} {
			rows = append(rows, publication{number: -i, title: name, shown: civil.Day{}})
		}
	}
	return rows
}

// address is where a row leads; it changes with moves, and carries a session.
func (s *simulatedSite) address(row publication) string {
	if row.number < 0 {
		return "/channel" + strconv.Itoa(-row.number) + "/"
	}
	return fmt.Sprintf("/v%d/art/%d.html;jsessionid=%X", s.moves, row.number, 4096+s.asked)
}

func (s *simulatedSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.asked++
	if s.mood == down {
		http.Error(w, "maintenance", http.StatusServiceUnavailable)
		return
	}
	rows := s.rows()
	number, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err == nil && s.kind != "feed" {
		from := min((number-1)*pageRows, len(rows))
		if from == len(rows) && number > 1 {
			http.NotFound(w, r)
			return
		}
		rows = rows[from:min(from+pageRows, len(rows))]
	}
	var text string
	switch s.kind {
	case "feed":
		text = s.feed(rows)
	case "api":
		text = s.api(rows)
	default:
		text = s.html(rows)
	}
	if s.mood == cut {
		w.Header().Set("Content-Length", strconv.Itoa(len(text)))
		text = text[:len(text)*2/3]
	}
	_, _ = w.Write([]byte(text))
}

func (s *simulatedSite) html(rows []publication) string {
	var b strings.Builder
	b.WriteString("<!doctype html><meta charset=utf-8><ul class=list>")
	for _, row := range rows {
		fmt.Fprintf(&b, "<li><a href=%q>%s</a> <span>%s</span></li>\n", s.address(row), row.title, row.shown)
	}
	return b.String() + "</ul>"
}

func (s *simulatedSite) feed(rows []publication) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>公开</title>`)
	for _, row := range rows {
		fmt.Fprintf(&b, "<item><title>%s</title><link>%[2]s</link><guid>%[2]s</guid><pubDate>%[3]s</pubDate></item>\n", row.title, s.address(row), row.shown)
	}
	return b.String() + "</channel></rss>"
}

func (s *simulatedSite) api(rows []publication) string {
	list := []map[string]string{}
	for _, row := range rows {
		list = append(list, map[string]string{"title": row.title, "url": s.address(row), "day": row.shown.String()})
	}
	text, _ := json.Marshal(map[string]any{"data": list}) // of texts alone
	return string(text)
}
