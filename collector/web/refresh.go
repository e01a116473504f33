package web

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"yangguang/collector/markup"
)

// longestRefresh is the longest time, in seconds, after which a page that leads on is only a way to the next: others want to be looked at.
const longestRefresh = 10

// refreshing is content of <meta http-equiv=refresh>: seconds, and where to.
var refreshing = regexp.MustCompile(`(?is)^\s*(\d*)(?:\.\d*)?\s*[;,\s]\s*url\s*=\s*(.*)$`)

// Refresh is the address to which a page leads on by <meta http-equiv=refresh>; empty: it does not, or only to itself.
func Refresh(text, address string) string {
	text = text[:min(len(text), markup.MetaWithin)]
	if !strings.Contains(strings.ToLower(text), "refresh") {
		return ""
	}
	base, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for tokens := html.NewTokenizer(strings.NewReader(text)); ; {
		switch tokens.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		token := tokens.Token()
		switch token.Data {
		case "noscript": // a browser with scripts does not see it
			skip(tokens, "noscript")
		case "meta":
			attributes := map[string]string{}
			for _, attribute := range token.Attr {
				attributes[attribute.Key] = attribute.Val
			}
			if strings.EqualFold(strings.TrimSpace(attributes["http-equiv"]), "refresh") {
				return leadsTo(base, attributes["content"])
			}
		}
	}
}

func skip(tokens *html.Tokenizer, element string) {
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.EndTagToken:
			if name, _ := tokens.TagName(); string(name) == element {
				return
			}
		}
	}
}

// leadsTo is the address in the content of a refresh, unless it is the page itself or comes late.
func leadsTo(base *url.URL, content string) string {
	part := refreshing.FindStringSubmatch(content)
	if part == nil {
		return ""
	}
	if seconds, err := strconv.Atoi(part[1]); part[1] != "" && (err != nil || seconds > longestRefresh) {
		return ""
	}
	to, err := base.Parse(strings.Trim(strings.TrimSpace(part[2]), `'"`))
	if err != nil || to.Scheme != "http" && to.Scheme != "https" || to.Host == "" {
		return ""
	}
	to.Fragment = ""
	if to.String() == base.String() {
		return ""
	}
	return to.String()
}
