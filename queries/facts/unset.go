package facts

import (
	"regexp"
	"strings"

	"yangguang/queries/model"
)

// WithoutUnsetFilters leaves out of a question's text what the question leaves open: ClickHouse plans a condition before it finds that it is always true, and
// planning takes longer than answering.
func WithoutUnsetFilters(text string, question model.Question) string {
	return WithoutUnset(text, map[string]string{
		"within": question.Within, "unit": question.Unit, "programme": question.Programme, "focus": question.Focus,
		"listed_within": question.ListedWithin(), "listed_unit": question.ListedUnit(),
	})
}

// WithoutUnset is WithoutUnsetFilters with the values of parameters.
func WithoutUnset(text string, values map[string]string) string {
	var kept strings.Builder
	for {
		at := openCondition.FindStringSubmatchIndex(text)
		if at == nil {
			kept.WriteString(text)
			return kept.String()
		}
		kept.WriteString(text[:at[0]])
		end := at[0] + closing(text[at[0]:])
		switch value, known := values[text[max(at[2], 0):max(at[3], 0)]]; {
		case at[2] < 0 || known && value == "":
			kept.WriteString("true")
			text = text[end:]
		case known:
			kept.WriteByte('(')
			text = text[at[1]:]
		default:
			kept.WriteString(text[at[0]:at[1]])
			text = text[at[1]:]
		}
	}
}

// openCondition begins a condition that holds for whatever when its parameter is empty: ({within:String} = ” OR …).
var openCondition = regexp.MustCompile(`\((?:\{(\w+):String\}|'') = '' OR `)

// closing is the length of the text up to the parenthesis that closes its first character; in views no text in quotes has one.
func closing(text string) int {
	depth := 0
	for i, char := range text {
		switch char {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
