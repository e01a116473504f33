package patrol

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"yangguang/collector/fetch"
	"yangguang/collector/online"
	"yangguang/queries/patrol"
)

// sight is what one visit came upon.
type sight struct {
	outcome patrol.Outcome
	status  int
	final   string // that it opened at; empty: at its own address
	elapsed time.Duration
	hash    string
	detail  string
	at      time.Time
	silent  bool // the server answered nothing that can be read: it may be our own network
	unsure  bool // it counts only if the host is known to show something else at other addresses
}

// visit asks an address once and says what came. file: a file is expected there and not a page. shown is what it showed, if it opens; nil otherwise.
func (r *round) visit(ctx context.Context, network online.Network, address string, target *patrol.Target, file bool) (saw sight, shown *Seen, seen *page) {
	saw.at = r.options.Now()
	answer, err := network.Fetch(ctx, online.Request{Method: http.MethodGet, URL: address})
	if ctx.Err() != nil {
		return sight{}, nil, nil
	}
	whole := true
	if err != nil {
		if fetch.CauseOf(err) != fetch.TooLarge {
			saw.failed(err)
			return saw, nil, nil
		}
		whole = false
	}
	seen = nil
	if isHTML(answer.Header.Get("Content-Type"), answer.Body) {
		if seen = readPage(answer.URL, answer.Header.Get("Content-Type"), answer.Body); seen != nil && seen.leads != "" {
			led, err := network.Fetch(ctx, online.Request{Method: http.MethodGet, URL: seen.leads, LedFrom: answer.URL})
			if err != nil {
				saw.failed(err)
				return saw, nil, nil
			}
			led.Took += answer.Took
			if answer, seen = led, nil; isHTML(led.Header.Get("Content-Type"), led.Body) {
				seen = readPage(led.URL, led.Header.Get("Content-Type"), led.Body)
			}
		}
	}
	sum := sha256.Sum256(answer.Body)
	saw.status, saw.elapsed, saw.hash = http.StatusOK, answer.Took, hex.EncodeToString(sum[:])
	if !isSame(address, answer.URL) {
		saw.final = answer.URL
	}
	r.judge(ctx, network, &saw, seen, address, target, file)
	if !saw.outcome.Good() {
		return saw, nil, nil
	}
	return saw, &Seen{
		URL: address, FinalURL: answer.URL, ContentType: answer.Header.Get("Content-Type"), Body: answer.Body, Whole: whole, FetchedAt: saw.at,
	}, seen
}

// failed is what an error of the network says of an address.
func (s *sight) failed(err error) {
	s.detail = err.Error()
	s.outcome = patrol.NotKnown
	switch fetch.CauseOf(err) {
	case fetch.Answered:
		s.status, _ = online.StatusOf(err)
		switch {
		case s.status == http.StatusNotFound, s.status == http.StatusGone:
			s.outcome = patrol.Gone
		case s.status == http.StatusUnauthorized:
			s.outcome = patrol.LoginWall
		case s.status >= 500:
			s.outcome = patrol.ServerError
		}
	case fetch.Slow:
		s.outcome, s.silent = patrol.TooSlow, true
		s.detail = strings.NewReplacer("the page has", "it has", "network.timeout", "patrol.slow").Replace(s.detail)
	case fetch.BadCertificate:
		s.outcome, s.silent = patrol.Certificate, true
	case fetch.Unreachable:
		s.outcome, s.silent = patrol.ServerError, true
	case fetch.ByRobots:
		s.outcome = patrol.Robots
	case fetch.LeadsElsewhere:
		to := fetch.LeadsTo(err)
		if s.final = to; named(to, signInAddress) {
			s.outcome = patrol.LoginWall
		}
	}
}

// judge says what an answer of success shows.
func (r *round) judge(ctx context.Context, network online.Network, saw *sight, seen *page, address string, target *patrol.Target, file bool) {
	opens := func() {
		if saw.outcome = patrol.Opens; saw.final != "" {
			saw.outcome = patrol.Moved
		}
	}
	is := func(outcome patrol.Outcome, detail string, values ...any) {
		saw.outcome, saw.detail = outcome, fmt.Sprintf(detail, values...)
	}
	switch {
	case saw.final != "" && named(saw.final, signInAddress):
		is(patrol.LoginWall, "it leads to %s, where one signs in", saw.final)
		return
	case saw.final != "" && named(saw.final, errorAddress):
		is(patrol.Soft404, "it leads to %s, a page about errors", saw.final)
		return
	case saw.final != "" && isFront(saw.final) && !isFront(address):
		is(patrol.Soft404, "it leads to the front page")
		return
	case seen == nil:
		opens()
		return
	}
	shows := false
	for _, record := range target.Records {
		shows = shows || seen.shows(record.Title)
	}
	said := seen.saysGone(false)
	switch {
	case !shows && seen.signsIn():
		is(patrol.LoginWall, "the page asks for a password and shows nothing else")
		return
	case !shows && said != "":
		is(patrol.Soft404, "the page says %q", said)
		return
	case !shows && seen.guardedBy() != "":
		is(patrol.NotKnown, "what is shown to programs is not what is shown to readers: %q", seen.guardedBy())
		return
	case file:
		saw.detail = "a page comes where a file is linked"
		opens()
		return
	case !isFront(address) && !isFront(target.URL):
		if front := r.front(ctx, network, address); front.like(seen.print) {
			is(patrol.Soft404, "the page is the front page of its host")
			r.doubt(saw, seen)
			return
		}
	}
	if shows {
		opens()
		return
	}
	if byScripts(address) {
		is(patrol.NotKnown, "what is shown there is made by scripts")
		return
	}
	nowhere, known := r.nowhere(ctx, network, address)
	switch {
	case !known:
		is(patrol.NotKnown, "it is not known what the host answers where there is nothing")
	case nowhere.like(seen.print) && seen.saysGone(true) != "":
		is(patrol.Soft404, "the host shows the same at an address that cannot be: %q", seen.saysGone(true))
	case nowhere.like(seen.print):
		is(patrol.Soft404, "the host shows the same at an address that cannot be")
		r.doubt(saw, seen)
	default:
		opens()
	}
}

// fewRunes is how much text a page has at least that is not made by scripts only.
const fewRunes = 30

// doubt leaves open what is the same everywhere: a site whose pages are made by scripts answers every address with the same.
func (r *round) doubt(saw *sight, seen *page) {
	if seen.length() < fewRunes {
		saw.outcome, saw.detail = patrol.NotKnown, "what is shown there is made by scripts"
		return
	}
	saw.unsure = true
}
