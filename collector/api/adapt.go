package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"yangguang/collector/online"
)

// entry makes of a row what the expressions say. A field whose expression does not fit the row makes it a reject.
func (s *Source) entry(ctx context.Context, place string, row any) online.Entry {
	entry := online.Entry{Place: place, Content: shown(row)}
	var problems []string
	for _, name := range s.expressions.names {
		values, err := run(ctx, s.expressions.fields[name], row)
		value := ""
		if err == nil {
			value, err = one(values)
		}
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %s: %v", name, s.config.Fields[name], err))
			continue
		}
		if strings.HasSuffix(name, "_on") {
			value = online.Moment(value, s.zone, s.began.Local())
		}
		switch name {
		case "url":
			value = s.absolute(value)
		case "title":
			value = online.PlainText(value)
		}
		online.Set(&entry.Fields, name, value)
	}
	entry.Problem = strings.Join(problems, "; ")
	return entry
}

// one is the text of the only value there may be.
func one(values []any) (string, error) {
	switch len(values) {
	case 0:
		return "", nil
	case 1:
		return text(values[0])
	}
	return "", fmt.Errorf("the expression gives %d values; make it one, like first(…) or join", len(values))
}

// text is a value as a field has it: null is empty.
func text(value any) (string, error) {
	switch value := value.(type) {
	case nil:
		return "", nil
	case string:
		return strings.TrimSpace(value), nil
	case json.Number:
		return value.String(), nil
	case int:
		return strconv.Itoa(value), nil
	case *big.Int:
		return value.String(), nil
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(value), nil
	case []any:
		return "", errors.New("is a list; choose an element, like [0], or join them, like join(\",\")")
	}
	return "", errors.New("is an object; go on to one of its values, like .name")
}
