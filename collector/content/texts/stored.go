package texts

import (
	"encoding/json"
	"slices"
	"strings"

	"yangguang/collector/attachment"
)

// bodies are the keys under which sources give a whole text.
var bodies = []string{"content", "body", "nr", "neirong", "text", "html", "artcontent", "zw", "zhengwen", "content_html", "contenthtml"}

// storedText is what a stored content says. A list's row, and an answer that holds no text of its own, is a part: what is not in it may be on the page.
func storedText(content string) attachment.Reading {
	trimmed := strings.TrimSpace(content)
	if trimmed == "" {
		return attachment.Reading{Kind: attachment.Other, Fault: attachment.Unread}
	}
	var value any
	if (trimmed[0] == '{' || trimmed[0] == '[') && json.Unmarshal([]byte(trimmed), &value) == nil {
		if body := bodyOf(value); strings.TrimSpace(body) != "" {
			reading := attachment.OfText(body)
			if reading.Pictures+reading.Links > 0 {
				reading.Fault = attachment.More
			}
			return reading
		}
		var said []string
		leaves(value, &said)
		reading := attachment.OfText(strings.Join(said, "\n"))
		reading.Fault = attachment.Part
		return reading
	}
	reading := attachment.OfText(trimmed)
	reading.Fault = attachment.Part
	return reading
}

// bodyOf is the text that an object gives as its whole text, the longest of them; empty: none.
func bodyOf(value any) (longest string) {
	object, ok := value.(map[string]any)
	if !ok {
		return ""
	}
	for key, of := range object {
		if text, is := of.(string); is && slices.Contains(bodies, strings.ToLower(key)) && len(text) > len(longest) {
			longest = text
		}
	}
	return longest
}

// leaves are the texts of a value that are no addresses.
func leaves(value any, said *[]string) {
	switch value := value.(type) {
	case string:
		if !strings.Contains(value, "://") {
			*said = append(*said, value)
		}
	case []any:
		for _, one := range value {
			leaves(one, said)
		}
	case map[string]any:
		keys := make([]string, 0, len(value))
		for key := range value {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			leaves(value[key], said)
		}
	}
}
