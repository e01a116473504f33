package language

import "testing"

func TestIsolated(t *testing.T) {
	for name, test := range map[string]struct{ given, want any }{
		"Chinese":       {"区委组织部（阳光）", "区委组织部（阳光）"},
		"a number":      {12, 12},
		"Arabic":        {"هيئة", "\u2068هيئة\u2069"},
		"Hebrew within": {"第1局 א", "\u2068第1局 א\u2069"},
		"an override":   {"\u202e局", "局"},
		"an end":        {"א\u2069", "\u2068א\u2069"},
		"a mark":        {"局\u200f", "\u2068局\u200f\u2069"},
		"an emoji":      {"🏛️", "🏛️"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := isolated(test.given); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
