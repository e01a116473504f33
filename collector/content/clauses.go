package content

import (
	"iter"
	"strings"
)

// clauses are a text's parts between marks that end a clause, each with whether it has one of some characters: what needs one of them and no such mark is
// looked for in these alone.
func clauses(text, characters string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		from, has := 0, false
		for at, r := range text {
			switch r {
			case '。', ',', ';', '、':
				if !yield(text[from:at], has) {
					return
				}
				from, has = at, false
			default:
				has = has || r != ' ' && strings.ContainsRune(characters, r)
			}
		}
		yield(text[from:], has)
	}
}
