package record

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Code is one value of a fixed vocabulary: how the program writes it, and how people do.
type Code struct {
	Code  string
	Names []string
	Words []string // a longer text that has one of them speaks of the code
}

// Codes is a vocabulary.
type Codes []Code

// Read finds the code that text stands for, as code or as name, after NFKC, trimming and without regard to case.
func (c Codes) Read(text string) (code string, ok bool) {
	text = strings.ToLower(strings.TrimSpace(norm.NFKC.String(text)))
	for _, code := range c {
		if text == code.Code {
			return code.Code, true
		}
		for _, name := range code.Names {
			if text == strings.ToLower(name) {
				return code.Code, true
			}
		}
	}
	return "", false
}

// String lists the vocabulary for an error message: society (社会公开), party (党内公开).
func (c Codes) String() string {
	names := make([]string, 0, len(c))
	for _, code := range c {
		name := code.Code
		if len(code.Names) > 0 {
			name += " (" + code.Names[0] + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// Scopes are the audiences of SPEC §2.
func Scopes() Codes {
	return Codes{
		{Code: "society", Names: []string{"社会公开", "公众"}, Words: []string{"社会", "对外公开"}},
		{Code: "party", Names: []string{"党内公开", "全体党员"}, Words: []string{"党内"}},
		{Code: "unit", Names: []string{"单位公开", "本单位"}, Words: []string{"单位"}},
		{Code: "designated", Names: []string{"特定范围", "特定范围公开"}, Words: []string{"特定", "指定范围"}},
	}
}

// Channels are the channels of SPEC §2.
func Channels() Codes {
	return Codes{
		{Code: "press", Names: []string{"报刊"}, Words: []string{"报刊", "报纸", "日报", "晚报", "党报", "刊物", "杂志"}},
		{Code: "website", Names: []string{"网站"}, Words: []string{"网站", "官网", "门户网", "信息网", "公开网", "政务网", "网页"}},
		{Code: "wechat_account", Names: []string{"微信公众号"}, Words: []string{"公众号", "公众平台", "订阅号"}},
		{Code: "meeting", Names: []string{"工作会议"}, Words: []string{"会议", "大会", "例会", "全会"}},
		{Code: "board", Names: []string{"公开栏"}, Words: []string{"公开栏", "公示栏", "公告栏", "宣传栏", "公开墙", "公示墙", "公开牌"}},
		{Code: "wechat_group", Names: []string{"微信群"}, Words: []string{"微信群", "工作群", "党员群", "村民群", "微信工作群"}},
	}
}
