package language

import (
	"reflect"
	"strconv"
)

// count is a whole number that is written 9,727, and that templates can still compare.
type count int64

func (n count) String() string {
	digits := strconv.FormatInt(int64(n), 10)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// counted makes a count of a whole number, except of what is no number of anything: years and their months.
func counted(name string, value any) any {
	if name == "Year" || name == "Next" || name == "Month" {
		return value
	}
	switch of := reflect.ValueOf(value); of.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if of.Type().PkgPath() == "" { // not a type with a text of its own
			return count(of.Int())
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if of.Type().PkgPath() == "" {
			return count(of.Uint()) //nolint:gosec // no count is that large
		}
	default:
	}
	return value
}
