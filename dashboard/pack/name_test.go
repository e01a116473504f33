package pack_test

import (
	"errors"
	"strings"
	"testing"

	"yangguang/dashboard/pack"
	"yangguang/queries/model"
)

func TestCheckName(t *testing.T) {
	for name, good := range map[string]bool{
		"2026年第三季度": true, "二〇二六年": true, "〇八年": true, "2026 Q3 (final)": true, "（一）": true, "a.b": true, strings.Repeat("长", 60): true, "Ελλάδα": true,
		"": false, " a": false, "a ": false, "a.": false, ".hidden": false, "..": false, "../a": false, "a/b": false, `a\b`: false, "-v": false,
		"a\nb": false, "a\x00": false, "a\u202eb": false, "e\u0301": false, "\xff": false, "a:b": false, "a*": false, "a?": false, `"a"`: false, "<b>": false, "a|b": false,
		"con": false, "NUL.txt": false, "com1": false, "lpt9.a": false, "%2f": false, "a#b": false, strings.Repeat("长", 61): false,
	} {
		var user *model.UserError
		switch err := pack.CheckName(name); {
		case good && err != nil:
			t.Errorf("%q: %v", name, err)
		case !good && (!errors.As(err, &user) || user.Parameter != "name" || user.Value != name):
			t.Errorf("%q was taken: %v", name, err)
		}
	}
}
