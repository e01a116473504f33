package content

import (
	"testing"

	"pgregory.net/rapid"
)

// What names a period is found in clauses as in the whole text: none spans a mark that ends a clause.
func TestPeriodsInClauses(t *testing.T) {
	piece := rapid.SampledFrom([]string{"2026", "年", "年度", "第", "一", "3", "季度", "月", "月份", "上半年", "-", "至", "，", ",", "。", "、", ";", "Q3", "h1", " ", "\n", "村", "12", "全年"})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, one := range rapid.SliceOfN(piece, 0, 20).Draw(t, "pieces") {
			text += one
		}
		if got, want := withoutPeriods(text), periodForm.ReplaceAllString(text, " "); got != want {
			t.Fatalf("%q without periods is %q, in clauses %q", text, want, got)
		}
		var whole, inClauses []string
		for _, at := range mentionForm.FindAllStringIndex(text, -1) {
			whole = append(whole, text[at[0]:at[1]])
		}
		joined := ""
		for clause, dated := range clauses(text, "年季月") {
			joined += clause
			if found := mentionForm.FindAllString(clause, -1); dated {
				inClauses = append(inClauses, found...)
			} else if found != nil {
				t.Fatalf("%q is not looked at", clause)
			}
		}
		if joined != text || len(whole) != len(inClauses) {
			t.Fatalf("%q: %q, in clauses %q", text, whole, inClauses)
		}
	})
}
