package stream

import (
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

func pointer[T any](value T) *T { return &value }

func TestValueOf(t *testing.T) {
	july := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	shanghai := time.FixedZone("CST", 8*3600)
	none := (*string)(nil)
	for name, test := range map[string]struct {
		kind    model.Kind
		scanned any
		want    any
	}{
		"text":            {model.Text, pointer("甲"), "甲"},
		"nullable text":   {model.Text, pointer(pointer("甲")), "甲"},
		"no text":         {model.Text, &none, nil},
		"code":            {model.Code, pointer("late"), "late"},
		"date":            {model.Date, pointer(time.Date(2026, 7, 1, 0, 0, 0, 0, shanghai)), july},
		"instant":         {model.Instant, pointer(time.Date(2026, 7, 1, 8, 0, 0, 0, shanghai)), july},
		"count":           {model.Count, pointer(uint64(7)), int64(7)},
		"nullable count":  {model.Count, pointer(pointer(uint32(7))), int64(7)},
		"negative":        {model.Days, pointer(int32(-3)), int64(-3)},
		"flag":            {model.Flag, pointer(pointer(uint8(1))), int64(1)},
		"boolean flag":    {model.Flag, pointer(true), int64(1)},
		"boolean no flag": {model.Flag, pointer(false), int64(0)},
		"ratio":           {model.Ratio, pointer(pointer(decimal.New(9640, -4))), decimal.New(9640, -4)},
		"no ratio":        {model.Ratio, pointer((*decimal.Decimal)(nil)), nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := valueOf(test.kind, test.scanned)
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %#v, %v; want %#v", got, err, test.want)
			}
			column := columnValues{kind: test.kind, scanned: test.scanned}
			for range 2 {
				if got, err := column.value(); err != nil || !reflect.DeepEqual(got, test.want) {
					t.Errorf("in a column: got %#v, %v; want %#v", got, err, test.want)
				}
			}
		})
	}
	for name, test := range map[string]struct {
		kind    model.Kind
		scanned any
	}{
		"a float is no ratio": {model.Ratio, pointer(0.5)},
		"a text is no count":  {model.Count, pointer("7")},
		"a count is no date":  {model.Date, pointer(uint16(7))},
		"too large":           {model.Count, pointer(uint64(1 << 63))},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := valueOf(test.kind, test.scanned); err == nil {
				t.Errorf("got %#v", got)
			}
			column := columnValues{kind: test.kind, scanned: test.scanned}
			if got, err := column.value(); err == nil {
				t.Errorf("in a column: got %#v", got)
			}
		})
	}
}
