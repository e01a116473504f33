package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/itchyny/gojq"
)

// expressions are the jq expressions of a configuration, ready to run.
type expressions struct {
	rows, only, failure, next *gojq.Code // nil where there is none
	fields                    map[string]*gojq.Code
	names                     []string // of fields, in order
}

func compile(config Config) (expressions, error) {
	var problems []error
	ready := func(where, text string) *gojq.Code {
		if text == "" {
			return nil
		}
		query, err := gojq.Parse(text)
		var code *gojq.Code
		if err == nil {
			limit(query)
			code, err = gojq.Compile(query, gojq.WithFunction(repeated, 2, 2, repeat), gojq.WithFunction(measured, 0, 0, measure), gojq.WithFunction(searched, 0, 0, search))
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %q is not a jq expression: %w", where, text, err))
		}
		return code
	}
	made := expressions{
		rows: ready("rows", config.Rows), only: ready("only", config.Only), failure: ready("failure", config.Failure),
		next: ready("paging: next", config.Paging.Next), fields: map[string]*gojq.Code{}, names: slices.Sorted(maps.Keys(config.Fields)),
	}
	for _, name := range made.names {
		made.fields[name] = ready("fields: "+name, config.Fields[name])
		if config.Fields[name] == "" {
			problems = append(problems, fmt.Errorf("fields: %s: the expression is empty; leave the field out, or write where it is, like .%s", name, name))
		}
	}
	return made, errors.Join(problems...)
}

// mostValues bounds what one expression may give; no page holds so many rows.
const mostValues = 100_000

// run returns what code gives for input, within mostTime and mostMemory. code may be nil: nothing.
func run(ctx context.Context, code *gojq.Code, input any) (values []any, err error) {
	if code == nil {
		return nil, nil
	}
	ctx, release := bounded(ctx)
	defer release()
	for iterator := code.RunWithContext(ctx, input); ; {
		value, more := iterator.Next()
		if !more {
			return values, nil
		}
		if failed, is := value.(error); is {
			var halt *gojq.HaltError
			if errors.As(failed, &halt) && halt.Value() == nil {
				return values, nil
			}
			if cause := context.Cause(ctx); cause != nil && errors.Is(failed, ctx.Err()) {
				failed = cause
			}
			return nil, failed
		}
		if values = append(values, value); len(values) > mostValues {
			return nil, fmt.Errorf("the expression gives more than %d values", mostValues)
		}
	}
}

// first returns the first value that is neither null nor false; nil when there is none.
func first(ctx context.Context, code *gojq.Code, input any) (any, error) {
	values, err := run(ctx, code, input)
	for _, value := range values {
		if value != nil && value != false {
			return value, nil
		}
	}
	return nil, err
}
