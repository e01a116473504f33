package record

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Code is one value of a fixed vocabulary: how the program writes it, and how people do.
type Code struct {
	Code  string
	Names []string
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
		{"society", []string{"社会公开"}},
		{"party", []string{"党内公开"}},
		{"unit", []string{"单位公开"}},
		{"designated", []string{"特定范围", "特定范围公开"}},
	}
}

// Channels are the channels of SPEC §2.
func Channels() Codes {
	return Codes{
		{"press", []string{"报刊"}},
		{"website", []string{"网站"}},
		{"wechat_account", []string{"微信公众号"}},
		{"meeting", []string{"工作会议"}},
		{"board", []string{"公开栏"}},
		{"wechat_group", []string{"微信群"}},
	}
}
