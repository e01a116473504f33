package queries

import (
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func pointer[T any](value T) *T { return &value }

func TestValueOf(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	none := (*string)(nil)
	for name, test := range map[string]struct {
		kind    Kind
		scanned any
		want    any
	}{
		"text":            {Text, pointer("甲"), "甲"},
		"nullable text":   {Text, pointer(pointer("甲")), "甲"},
		"no text":         {Text, &none, nil},
		"code":            {Code, pointer("late"), "late"},
		"date":            {Date, pointer(time.Date(2026, 7, 1, 0, 0, 0, 0, shanghai)), day("2026-07-01")},
		"instant":         {Instant, pointer(time.Date(2026, 7, 1, 8, 0, 0, 0, shanghai)), day("2026-07-01")},
		"count":           {Count, pointer(uint64(7)), int64(7)},
		"nullable count":  {Count, pointer(pointer(uint32(7))), int64(7)},
		"negative":        {Days, pointer(int32(-3)), int64(-3)},
		"flag":            {Flag, pointer(pointer(uint8(1))), int64(1)},
		"boolean flag":    {Flag, pointer(true), int64(1)},
		"boolean no flag": {Flag, pointer(false), int64(0)},
		"ratio":           {Ratio, pointer(pointer(decimal.New(9640, -4))), decimal.New(9640, -4)},
		"no ratio":        {Ratio, pointer((*decimal.Decimal)(nil)), nil},
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
		kind    Kind
		scanned any
	}{
		"a float is no ratio": {Ratio, pointer(0.5)},
		"a text is no count":  {Count, pointer("7")},
		"a count is no date":  {Date, pointer(uint16(7))},
		"too large":           {Count, pointer(uint64(1 << 63))},
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

func TestArgumentsOnlyWhatTheTextMentions(t *testing.T) {
	question := Question{KnownAt: time.UnixMilli(1790000000123), Unit: "u1"}.WithDefaults(day("2026-11-22"))
	got := questionArguments(question, "SELECT {known_at:DateTime64(3)}, {unit:String}, {previous_from:Date32}, {unit_name:String}", 1)
	if len(got) != 3 {
		t.Fatalf("got %v", got)
	}
	want := []any{"1790000000.123", "2025-01-01", "u1"}
	for i, argument := range got {
		if value := reflect.ValueOf(argument).FieldByName("Value").Interface(); value != want[i] {
			t.Errorf("got %v, want %v", value, want[i])
		}
	}
}
