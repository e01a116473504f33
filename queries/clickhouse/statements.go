package clickhouse

import (
	"strings"
)

// Statements splits SQL text at its semicolons; comments are left out, empty statements too.
func Statements(text string) []string {
	var found []string
	var statement strings.Builder
	end := func() {
		if trimmed := strings.TrimSpace(statement.String()); trimmed != "" {
			found = append(found, trimmed)
		}
		statement.Reset()
	}
	for text != "" {
		token := firstToken(text)
		text = text[len(token):]
		switch {
		case token == ";":
			end()
		case isComment(token):
			statement.WriteByte(' ')
		default:
			statement.WriteString(token)
		}
	}
	end()
	return found
}

// WithoutComments is the text with a space for each comment.
func WithoutComments(text string) string {
	var bare strings.Builder
	for text != "" {
		token := firstToken(text)
		text = text[len(token):]
		if isComment(token) {
			token = " "
		}
		bare.WriteString(token)
	}
	return bare.String()
}

func isComment(token string) bool {
	return strings.HasPrefix(token, "--") || strings.HasPrefix(token, "/*")
}

// firstToken is a comment, something in quotes, or else one byte.
func firstToken(text string) string {
	switch {
	case strings.HasPrefix(text, "--"):
		line, _, _ := strings.Cut(text, "\n")
		return line
	case strings.HasPrefix(text, "/*"):
		if end := strings.Index(text[2:], "*/"); end >= 0 {
			return text[:end+4]
		}
		return text
	case text[0] == '\'' || text[0] == '"' || text[0] == '`':
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case text[0]:
				return text[:i+1]
			}
		}
		return text
	}
	return text[:1]
}
