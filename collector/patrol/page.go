package patrol

import (
	"bytes"
	"hash/maphash"
	"net/http"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/unicode/norm"

	"yangguang/collector/markup"
	"yangguang/collector/web"
)

// page is a page of HTML as far as it is looked at.
type page struct {
	address  string // that it came from
	title    string // of the window and of its first headings
	text     string // that can be seen, without white space
	password bool   // it asks for one
	leads    string // address to which it leads on by itself; empty: it does not
	document *goquery.Document
	print    print
}

// mostText bounds how many runes of a page are looked at.
const mostText = 50_000

// isHTML reports whether an answer is a page of HTML, whatever it says to be: servers that do not know say text/plain or nothing.
func isHTML(contentType string, body []byte) bool {
	declared, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	switch strings.TrimSpace(declared) {
	case "text/html", "application/xhtml+xml":
		return !bytes.HasPrefix(body, []byte("%PDF-")) && !bytes.HasPrefix(body, []byte("PK\x03\x04"))
	case "", "text/plain", "application/octet-stream":
		return strings.HasPrefix(http.DetectContentType(body), "text/html")
	}
	return false
}

// readPage reads a page; nil: it cannot be read as HTML.
func readPage(address, contentType string, body []byte) *page {
	decoded, err := markup.Decode(body, contentType, "")
	if err != nil {
		return nil
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(decoded))
	if err != nil {
		return nil
	}
	p := &page{address: address, leads: web.Refresh(decoded, address), document: document}
	p.password = document.Find(`input[type="password" i]`).Length() > 0
	p.title = squeezed(document.Find("title").First().Text() + " " + document.Find("h1, h2").Slice(0, min(3, document.Find("h1, h2").Length())).Text())
	seen := document.Find("body").Clone()
	seen.Find("script, style, noscript, template").Remove()
	p.text = squeezed(seen.Text())
	p.print = printOf(p.text, decoded)
	return p
}

// squeezed is a text as it is compared: NFKC, lower case, without white space.
func squeezed(text string) string {
	var squeezed strings.Builder
	runes := 0
	for _, r := range norm.NFKC.String(text) {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' {
			continue
		}
		if runes++; runes > mostText {
			break
		}
		squeezed.WriteRune(unicode.ToLower(r))
	}
	return squeezed.String()
}

// shows reports whether a page shows a title. One of few characters may stand anywhere by chance; lists cut long ones short.
func (p *page) shows(title string) bool {
	title = strings.TrimRight(squeezed(title), ".…")
	runes := []rune(title)
	if len(runes) > 40 {
		title = string(runes[:40])
	}
	return len(runes) >= 6 && (strings.Contains(p.text, title) || strings.Contains(p.title, title))
}

// length is how much text can be seen, in runes.
func (p *page) length() int { return len([]rune(p.text)) }

// print tells pages apart by what can be seen on them, but for what changes from one reading to the next: digits, and names of addresses.
type print map[uint64]struct{}

// shingle is how many runes are compared at a time.
const shingle = 4

var seed = maphash.MakeSeed()

func printOf(text, whole string) print {
	var han, letters []rune
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han = append(han, r)
		case unicode.IsLetter(r):
			letters = append(letters, r)
		}
	}
	runes := han
	if len(han) < 20 {
		runes = append(han, letters...)
	}
	prints := print{}
	if len(runes) < shingle { // made by scripts: what the scripts are told
		text := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) || unicode.IsSpace(r) {
				return -1
			}
			return r
		}, whole)
		prints[maphash.String(seed, text)] = struct{}{}
		return prints
	}
	for i := 0; i+shingle <= len(runes); i++ {
		prints[maphash.String(seed, string(runes[i:i+shingle]))] = struct{}{}
	}
	return prints
}

// ownShingles is how much of its own a page may show and still be the same as another: a greeting by the hour, the address that was asked.
const ownShingles = 8

// like reports whether two pages show the same.
func (p print) like(other print) bool {
	if len(p) == 0 || len(other) == 0 {
		return false
	}
	if len(p) == 1 || len(other) == 1 { // texts of a few runes
		return len(p.without(other)) == 0 && len(other.without(p)) == 0
	}
	most := min(ownShingles, min(len(p), len(other))/4)
	return len(p.without(other)) <= most && len(other.without(p)) <= most
}

func (p print) without(other print) (own []uint64) {
	for shingle := range p {
		if _, has := other[shingle]; !has {
			if own = append(own, shingle); len(own) > ownShingles {
				break
			}
		}
	}
	return own
}
