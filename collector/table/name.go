package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// longestName is how long a header name may be, in bytes.
const longestName = 400

// FoldName is how header names are compared: NFKC, no white space, case folded.
func FoldName(name string) string {
	name = cases.Fold().String(norm.NFKC.String(name))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isInvisible(r) {
			return -1
		}
		return r
	}, name)
}

// isInvisible knows the characters without width that editors and web pages leave in texts.
func isInvisible(r rune) bool {
	return r >= '\u200B' && r <= '\u200F' || r == '\u2060' || r == '\uFEFF' || r == '\u00AD' || r == '\u180E'
}

// remarkOfName is what people put around a header name: a hint in brackets behind it, marks of a mandatory column.
var remarkOfName = regexp.MustCompile(`^[*#]+|[*:.。、#]+$|(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\})$`)

// plainName is a folded header name without remarks.
func plainName(folded string) string {
	for {
		plain := remarkOfName.ReplaceAllString(folded, "")
		if plain == folded || plain == "" {
			return folded
		}
		folded = plain
	}
}

// alike are words for one thing in header names.
var alike = strings.NewReplacer("发布", "公开", "公示", "公开", "公布", "公开", "时间", "日期", "日子", "日期", "编码", "编号", "代码", "编号", "方式", "渠道", "形式", "渠道", "途径", "渠道", "载体", "渠道",
	"网址", "链接", "地址", "链接", "项目", "事项", "名称", "", "题目", "标题", "期间", "期", "时期", "期", "党组织", "单位", "_", "", "-", "", "/", "")

// usual are columns that registers have beside ours, as people write them; they are left out on purpose.
var usual = []string{
	"序号", "序", "编号", "no", "#", "备注", "备考", "说明", "备注说明", "填报人", "填表人", "经办人", "联系人", "联系电话", "联系方式", "电话", "手机", "负责人", "责任人",
	"审核人", "审批人", "记录人", "登记人", "附件", "remark", "remarks", "note", "notes", "comment", "comments", "index",
}

// alikeName is a name of a column as it is compared with what resembles it.
type alikeName struct {
	column int
	name   string
}

// alikeNames are all names of the columns, in their order.
func (h Header) alikeNames() (known []alikeName) {
	for i, column := range h.Columns {
		for _, name := range append([]string{column.Key}, column.Names...) {
			known = append(known, alikeName{column: i, name: alike.Replace(plainName(FoldName(name)))})
		}
	}
	return known
}

// resembles finds the column that a header cell may have been meant to name; absent ones, which the table has not got, come first.
func (h Header) resembles(cell string, absent func(column int) bool) (nearest int, ok bool) {
	return resembles(h.alikeNames(), cell, absent)
}

func resembles(known []alikeName, cell string, absent func(column int) bool) (nearest int, ok bool) {
	name := plainName(FoldName(cell))
	if name == "" || slices.Contains(usual, name) {
		return 0, false
	}
	name, best := alike.Replace(name), 0
	for _, candidate := range known {
		score := resemblance(name, candidate.name)
		if score > 0 && absent(candidate.column) {
			score += 10
		}
		if score > best {
			best, nearest, ok = score, candidate.column, true
		}
	}
	return nearest, ok
}

// resemblance of two names, 0 (none) to 4 (the same word).
func resemblance(name, known string) int {
	letters, knownLetters := utf8.RuneCountInString(name), utf8.RuneCountInString(known)
	ascii := len(known) == knownLetters
	least := 2
	if ascii {
		least = 4
	}
	switch {
	case name == known && name != "":
		return 4
	case knownLetters >= least && strings.Contains(name, known):
		return 2
	case letters >= least && strings.Contains(known, name):
		return 1
	case letters >= 3 && knownLetters >= 3 && editDistance([]rune(name), []rune(known)) <= knownLetters/6+1-boolToInt(ascii && knownLetters < 6):
		return 3
	}
	return 0
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// editDistance is the Levenshtein distance.
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			substitution := diagonal
			if a[i] != b[j] {
				substitution++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitution, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
