package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// walk is where a collection stands in a list.
type walk struct {
	paging Paging
	number int    // of the page or row to ask for
	cursor string // or link; empty on the first page
	seen   map[uint64]bool
}

func newWalk(paging Paging) *walk {
	w := &walk{paging: paging, seen: map[uint64]bool{}}
	switch {
	case paging.First != nil:
		w.number = *paging.First
	case paging.Style == "page":
		w.number = 1
	}
	return w
}

// parameters are what the list is asked for with.
func (w *walk) parameters() map[string]string {
	parameters := map[string]string{}
	if w.paging.Size > 0 {
		parameters[w.paging.SizeParameter] = strconv.Itoa(w.paging.Size)
	}
	switch w.paging.Style {
	case "page", "offset":
		parameters[w.paging.Parameter] = strconv.Itoa(w.number)
	case "cursor":
		if w.cursor != "" {
			parameters[w.paging.Parameter] = w.cursor
		}
	}
	return parameters
}

// repeats tells whether the rows are those of an earlier page: a server that is asked for a page behind the last one may
// answer with the last or with the first.
func (w *walk) repeats(rows []any) bool {
	hash := xxhash.New()
	if err := json.NewEncoder(hash).Encode(rows); err != nil {
		return false
	}
	sum := hash.Sum64()
	known := w.seen[sum]
	w.seen[sum] = true
	return known
}

var errLoop = errors.New("paging: the answer leads back to where the list has been read already; the expression next may be wrong")

// numbered tells whether pages are asked for by number; otherwise each answer says what follows.
func (w *walk) numbered() bool {
	return w.paging.Style == "page" || w.paging.Style == "offset"
}

// next goes on to the following page, or says that there is none. How many rows the answer says there are is not asked:
// such numbers lie.
func (w *walk) next(read page, header http.Header, address string) (more bool, err error) {
	switch w.paging.Style {
	case "page":
		w.number++
		return len(read.rows) > 0, nil
	case "offset":
		w.number += len(read.rows)
		return len(read.rows) > 0, nil
	case "cursor":
		return w.follow(read.next)
	case "link":
		target := read.next
		if w.paging.Next == "" {
			target = linked(header)
		}
		if target == "" {
			return false, nil
		}
		absolute, err := sameHost(target, address)
		if err != nil {
			return false, err
		}
		return w.follow(absolute)
	}
	return false, nil
}

// follow goes on to a cursor or link. None, or the same again, is the end.
func (w *walk) follow(cursor string) (bool, error) {
	if cursor == "" || cursor == w.cursor {
		return false, nil
	}
	sum := xxhash.Sum64String("cursor " + cursor)
	if w.seen[sum] {
		return false, errLoop
	}
	w.seen[sum] = true
	w.cursor = cursor
	return true, nil
}

// sameHost is a link as an address of its own. The headers of a request, secret ones too, are for the host that the
// configuration names, and go to no other.
func sameHost(target, from string) (string, error) {
	base, err := url.Parse(from)
	if err != nil {
		return "", fmt.Errorf("paging: address of the page: %w", err)
	}
	link, err := url.Parse(target)
	if err != nil {
		return "", fmt.Errorf("paging: next: %q is not an address", target)
	}
	link = base.ResolveReference(link)
	if link.Host != base.Host || link.Scheme != base.Scheme {
		return "", fmt.Errorf("paging: next leads to %s://%s and not to %s://%s; it is not followed", link.Scheme, link.Host, base.Scheme, base.Host)
	}
	return link.String(), nil
}

var nextLink = regexp.MustCompile(`<([^>]*)>[^,<]*;\s*rel="?(?:[^",;]*\s)?next(?:\s[^",;]*)?"?`)

// linked is the next link of a Link header (RFC 8288).
func linked(header http.Header) string {
	if match := nextLink.FindStringSubmatch(strings.Join(header.Values("Link"), ", ")); match != nil {
		return match[1]
	}
	return ""
}
