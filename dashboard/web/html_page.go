package web

import (
	"bytes"
	"crypto/rand"
	"errors"
	"html/template"
	"net/http"
	"time"

	"yangguang/dashboard/page"
)

// htmlPage is a page as it is sent, but for the notices, which are of the moment: it is what stands before them and what stands after.
type htmlPage struct{ before, after []byte }

// noticesMark stands in a page where the notices go; no text of a page can have it.
var noticesMark = template.HTML("<!-- " + rand.Text() + " -->") // #nosec G203: letters and digits

// draw writes a page.
func (t templates) draw(name string, frame page.Frame) (htmlPage, error) {
	frame.NoticesMark = noticesMark
	var drawn bytes.Buffer
	if err := t[name].ExecuteTemplate(&drawn, "layout.html", frame); err != nil {
		return htmlPage{}, err
	}
	before, after, found := bytes.Cut(drawn.Bytes(), []byte(noticesMark))
	if !found {
		return htmlPage{}, errors.New("layout.html has no place for notices")
	}
	return htmlPage{before, after}, nil
}

// noticesOf is what parts/notices.html shows.
type noticesOf struct {
	page.Text
	Notices []page.Told
}

// send sends a page with the notices of the moment, and those of its own.
func (s *server) send(w http.ResponseWriter, status int, a *page.Request, drawn htmlPage, own ...page.Notice) {
	var notices bytes.Buffer
	if err := s.templates["problem"].ExecuteTemplate(&notices, "notices", noticesOf{a.Text, a.Notices(own...)}); err != nil {
		s.broken(w, "notices", err)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", a.Language())
	header.Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	for _, part := range [][]byte{drawn.before, notices.Bytes(), drawn.after} {
		_, _ = w.Write(part) // the reader is gone: nothing is left to tell it
	}
}

// broken answers when a page cannot be drawn.
func (s *server) broken(w http.ResponseWriter, name string, err error) {
	s.Logger.Error("page not rendered", "page", name, "error", err)
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
}

// lastGoodNotice says of which moment the page is: the time alone when it is of today.
func lastGoodNotice(a *page.Request, at time.Time) page.Notice {
	at = at.In(a.Zone)
	instant := at.Format("2006-01-02 15:04")
	if at.Format(page.DayLayout) == a.Now.Format(page.DayLayout) {
		instant = at.Format("15:04")
	}
	return page.Notice{Message: "notice.last_good", Values: []any{"Instant", instant}}
}
