package markup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// jsonp is JSON in a call, as scripts from other hosts get it.
var jsonp = regexp.MustCompile(`(?s)^[\w.$]+\s*\((.*)\)\s*;?$`)

// ReadJSON reads an answer of JSON or JSONP. Numbers stay as written: an id of 19 digits must not be rounded.
func ReadJSON(text string) (any, error) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "\ufeff"))
	if inner := jsonp.FindStringSubmatch(text); inner != nil {
		text = inner[1]
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var data any
	if err := decoder.Decode(&data); err != nil {
		return nil, fmt.Errorf("the answer is not JSON: %w; it begins with %.80q", err, text)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("the answer goes on after its JSON")
	}
	return data, nil
}

// LookUp follows a path of names and positions from 0, such as data.rows.0.title, an empty one being data itself; nil when
// there is nothing. * stands for every element of a list. A name with dots in it is found before a path. Text that is JSON is gone
// into.
func LookUp(data any, path string) any {
	if path == "" || path == "." {
		return data
	}
	data = Within(data)
	if object, ok := data.(map[string]any); ok {
		if value, found := object[path]; found {
			return value
		}
	}
	name, rest, _ := strings.Cut(strings.TrimPrefix(path, "."), ".")
	switch value := data.(type) {
	case map[string]any:
		return lookUpOrNone(value[name], rest)
	case []any:
		if name == "*" {
			return lookUpEach(value, rest)
		}
		position, err := strconv.Atoi(name)
		if err != nil || position < 0 || position >= len(value) {
			return nil
		}
		return lookUpOrNone(value[position], rest)
	}
	return nil
}

// lookUpEach are the values at a path of each element that has one; those that are lists are put together.
func lookUpEach(list []any, path string) any {
	all := []any{}
	for _, element := range list {
		switch value := lookUpOrNone(element, path).(type) {
		case nil:
		case []any:
			all = append(all, value...)
		default:
			all = append(all, value)
		}
	}
	return all
}

// Within is what text of JSON says; other values are themselves.
func Within(data any) any {
	text, ok := data.(string)
	if bare := strings.TrimSpace(text); !ok || !strings.HasPrefix(bare, "{") && !strings.HasPrefix(bare, "[") && !strings.HasPrefix(bare, `"`) {
		return data
	}
	inner, err := ReadJSON(text)
	if err != nil {
		return data
	}
	return Within(inner)
}

func lookUpOrNone(data any, path string) any {
	if data == nil {
		return nil
	}
	return LookUp(data, path)
}

// TextOf is a value as text: numbers as written, lists of simple values joined by |; objects have none.
func TextOf(data any) string {
	switch value := data.(type) {
	case string:
		return value
	case json.Number:
		return value.String()
	case bool:
		return strconv.FormatBool(value)
	case []any:
		var parts []string
		for _, element := range value {
			if text := TextOf(element); text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, "|")
	}
	return ""
}

// JSONText writes a value as JSON without escaping what need not be.
func JSONText(data any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(data); err != nil {
		return fmt.Sprint(data)
	}
	return strings.TrimSpace(b.String())
}

// Shape says what there is where something was not found.
func Shape(data any) string {
	switch value := data.(type) {
	case map[string]any:
		names := make([]string, 0, len(value))
		for name := range value {
			names = append(names, name)
		}
		slices.Sort(names)
		return "the names " + strings.Join(names[:min(12, len(names))], ", ")
	case []any:
		return fmt.Sprintf("a list of %d", len(value))
	}
	return fmt.Sprintf("%.80q", TextOf(data))
}
