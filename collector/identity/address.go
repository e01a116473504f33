// Package identity reports whether rows are one disclosure, in one collection and over time (SPEC §3).
package identity

import (
	"net/url"
	"slices"
	"strings"
)

// Address is the normal form of an address (SPEC §3): what a site may change without showing anything else is left out. Parameters are
// ignored by name, in any case; a name that ends with * stands for all that begin so. Anything that is no address is only trimmed.
func Address(text string, ignored []string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	parsed, err := url.Parse(text)
	if err != nil || parsed.Opaque != "" {
		return text
	}
	scheme, host := strings.ToLower(parsed.Scheme), strings.ToLower(parsed.Host)
	switch scheme {
	case "http", "https":
		host = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443"), "www.")
	case "":
	default:
		host = scheme + "://" + host
	}
	address := host + normalPath(parsed.Path, ignored)
	if query := normalQuery(parsed.RawQuery, ignored); query != "" {
		address += "?" + query
	}
	if fragment := parsed.Fragment; strings.HasPrefix(fragment, "/") || strings.HasPrefix(fragment, "!") {
		path, query, _ := strings.Cut(fragment, "?")
		address += "#" + strings.TrimRight(path, "/")
		if query = normalQuery(query, ignored); query != "" {
			address += "?" + query
		}
	}
	return address
}

// IsAddress reports whether a text is the address of a page.
func IsAddress(text string) bool {
	parsed, err := url.Parse(strings.TrimSpace(text))
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host != ""
}

// sessions and campaigns are parameters that never say what is shown.
var sessions = []string{"jsessionid", "phpsessid", "aspsessionid*", "sessionid", "utm_*", "spm", "chksm", "scene"}

func isIgnored(name string, ignored []string) bool {
	name = strings.ToLower(name)
	is := func(pattern string) bool {
		pattern = strings.ToLower(pattern)
		if prefix, all := strings.CutSuffix(pattern, "*"); all {
			return strings.HasPrefix(name, prefix)
		}
		return name == pattern
	}
	return slices.ContainsFunc(sessions, is) || slices.ContainsFunc(ignored, is)
}

// normalPath has no session, no repeated or trailing slash and no index.*; it is written with the least escaping.
func normalPath(path string, ignored []string) string {
	var parts []string
	for _, part := range strings.Split(path, "/") {
		fields := strings.Split(part, ";")
		part = fields[0]
		for _, field := range fields[1:] {
			if name, _, _ := strings.Cut(field, "="); !isIgnored(name, ignored) {
				part += ";" + field
			}
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	if last := len(parts) - 1; last >= 0 && isIndex(parts[last]) {
		parts = parts[:last]
	}
	if len(parts) == 0 {
		return ""
	}
	return (&url.URL{Path: "/" + strings.Join(parts, "/")}).EscapedPath()
}

func isIndex(name string) bool {
	extension, ok := strings.CutPrefix(strings.ToLower(name), "index.")
	return ok && extension != "" && strings.Trim(extension, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// normalQuery has its parameters in the order of their names.
func normalQuery(query string, ignored []string) string {
	var kept []string
	for _, parameter := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(parameter, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if name == "" || isIgnored(name, ignored) {
			continue
		}
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		kept = append(kept, url.QueryEscape(name)+"="+url.QueryEscape(value))
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		nameA, _, _ := strings.Cut(a, "=")
		nameB, _, _ := strings.Cut(b, "=")
		return strings.Compare(nameA, nameB)
	})
	return strings.Join(kept, "&")
}
