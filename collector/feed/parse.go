package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/collector/online"
)

// item is one item of a feed: its elements by name, as text, and its attachments.
type item struct {
	elements    map[string]string
	attachments []string
	content     string // the item as JSON
}

// parse reads a feed. address is what relative links are relative to. An error says that it is no feed, or a broken one.
func parse(body []byte, address string) ([]item, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address of the feed: %w", err)
	}
	body = readable(body)
	if err := checkSize(body); err != nil {
		return nil, err
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return nil, fmt.Errorf("the answer is no feed (RSS, Atom, RDF or JSON Feed); it begins %q", beginning(body))
	}
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	items := make([]item, 0, len(feed.Items))
	for _, each := range feed.Items {
		if each != nil {
			items = append(items, itemOf(each, base))
		}
	}
	keepIDsApart(items)
	return items, nil
}

func itemOf(from *gofeed.Item, base *url.URL) item {
	made := item{elements: map[string]string{
		"id": strings.TrimSpace(from.GUID), "title": online.PlainText(from.Title), "link": absolute(from.Link, base),
		"published": strings.TrimSpace(from.Published), "updated": strings.TrimSpace(from.Updated), "category": "",
		"description": online.PlainText(from.Description), "content": online.PlainText(from.Content), "author": "",
	}}
	if made.elements["published"] == "" {
		made.elements["published"] = made.elements["updated"]
	}
	if len(from.Categories) > 0 {
		made.elements["category"] = online.PlainText(from.Categories[0])
	}
	for _, author := range from.Authors {
		if author != nil && made.elements["author"] == "" {
			made.elements["author"] = strings.TrimSpace(author.Name)
		}
	}
	for _, enclosure := range from.Enclosures {
		if enclosure != nil {
			made.attachments = append(made.attachments, absolute(enclosure.URL, base))
		}
	}
	if text, err := json.Marshal(from); err == nil {
		made.content = string(text)
	}
	return made
}

// keepIDsApart takes ids away that several different items of a feed have: they would be taken for one record.
func keepIDsApart(items []item) {
	counts := map[string]int{}
	for _, item := range items {
		counts[item.elements["id"]]++
	}
	for _, item := range items {
		if counts[item.elements["id"]] > 1 {
			item.elements["id"] = ""
		}
	}
}

// absolute is a link as an address of its own; what cannot be read as a link is left as it is.
func absolute(link string, base *url.URL) string {
	link = strings.TrimSpace(link)
	if link == "" {
		return ""
	}
	parsed, err := url.Parse(link)
	if err != nil {
		return link
	}
	return base.ResolveReference(parsed).String()
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=`)

// readable is a feed that the parser can read: one that declares no encoding and is not UTF-8 is taken for GB18030, and
// what stands before the first tag is left out.
func readable(body []byte) []byte {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if !utf8.Valid(body) && !declared.Match(body) {
		if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(body); err == nil {
			body = text
		}
	}
	return bytes.TrimLeft(body, " \t\r\n\x00")
}

// beginning is the first characters of an answer, for an error message.
func beginning(body []byte) string {
	text := []rune(strings.ToValidUTF8(string(body[:min(len(body), 240)]), "?"))
	return string(text[:min(len(text), 60)])
}
