package web

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"yangguang/collector/markup"
)

// isJSON reports whether an answer is read as JSON, if only to find the HTML in it.
func (c Content) isJSON() bool { return c.Format == formatJSON || c.Fragment != "" }

// part is what of an answer is read: the first group of what extract matches, or all of it; of JSON without a group, what stands behind it.
func (c Content) part(text string) (string, error) {
	if c.extract == nil {
		return text, nil
	}
	match := c.extract.FindStringSubmatchIndex(text)
	switch {
	case match == nil:
		return "", fmt.Errorf("extract: %q matches nothing in the answer, which begins with %.80q; correct it", c.Extract, strings.TrimSpace(text))
	case len(match) > 2 && match[2] >= 0:
		return text[match[2]:match[3]], nil
	case c.isJSON():
		return text[match[1]:], nil
	}
	return text[match[0]:match[1]], nil
}

// readJSON reads JSON; what stands within a script or an attribute, also as scripts write it, up to the end of the value.
func (c Content) readJSON(text string) (any, error) {
	if c.extract == nil {
		return markup.ReadJSON(text)
	}
	data, err := markup.ReadLiteral(text)
	if err != nil && strings.Contains(text, "&quot;") {
		data, err = markup.ReadLiteral(html.UnescapeString(text))
	}
	if err != nil {
		return nil, fmt.Errorf("extract: what it finds is not JSON, nor what scripts write like it: %w; it begins with %.80q", err, strings.TrimSpace(text))
	}
	return data, nil
}

// fragmentOf is HTML in JSON: one text, or several one after the other.
func fragmentOf(found any) (text string, ok bool) {
	switch value := found.(type) {
	case string:
		if list, is := markup.Within(value).([]any); is {
			return fragmentOf(list)
		}
		return value, true
	case []any:
		var b strings.Builder
		for _, element := range value {
			part, ok := element.(string)
			if !ok {
				return "", false
			}
			b.WriteString(part + "\n")
		}
		return b.String(), true
	}
	return "", false
}

// compile makes the expression of extract ready.
func (c *Content) compile() (err error) {
	if c.Extract == "" {
		return nil
	}
	if c.extract, err = regexp.Compile(c.Extract); err != nil {
		return fmt.Errorf("%q is not a regular expression: %w", c.Extract, err)
	}
	return nil
}
