package ask

import (
	"time"

	"yangguang/queries/model"
)

// columnValues are the values of one column of an answer, one after the other: what valueOf says, without taking memory anew for a text that
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
