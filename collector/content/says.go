package content

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries/patrol"
)

// about is a line that says when and by whom a page was published, not what.
var about = regexp.MustCompile(`^(?:(?:发布|更新|发文|成文|公开|录入|上传|生成)?(?:时间|日期)|来源|信息来源|文章来源|作者|编辑|责任编辑|责编|审核|点击|点击数|浏览|浏览次数|浏览量|阅读|阅读量|访问量|字号|字体|打印|关闭|分享|分享到|收藏|打印本页|关闭窗口|上一篇|下一篇|上一条|下一条|返回|返回顶部|索引号|当前位置|您的位置|主题词|主题分类|发布机构|发文机关|文号|有效性|附件|扫一扫)(?:[:：\s].*|$)|^\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?$`)

// Says is what a text says beside its title.
type Says struct {
	Kind    string // patrol.Empty, TitleOnly, TooShort; empty: it says something
	Letters int    // characters of the text without its title and what is said about it
}

// WhatItSays looks whether a text says something: more than its title, and at least so many characters where the item asks for it. The text must be all
// that there is: no picture, file or frame may say more.
func WhatItSays(title, text string, least int) Says {
	folded := fold(title)
	titled := false
	rest := 0
	for line := range strings.Lines(norm.NFKC.String(text)) {
		line = strings.TrimSpace(line)
		if about.MatchString(line) || partsAreAbout(line) {
			continue
		}
		said := fold(line)
		if said != "" && folded != "" && (said == folded || strings.Contains(folded, said)) {
			titled = true
			continue
		}
		if folded != "" && strings.HasPrefix(said, folded) {
			titled = true
			said = said[len(folded):]
		}
		rest += len([]rune(said))
	}
	switch {
	case rest == 0 && titled:
		return Says{patrol.TitleOnly, 0}
	case rest == 0:
		return Says{patrol.Empty, 0}
	case rest < least:
		return Says{patrol.TooShort, rest}
	}
	return Says{"", rest}
}

// partsAreAbout reports whether a line is made of parts that are said about a page: 来源:x 时间:y.
func partsAreAbout(line string) bool {
	parts := strings.FieldsFunc(line, func(r rune) bool { return r == '|' || r == '\t' || unicode.IsSpace(r) })
	known := 0
	for _, part := range parts {
		if about.MatchString(part) {
			known++
		}
	}
	return known > 1 && 2*known >= len(parts)
}

// fold is the letters and figures of a text.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(text))
}
