package export

import (
	"fmt"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

const (
	dayLayout     = "2006-01-02"
	instantLayout = "2006-01-02 15:04:05"
)

// numberText writes a number of a report: ratios with 4 decimals, scores and mean days with 2 (SPEC §5).
// The second result is false when the value is not a number.
func numberText(kind model.Kind, value any) (string, bool) {
	switch number := value.(type) {
	case int64:
		return strconv.FormatInt(number, 10), true
	case decimal.Decimal:
		if kind == model.Points {
			return number.String(), true
		}
		if kind == model.Ratio {
			return number.StringFixed(4), true
		}
		return number.StringFixed(2), true
	default:
		return "", false
	}
}

// cellText writes any value as the text of a CSV cell, "" for no value.
func cellText(request Request, column model.Column, value any) (string, error) {
	if value == nil {
		return "", nil
	}
	if text, isNumber := numberText(column.Kind, value); isNumber {
		return text, nil
	}
	switch v := value.(type) {
	case string:
		v = request.said(column, v)
		return harmless(v), nil
	case time.Time:
		if column.Kind == model.Date {
			return v.Format(dayLayout), nil
		}
		return v.In(request.Zone).Format(instantLayout), nil
	default:
		return "", fmt.Errorf("column %s: a %T is no value of a report", column.Key, value)
	}
}
