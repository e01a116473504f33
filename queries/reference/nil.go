package reference

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries/model"
)

// nilReturn says whether a record of an item that asks for nil returns is one: its title says that there was none, without a title its event_id; an
// event_id beside a title only by 零报告 (SPEC §4).
func (d District) nilReturn(item model.Item, record Record) bool {
	if item.NilReturn == "" {
		return false
	}
	if record.Title == "" || strings.Contains(norm.NFKC.String(record.EventID), "零报告") {
		if saysNone(record.EventID) {
			return true
		}
	}
	return saysNone(record.Title)
}

// otherWords begin with 无 or 零报告 and say nothing of there being none.
var otherWords = strings.Fields(`零报告制度 零报告工作 零报告要求 零报告规定 零报告办法 无线 无锡 无偿 无障碍 无人机 无人驾驶 无人值守 无公害 无害化 无烟 无党派 无形资产 无纸化
	无毒社区 无毒村 无痛 无缝 无菌 无息 无土栽培 无私奉献 无声 无疫区 无疫小区 无废城市 无忧 无讼 无理由 无创 无证经营 无证驾驶 无主财产 无极县 无为市`)

// saysNone: 零报告; 无, 均无 or 暂无 right after the month, the quarter or the period, a comma or colon between them allowed; or as a clause of its own at
// the end. By NFKC, without white space.
func saysNone(text string) bool {
	text = strings.Map(func(letter rune) rune {
		if unicode.IsSpace(letter) {
			return -1
		}
		return letter
	}, norm.NFKC.String(text))
	for _, word := range otherWords {
		text = strings.ReplaceAll(text, word, "x")
	}
	if strings.Contains(text, "零报告") {
		return true
	}
	letters := []rune(text)
	for i, letter := range letters {
		if letter != '无' {
			continue
		}
		before := string(letters[:i])
		if after := strings.TrimRightFunc(string(letters[i+1:]), unicode.IsPunct); after == "" && (endsClause(before) || endsClause(withoutAdverb(before))) {
			return true
		}
		if before = withoutAdverb(before); endsInTime(before) || endsInTime(strings.TrimSuffix(before, ",")) || endsInTime(strings.TrimSuffix(before, ":")) {
			return true
		}
	}
	return false
}

func withoutAdverb(text string) string {
	if short, found := strings.CutSuffix(text, "均"); found {
		return short
	}
	return strings.TrimSuffix(text, "暂")
}

func endsClause(text string) bool {
	letters := []rune(text)
	return len(letters) == 0 || unicode.IsPunct(letters[len(letters)-1])
}

// endsInTime: 7月, 七月, 本月, 7月份, 季度, 本期 and the like.
func endsInTime(text string) bool {
	for _, end := range []string{"月份", "季度", "本期", "当期"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	before, month := strings.CutSuffix(text, "月")
	letters := []rune(before)
	return month && len(letters) > 0 && strings.ContainsRune("本当0123456789一二三四五六七八九十", letters[len(letters)-1])
}
