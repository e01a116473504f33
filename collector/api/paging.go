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

// place is where a collection stands in a list.
type place struct {
	paging   Paging
	position int    // of the page, from 0
	number   int    // of the page or row to ask for
	cursor   string // or link; empty on the first page
	seen     map[uint64]bool
	read     map[uint64]bool // rows of a complete list
	handed   map[uint64]bool // rows, of a reading before this one; nil: there was none
	deeper   bool            // more than one page has been asked for
}

func newPlace(paging Paging) *place {
	p := &place{paging: paging, seen: map[uint64]bool{}}
	switch {
	case paging.First != nil:
		p.number = *paging.First
	case paging.Style == "page":
		p.number = 1
	}
	return p
}

// parameters are what the list is asked for with.
func (p *place) parameters() map[string]string {
	parameters := map[string]string{}
	if p.paging.Size > 0 {
		parameters[p.paging.SizeParameter] = strconv.Itoa(p.paging.Size)
	}
	switch p.paging.Style {
	case "page", "offset":
		parameters[p.paging.Parameter] = strconv.Itoa(p.number)
	case "cursor":
		if p.cursor != "" {
			parameters[p.paging.Parameter] = p.cursor
		}
	}
	return parameters
}

// repeats reports whether the rows are those of an earlier page: a server that is asked for a page behind the last one may
// answer with the last or with the first.
func (p *place) repeats(rows []any) bool {
	hash := xxhash.New()
	if err := json.NewEncoder(hash).Encode(rows); err != nil {
		return false
	}
	sum := hash.Sum64()
	known := p.seen[sum]
	p.seen[sum] = true
	return known
}

// again notes rows and leaves out those that a reading before has handed over.
func (p *place) anew(rows []any) (fresh []any) {
	if p.read == nil {
		return rows
	}
	for _, row := range rows {
		key := xxhash.Sum64String(shown(row))
		if p.read[key] = true; !p.handed[key] {
			fresh = append(fresh, row)
		}
	}
	return fresh
}

var errLoop = errors.New("paging: the answer leads back to where the list has been read already; the expression next may be wrong")

// numbered reports whether pages are asked for by number; otherwise each answer says what follows.
func (p *place) numbered() bool {
	return p.paging.Style == "page" || p.paging.Style == "offset"
}

// next goes on to the following page, or says that there is none. How many rows the answer says there are is not asked:
// such numbers lie.
func (p *place) next(read page, header http.Header, address string) (more bool, err error) {
	p.position++
	switch p.paging.Style {
	case "page":
		p.number++
		return len(read.rows) > 0, nil
	case "offset":
		p.number += len(read.rows)
		return len(read.rows) > 0, nil
	case "cursor":
		return p.follow(read.next)
	case "link":
		target := read.next
		if p.paging.Next == "" {
			target = linked(header)
		}
		if target == "" {
			return false, nil
		}
		absolute, err := sameHost(target, address)
		if err != nil {
			return false, err
		}
		return p.follow(absolute)
	}
	return false, nil
}

// follow goes on to a cursor or link. None, or the same again, is the end.
func (p *place) follow(cursor string) (bool, error) {
	if cursor == "" || cursor == p.cursor {
		return false, nil
	}
	sum := xxhash.Sum64String("cursor " + cursor)
	if p.seen[sum] {
		return false, errLoop
	}
	p.seen[sum] = true
	p.cursor = cursor
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
