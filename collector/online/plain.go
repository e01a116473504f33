package online

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var markup = regexp.MustCompile(`</?[A-Za-z][^<>]*>|&#?\w+;`)

// PlainText is text without markup and with single spaces.
func PlainText(text string) string {
	if markup.MatchString(text) {
		var plain strings.Builder
		for tokens := html.NewTokenizer(strings.NewReader(text)); ; {
			kind := tokens.Next()
			if kind == html.ErrorToken {
				break
			}
			if kind == html.TextToken {
				plain.Write(tokens.Text())
			}
		}
		text = plain.String()
	}
	return strings.Join(strings.Fields(text), " ")
}
