package record

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// listMark separates the values of a cell that lists several.
var listMark = regexp.MustCompile(`[、，,;；|｜/／\r\n]+`)

// ChannelsOf reads a cell that lists channels: their codes joined by |, in the order of Channels, each once. ok is false when any part of
// it is unknown.
func ChannelsOf(text string) (codes string, ok bool) {
	if code, ok := channelOf(text); ok {
		return code, true
	}
	channels := Channels()
	found := make([]bool, len(channels))
	none := true
	for _, part := range listMark.Split(text, -1) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		code, ok := channels.Understand(part)
		if !ok {
			return "", false
		}
		for i := range channels {
			found[i] = found[i] || channels[i].Code == code
		}
		none = false
	}
	var listed []string
	for i, channel := range channels {
		if found[i] {
			listed = append(listed, channel.Code)
		}
	}
	return strings.Join(listed, "|"), !none
}

// channelOf knows the cells with one channel that are written as they should be.
func channelOf(text string) (string, bool) {
	switch text {
	case "press", "报刊":
		return "press", true
	case "website", "网站":
		return "website", true
	case "wechat_account", "微信公众号":
		return "wechat_account", true
	case "meeting", "工作会议":
		return "meeting", true
	case "board", "公开栏":
		return "board", true
	case "wechat_group", "微信群":
		return "wechat_group", true
	}
	return "", false
}

// denied are the words that turn a meaning round, or take in what is beyond it.
var denied = regexp.MustCompile(`[非未不无没]|内外`)

// Understand is Read for what people write: also a text that speaks of one code of the vocabulary and no other (政府网站, 党务公开栏).
func (c Codes) Understand(text string) (code string, ok bool) {
	if code, ok := c.Read(text); ok {
		return code, true
	}
	text = Simplified(strings.ToLower(strings.TrimSpace(norm.NFKC.String(text))))
	if denied.MatchString(text) {
		return "", false
	}
	for _, candidate := range c {
		for _, word := range candidate.Words {
			if !strings.Contains(text, word) {
				continue
			}
			if ok && code != candidate.Code {
				return "", false
			}
			code, ok = candidate.Code, true
		}
	}
	return code, ok
}
