package stream

import (
	"fmt"
	"math"
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

// valueOf turns what was scanned (a pointer to the driver's type) into the Go type of a kind; nil stays nil.
func valueOf(kind model.Kind, scanned any) (any, error) {
	value := reflect.ValueOf(scanned)
	for value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return nil, nil
		}
		value = value.Elem()
	}
	switch kind {
	case model.Text, model.Code, model.Sentence:
		if value.Kind() == reflect.String {
			return value.String(), nil
		}
	case model.Date:
		if day, ok := value.Interface().(time.Time); ok {
			return model.Today(day), nil
		}
	case model.Instant:
		if instant, ok := value.Interface().(time.Time); ok {
			return instant.UTC(), nil
		}
	case model.Count, model.Days, model.Flag:
		return wholeOf(value)
	case model.Ratio, model.Score, model.Points, model.MeanDays:
		if number, ok := value.Interface().(decimal.Decimal); ok {
			return number, nil
		}
	}
	return nil, fmt.Errorf("a %s is not what its kind holds", value.Type())
}

func wholeOf(value reflect.Value) (any, error) {
	switch {
	case value.Kind() == reflect.Bool && value.Bool():
		return int64(1), nil
	case value.Kind() == reflect.Bool:
		return int64(0), nil
	case value.CanInt():
		return value.Int(), nil
	case value.CanUint() && value.Uint() <= math.MaxInt64:
		return int64(value.Uint()), nil
	}
	return nil, fmt.Errorf("a %s is not a whole number", value.Type())
}

// columnValues are the values of one column of an answer, one after the other: what valueOf says, without new memory for a text that
// stays the same from row to row or a day that came before.
type columnValues struct {
	kind    model.Kind
	scanned any // the pointer that the driver scans into
	text    any // the last one
	days    model.ByDay[any]
}

// value is the value scanned last.
func (c *columnValues) value() (any, error) {
	switch scanned := c.scanned.(type) {
	case *string:
		if c.kind == model.Text || c.kind == model.Code {
			return c.textOf(*scanned), nil
		}
	case *time.Time:
		if c.kind == model.Date {
			return c.dayOf(*scanned), nil
		}
	case **time.Time:
		if *scanned == nil {
			return nil, nil
		}
		if c.kind == model.Date {
			return c.dayOf(**scanned), nil
		}
	}
	return valueOf(c.kind, c.scanned)
}

func (c *columnValues) textOf(text string) any {
	if last, ok := c.text.(string); !ok || last != text {
		c.text = text
	}
	return c.text
}

func (c *columnValues) dayOf(at time.Time) any {
	return c.days.Get(at, func() any { return model.Today(at) })
}
