package figures

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

var escaped = regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|.)`)

// Readable lays JSON out in lines and writes its escaped letters as letters; other text is left as it is.
func Readable(text string) string {
	var lines bytes.Buffer
	if !strings.HasPrefix(strings.TrimSpace(text), "{") || json.Indent(&lines, []byte(text), "", "  ") != nil {
		return text
	}
	return escaped.ReplaceAllStringFunc(lines.String(), func(escape string) string {
		if escape[1] != 'u' {
			return escape
		}
		code, err := strconv.ParseUint(escape[2:], 16, 32)
		if letter := rune(code); err == nil && letter != '"' && letter != '\\' && unicode.IsPrint(letter) {
			return string(letter)
		}
		return escape
	})
}

// IsMarkup reports whether a content is a part of a page.
func IsMarkup(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "<") }

// VisibleText is what a reader of a part of a page sees, in lines; nothing of it is executed or fetched.
func VisibleText(markup string) string {
	var text strings.Builder
	hidden := 0
	for tokens := html.NewTokenizer(strings.NewReader(markup)); ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		token := tokens.Token()
		switch {
		case kind == html.TextToken && hidden == 0:
			text.WriteString(strings.Join(strings.Fields(token.Data), " ") + " ")
		case token.Data == "script" || token.Data == "style":
			if kind == html.StartTagToken {
				hidden++
			} else if kind == html.EndTagToken && hidden > 0 {
				hidden--
			}
		case kind != html.TextToken && isBlock(token.Data):
			text.WriteString("\n")
		}
	}
	var lines []string
	for line := range strings.Lines(text.String()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(lines, "\n")
}

// isBlock reports whether an element begins a line.
func isBlock(element string) bool {
	switch element {
	case "p", "div", "li", "ul", "ol", "tr", "table", "br", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "section", "article":
		return true
	}
	return false
}

// Beginning is as much of a text as fits into so many bytes, without half a character at its end.
func Beginning(text string, bytes int) (shown string, cut bool) {
	if len(text) <= bytes {
		return text, false
	}
	for bytes > 0 && !utf8.RuneStart(text[bytes]) {
		bytes--
	}
	return text[:bytes], true
}
